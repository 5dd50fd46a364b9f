"""Whether a report is the text of a ministry or another government office, and by what that is known.

An office's own text is no independent telling of what the office says: its attribution root is the office itself.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from onrecord.model import BlockKind, Span
from onrecord.reading.blocks import Layout

_THE = re.compile(r"^the\s+", re.I)
#: Who speaks stands over a release's text; an outlet's report only names offices in it.
_HEAD_LINES = 12
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class _Words:
    names: re.Pattern[str]
    names_after: re.Pattern[str]
    not_after: re.Pattern[str]
    release_lines: frozenset[str]
    host_labels: frozenset[str]
    host_ends: tuple[tuple[str, ...], ...]
    host_middles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Official:
    """What shows that a report is official text.

    Attributes:
        reason: for the note.
        name: of the office, where a line of the text names it.
        span: of that line.
    """

    reason: str
    name: str | None = None
    span: Span | None = None


@cache
def _words() -> _Words:
    path = files("onrecord.reading").joinpath("lexicons/official_sources.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))

    def any_of(words: list[str]) -> str:
        return "|".join(sorted(map(re.escape, words), key=len, reverse=True))

    return _Words(
        names=re.compile(rf"(?:{any_of(table['names'])})(?!\w)", re.I),
        names_after=re.compile(rf"(?:[^\W\d_][\w.’'-]*\s+){{1,4}}(?:{any_of(table['names_after'])})(?!\w)", re.I),
        not_after=re.compile(rf"(?<!\w)(?:{any_of(table['not_after'])})$", re.I),
        release_lines=frozenset(table["release_lines"]),
        host_labels=frozenset(table["host_labels"]),
        host_ends=tuple(tuple(end.split(".")) for end in table["host_ends"]),
        host_middles=frozenset(table["host_middles"]),
    )


def official_of(layout: Layout, outlet: str | None, url: str | None) -> Official | None:
    """What shows that a report is a government office's own text; None where nothing does.

    In this order: its outlet's name, its host, a line of the head that is an office's name beside one that says
    "press release" or the like.

    Args:
        layout: of the report.
        outlet: as told by the input or the user.
        url: the report's address.
    """
    if outlet is not None and names_office(outlet):
        return Official("its outlet is a government office")
    if url is not None and is_office_host(url):
        return Official("its address is a government's")
    if outlet is not None and "." not in outlet:
        return None  # an outlet of another name printed it: a report, whatever it quotes at its head
    return _self_named(layout)


def names_office(name: str) -> bool:
    """Whether a name is that of a government office.

    >>> names_office("Ministry of Foreign Affairs of Ostrel"), names_office("Vardan Foreign Ministry")
    (True, True)
    >>> names_office("State Department Watch"), names_office("The Morrow Herald")
    (False, False)
    """
    words = _words()
    bare = _THE.sub("", " ".join(name.split()))
    if len(bare) > _LONGEST_NAME or words.not_after.search(bare):
        return False
    after = words.names_after.match(bare)
    return words.names.match(bare) is not None or (after is not None and bare[:1].isupper())


def is_office_host(url: str) -> bool:
    """Whether an address is on a host that only a government has.

    >>> is_office_host("https://www.mfa.gov.example/1"), is_office_host("https://news.example/gov")
    (True, False)
    """
    words = _words()
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    labels = tuple(host.lower().removeprefix("www.").split("."))
    if len(labels) < 2:
        return False
    middle = len(labels) >= 3 and labels[-2] in words.host_middles
    return middle or labels[0] in words.host_labels or any(labels[-len(end) :] == end for end in words.host_ends)


def _self_named(layout: Layout) -> Official | None:
    """A line over the text that is an office's name, where another one says that this is a release."""
    words = _words()
    head = [
        (sign.segment, kind)
        for sign, kind in zip(layout.signs[:_HEAD_LINES], layout.kinds[:_HEAD_LINES], strict=True)
        if len(sign.segment.text) <= _LONGEST_NAME
    ]
    if not any(segment.folded.strip(" :.-–—") in words.release_lines for segment, _ in head):
        return None
    for segment, kind in head:
        if kind is not BlockKind.PARAGRAPH and segment.text[-1] not in ".!?:;," and names_office(segment.text):
            return Official(
                "it names its office and calls itself a release", segment.text, Span(segment.start, segment.end)
            )
    return None
