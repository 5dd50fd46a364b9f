"""Fit the weights of chains on GUM-like documents, and write them.

    python -m training.chains ../shared/bench/actors/gum --leave-out ../shared/bench/actors/gum_dev.txt [--write]

Kinds of phrases are fitted first. The chances that antecedents are fitted with come from five fittings, each on four
fifths of the documents, so that they are as uncertain as those of a new text. `python -m benchmarks.coreference`
measures what is written.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.coreference import report_of
from benchmarks.gum import read_document

from onrecord.annotating.chains.finding import LEAST
from onrecord.annotating.chains.model import PAIR_WEIGHTS, ChainModel, stored
from onrecord.annotating.chains.pairs import Mention, mention_of
from onrecord.annotating.parse import parse
from onrecord.pipeline import annotate, steps
from training.chains.antecedents import Choice, choices, fit_antecedents
from training.chains.documents import Told, told
from training.chains.kinds import KindWeights, fit_kinds

OUT = Path(__file__).resolve().parents[2] / "src" / "onrecord" / "models" / "chains" / "weights.json"
_FOLDS = 5


def fit(documents: Sequence[Told]) -> ChainModel:
    """Both sets of weights on all documents; documents are parted by their place in the sequence."""
    chosen: list[Choice] = []
    for fold in range(_FOLDS):
        part = fit_kinds([one for at, one in enumerate(documents) if at % _FOLDS != fold])
        for document in documents[fold::_FOLDS]:
            chosen += choices(*mentions_of(document, with_pairs(part)))
    pairs, news = fit_antecedents(chosen)
    return replace(with_pairs(fit_kinds(documents)), pairs=pairs, news=news)


def with_pairs(kinds: KindWeights) -> ChainModel:
    """A model that knows kinds and no antecedents yet."""
    empty = np.zeros(PAIR_WEIGHTS, np.float32)
    return ChainModel(kinds.cues, kinds.kinds, kinds.vectors, kinds.mean, kinds.spread, empty, {})


def mentions_of(document: Told, model: ChainModel) -> tuple[list[Mention], list[str]]:
    """The phrases that a model takes for mentions, with the gold entity of each."""
    chances = model.chances(document.cues, document.vectors).tolist()
    kept = [at for at, row in enumerate(chances) if 1.0 - row[0] > LEAST]
    mentions = [mention_of(*document.phrases[at], chances[at]) for at in kept]
    return mentions, [document.entities[at] for at in kept]


def main() -> None:
    """Annotate the documents, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--leave-out", type=Path, help="a file with the names of documents to leave out, one a line")
    parser.add_argument("--write", action="store_true", help=f"write {OUT.name} of the package")
    asked = parser.parse_args()
    left = set(asked.leave_out.read_text(encoding="utf-8").split()) if asked.leave_out else set[str]()
    stages, documents = steps(), list[Told]()
    for path in sorted(asked.folder.glob("*.conllu")):
        if path.stem not in left:
            document = read_document(path)
            report = report_of(document)
            documents.append(told(document, parse(report), annotate(report, stages)))
    print(f"{len(documents)} documents, {sum(len(one.phrases) for one in documents)} phrases", file=sys.stderr)
    model = fit(documents)
    if asked.write:
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(json.dumps(stored(model), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
