"""Annotated articles: reading, and turning them into labelled stretches."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.annotating.attribution.coding import MODALITIES, SIDES, TYPES
from onrecord.annotating.attribution.decoding import LABELS, ROLES
from onrecord.annotating.attribution.linking import CONTENT_CUE, CONTENT_SOURCE, CUE_SOURCE, RELATIONS
from onrecord.annotating.attribution.naming import KINDS
from onrecord.annotating.attribution.words import PIECES_A_WINDOW, Stretch, WordReader, split_long

Span = tuple[int, int]
NOBODY = -1
NOT_ASKED = -2
UNKNOWN = -100
"""A label that is not told: the loss leaves it out."""
_MARKED = re.compile(r"\[([SCT])([\d,]*) ([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """One gold attribution: spans of code points."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]

    def spans(self, role: str) -> tuple[Span, ...]:
        """The spans of one role."""
        found: tuple[Span, ...] = getattr(self, role)
        return found


@dataclass(frozen=True, slots=True)
class Coded:
    """One gold event: the word that tells it, its type and modality, and where the text names who does it to whom.

    `sides` is None where nobody marked them.
    """

    trigger: Span
    type: str
    modality: str
    sides: tuple[Span | None, Span | None] | None


@dataclass(frozen=True, slots=True)
class Coding:
    """The events of a part of an article; `read` are the spans that a coder has read."""

    read: tuple[Span, ...]
    events: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An annotated text. `attributions`, `names` (span and kind) or `coding` are None where nobody annotated them."""

    id: str
    text: str
    attributions: tuple[Marked, ...] | None
    names: tuple[tuple[int, int, str], ...] | None = None
    coding: Coding | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch with its gold: a label a word, and for each relation the span of words that a word points to.

    `targets` is relations x words x 2 (first word and the one after the last; NOBODY for none, NOT_ASKED where
    the word has no such link). `names` has the number of each word's kind of name, `types` and `modalities` those of
    the event that a word tells; `sides` (sides x words x 2) where its parties stand. All are UNKNOWN or NOT_ASKED where
    the article is not annotated for them.
    """

    stretch: Stretch
    labels: NDArray[np.int64]
    targets: NDArray[np.int64]
    names: NDArray[np.int64]
    types: NDArray[np.int64]
    modalities: NDArray[np.int64]
    sides: NDArray[np.int64]


def read_jsonl(path: Path) -> list[Article]:
    """Articles of a PolNeAR-like file."""
    articles = []
    with path.open(encoding="utf-8", newline="") as lines:
        for line in lines:
            row = json.loads(line)
            marked = tuple(
                Marked(*(tuple((a, b) for a, b in one[role] or ()) for role in ("source", "cue", "content")))
                for one in row["attributions"]
            )
            articles.append(Article(row["id"], row["text"], marked))
    return articles


def read_own(path: Path) -> list[Article]:
    """Articles of the marked-up file `own.txt`; its head tells the conventions."""
    body = "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if not line.startswith("#"))
    articles = []
    for number, block in enumerate(part for part in re.split(r"\n\s*\n", body) if part.strip()):
        text, marked = "", list[Marked]()
        for line in block.strip().split("\n"):
            plain, found = _unmark(line, len(text))
            text += plain + "\n\n"
            marked += found
        articles.append(Article(f"own-{number}", text, tuple(marked)))
    return articles


def _unmark(line: str, base: int) -> tuple[str, list[Marked]]:
    """The text of a marked-up paragraph that begins at `base`, and its attributions."""
    plain, last, latest_source = "", 0, list[Span]()
    parts: dict[str, dict[str, list[Span]]] = {}
    inherited: dict[str, list[Span]] = {}
    for match in _MARKED.finditer(line):
        plain += line[last : match.start()]
        span = (base + len(plain), base + len(plain) + len(match[3]))
        plain += match[3]
        last = match.end()
        if match[1] == "S":
            latest_source = [span]
        for key in match[2].split(","):
            parts.setdefault(key, {}).setdefault(match[1], []).append(span)
            if match[1] == "C":
                inherited[key] = latest_source
    made = [
        Marked(tuple(spans.get("S", inherited.get(key, []))), tuple(spans.get("C", [])), tuple(spans["T"]))
        for key, spans in parts.items()
        if "T" in spans
    ]
    return plain + line[last:], made


def paragraphs(text: str) -> list[Span]:
    """Spans of the lines that hold something."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


def examples(article: Article, reader: WordReader) -> Iterator[Example]:
    """The labelled stretches of an article."""
    for span in paragraphs(article.text):
        near = None
        if article.attributions is not None:
            near = [
                one
                for one in article.attributions
                if any(span[0] <= start < span[1] for role in ROLES for start, _ in one.spans(role))
            ]
        stretch = reader(article.text, span)
        parts = [stretch] if len(stretch.pieces) <= PIECES_A_WINDOW - 2 else split_long(article.text, stretch)
        for part in parts:
            if part.words:
                yield label(part, near, article.names, article.coding)


def label(
    stretch: Stretch,
    attributions: Iterable[Marked] | None,
    names: Iterable[tuple[int, int, str]] | None = None,
    coding: Coding | None = None,
) -> Example:
    """Label one stretch; content wins over source over cue where they overlap."""
    count = len(stretch.words)
    named = np.full(count, UNKNOWN if names is None else 0, np.int64)
    for start, end, kind in names or ():
        if (run := _run(stretch, (start, end))) is not None:
            named[run[0] : run[1]] = KINDS.index(kind) + 1
    coded = _coded(stretch, coding or Coding((), ()))
    labels = np.full(count, UNKNOWN if attributions is None else 0, np.int64)
    targets = np.full((RELATIONS, count, 2), NOT_ASKED, np.int64)
    if attributions is None:
        return Example(stretch, labels, targets, named, *coded)
    found = []
    for one in attributions:
        runs = {role: [run for span in one.spans(role) if (run := _run(stretch, span))] for role in ROLES}
        found.append(runs)
    for role in reversed(ROLES):
        for runs in found:
            for start, end in runs[role]:
                begin = LABELS.index(f"B-{role}")
                labels[start] = begin
                labels[start + 1 : end] = begin + 1
    for runs in found:
        cue = runs["cue"][0] if runs["cue"] else None
        source = runs["source"][0] if runs["source"] else None
        for start, end in runs["content"]:
            targets[CONTENT_CUE, start:end] = cue or NOBODY
            targets[CONTENT_SOURCE, start:end] = source or NOBODY
        for start, end in runs["cue"]:
            targets[CUE_SOURCE, start:end] = source or NOBODY
    return Example(stretch, labels, targets, named, *coded)


def _coded(stretch: Stretch, coding: Coding) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Types, modalities and sides of a stretch's words."""
    count = len(stretch.words)
    types, modalities = np.full(count, UNKNOWN, np.int64), np.full(count, UNKNOWN, np.int64)
    sides = np.full((len(SIDES), count, 2), NOT_ASKED, np.int64)
    for span in coding.read:
        if (run := _run(stretch, span)) is not None:
            types[run[0] : run[1]] = 0
    for one in coding.events:
        if (run := _run(stretch, one.trigger)) is None:
            continue
        first = run[0]
        types[first] = TYPES.index(one.type) + 1
        modalities[first] = MODALITIES.index(one.modality)
        for side, named in enumerate(one.sides or ()):
            sides[side, first] = (None if named is None else _run(stretch, named)) or NOBODY
    return types, modalities, sides


def _run(stretch: Stretch, span: Span) -> Span | None:
    first = bisect_right(stretch.words, span[0], key=lambda word: word[1])
    last = bisect_left(stretch.words, span[1], key=lambda word: word[0])
    return (first, last) if first < last else None


def rewrite(article: Article, replacements: Iterable[tuple[int, int, str]]) -> Article:
    """Replace stretches of an article's text; spans move with it."""
    pieces, moved, last, shift = [], [], 0, 0
    for start, end, new in sorted(replacements):
        if start < last:
            continue
        pieces += [article.text[last:start], new]
        moved.append((start, end, shift, len(new)))
        shift += len(new) - (end - start)
        last = end
    text = "".join([*pieces, article.text[last:]])
    starts = np.array([start for start, _, _, _ in moved] or [len(article.text) + 1])

    def at(place: int, *, closing: bool) -> int:
        number = int(np.searchsorted(starts, place, side="right")) - 1
        if number < 0:
            return place
        start, end, before, length = moved[number] if moved else (0, 0, 0, 0)
        if place >= end:
            return place + before + length - (end - start)
        if place == start:
            return place + before
        return start + before + (length if closing else 0)

    def shifted(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((at(a, closing=False), at(b, closing=True)) for a, b in spans)

    if not moved:
        return article
    attributions, names = article.attributions, article.names
    if attributions is not None:
        attributions = tuple(
            Marked(shifted(one.source), shifted(one.cue), shifted(one.content)) for one in attributions
        )
    if names is not None:
        names = tuple((at(a, closing=False), at(b, closing=True), kind) for a, b, kind in names)
    coding = article.coding
    if coding is not None:
        events = tuple(
            Coded(
                shifted((one.trigger,))[0],
                one.type,
                one.modality,
                None if one.sides is None else (_each(shifted, one.sides[0]), _each(shifted, one.sides[1])),
            )
            for one in coding.events
        )
        coding = Coding(shifted(coding.read), events)
    return Article(article.id, text, attributions, names, coding)


def _each(shifted: Callable[[tuple[Span, ...]], tuple[Span, ...]], span: Span | None) -> Span | None:
    return None if span is None else shifted((span,))[0]
