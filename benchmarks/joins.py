"""What is joined of what two reports of one happening tell in other words, and what is joined wrongly.

    python -m benchmarks.joins [--half read|unread]

The stories are training/sameness/told.txt: our own writing, three reports each, most things told in truly different
words. Of every other story the passages were read when the lexicon of concepts was written ("read"); the other half
nobody looked at. A thing that two reports tell is found where each has a mark on its words, and joined where two such
marks are in one claim. A pair of marks in one claim is wrong where the passages that they lie on have other numbers.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from training.sameness.__main__ import ids_of, lies_on, place_of, scene_of
from training.sameness.told import NOBODY_ELSE, Marked, Story, read_stories

from onrecord.fusing.claims import find_claims
from onrecord.fusing.scene import Scene
from onrecord.model import Annotation
from onrecord.working import Step, annotate, steps

HALVES = ("read", "unread")


def stories_of(half: str | None) -> Iterator[Story]:
    """The stories of a half, or all."""
    for number, story in enumerate(read_stories()):
        if half is None or HALVES[number % 2] == half:
            yield story


def judge(story: Story, stages: tuple[Step, ...]) -> Counter[str]:
    """Count one story: "told", "found", "joined" things, "right" and "wrong" pairs of marks."""
    annotated = [(report, annotate(report, stages)) for report, _ in story.reports]
    scene = scene_of(annotated)
    claim_of = {member: claim.id for claim in find_claims(scene, "s") for member in claim.members}
    told: list[dict[str, list[str]]] = []
    near: dict[str, set[str]] = {}
    for (_, marked), (_, marks) in zip(story.reports, annotated, strict=True):
        told.append({one.number: [] for one in marked if one.number != NOBODY_ELSE})
        for mark, numbers, touched in _lying(scene, marks, marked):
            near[mark] = touched
            for number in numbers - {NOBODY_ELSE}:
                told[-1][number].append(mark)
    count = Counter[str]()
    for one, other in combinations(told, 2):
        for number in one.keys() & other.keys():
            both = [(a, b) for a in one[number] for b in other[number]]
            count["told"] += 1
            count["found"] += bool(both)
            count["joined"] += any(claim_of[a] == claim_of[b] for a, b in both)
        count += _pairs(one, other, claim_of, near)
    return count


def _lying(scene: Scene, marks: Annotation, marked: Iterable[Marked]) -> Iterator[tuple[str, set[str], set[str]]]:
    """For each mark the numbers of the passages that it tells, and of all that it touches."""
    passages = [(one.number, set(range(one.span.start, one.span.end))) for one in marked]
    for mark in ids_of(marks):
        place = place_of(scene, mark)
        touched = {number for number, words in passages if place & words}
        yield mark, {number for number, words in passages if place & words and lies_on(place, words)}, touched


def _pairs(
    one: dict[str, list[str]], other: dict[str, list[str]], claim_of: dict[str, str], near: dict[str, set[str]]
) -> Counter[str]:
    numbers_of: list[dict[str, set[str]]] = []
    for side in (one, other):
        numbers_of.append({})
        for number, marks in side.items():
            for mark in marks:
                numbers_of[-1].setdefault(mark, set()).add(number)
    count = Counter[str]()
    for a, mine in numbers_of[0].items():
        for b, theirs in numbers_of[1].items():
            if claim_of[a] == claim_of[b]:
                if mine & theirs:
                    count["right"] += 1
                elif not near[a] & near[b] - {NOBODY_ELSE}:
                    count["wrong"] += 1
    return count


def main() -> int:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    chosen = parser.parse_args()
    stages = steps()
    for half in [chosen.half] if chosen.half else HALVES:
        count = sum((judge(story, stages) for story in stories_of(half)), Counter[str]())
        judged = max(1, count["right"] + count["wrong"])
        sys.stdout.write(
            f"{half}: {count['told']} things told by two reports, {count['found']} found in both, "
            f"{count['joined']} joined; of {judged} joined pairs of marks {count['right'] / judged:.3f} right\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
