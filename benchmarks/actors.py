"""Actor resolution over many reports on a marked-up set of our own.

    python -m benchmarks.actors [tests/data/actors.txt]

Prints B-cubed precision, recall and f1 (Bagga and Baldwin 1998) of marked mentions: a mention's cluster is the set of
actors that its words are resolved to, after the reports' entities were joined, and persons told by office only were
taken for who holds it in the reports of the same story (as claims see them). A mention that is resolved to nothing is
a cluster of its own. With `--wrong`, the mentions whose cluster differs from the gold one.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord import fusing
from onrecord.annotating.actors import find_actors, resolve
from onrecord.annotating.parse import parse
from onrecord.annotating.sentences import find_sentences
from onrecord.model import Annotation, Block, BlockKind, Entity, Report, Span

SET = Path(__file__).parents[1] / "tests" / "data" / "actors.txt"
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked mention: its report, its place in it, its words, the actor it is marked with."""

    report: str
    span: Span
    words: str
    actor: str


def stories_of(path: Path) -> list[int]:
    """The number of the story of each report: a line "== what it is about" begins one."""
    numbers, story = [], 0
    for line in path.read_text(encoding="utf-8").splitlines():
        story += line.startswith("== ")
        if line.startswith("= "):
            numbers.append(story)
    return numbers


def marked_reports(path: Path) -> Iterator[tuple[Report, list[Marked]]]:
    """The reports of a set and their mentions; the mark-up is taken out of the text."""
    lines = path.read_text(encoding="utf-8").splitlines()
    body = "\n".join(line for line in lines if not line.startswith(("#", "== ")))
    for number, part in enumerate(re.split(r"^= ", body, flags=re.MULTILINE)[1:]):
        head, _, rest = part.partition("\n")
        day, outlet = head.split(" ", 1)
        name, text, mentions, at = f"r{number:02}", "", [], 0
        for match in _MARK.finditer(rest):
            text += rest[at : match.start()]
            mentions.append(Marked(name, Span(len(text), len(text) + len(match[1])), match[1], match[2]))
            text, at = text + match[1], match.end()
        text += rest[at:]
        blocks = tuple(Block(Span(*line.span()), BlockKind.PARAGRAPH) for line in re.finditer(r"[^\n]+", text))
        yield Report(name, name, "0" * 64, text, blocks, published=day, outlet=outlet, language="en"), mentions


def resolved(path: Path) -> list[tuple[Marked, frozenset[str]]]:
    """Each marked mention with the ids of the actors that its words are resolved to."""
    found: list[tuple[Marked, tuple[str, ...]]] = []
    stories: dict[int, list[Annotation]] = defaultdict(list)
    for story, (report, mentions) in zip(stories_of(path), marked_reports(path), strict=True):
        parsed = parse(report)
        marks = find_actors(report, parsed, find_sentences(report, parsed, Annotation(report.id)))
        stories[story].append(marks)
        found += [(one, resolve(one.span, marks, parsed)) for one in mentions]
    entities: list[Entity] = [one for some in stories.values() for marks in some for one in marks.entities]
    joined = {entity: actor for actor in fusing.join_actors(entities) for entity in actor.entities}
    actor_of = dict(joined)
    for some in stories.values():
        told = fusing.with_holders(some, joined)
        actor_of |= {one.id: told[one.id] for marks in some for one in marks.entities}
    return [(one, frozenset(actor_of[entity].id for entity in ids)) for one, ids in found]


def b_cubed(pairs: list[tuple[Marked, frozenset[str]]]) -> tuple[float, float]:
    """Precision and recall over the mentions."""
    gold: dict[str, set[int]] = defaultdict(set)
    found: dict[object, set[int]] = defaultdict(set)
    for number, (one, ids) in enumerate(pairs):
        gold[one.actor].add(number)
        found[ids or number].add(number)
    precision = recall = 0.0
    for number, (one, ids) in enumerate(pairs):
        mine, right = found[ids or number], gold[one.actor]
        precision += len(mine & right) / len(mine)
        recall += len(mine & right) / len(right)
    return precision / len(pairs), recall / len(pairs)


def wrong(pairs: list[tuple[Marked, frozenset[str]]]) -> Iterator[str]:
    """The mentions that stand apart from most of their gold cluster, or are among those of another one."""
    usual: dict[str, frozenset[str]] = {}
    for actor in sorted({one.actor for one, _ in pairs}):
        votes = sorted((ids for one, ids in pairs if one.actor == actor and ids), key=sorted)
        if votes:
            usual[actor] = max(votes, key=votes.count)
    for one, ids in pairs:
        if ids != usual.get(one.actor):
            yield f"{one.report} {one.span.start:5} {one.words!r} is {one.actor}, found {sorted(ids) or 'nobody'}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, default=SET)
    parser.add_argument("--wrong", action="store_true", help="list what is wrong")
    told = parser.parse_args()
    pairs = resolved(told.path)
    if told.wrong:
        print("\n".join(wrong(pairs)))
    precision, recall = b_cubed(pairs)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(pairs)} mentions  B-cubed precision {precision:.3f}  recall {recall:.3f}  f1 {f1:.3f}")


if __name__ == "__main__":
    main()
