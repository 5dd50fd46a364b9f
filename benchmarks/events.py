"""Events found in public news against what coders marked there.

    python -m benchmarks.events ../shared/bench [--part held|learnt|all|later] [--errors] [--limit N]

The marks are training/attribution/events.jsonl (places only); one in seven texts is held out from all fitting. Those of
"later" are events_later.jsonl: 188 reports of 1987 that were coded when all was fitted. Each
text is annotated as a report of its own, and events are compared within what the coders read. An event found and a
marked one agree where the found one's words hold the marked one's word and the types are the same; each answers one
other at most. "Modality" and "sides" are shares of the agreeing ones: the modality is the same; each marked party's
words are a mention of one of the found parties.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.attribution.coding import LABELS, LATER, held_out

from benchmarks._rows import read_rows, report_of
from onrecord.model import Annotation, Event, Span
from onrecord.pipeline import annotate, steps

STORIES = ("g5w1h", "wikinews", "fakes")
LATER_STORIES = ("reuters",)
MARGIN_CHARS = 600
"""So much of a text is read behind what the coders read."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked event: the word that tells it, type, modality, and where its sources and targets are named."""

    trigger: Span
    type: str
    modality: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Marked and found events of one text; `pairs` are those that agree."""

    text: str
    marks: Annotation
    marked: tuple[Marked, ...]
    found: tuple[Event, ...]
    pairs: tuple[tuple[Marked, Event], ...]


def texts_of(bench: Path, sets: Sequence[str] = STORIES) -> dict[str, dict[str, Any]]:
    """The rows of the story sets by id."""
    return {str(row["id"]): row for name in sets for row in read_rows(bench / "stories" / f"{name}.jsonl")}


def compare(bench: Path, part: str, limit: int | None = None) -> Iterator[Compared]:
    """Annotate and compare, text by text."""
    later = part == "later"
    stages, rows = steps(), texts_of(bench, LATER_STORIES if later else STORIES)
    labels = [json.loads(line) for line in (LATER if later else LABELS).read_text(encoding="utf-8").splitlines()]
    wanted = part in ("all", "later")
    chosen = [one for one in labels if one["id"] in rows and (wanted or held_out(one["id"]) == (part == "held"))]
    for one in chosen[:limit]:
        row = rows[one["id"]]
        end = max(stop for _, stop in one["read"]) + MARGIN_CHARS
        row = row | {"text": (row["text"] or "")[: max(0, end - len(row["title"] or "") - 2)]}
        report = report_of(row)
        marks = annotate(report, stages)
        marked = tuple(
            Marked(Span(start, stop), kind, modality, _spans(sources), _spans(targets))
            for start, stop, kind, modality, sources, targets in one["events"]
        )
        read = [Span(start, stop) for start, stop in one["read"]]
        found = tuple(event for event in marks.events if any(event.span.overlaps(span) for span in read))
        yield Compared(report.text, marks, marked, found, tuple(_pairs(marked, found)))


def _spans(told: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, stop) for start, stop in told)


def _pairs(marked: Sequence[Marked], found: Sequence[Event]) -> Iterator[tuple[Marked, Event]]:
    free = sorted(found, key=lambda event: event.span.end - event.span.start)
    for one in marked:
        fits = [event for event in free if event.type.value == one.type and event.span.overlaps(one.trigger)]
        if fits:
            # the same modality first, else the shortest
            best = next((event for event in fits if event.modality.value == one.modality), fits[0])
            free.remove(best)
            yield one, best


def sides_right(marks: Annotation, one: Marked, event: Event) -> tuple[bool, bool]:
    """Whether each side's marked words are mentions of a found party; a side that is not marked is right."""
    mentions = {entity.id: [mention.span for mention in entity.mentions] for entity in marks.entities}

    def right(spans: Sequence[Span], parties: Sequence[str]) -> bool:
        return not spans or any(
            span.overlaps(mention) for span in spans for party in parties for mention in mentions.get(party, ())
        )

    return right(one.sources, event.sources), right(one.targets, event.targets)


def figures(compared: Sequence[Compared]) -> dict[str, float]:
    """The figures, as shares."""
    marked = sum(len(one.marked) for one in compared)
    found = sum(len(one.found) for one in compared)
    pairs = [(one.marks, told, event) for one in compared for told, event in one.pairs]
    overlapping = sum(any(told.trigger.overlaps(e.span) for told in one.marked) for one in compared for e in one.found)
    modality = sum(told.modality == event.modality.value for _, told, event in pairs)
    sides = [sides_right(*pair) for pair in pairs]
    whole = sum(
        told.modality == event.modality.value and all(both) for (_, told, event), both in zip(pairs, sides, strict=True)
    )
    precision, recall = len(pairs) / max(1, found), len(pairs) / max(1, marked)
    return {
        "marked": marked,
        "found": found,
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "found that tell some event": overlapping / max(1, found),
        "modality": modality / max(1, len(pairs)),
        "sources": sum(source for source, _ in sides) / max(1, len(pairs)),
        "targets": sum(target for _, target in sides) / max(1, len(pairs)),
        "fully coded, of the marked": whole / max(1, marked),
        "fully coded, of the found": whole / max(1, found),
    } | _trust(compared)


def _trust(compared: Sequence[Compared]) -> dict[str, float]:
    """How well the confidences fit: an event is right where its type and modality are the marked ones."""
    judged = []
    for one in compared:
        sound = {id(event) for told, event in one.pairs if told.modality == event.modality.value}
        judged += [(event.confidence, id(event) in sound) for event in one.found]
    judged.sort(key=lambda one: -one[0])
    half = len(judged) // 2
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in judged:
        tenths.setdefault(int(10 * sure), []).append((sure, right))
    off = sum(abs(sum(sure - right for sure, right in some)) for some in tenths.values())
    return {
        "confidence off by (expected calibration error)": off / max(1, len(judged)),
        "right in the surer half": sum(right for _, right in judged[:half]) / max(1, half),
        "right in the other half": sum(right for _, right in judged[half:]) / max(1, len(judged) - half),
    }


def _errors(compared: Sequence[Compared]) -> Iterator[str]:
    for one in compared:
        told, matched = {id(t) for t, _ in one.pairs}, {id(e) for _, e in one.pairs}
        for marked in one.marked:
            if id(marked) not in told:
                yield f"missed\t{marked.type}\t{marked.modality}\t{_around(one.text, marked.trigger)}"
        for event in one.found:
            if id(event) not in matched:
                yield f"beside\t{event.type}\t{event.modality}\t{_around(one.text, event.span)}"


def _around(text: str, span: Span) -> str:
    before, after = text[max(0, span.start - 70) : span.start], text[span.end : span.end + 70]
    return f"{before}[[{text[span.start : span.end]}]]{after}".replace("\n", " ")


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--part", choices=("held", "learnt", "all", "later"), default="held")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--limit", type=int)
    told = parser.parse_args()
    compared = tuple(compare(told.bench, told.part, told.limit))
    out = sys.stdout
    for line in _errors(compared) if told.errors else ():
        out.write(f"{line}\n")
    for name, value in figures(compared).items():
        out.write(f"{value:8.3f}  {name}\n" if isinstance(value, float) else f"{value:8d}  {name}\n")
    by_type = Counter(told.type for one in compared for told in one.marked)
    hit = Counter(told.type for one in compared for told, _ in one.pairs)
    made = Counter(event.type.value for one in compared for event in one.found)
    for kind, count in by_type.most_common():
        out.write(f"  {kind:10s} marked {count:4d}, found {made[kind]:4d}, agree {hit[kind]:4d}\n")


if __name__ == "__main__":
    main()
