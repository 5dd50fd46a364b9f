"""Average the weights of several runs that began at the same point.

    python -m training.attribution.averaging OUT.pt 0.4:A.pt 0.4:B.pt 0.2:C.pt

Runs that went different ways from one start err differently; their mean is better than each (docs/explanation/
attribution-model.md). Tables that only some of them have are left out.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import torch
from torch import Tensor


def averaged(parts: Sequence[tuple[float, dict[str, Tensor]]]) -> dict[str, Tensor]:
    """The weighted mean of the tables that all have."""
    names = [name for name in parts[0][1] if all(name in tables for _, tables in parts)]
    made = {}
    for name in names:
        total = torch.zeros_like(parts[0][1][name], dtype=torch.float32)
        for share, tables in parts:
            total += share * tables[name].float()
        made[name] = total
    return made


def main() -> None:
    """Read, average, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output")
    parser.add_argument("parts", nargs="+", metavar="SHARE:WEIGHTS")
    told = parser.parse_args()
    parts = []
    for part in told.parts:
        share, path = part.split(":", 1)
        parts.append((float(share), torch.load(path)))
    torch.save(averaged(parts), told.output)


if __name__ == "__main__":
    main()
