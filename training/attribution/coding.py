"""Events for the event head: what coders marked in public news, kept as places in the texts of ../shared/bench.

`events.jsonl` has a row for each text that was read: its id, the spans that were read, and the events as start and end
of the word that tells it, type, modality, and spans of the sources and targets. No text and no gold is kept. The rules
they were coded by are in docs/reference/event-coding.md.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from training.attribution.corpus import Article, Coded, Coding, Span, read_jsonl
from training.attribution.naming import reuters_articles, story_articles

LABELS: Final = Path(__file__).parent / "events.jsonl"
LATER: Final = Path(__file__).parent / "events_later.jsonl"
"""The same for reports that were coded when the network had been trained: nothing is learnt from them."""
HELD_OUT: Final = 7
"""One in so many texts is kept for measuring."""
OWN_SENTENCES: Final = Path(__file__).parents[2] / "tests" / "annotating" / "cases" / "modality_open.txt"
OWN_REPORTS: Final = Path(__file__).parent / "own_events.txt"
_ITEM: Final = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")
_AUXILIARIES: Final = frozenset("is are was were be been being has have had will would to it its not never".split())
_DEEDS: Final = frozenset("AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST RETREAT SANCTION".split())
AS_EXPERTS: Final = "="
"""Stands for the type that PLV's experts gave the sentence, which stays in the benchmark's own file."""
_TOGETHER: Final = 5
"""Lone sentences that make one text: the network reads a sentence among others."""


def coded_articles(bench: Path) -> tuple[list[Article], list[Article]]:
    """The coded texts to learn from, and those held out."""
    texts = {article.id: article.text for article in (*story_articles(bench), *reuters_articles(bench))}
    texts |= {article.id: article.text for article in read_jsonl(bench / "attribution" / "train.jsonl")}
    with (bench / "events" / "PLV_train.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences = {row["id"]: row["sentence"] for row in rows}
    experts = {row["id"]: row["gold_root"] for row in rows}
    learnt, held, alone = list[Article](), list[Article](), list[Article]()
    with LABELS.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        text = texts.get(row["id"]) or sentences[row["id"]]
        coding = _coding(row, experts.get(row["id"], ""))
        article = Article(row["id"], text[: max(end for _, end in coding.read)], None, coding=coding)
        if row["id"] in sentences:
            alone.append(article)
        else:
            (held if held_out(row["id"]) else learnt).append(article)
    apart = [one for one in alone if held_out(one.id)], [one for one in alone if not held_out(one.id)]
    held += joined(apart[0])
    learnt += joined(apart[1])
    return [*learnt, *joined(list(own_sentences())), *own_reports()], held


def own_sentences() -> Iterator[Article]:
    """The open half of our own sentences for modality (docs/reference/event-coding.md), without parties."""
    lines = OWN_SENTENCES.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(one for one in lines if one and not one.startswith("#")):
        yield _unmarked(f"own-event-{number}", [line])


def own_reports() -> Iterator[Article]:
    """Reports of our own writing about invented happenings, their events marked; those written later with parties."""
    body = OWN_REPORTS.read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(part for part in body if part.strip() and not part.startswith("#")):
        yield _unmarked(f"own-told-{number}", block.strip().split("\n"))


def _unmarked(name: str, lines: Iterable[str]) -> Article:
    """The paragraphs of a marked-up text.

    "[words|TYPE/modality]" tells an event, "[word|TYPE/modality|source|target]" one whose parties the paragraph names
    with these words ("-": nobody), "[words|-]" tells none.
    """
    text, read, events = "", list[Span](), list[Coded]()
    for line in lines:
        plain, last, marked = "", 0, list[tuple[int, str, list[str]]]()
        for item in _ITEM.finditer(line):
            plain += line[last : item.start()]
            marked.append((len(plain), item[1], item[2].split("|")))
            plain += item[1]
            last = item.end()
        plain += line[last:]
        for begins, words, (told, *parties) in marked:
            kind, _, modality = told.partition("/")
            if modality:
                start, end = _telling(words, kind)
                trigger = begins + start, begins + end
                sides = [_nearest(plain, party, trigger) for party in parties]
                events.append(
                    _coded_at(Coded(trigger, kind, modality, (sides[0], sides[1]) if sides else None), len(text))
                )
        read.append((len(text), len(text) + len(plain)))
        text += f"{plain}\n\n"
    return Article(name, text, None, coding=Coding(tuple(read), tuple(events)))


def _nearest(text: str, party: str, trigger: Span) -> Span | None:
    """Where a party stands that is nearest to the word that tells the event."""
    if party == "-":
        return None
    found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(party)}(?!\w)", text)]
    apart = [span for span in found if span[1] <= trigger[0] or span[0] >= trigger[1]]
    return min(apart, key=lambda span: abs(span[0] - trigger[0]), default=None)


def _telling(words: str, kind: str) -> Span:
    """The word of an item that tells the event: what is planned or denied of a deed, else the first that is no help."""
    found = [match.span() for match in re.finditer(r"[^\W_][\w’'-]*", words)]
    if kind in _DEEDS and re.search(r"\b(to|that) ", words):
        return found[-1]
    return next((span for span in found if words[slice(*span)].lower() not in _AUXILIARIES), found[-1])


def held_out(name: str) -> bool:
    """Whether a text is kept for measuring."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def joined(articles: Sequence[Article]) -> list[Article]:
    """Lone sentences put together, as paragraphs."""
    made = []
    for start in range(0, len(articles), _TOGETHER):
        text, read, events = "", list[Span](), list[Coded]()
        for one in articles[start : start + _TOGETHER]:
            coding = one.coding or Coding((), ())
            read += [_moved(span, len(text)) for span in coding.read]
            events += [_coded_at(event, len(text)) for event in coding.events]
            text += f"{one.text}\n\n"
        made.append(Article(articles[start].id, text, None, coding=Coding(tuple(read), tuple(events))))
    return made


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _coded_at(event: Coded, by: int) -> Coded:
    sides = event.sides
    if sides is not None:
        source, target = (None if side is None else _moved(side, by) for side in sides)
        sides = source, target
    return Coded(_moved(event.trigger, by), event.type, event.modality, sides)


def _coding(row: dict[str, Any], experts: str) -> Coding:
    events = []
    for start, end, told, modality, sources, targets in row["events"]:
        kind = experts if told == AS_EXPERTS else told
        events.append(Coded((start, end), kind, modality, (_first(sources), _first(targets))))
    return Coding(tuple((start, end) for start, end in row["read"]), tuple(events))


def _first(spans: Iterable[Sequence[int]]) -> Span | None:
    return next(((span[0], span[1]) for span in spans), None)
