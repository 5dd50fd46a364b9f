"""What the later stages of training share: their arguments, what they are measured on, and how they end."""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from onrecord.annotating.attribution.words import WordReader
from training.attribution.__main__ import finish
from training.attribution.corpus import Article, read_jsonl
from training.attribution.encoder import Network, base_folder
from training.attribution.judging import judge, load_scorer, predict

Figures = Callable[[Network], dict[str, float]]


def stage_arguments(doc: str | None, threads: int) -> argparse.ArgumentParser:
    """The parser of a stage that goes on from weights: bench, start, kept, output, --threads."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("start", type=Path, help="weights of the stage before")
    parser.add_argument("kept", type=Path, help="folder for the weights of this one")
    parser.add_argument("output", type=Path, help="folder for the network as it ships")
    parser.add_argument("--threads", type=int, default=threads)
    return parser


@dataclass(frozen=True, slots=True)
class Setting:
    """A stage of training at work: its folders, the reader of words, and PolNeAR dev with its scorer."""

    bench: Path
    kept: Path
    output: Path
    reader: WordReader
    dev: Sequence[Article]
    scorer: object

    @classmethod
    def of(cls, told: argparse.Namespace) -> Setting:
        """The setting that arguments of `stage_arguments` tell; makes the folder for weights, and starts the log."""
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
        told.kept.mkdir(parents=True, exist_ok=True)
        corpus = told.bench / "attribution"
        return cls(
            told.bench,
            told.kept,
            told.output,
            WordReader(Tokenizer.from_file(str(base_folder() / "tokenizer.json"))),
            read_jsonl(corpus / "dev.jsonl"),
            load_scorer(corpus / "score_attribution.py"),
        )

    def report(self, log: logging.Logger, more: Figures) -> Callable[[Network, int], None]:
        """What logs the figures after an epoch: attributions of dev, and more."""

        def say(average: Network, epoch: int) -> None:
            figures = judge(self.scorer, self.dev, predict(average, self.dev, self.reader)) | more(average)
            log.info("epoch %d %s", epoch, json.dumps({name: round(value, 4) for name, value in figures.items()}))

        return say

    def finish(self, network: Network) -> None:
        """Calibrate, and write the folder that ships."""
        finish(network, self.dev, self.reader, self.scorer, self.output)
