"""Evidence that a segment is page furniture: lexicons and a small score, nothing else."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from onrecord.reading.features import Segment

_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_EDGE_KEEPING_BRACKETS = re.compile(r"^[^\w(\[©@#<>]+|[^\w)\]>]+$")
_OPENING_QUOTES = '"“„«‘'
#: Notices to the reader are short; a longer paragraph needs more evidence.
_LONG_WORDS = 60
#: How a heading ends that goes on with a name ("More from ...").
_OPEN_ENDS = (" from", " on", " in", " for you", " this", " by")
_SHORT_WORDS = 5
_COUNTED = re.compile(r"[\s(\[:]+\d[\d.,]*k?[)\]]?$")


#: What browsers are told of a link, behind its words.
_LINK_NOTES = (
    "(opens in a new window)", "(opens in new window)", "(opens in a new tab)", "(opens in new tab)", "opens new tab",
    "(opens in external site)", "(external link)",
)  # fmt: skip
#: "© Agency/Photographer": a picture's, where an outlet's own line has a year or nothing more.
_PICTURE_OF = re.compile(r"© ?[^\d/]{2,40}/[^\d]")
_OWNED = re.compile(r"(?:©|copyright\b)")
_YEAR_OR_RIGHTS = re.compile(r"\d{4}|\brights\b")
#: One of these is in whatever the lexicon's patterns of captions and of credits match: looking for them first is cheap,
#: and few paragraphs have any.
_CAPTION_MARKS = (
    "(", "[", "]", "©", "/", "|", ": ", "via ", "getty", "photo", "picture", "image", "credit", "epa-efe",
    "shutterstock", "alamy", "zuma", "sipa", "wikimedia", "licensing",
)  # fmt: skip
_CREDIT_MARKS = (
    "contributed", "reporting", "may not be", "writer", "author", "(", "edit", "inputs", "link", "mandatory",
    "obligatory", "reprint", "reproduc", "republi", "copying", "material", "content", "modification", "original",
)  # fmt: skip
_SHORT_CREDIT_WORDS = 14
#: First words of sentences.
_SENTENCE_STARTS = re.compile(r"[.!?:] +([a-z']+)")


class Evidence(StrEnum):
    """What a segment is taken for by its own words."""

    NONE = "none"
    LINE = "line"
    MAST = "mast"
    LINK = "link"
    LABEL = "label"
    LIST = "list"
    END = "end"
    CREDIT = "credit"
    WALL = "wall"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    lines: frozenset[str]
    line_starts: tuple[str, ...]
    line_patterns: re.Pattern[str]
    links: tuple[str, ...]
    labels: tuple[str, ...]
    lists: frozenset[str]
    list_first_words: frozenset[str]
    open_lists: tuple[str, ...]
    lists_from: tuple[str, ...]
    list_words: int
    ends: tuple[str, ...]
    end_patterns: re.Pattern[str]
    credits: tuple[str, ...]
    credit_patterns: re.Pattern[str]
    strong: re.Pattern[str]
    weak: frozenset[str]
    address: frozenset[str]
    imperatives: frozenset[str]
    against: frozenset[str]
    least_points: int
    captions: tuple[str, ...]
    caption_patterns: re.Pattern[str]
    weak_caption_patterns: re.Pattern[str]
    caption_words: int


@cache
def _lexicon() -> _Lexicon:
    table: dict[str, Any] = tomllib.loads(
        files("onrecord.reading").joinpath("lexicons/furniture.toml").read_text(encoding="utf-8")
    )
    wall = table["wall"]
    headings: list[str] = table["lists"]["starts"]
    phrases = "|".join(sorted(map(re.escape, wall["strong"]), key=len, reverse=True))
    return _Lexicon(
        lines=frozenset(table["lines"]["exact"]),
        line_starts=tuple(table["lines"]["starts"]),
        line_patterns=_any(table["lines"]["patterns"]),
        links=tuple(table["links"]["starts"]),
        labels=tuple(table["links"]["labels"]),
        lists=frozenset(headings),
        list_first_words=frozenset(heading.split()[0] for heading in headings),
        open_lists=tuple(heading + " " for heading in headings if heading.endswith(_OPEN_ENDS)),
        lists_from=tuple(heading + end + " " for heading in headings for end in (" from", " on", " in")),
        list_words=table["lists"]["longest_words"],
        ends=tuple(table["ends"]["starts"]),
        end_patterns=_any(table["ends"]["patterns"]),
        credits=tuple(table["credits"]["starts"]),
        credit_patterns=_any(table["credits"]["patterns"]),
        strong=re.compile(rf"(?<!\w)(?:{phrases})(?!\w)"),
        weak=frozenset(wall["weak"]),
        address=frozenset(wall["address"]),
        imperatives=frozenset(wall["imperatives"]),
        against=frozenset(wall["against"]),
        least_points=wall["least_points"],
        captions=tuple(table["captions"]["starts"]),
        caption_patterns=_any(table["captions"]["patterns"]),
        weak_caption_patterns=_any(table["captions"]["weak"]),
        caption_words=table["captions"]["longest_words"],
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def evidence(segment: Segment) -> Evidence:
    """What the words of one segment say that it is; NONE where nothing speaks against news.

    >>> from onrecord.reading.features import measure
    >>> line = "Sign up to our newsletter"
    >>> evidence(measure(line, 0, len(line)))
    <Evidence.WALL: 'wall'>
    >>> line = "Voters may register for free until Friday, the ministry said."
    >>> evidence(measure(line, 0, len(line)))
    <Evidence.NONE: 'none'>
    """
    lexicon = _lexicon()
    count = len(segment.words)
    folded = _EDGE_KEEPING_BRACKETS.sub("", segment.folded)
    if folded.endswith(_LINK_NOTES):
        return Evidence.LINE
    if folded[:1] == "©" and count <= lexicon.caption_words and _PICTURE_OF.match(folded) and "rights" not in folded:
        return Evidence.CAPTION
    if _OWNED.match(folded) and not _YEAR_OR_RIGHTS.search(folded):
        # a picture's or a player's owner, amid the body as often as behind it; or a sentence about copyright
        return Evidence.NONE if segment.prose else Evidence.LINE
    if count <= 14:
        line = _line_evidence(segment, folded, count, lexicon)
        if line is not Evidence.NONE:
            return line
    if count <= lexicon.caption_words and _is_caption(segment, lexicon):
        return Evidence.CAPTION
    if (folded.startswith(lexicon.credits) and not segment.quotes and count <= 60) or (
        count <= 60
        and (count <= _SHORT_CREDIT_WORDS or any(mark in folded for mark in _CREDIT_MARKS))
        and lexicon.credit_patterns.search(folded)
    ):
        return Evidence.CREDIT
    if folded.startswith(lexicon.ends) or (count <= 40 and lexicon.end_patterns.search(folded)):
        return Evidence.END
    return Evidence.WALL if wall_points(segment) >= lexicon.least_points else Evidence.NONE


def _line_evidence(segment: Segment, folded: str, count: int, lexicon: _Lexicon) -> Evidence:
    """The evidence of short lines: labels, links, headings of lists, ends."""
    bare = _COUNTED.sub("", _EDGE.sub("", folded))
    if lexicon.end_patterns.search(folded) or (not segment.prose and folded.startswith(lexicon.ends)):
        return Evidence.END
    if count <= lexicon.list_words and not segment.finished and _heads_list(bare, folded, count, lexicon):
        return Evidence.LIST
    if count == 0 or bare in lexicon.lines or lexicon.line_patterns.search(folded):
        return Evidence.LINE
    if not segment.prose and folded.startswith(lexicon.line_starts):
        return Evidence.LINE
    if (
        folded.startswith(lexicon.links)
        and _separated(folded, lexicon.links)
        and not (segment.prose and segment.quotes)
    ):
        # nothing after the colon: the links stand on the lines below
        return Evidence.LIST if folded.endswith(":") else Evidence.LINK
    if count >= 3 and not segment.prose and folded.startswith(lexicon.labels):
        return Evidence.LABEL
    return Evidence.NONE


def _heads_list(bare: str, folded: str, count: int, lexicon: _Lexicon) -> bool:
    """Whether a short line is the heading of a list of links: the phrase alone, or with where from."""
    if bare.split(" ", 1)[0] not in lexicon.list_first_words:
        return False
    if bare in lexicon.lists or folded.removesuffix(":") in lexicon.lists:
        return True
    return bare.startswith(lexicon.open_lists) or (count <= _SHORT_WORDS and bare.startswith(lexicon.lists_from))


def _separated(folded: str, starts: tuple[str, ...]) -> bool:
    """Whether the phrase that `folded` begins with ends there as a word."""
    return any(
        folded.startswith(start) and (not start[-1].isalnum() or not folded[len(start) : len(start) + 1].isalnum())
        for start in starts
    )


def _is_caption(segment: Segment, lexicon: _Lexicon) -> bool:
    """Whether a segment carries the marks of a picture's caption or credit."""
    if segment.folded.startswith(lexicon.captions) and (not segment.prose or not segment.quotes):
        return True
    lowered = segment.text.lower()
    if segment.quotes:
        return False
    weak = not segment.prose and lexicon.weak_caption_patterns.search(lowered) is not None
    if not weak and not any(mark in lowered for mark in _CAPTION_MARKS) and not lowered.startswith("item "):
        return False
    return weak or lexicon.caption_patterns.search(lowered) is not None


def reports_speech(segment: Segment) -> bool:
    """Whether words of reporting stand among the first ones of a segment."""
    return not _lexicon().against.isdisjoint(segment.words)


def asks(segment: Segment) -> bool:
    """Whether a segment begins by telling the reader what to do."""
    return bool(segment.words) and segment.words[0] in _lexicon().imperatives


def unaddressed_points(segment: Segment) -> int:
    """How many words of page furniture a segment holds, whoever is spoken to: strong phrases count 2, weak words 1."""
    lexicon = _lexicon()
    return 2 * len(set(lexicon.strong.findall(segment.folded))) + len(lexicon.weak.intersection(segment.words))


def wall_points(segment: Segment) -> int:
    """How strongly a segment speaks to the reader about the page.

    Strong phrases count 2, weak words 1 (three at most), an address of the reader 1, an imperative at the start 1;
    quotations and words of reporting count against.
    """
    lexicon = _lexicon()
    strong = len(set(lexicon.strong.findall(segment.folded)))
    words = set(segment.words)
    weak = len(words & lexicon.weak)
    if not strong and not weak:
        return 0
    asked = segment.words[:1] + tuple(_SENTENCE_STARTS.findall(segment.folded))
    addressed = bool(words & lexicon.address) + any(word in lexicon.imperatives for word in asked)
    if segment.text[0] in _OPENING_QUOTES or (not addressed and (strong < 2 or len(segment.words) > _LONG_WORDS)):
        return 0  # somebody else's words, or nobody is spoken to: a report may well tell of cookies and accounts
    points = 2 * strong + min(weak, 3) + addressed
    points -= 2 * segment.quotes
    points -= 2 * min(2, len(words & lexicon.against))
    points -= 2 * (len(segment.words) > _LONG_WORDS)
    return points
