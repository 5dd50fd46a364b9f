"""Modality and type of the events of own sentences, each sentence read as a report of its own.

    python -m benchmarks.modality [--half open|held|later|fresh] [--errors]

The sentences are tests/annotating/cases/modality_*.txt, with the guidelines in docs/reference/event-coding.md. An item
is right in modality where the event told by its words has that modality, or where no event is told and none is wanted;
"both" wants the type too. An event that answers one item of a sentence answers no other.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Block, BlockKind, Event, Report, Span
from onrecord.pipeline import annotate, steps

CASES = Path(__file__).resolve().parents[1] / "tests" / "annotating" / "cases"
HALVES = ("open", "held", "later", "fresh")
"""The two halves, and what was written later, set by set, and mended on."""
NONE = "-"
_ITEM = re.compile(r"\[([^|\]]*)\|([^|\]]*)\]")


@dataclass(frozen=True, slots=True)
class Item:
    """Words of a sentence and the event that they tell: "TYPE/modality", or "-" for none."""

    span: Span
    wanted: str

    @property
    def type(self) -> str:
        """The PLOVER type, or "-"."""
        return self.wanted.partition("/")[0]

    @property
    def modality(self) -> str:
        """The modality, or "-"."""
        return self.wanted.partition("/")[2] or NONE


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what was found for it: the event, or None."""

    text: str
    item: Item
    found: Event | None

    @property
    def modality_is_right(self) -> bool:
        """Whether the modality is the wanted one."""
        return (str(self.found.modality) if self.found else NONE) == self.item.modality

    @property
    def both_are_right(self) -> bool:
        """Whether the type is the wanted one too."""
        return self.modality_is_right and (str(self.found.type) if self.found else NONE) == self.item.type


def read_cases(half: str) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """The sentences of a half, each with its items in text order."""
    for line in (CASES / f"modality_{half}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield sentence_of(line)


def sentence_of(line: str) -> tuple[str, tuple[Item, ...]]:
    """A marked line as its text and items.

    >>> sentence_of("Borvia [struck|ASSAULT/actual].")
    ('Borvia struck.', (Item(span=Span(start=7, end=13), wanted='ASSAULT/actual'),))
    """
    text, items, at = "", [], 0
    for match in _ITEM.finditer(line):
        text += line[at : match.start()]
        items.append(Item(Span(len(text), len(text) + len(match[1])), match[2]))
        text, at = text + match[1], match.end()
    return text + line[at:], tuple(items)


def matched(items: Sequence[Item], events: Sequence[Event]) -> list[Event | None]:
    """The event for each item: one of its type before any other, the tightest first; each event once."""
    given: list[Event | None] = [None] * len(items)
    free = list(events)
    for same_type in (True, False):
        for n, item in enumerate(items):
            near = [e for e in free if e.span.overlaps(item.span) and (e.type == item.type or not same_type)]
            if given[n] is None and near:
                tightest = min(near, key=lambda e: (len(e.span), e.id))
                given[n] = tightest
                free.remove(tightest)
    return given


def judge(halves: Iterable[str]) -> list[Judged]:
    """Run the product's stages over the sentences of some halves."""
    stages = steps()
    judged = []
    for half in halves:
        for text, items in read_cases(half):
            block = Block(Span(0, len(text)), BlockKind.PARAGRAPH)
            report = Report("r0", "case", "", text, (block,), published="2025-05-05", language="en")
            events = annotate(report, stages).events
            judged += [Judged(text, i, e) for i, e in zip(items, matched(items, events), strict=True)]
    return judged


def shares(judged: Sequence[Judged]) -> tuple[float, float]:
    """Share of items with the right modality, and with the right type too."""
    count = max(len(judged), 1)
    return sum(j.modality_is_right for j in judged) / count, sum(j.both_are_right for j in judged) / count


def table(judged: Sequence[Judged]) -> str:
    """The figures, overall and for each modality."""
    modality, both = shares(judged)
    lines = [f"{len(judged):5} items   modality {modality:.3f}   type and modality {both:.3f}"]
    for name in sorted({j.item.modality for j in judged}):
        own = [j for j in judged if j.item.modality == name]
        got = Counter(str(j.found.modality) if j.found else NONE for j in own if not j.modality_is_right)
        wrong = ", ".join(f"{other} {count}" for other, count in sorted(got.items()))
        lines.append(f"{len(own):5} {name:12} {shares(own)[0]:.3f} {shares(own)[1]:.3f}   {wrong}")
    return "\n".join(lines)


def main() -> int:
    """Parse the command line, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, action="append")
    parser.add_argument(
        "--errors", action="store_true", help="print the items that are wrong, the held half's excepted"
    )
    chosen = parser.parse_args()
    for half in chosen.half or HALVES:
        judged = judge([half])
        sys.stdout.write(f"{half}: {table(judged)}\n")
        for one in judged if chosen.errors and half != "held" else ():
            if not one.both_are_right:
                told = f"{one.found.type}/{one.found.modality}" if one.found else NONE
                words = one.item.span.of(one.text)
                sys.stdout.write(f"  {one.text}\n      {words!r}: wanted {one.item.wanted}, found {told}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
