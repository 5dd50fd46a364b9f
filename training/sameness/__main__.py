"""Fit the weights by which marks of different reports meet.

    python -m training.sameness GOLD_FOLDER... --stories ../shared/bench/stories [--geneva ../shared] [--write]

A folder of gold holds two reports and gold.toml (as tests/quality/dam): marks on both sides of a fact or of an
utterance are one, all other pairs of marks of the two reports are not. Beside them stand pairs of marks of real
reports, judged by eye (labels.jsonl: where the marks lie, no text). Printed is the average precision of each folder
under weights fitted on all others; with --write the weights fitted on everything are stored.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks._rows import read_rows, report_of
from tests.quality import gold

from onrecord import fusing
from onrecord.fusing.sameness import features
from onrecord.fusing.scene import Scene, prepare
from onrecord.fusing.tellings import Tellings
from onrecord.model import Annotation, Report
from onrecord.reading import read
from onrecord.working import Step, annotate, steps

LABELS = Path(__file__).parent / "labels.jsonl"
WEIGHTS = Path(__file__).parents[2] / "src" / "onrecord" / "models" / "sameness" / "weights.json"
#: What a judged pair weighs: they are picked from the doubtful ones, and there are fewer of them than of all pairs.
JUDGED = 0.3
Row = tuple[dict[str, float], int]


def scene_of(marked: list[tuple[Report, Annotation]]) -> Scene:
    """The scene of some reports as if they were one story."""
    blocks: dict[str, list[Any]] = {}
    for _, marks in marked:
        for entity in marks.entities:
            blocks.setdefault(fusing.actor_block(entity), []).append(entity)
    actors = [actor for block in sorted(blocks) for actor in fusing.join_actors(blocks[block])]
    actor_of = {entity: actor for actor in actors for entity in actor.entities}
    return prepare([r for r, _ in marked], [m for _, m in marked], actor_of, {})


def ids_of(marks: Annotation) -> list[str]:
    """The ids of a report's statements and events."""
    return [*(one.id for one in marks.statements), *(one.id for one in marks.events)]


def place_of(scene: Scene, mark: str) -> set[int]:
    """The code points of its report that a mark lies on."""
    one = scene.statements.get(mark)
    spans = one.content if one is not None else (scene.events[mark].span,)
    return {i for span in spans for i in range(span.start, span.end)}


def lies_on(place: set[int], words: set[int]) -> bool:
    """Whether a mark tells what these words tell: most of the shorter one is shared, the mark is not much longer."""
    return len(place & words) >= 0.6 * min(len(words), len(place)) and len(place) <= 3 * len(words) + 20


def gold_rows(told: dict[str, Any], marked: list[tuple[Report, Annotation]]) -> list[Row]:
    """All pairs of marks of two reports, with 1 for those on both sides of a fact or an utterance."""
    by_file = {Path(report.source).name: (report, marks) for report, marks in marked}
    (first, first_marks), (second, second_marks) = (by_file[one["file"]] for one in told["articles"])
    scene = scene_of(marked)
    content = {one["id"]: {i for a, b in one["content"] for i in range(a, b)} for one in told["statements"]}
    article = {one["id"]: one["article"] for one in told["statements"]}
    pairs = [
        tuple({i + at for i in range(len(words))} for at, words in ((r.text.find(w), w) for r, w in sides))
        for sides in (((first, fact["g"]), (second, fact["i"])) for fact in told["facts_in_both"])
    ]
    for same in told["same_statement"]:
        for a in same["a"]:
            for b in same["b"]:
                one, other = (a, b) if by_file[article[a]][0] is first else (b, a)
                pairs.append((content[one], content[other]))
    tellings = Tellings(scene)
    left, right = ([(m, place_of(scene, m)) for m in ids_of(marks)] for marks in (first_marks, second_marks))
    told_as = {mark: tellings.of(mark) for mark, _ in (*left, *right)}
    rows = []
    for mark, place in left:
        for other, other_place in right:
            near = [(mine, theirs) for mine, theirs in pairs if place & mine and other_place & theirs]
            one = any(lies_on(place, mine) and lies_on(other_place, theirs) for mine, theirs in near)
            if one or not near:
                rows.append((features(told_as[mark], told_as[other]), int(one)))
    return rows


def judged_rows(stories: Path, stages: tuple[Step, ...]) -> Iterator[Row]:
    """The pairs of labels.jsonl whose marks are still found."""
    labels = list(read_rows(LABELS))
    for name in sorted({label["set"] for label in labels}):
        mine = [label for label in labels if label["set"] == name]
        wanted = {label[side][0] for label in mine for side in ("left", "right")}
        rows = {row["id"]: row for row in read_rows(stories / f"{name}.jsonl") if row["id"] in wanted}
        marked = {one: (r := report_of(row), annotate(r, stages)) for one, row in rows.items()}
        for label in mine:
            pair = [marked[label[side][0]] for side in ("left", "right")]
            scene = scene_of(pair)
            found = [
                _nearest(scene, marks, label[side]) for (_, marks), side in zip(pair, ("left", "right"), strict=True)
            ]
            if found[0] is not None and found[1] is not None:
                tellings = Tellings(scene)
                yield features(tellings.of(found[0]), tellings.of(found[1])), label["one"]


def _nearest(scene: Scene, marks: Annotation, told: list[Any]) -> str | None:
    """The mark of the same kind that lies where the judged one lay."""
    _, kind, start, end = told
    wanted = set(range(start, end))
    ids = [one.id for one in (marks.statements if kind == "statement" else marks.events)]
    best = max(ids, key=lambda one: _overlap(place_of(scene, one), wanted), default=None)
    return best if best is not None and _overlap(place_of(scene, best), wanted) >= 0.7 else None


def _overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def fit(rows: list[Row], weights: list[float], names: list[str]) -> dict[str, float]:
    """Logistic regression with a little L2, by Newton's method."""
    x = np.array([[1.0, *(found.get(name, 0.0) for name in names)] for found, _ in rows])
    y, w = np.array([one for _, one in rows]), np.array(weights)
    ridge = np.eye(x.shape[1])
    ridge[0, 0] = 0.01
    b = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ b))
        step = np.linalg.solve((x * (w * p * (1 - p))[:, None]).T @ x + ridge, x.T @ (w * (p - y)) + ridge @ b)
        b -= step
        if np.abs(step).max() < 1e-6:
            break
    return {name: round(float(value), 3) for name, value in zip(["", *names], b, strict=True)}


def precision(rows: list[Row], weights: dict[str, float]) -> float:
    """Average precision of the pairs that are one."""
    scores = np.array([sum(weights.get(name, 0.0) * value for name, value in found.items()) for found, _ in rows])
    y = np.array([one for _, one in rows])[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(y) / np.arange(1, len(y) + 1))[y == 1].mean())


def main() -> int:
    """Fit, print what each folder says of weights that did not see it, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--geneva", type=Path, help="the shared folder with gold/geneva.json and seeds")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    stages = steps()
    sets: dict[str, list[Row]] = {}
    folders = [(folder.name, gold.load(folder), folder) for folder in args.gold]
    if args.geneva:
        told = json.loads((args.geneva / "gold" / "geneva.json").read_text(encoding="utf-8"))
        folders.append(("geneva", told, args.geneva / "seeds"))
    for name, told, folder in folders:
        reports = [one for one in read(sorted(folder.glob("*.txt"))) if isinstance(one, Report)]
        sets[name] = gold_rows(told, [(one, annotate(one, stages)) for one in reports])
    judged = list(judged_rows(args.stories, stages))
    names = sorted({name for rows in sets.values() for found, _ in rows for name in found})
    for name, rows in sets.items():
        others = [row for other, some in sets.items() if other != name for row in some]
        fitted = fit([*others, *judged], [1.0] * len(others) + [JUDGED] * len(judged), names)
        print(f"{name}: average precision {precision(rows, fitted):.3f}, {len(rows)} pairs", file=sys.stderr)
    every = [row for rows in sets.values() for row in rows]
    fitted = fit([*every, *judged], [1.0] * len(every) + [JUDGED] * len(judged), names)
    if args.write:
        WEIGHTS.write_text(json.dumps({"weights": fitted}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
