"""The outlets and agencies that are known by name: what their pages call them, who owns them, where they are found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

#: Which of day and month stands first in an outlet's dates in figures.
DateOrder = Literal["dmy", "mdy"]

#: What pages write behind their name in the line of their masthead.
_MAST_END = re.compile(r"\s*(?:[-–—|:]\s*)?(?:back to home(?:page)?|home ?page|home|logo|live)$", re.I)
#: Shorter names are initials that other things have too.
_SHORTEST_ALONE = 3
_ORDERS: dict[str, DateOrder] = {"dmy": "dmy", "mdy": "mdy"}
_SHORT_NAMES = frozenset({"AP", "DW"})


@dataclass(frozen=True, slots=True)
class KnownOutlet:
    """An outlet of the lexicon.

    Attributes:
        name: the one that its pages print most.
        agency: whether other outlets print and credit its reports.
        order: of day and month in its dates in figures, None where not known.
    """

    name: str
    agency: bool
    order: DateOrder | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    alone: dict[str, KnownOutlet]
    owners: dict[str, KnownOutlet]
    hosts: dict[str, KnownOutlet]
    printed: frozenset[str]
    within: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    alone: dict[str, KnownOutlet] = {}
    owners: dict[str, KnownOutlet] = {}
    hosts: dict[str, KnownOutlet] = {}
    printed: set[str] = set()
    table = files("onrecord.reading").joinpath("lexicons/outlets.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("#"):
            continue
        name, kind, *columns, order = line.split("\t")
        forms, owned_by, addresses = ([] if column == "-" else column.split(";") for column in columns)
        outlet = KnownOutlet(name, kind.startswith("agency"), _ORDERS.get(order))
        hosts |= dict.fromkeys(addresses, outlet)
        owners |= {_key(one): outlet for one in (name, *forms, *owned_by)}
        names = [] if kind.endswith("word") else [name]
        printed |= {*names, *forms}
        usable = [one for one in (*names, *forms, *owned_by) if len(one) >= _SHORTEST_ALONE or one in _SHORT_NAMES]
        alone |= {_key(one): outlet for one in usable}
    found = sorted({*printed, *(one.upper() for one in printed if " " in one)}, key=lambda one: (-len(one), one))
    within = re.compile(rf"(?<![\w.@-])(?:{'|'.join(map(re.escape, found))})(?![\w@-])")
    return _Lexicon(alone, owners, hosts, frozenset(printed), within)


def _key(name: str) -> str:
    """What is compared: lower case, plain apostrophes, no article, no full stop."""
    return " ".join(name.lower().replace("’", "'").split()).removeprefix("the ").strip(" .,")


def outlet_line(line: str) -> tuple[KnownOutlet, str] | None:
    """The outlet that a line names and nothing else, as in a masthead, with its name as the line prints it.

    A name in capitals throughout is a matter of the page's style: the usual one is given then.

    >>> outlet_line("The Guardian - Back to home")[1], outlet_line("AL JAZEERA")[1], outlet_line("BBC")[1]
    ('The Guardian', 'Al Jazeera', 'BBC News')
    >>> outlet_line("The Guardian said so") is None
    True
    """
    if not 2 <= len(line) <= 60:
        return None
    lexicon = _lexicon()
    name = " ".join(_MAST_END.sub("", line).split())
    outlet = lexicon.alone.get(_key(name))
    if outlet is None or (name.islower() and "." not in name and name not in lexicon.printed):
        return None
    if " " not in name and len(name) <= 5 and not name[:2].isupper() and name not in lexicon.printed:
        return None
    as_printed = name in lexicon.printed and not name.islower() and not (name.isupper() and len(name) > 5)
    return outlet, name if as_printed else outlet.name


def outlet_of_owner(name: str) -> KnownOutlet | None:
    """The outlet of a publisher, by the name in its copyright line.

    >>> outlet_of_owner("Guardian News & Media Limited").name
    'The Guardian'
    """
    return _lexicon().owners.get(_key(name))


def outlet_of_host(url: str) -> KnownOutlet | None:
    """The outlet whose host an address is on.

    >>> outlet_of_host("https://p.dw.com/p/1").name, outlet_of_host("https://example.org/dw.com")
    ('DW', None)
    """
    try:
        host = (urlsplit(url if "://" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return None
    hosts = _lexicon().hosts
    labels = host.split(".")
    return next((hosts[end] for n in range(len(labels) - 1) if (end := ".".join(labels[n:])) in hosts), None)


def outlets_in(text: str) -> Iterator[tuple[int, int, KnownOutlet]]:
    """Where a short text names known outlets, in order; names in capitals too.

    >>> [text for text in (one[2].name for one in outlets_in("(FRANCE 24 with AFP and Reuters)"))]
    ['FRANCE 24', 'AFP', 'Reuters']
    """
    for match in _lexicon().within.finditer(text):
        outlet = _named(match.group())
        if outlet is not None:
            yield match.start(), match.end(), outlet


def leading_outlet(text: str) -> tuple[int, KnownOutlet] | None:
    """The outlet whose name a text begins with, and where the name ends.

    >>> leading_outlet("BBC News, Vareni")[0]
    8
    """
    match = _lexicon().within.match(text)
    outlet = _named(match.group()) if match is not None else None
    return (match.end(), outlet) if match is not None and outlet is not None else None


def _named(name: str) -> KnownOutlet | None:
    lexicon = _lexicon()
    return lexicon.alone.get(_key(name)) or lexicon.owners.get(_key(name))
