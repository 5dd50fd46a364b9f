"""Train the shared encoder and write the folder that ships.

    python -m training.encoder.silver ../shared/bench SILVER --teacher PATH     (where spaCy is installed)
    python -m training.encoder SILVER ../shared/bench src/onrecord/models/encoder --weights WEIGHTS

Two stages: all heads and the encoder together; then the heads alone on the states of the int8 encoder. Seeds are
fixed; floating point sums depend on the machine and the number of threads, so another machine gives weights of like
quality, not the same bytes. WEIGHTS is a folder for the unquantised weights of each stage; a stage whose weights are
there is not run again, and `start.pt`, where it is there, is what the first stage starts from.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.attribution.encoder import base_folder
from training.attribution.packaging import calibrate, calibration_error
from training.encoder.fitting import Batches, Recipe, fit
from training.encoder.judging import calibration_rows, judge
from training.encoder.network import SharedNetwork
from training.encoder.packaging import sums, write, write_settings
from training.encoder.refitting import Refit, refit
from training.encoder.running.encoder import SharedEncoder
from training.encoder.running.reader import TokenReader

_LOG = logging.getLogger("training.encoder")
_UNCALIBRATED = (1.0, 0.0)


def fitted(silver: Path, labels: dict[str, list[str]], kept: Path) -> SharedNetwork:
    """The first stage: encoder and heads."""
    network = SharedNetwork(*(len(labels[name]) for name in ("tags", "parts", "names", "relations")))
    if (kept / "fitted.pt").exists():
        network.load_state_dict(torch.load(kept / "fitted.pt"))
        return network.eval()
    if (kept / "start.pt").exists():
        network.load_state_dict(torch.load(kept / "start.pt"), strict=False)
    else:
        network.load_base()
    reader = TokenReader(Tokenizer.from_file(str(base_folder() / "tokenizer.json")))
    recipe = Recipe()

    def keep(average: SharedNetwork, steps: int) -> None:
        torch.save(average.state_dict(), kept / f"steps-{steps}.pt")

    batches = Batches(silver, reader, recipe, labels["tags"])
    network = fit(network, batches, reader, recipe, labels["tags"], keep)
    torch.save(network.state_dict(), kept / "fitted.pt")
    return network


def refitted(network: SharedNetwork, silver: Path, labels: dict[str, list[str]], kept: Path) -> SharedNetwork:
    """The second stage: the heads on the states of the int8 encoder."""
    if (kept / "refitted.pt").exists():
        network.load_state_dict(torch.load(kept / "refitted.pt"))
        return network.eval()
    with tempfile.TemporaryDirectory() as folder:
        write(network, Path(folder), labels, _UNCALIBRATED)
        encoder = SharedEncoder(Path(folder))
        network = refit(network, encoder, silver, encoder.reader, Refit(), labels["tags"])
    torch.save(network.state_dict(), kept / "refitted.pt")
    return network


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, refit, calibrate, write, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("silver", "bench", "output"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    told = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    told.weights.mkdir(parents=True, exist_ok=True)
    labels = json.loads((told.silver / "labels.json").read_text(encoding="utf-8"))
    network = refitted(fitted(told.silver, labels, told.weights), told.silver, labels, told.weights)
    write(network, told.output, labels, _UNCALIBRATED)
    rows = calibration_rows(told.output, told.silver, told.bench)
    calibration = calibrate(rows)
    # What it is worth on articles it was not fitted on: two halves, crosswise.
    halves = (rows[: len(rows) // 2], rows[len(rows) // 2 :])
    crossed = [calibration_error(other, calibrate(one)) for one, other in (halves, halves[::-1])]
    _LOG.info("calibration %s, expected error %.3f and %.3f", calibration, *crossed)
    write_settings(network, told.output, labels, calibration)
    for name, value in judge(told.output, told.silver, told.bench, None).items():
        _LOG.info("%-26s%.4f", name, value)
    _LOG.info("%s", json.dumps(sums(told.output), indent=1))


if __name__ == "__main__":
    main()
