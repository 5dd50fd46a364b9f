import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annotating.reporting import report_of, with_actors

from onrecord.annotating.gazetteer import cities
from onrecord.annotating.places import find_places
from onrecord.model import PlaceMention

CASES = Path(__file__).with_name("cases") / "places.tsv"
LINES = [line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if line[:1] not in ("#", "")]

DATA = Path(__file__).parents[1] / "data"


def places_of(text: str) -> tuple[PlaceMention, ...]:
    report = report_of(text)
    parsed, marks = with_actors(report)
    return find_places(report, parsed, marks).places


@pytest.mark.parametrize(("sentence", "wanted"), LINES)
def test_places_are_told_from_governments(sentence: str, wanted: str) -> None:
    found = [f"{one.span.of(sentence)}={one.place.name}/{one.place.country or '-'}" for one in places_of(sentence)]
    assert ";".join(found) == wanted.replace("-", "", 1) if wanted == "-" else ";".join(found) == wanted


@pytest.mark.parametrize(("name", "floor"), [("places.tsv", 0.95), ("places_held.tsv", 0.90)])
def test_the_annotated_sets_keep_their_floor(name: str, floor: float) -> None:
    right = found_n = wanted_n = 0
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line[:1] == "#":
            continue
        sentence, told = line.split("\t")
        wanted = {one for one in told.split(";") if one != "-"}
        found = {f"{one.span.of(sentence)}/{one.place.country or '-'}" for one in places_of(sentence)}
        right, found_n, wanted_n = right + len(wanted & found), found_n + len(found), wanted_n + len(wanted)
    assert 2 * right / (found_n + wanted_n) >= floor


def test_a_city_has_coordinates_and_its_geonames_id() -> None:
    place = places_of("They met in Geneva.")[0].place
    assert place.geonames == 2660646
    assert place.lat == pytest.approx(46.2, abs=0.1)
    assert place.lon == pytest.approx(6.15, abs=0.1)


def test_the_report_decides_between_cities_of_one_name() -> None:
    assert len({city.place.country for city in cities("Tripoli")}) > 1
    lebanese = places_of("Lebanon’s army was sent out. Lebanon said that two men were killed in Tripoli.")
    assert [one.place.country for one in lebanese] == ["LBN"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from("in to Geneva Paris Mr the , Moscow Varda New York São 李 🙂 - of Sea Black said".split()),
        max_size=25,
    )
)
def test_any_run_of_words_gives_places_in_order(words: list[str]) -> None:
    text = " ".join(words)
    found = places_of(text)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
