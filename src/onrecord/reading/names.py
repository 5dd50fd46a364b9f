"""Bylines: who wrote a report, as the page tells it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.reading.known_outlets import leading_outlet, outlets_in

_JOINT = re.compile(r"\s*(?:,\s*and\s+|,\s*|;\s*|\s+and\s+|\s+&\s+|\s+with\s+)\s*", re.I)
_CUT = re.compile(r"\s(?:[|•·–—/]|-)\s?|\(|\[|@|\s+(?:in|for|at|of|from|to)\s|\s{3,}|\t|\d|https?:|:", re.I)
#: "al-Hadi", "d'Orsay": what a name word may begin with in lower case.
_PARTICLE = re.compile(r"(?:al|el|ben|bin|as|ad|ash|d|l|o)['’-]", re.I)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-])*")
#: What a page prints behind a byline: a button, an address.
_BUTTON = re.compile(r"\s+(?:follow|share|\+|x|email|@\w+)\s*$", re.I)
#: "in Vareni and Port Sollen", before or without the agencies that helped.
_WHERE = re.compile(r"(?:in|at) (?:the )?[A-Z][\w’'-]*(?:(?: |, (?:and )?| and )(?:the )?[A-Z][\w’'-]*){0,5}")
#: What stands between two writers who are in two places.
_ONWARD = re.compile(r"\s+in (?:the )?[A-Z][\w’'-]*(?:,? [A-Z][\w’'.-]*){0,3}\s*(?:,\s*and\s|,|;|\sand\s|\s&\s)\s*")
#: "with AFP, dpa", "and agencies": who helped.
_HELP = re.compile(
    r"(?:,|and|with|&|/|\+)\s*(?:(?:the|other|news|wire)\s+)*(?:agencies|wires|agency|wire services)$", re.I
)


@dataclass(frozen=True, slots=True)
class _Words:
    by: re.Pattern[str]
    announcing: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    not_names: frozenset[str]
    roles: frozenset[str]


@cache
def _words() -> _Words:
    table = tomllib.loads(files("onrecord.reading").joinpath("lexicons/names.toml").read_text(encoding="utf-8"))
    by = "|".join(sorted(map(re.escape, table["by"]), key=len, reverse=True))
    return _Words(
        # dumps glue the words of a byline: "byMara Lind"
        by=re.compile(rf"^[\W_]*(?:(?:{by})\b\s*[:|]?\s+(?=\S)|by(?=(?-i:[A-Z][a-z]+ [A-Z])))", re.I),
        announcing=frozenset(table["by"]),
        particles=frozenset(table["particles"]),
        suffixes=frozenset(table["suffixes"]),
        not_names=frozenset(table["not_names"]),
        roles=frozenset(table["roles"]),
    )


@dataclass(frozen=True, slots=True)
class Byline:
    """The names of a byline; none where only a desk or an agency is told ("By Staff").

    Attributes:
        names: as printed, in order.
        start, end: where the names stand in the text searched.
    """

    names: tuple[str, ...]
    start: int
    end: int


def is_name(text: str) -> bool:
    """Whether `text` has the form of a person's name of two to five words.

    >>> is_name("Mara de Vries"), is_name("Vareni Herald"), is_name("the envoy")
    (True, False, False)
    """
    words = _words()
    parts = text.split()
    if not 2 <= len(parts) <= 5 or len(text) > 60:
        return False
    capital = 0
    for part in parts:
        bare = part.lower().rstrip(".,")
        if bare in words.not_names:
            return False
        if bare in words.particles or bare in words.suffixes:
            continue
        lead = _PARTICLE.match(part)
        inner = part[lead.end() :] if lead is not None else part
        if not _NAME_WORD.fullmatch(part) or not inner[:1].isupper():
            return False
        capital += 1
    return capital >= 2


def find_byline(line: str) -> Byline | None:
    """The byline of a line that begins with "By" or the like; None for any other line.

    >>> find_byline("By Mara Lind and J. R. Okoro, Diplomatic Editor").names
    ('Mara Lind', 'J. R. Okoro')
    >>> find_byline("By Friday the talks had ended.") is None
    True
    """
    lead = _words().by.match(line)
    if len(line) > 200:
        return None
    if lead is None:
        return _helped(line) if len(line) <= 120 and line[-1] not in ".!?:" else None
    button = _BUTTON.search(line)
    if button is not None and button.start() > lead.end():
        line = line[: button.start()]
    names, end = _leading_names(line, lead.end())
    if not names and (before := _before_outlet(line, lead.end())) is not None:
        names, end = _leading_names(line[:before], lead.end())
    while names and (onward := _ONWARD.match(line, end)) is not None:
        more, further = _leading_names(line, onward.end())
        if not more:
            break
        names, end = (*names, *more), further
    rest = line[end:].strip(" ,|•·–—-/.")
    if names:
        return Byline(names, lead.end(), end) if _may_follow(rest, line) else None
    desk = line[lead.end() :]
    return Byline((), lead.end(), lead.end()) if _is_desk(desk) or _is_role(desk) else None


def _before_outlet(line: str, start: int) -> int | None:
    """Where the outlet's name begins that ends a byline without a comma ("By Mara Lind Fox News")."""
    found = [(begin, end) for begin, end, _ in outlets_in(line) if begin > start]
    return found[-1][0] if found and found[-1][1] == len(line.rstrip()) else None


def _helped(line: str) -> Byline | None:
    """The byline of a line without "By" that tells who helped, or which outlet's staff wrote.

    "Mara Lind in Vareni and agencies", "Mara Lind with AFP, dpa", "FRANCE 24 with AFP", "BBC News, Vareni".
    """
    names, end = _leading_names(line, 0)
    rest = line[end:].strip(" |•·")
    if names:
        where = _WHERE.match(rest)
        after = rest[where.end() :].strip() if where is not None else rest
        if not after:
            return None  # with where they are alone: any two names in a place
        told = [one for one in outlets_in(after) if one[2].agency]
        helped = _HELP.fullmatch(after) is not None or (
            bool(told) and after.split()[0].lower() in {"with", "and", "&"} and _only_outlets(after)
        )
        return Byline(names, 0, end) if helped else None
    first = leading_outlet(line)
    return Byline((), 0, 0) if first is not None and first[0] < len(line) and _staff_of(line, first[0]) else None


def _staff_of(line: str, end: int) -> bool:
    """Whether what stands after an outlet's name makes the line one of its staff, its place or its helpers."""
    unit = _UNIT.match(line, end)
    rest = line[end if unit is None else unit.end() :]
    low = rest.lower().strip(" ,’'")
    started = (
        rest.startswith((", ", " in ", " with ", " and ", " & ", "/", "’s ", "'s ", " / ", " + ")) or low in _STAFF
    )
    if not started or len(rest.split()) > 8:
        return False
    if low.startswith("s ") and not low.endswith((" service", " staff", " desk", " team", " newsroom")):
        return False
    if rest.startswith((" and ", " & ", "/", " / ", " + ", " with ")):
        return low.endswith(("agencies", "staff")) or _only_outlets(rest)
    return not any(word.islower() and word not in _LITTLE for word in re.findall(r"[^\W\d_]+", rest))


#: "BBC Pashto", "AFP Vareni": a service or an office of an outlet, before a place.
_UNIT = re.compile(r" [A-Z][a-zé]+(?=, )")
#: Who of an outlet wrote where it names nobody.
_STAFF = frozenset(
    {
        "staff",
        "reporter",
        "staff reporter",
        "staff writer",
        "correspondent",
        "reporters",
        "newsroom",
        "news desk",
        "desk",
        "web desk",
    }
)
_LITTLE = frozenset({"s", "in", "of", "and", "the", "de", "service", "staff", "desk", "team", "newsroom"})


def _only_outlets(text: str) -> bool:
    """Whether a text holds nothing but outlets' names and what joins them."""
    left, end = [], 0
    for begin, stop, _ in outlets_in(text):
        left.append(text[end:begin])
        end = stop
    left.append(text[end:])
    return not re.search(
        r"\w",
        re.sub(
            r"\b(?:with|and|the|staff|other|news|agencies|additional|reporting|by)\b", " ", " ".join(left), flags=re.I
        ),
    )


def is_by(line: str) -> bool:
    """Whether a line only announces the names on the next one ("By")."""
    return len(line) <= 30 and line.lower().strip(" :") in _words().announcing


def bare_names(line: str) -> tuple[str, ...]:
    """The names of a line that holds names and nothing else, at most a role after them.

    >>> bare_names("Mara Lind, Diplomatic Correspondent")
    ('Mara Lind',)
    >>> bare_names("Talks resume in Vareni")
    ()
    """
    if len(line) > 120:
        return ()
    names, end = _leading_names(line, 0)
    rest = line[end:].strip(" ,|•·–—-/")
    if rest.startswith("in ") and len(rest.split()) <= 4 and rest[3:4].isupper():
        return names  # where the author is
    return names if names and (not rest or _is_role(rest)) else ()


def is_role(line: str) -> bool:
    """Whether a line is an office such as "Diplomatic correspondent"."""
    return len(line) <= 80 and line[-1:] not in '.!?”"' and _is_role(line)


def field_names(value: object) -> tuple[str, ...]:
    """The persons that a metadata field names: a text or a list of texts.

    >>> field_names("By Mara Lind; J. Okoro"), field_names(["Staff", "Mara Lind"])
    (('Mara Lind', 'J. Okoro'), ('Mara Lind',))
    """
    values = value if isinstance(value, (list, tuple)) else [value]
    names: list[str] = []
    for one in values:
        if not isinstance(one, str) or len(one) > 500:
            continue
        lead = _words().by.match(one)
        for part in re.split(r"\s*(?:;|,|\||\band\b|&)\s*", one[lead.end() if lead else 0 :].strip()):
            if is_name(part) and part not in names:
                names.append(part)
    return tuple(names)


def _leading_names(line: str, start: int) -> tuple[tuple[str, ...], int]:
    """The names that stand in a row from `start`, and where the last one ends."""
    cut = _CUT.search(line, start)
    limit = cut.start() if cut is not None else len(line)
    names: list[str] = []
    place, end = start, start
    while place < limit:
        joint = _JOINT.search(line, place, limit)
        stop = joint.start() if joint is not None else limit
        part = line[place:stop].rstrip()
        if part.endswith(".") and not re.search(r"\b(?:[A-Z]|[JS]r)\.$", part):
            part = part[:-1]
        if not is_name(part) or (names and leading_outlet(part) is not None):
            break
        names.append(part)
        end = place + len(part)
        if joint is None:
            break
        place = joint.end()
    return tuple(names), end


def _may_follow(rest: str, line: str) -> bool:
    """Whether what stands after the names leaves the line a byline: little of it, and no sentence."""
    return not rest or (len(rest.split()) <= 12 and not (line.rstrip()[-1:] in ".!?" and len(rest.split()) > 3))


def _is_desk(rest: str) -> bool:
    """Whether a desk, an agency or an outlet stands where names would."""
    parts = re.findall(r"[^\W\d_]+", rest.lower())
    return 0 < len(parts) <= 6 and any(part in _words().not_names for part in parts) and rest.rstrip()[-1:] not in ".!?"


def _is_role(rest: str) -> bool:
    first = leading_outlet(rest)
    if first is not None:
        return first[0] == len(rest) or _staff_of(rest, first[0])
    parts = re.findall(r"[^\W\d_]+", rest.lower())
    return 0 < len(parts) <= 8 and any(part in _words().roles for part in parts)
