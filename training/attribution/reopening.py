"""The weights of a shipped int8 network as floats again, so that training can go on from them.

    python -m training.attribution.reopening src/onrecord/models/attribution START.pt

Products come back with the rounding of 8 bits, all else as it was.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.attribution.encoder import LAYERS, POINTER_WIDTH, Network


def reopened(folder: Path) -> dict[str, Tensor]:
    """The tables of the network in a shipped folder; heads that it does not have are left out."""
    graph = onnx.load(folder / "model.onnx").graph
    kept: dict[str, Any] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def matrix(name: str) -> Any:
        """A product's matrix, outputs x inputs as torch keeps them."""
        if f"{name}_quantized" not in kept:
            return kept[name].T
        return (kept[f"{name}_quantized"].astype(np.float32) * kept[f"{name}_scale"]).T

    made: dict[str, Any] = {
        "word_table.weight": kept["word_table"].astype(np.float32) * kept["word_scale"],
        "surface_table.weight": kept["surface_table"],
        "tag_head.weight": matrix("tag_head.weight"),
        "tag_head.bias": kept["tag_head.bias"],
        # The askers' scale was folded in.
        "asker_head.weight": matrix("asker_head.weight") * POINTER_WIDTH**0.5,
        "asker_head.bias": kept["asker_head.bias"] * POINTER_WIDTH**0.5,
        "answer_head.weight": matrix("answer_head.weight"),
        "answer_head.bias": kept["answer_head.bias"],
    }
    if "name_head.bias" in kept:
        made |= {"name_head.weight": matrix("name_head.weight"), "name_head.bias": kept["name_head.bias"]}
    parts = ["table_norm"]
    for number in range(LAYERS):
        name = f"layers.{number}"
        for part, weight, bias in zip(
            ("query", "key", "value"),
            np.split(matrix(f"{name}.qkv"), 3),
            np.split(kept[f"{name}.qkv_bias"], 3),
            strict=True,
        ):
            made |= {f"{name}.{part}.weight": weight, f"{name}.{part}.bias": bias}
        for part in ("mixed", "wide", "narrow"):
            made |= {
                f"{name}.{part}.weight": matrix(f"{name}.{part}.weight"),
                f"{name}.{part}.bias": kept[f"{name}.{part}.bias"],
            }
        parts += [f"{name}.mixed_norm", f"{name}.narrow_norm"]
    made |= {f"{part}.{end}": kept[f"{part}.{end}"] for part in parts for end in ("weight", "bias")}
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    made |= {name: np.array(settings[name], np.float32) for name in ("between", "first", "nobody", "distance")}
    tables = {name: torch.from_numpy(np.array(values, np.float32)) for name, values in made.items()}
    # Positions beyond a window are not shipped: the base's, which nothing reads.
    plain = Network()
    plain.load_base()
    positions = plain.position_table.weight.data.clone()
    positions[: len(kept["position_table"])] = torch.from_numpy(kept["position_table"].copy())
    return tables | {"position_table.weight": positions}


def main() -> None:
    """Read, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("output", type=Path)
    told = parser.parse_args()
    torch.save(reopened(told.folder), told.output)


if __name__ == "__main__":
    main()
