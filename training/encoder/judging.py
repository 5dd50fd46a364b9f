"""All heads measured on what was held out, with the files that ship and the run time that ships.

python -m training.encoder.judging MODEL_FOLDER SILVER_FOLDER ../shared/bench [--articles N]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.encoder.running.attribution import find_attributions
from training.encoder.running.coreference import antecedents, clusters, find_mentions
from training.encoder.running.encoder import Encoded, SharedEncoder
from training.encoder.running.grammar import Grammar, read_grammar

GENRES = ("news", "interview", "speech", "bio")


def encode(encoder: SharedEncoder, row: dict[str, Any]) -> Encoded:
    """A row's paragraphs, read with the teacher's words."""
    return encoder(row["text"], [[(start, end) for start, end in block["words"]] for block in row["blocks"]])


def f1(right: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (found + gold) if found + gold else 0.0


def spans_of(names: Sequence[int], labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Spans of begin and inside labels."""
    found, start = set(), None
    for place, number in enumerate([*names, 0]):
        label = labels[number]
        if start is not None and not label.startswith("I-"):
            found.add((start, place, labels[names[start]][2:]))
            start = None
        if label.startswith("B-"):
            start = place
    return found


def joined(row: dict[str, Any], name: str) -> NDArray[np.int64]:
    """A teacher's column over all paragraphs; heads count from the text's first word."""
    parts, low = [], 0
    for block in row["blocks"]:
        values = np.array(block[name], np.int64)
        parts.append(values + low if name == "heads" else values)
        low += len(values)
    return np.concatenate(parts)


def grammar_figures(rows: Sequence[dict[str, Any]], read: Sequence[tuple[Encoded, Grammar]]) -> dict[str, float]:
    """Agreement with the teacher: unlabelled and labelled heads (no punctuation), tags, parts, names, sentences."""
    sums: Counter[str] = Counter()
    for row, (encoded, grammar) in zip(rows, read, strict=True):
        tables = encoded.settings.grammar
        gold = {name: joined(row, name) for name in ("heads", "relations", "tags", "parts", "names", "begins")}
        words = gold["parts"] != tables.parts.index("PUNCT")
        right = (gold["heads"] == grammar.heads) & words
        sums["words"] += int(words.sum())
        sums["uas"] += int(right.sum())
        sums["las"] += int((right & (gold["relations"] == grammar.relations)).sum())
        sums["all"] += len(words)
        sums["tags"] += int((gold["tags"] == grammar.tags).sum())
        sums["parts"] += int((gold["parts"] == grammar.parts).sum())
        told, found = (
            set(np.flatnonzero(one == np.arange(len(one))).tolist()) for one in (gold["heads"], grammar.heads)
        )
        sums["roots right"] += len(told & found)
        sums["roots"] += len(told) + len(found)
        told_names, found_names = (
            spans_of(gold["names"].tolist(), tables.names),
            spans_of(grammar.names.tolist(), tables.names),
        )
        sums["names right"] += len(told_names & found_names)
        sums["names"] += len(told_names) + len(found_names)
    return {
        "uas": sums["uas"] / sums["words"], "las": sums["las"] / sums["words"],
        "tags": sums["tags"] / sums["all"], "parts": sums["parts"] / sums["all"],
        "roots f1": 2 * sums["roots right"] / sums["roots"],
        "names f1": 2 * sums["names right"] / max(1, sums["names"]),
    }  # fmt: skip


def gum_figures(
    rows: Sequence[dict[str, Any]], read: Sequence[tuple[Encoded, Grammar]], bench: Any
) -> dict[str, float]:
    """Gold tags, named spans with kinds, and the mean of the three coreference measures, heads and exact spans."""
    sums: Counter[str] = Counter()
    tallies = {by: [bench.Tally() for _ in bench.METRICS] for by in ("head", "span")}
    for row, (encoded, grammar) in zip(rows, read, strict=True):
        where = {word: number for number, word in enumerate(encoded.words)}
        tables = encoded.settings.grammar
        for start, end, tag, _ in row["gold_words"]:
            if (start, end) in where:
                sums["words"] += 1
                sums["tags"] += tables.tags[grammar.tags[where[start, end]]] == tag
        mentions = find_mentions(encoded)
        gold_named = {(m[0], m[1]): m[2] for m in row["mentions"] if m[6] == "named"}
        told = {(m.start, m.end): m.kind for m in mentions if m.form == "named"}
        sums["named gold"] += len(gold_named)
        sums["named found"] += len(told)
        sums["named right"] += sum(gold_named.get(span) == kind for span, kind in told.items())
        sums["named spans right"] += sum(span in gold_named for span in told)
        gold_heads = {(m[4], m[5]): m for m in row["mentions"]}
        found_heads = {encoded.words[m.head]: m for m in mentions}
        sums["heads gold"] += len(gold_heads)
        sums["heads found"] += len(found_heads)
        sums["heads right"] += len(set(gold_heads) & set(found_heads))
        chains = clusters(antecedents(encoded, mentions, grammar, row["text"]))
        for by, tally in tallies.items():
            gold = [((m[0], m[1]), (m[4], m[5]), m[3]) for m in row["mentions"]]
            found = [((m.start, m.end), encoded.words[m.head], str(c)) for m, c in zip(mentions, chains, strict=True)]
            pair = [bench.keyed(one, by_head=by == "head") for one in (gold, found)]
            for one, (_, metric) in zip(tally, bench.METRICS, strict=True):
                one.add(metric(*pair))
    return {
        "gold tags": sums["tags"] / sums["words"],
        "mention heads f1": f1(sums["heads right"], sums["heads found"], sums["heads gold"]),
        "named spans f1": f1(sums["named spans right"], sums["named found"], sums["named gold"]),
        "named spans and kinds f1": f1(sums["named right"], sums["named found"], sums["named gold"]),
        **{f"conll f1 by {by}": float(np.mean([one.f1 for one in tally])) for by, tally in tallies.items()},
    }


def event_figures(encoder: SharedEncoder, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Macro f1 and accuracy of root types on the held-out sentences."""
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for row in rows:
        encoded = encode(encoder, row)
        parts = []
        for party in ("source", "target"):
            spans = row[f"{party}_spans"]
            inside = [n for n, (a, b) in enumerate(encoded.words) if any(a < end and s < b for s, end in spans)]
            parts.append(encoded.states[inside])
        if not all(map(len, parts)):
            continue
        best = encoder.settings.roots[int(encoder.roots(*parts, encoded.states).argmax())]
        told[best] += 1
        gold[row["gold_root"]] += 1
        right[best] += best == row["gold_root"]
    scores = [2 * right[kind] / (told[kind] + gold[kind]) for kind in gold]
    return {"events macro f1": float(np.mean(scores)), "events accuracy": sum(right.values()) / sum(gold.values())}


def load(path: Path) -> Any:
    """A scorer's module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def attribution_figures(
    rows: Sequence[dict[str, Any]], read: Sequence[tuple[Encoded, Grammar]], scorer: Any
) -> dict[str, float]:
    """The scorer's headline figures."""
    gold = {row["id"]: {key: row[key] for key in ("id", "text", "attributions")} for row in rows}
    found = {}
    for row, (encoded, _) in zip(rows, read, strict=True):
        told = [
            {"source": one.source or None, "cue": one.cue or None, "content": one.content}
            for one in find_attributions(row["text"], encoded)
        ]
        found[row["id"]] = {"id": row["id"], "text": row["text"], "attributions": told}
    result = scorer.score(gold, found)
    figures = {name: float(value) for name, value in scorer.headline(result).items()}
    return figures | {f"combined F1 {kind}": result[kind]["combined"]["f1"] for kind in ("direct", "indirect")}


def calibration_rows(folder: Path, silver: Path, bench: Path) -> list[tuple[float, bool]]:
    """For every attribution found in dev its mean log-odds, and whether it is right; the folder is not calibrated."""
    encoder = SharedEncoder(folder)
    scorer = load(bench / "attribution" / "score_attribution.py")
    made = []
    for row in (json.loads(line) for line in (silver / "dev.jsonl").open(encoding="utf-8")):
        found = find_attributions(row["text"], encode(encoder, row))
        told = [{"source": one.source or None, "cue": one.cue or None, "content": one.content} for one in found]
        _, gold, predicted = scorer.load_pair(row, {"id": row["id"], "text": row["text"], "attributions": told})
        right = [False] * len(predicted)
        for g, p, overlap in scorer.match(gold, predicted):
            right[p] = overlap >= scorer.PARTIAL and scorer.source_right(gold[g], predicted[p])
        made += [(_logit(one.confidence), good) for one, good in zip(found, right, strict=True)]
    return made


def _logit(probability: float) -> float:
    inside = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(inside / (1 - inside))


def judge(folder: Path, silver: Path, bench: Path, articles: int | None) -> dict[str, float]:
    """All figures."""
    encoder = SharedEncoder(folder)

    def read(rows: Sequence[dict[str, Any]]) -> list[tuple[Encoded, Grammar]]:
        encoded = [encode(encoder, row) for row in rows]
        return [(one, read_grammar(one)) for one in encoded]

    def rows_of(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (silver / name).open(encoding="utf-8")]

    dev = rows_of("dev.jsonl")[:articles]
    read_dev = read(dev)
    figures = attribution_figures(dev, read_dev, load(bench / "attribution" / "score_attribution.py"))
    figures |= grammar_figures(dev, read_dev)
    held = set((bench / "actors" / "gum_dev.txt").read_text(encoding="utf-8").split())
    gum = [row for row in rows_of("gum.jsonl") if row["id"] in held and row["id"].split("_")[1] in GENRES]
    measures = load(Path(__file__).parents[2] / "benchmarks" / "coreference.py")
    figures |= gum_figures(gum, read(gum), measures)
    return figures | event_figures(encoder, [row for row in rows_of("plv.jsonl") if int(row["sentence_id"]) % 3 == 0])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("folder", "silver", "bench"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--articles", type=int)
    told = parser.parse_args()
    for name, value in judge(told.folder, told.silver, told.bench, told.articles).items():
        sys.stdout.write(f"{name:26}{value:.4f}\n")


if __name__ == "__main__":
    main()
