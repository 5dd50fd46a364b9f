"""Matrix products on one core."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST: Final = 230_000
"""Multiplications of one tile. From 262,144 on OpenBLAS starts threads, which wait for each other in a busy loop: a
product of 520 x 128 and 128 x 45 took 7.8 ms of CPU with them and 0.11 ms without (two busy cores, 2026-11-22)."""
_WIDEST: Final = 96
"""Columns of one tile. Tiles of 8 x 288 x 96 take 1.6 µs a row of 288 x 288, one product without threads 1.7 µs, with
threads 14 µs (AMD EPYC, AVX-512, 2026-11-27)."""
_NARROWEST: Final = 16


def product(
    left: NDArray[np.float32], right: NDArray[np.float32], made: NDArray[np.float32] | None = None
) -> NDArray[np.float32]:
    """`left @ right`, in tiles so small that the library does not start threads.

    Args:
        left: rows x inner.
        right: inner x columns.
        made: takes the product, rows x columns, if given.

    >>> product(np.ones((3, 2), np.float32), np.ones((2, 1), np.float32)).tolist()
    [[2.0], [2.0], [2.0]]
    """
    rows, inner, columns = *left.shape, right.shape[1]
    if made is None:
        made = np.empty((rows, columns), np.float32)
    if rows * inner * columns <= _MOST:
        return np.matmul(left, right, out=made)
    width = _width(columns)
    height = tile_height(inner, width)
    whole = rows - rows % height
    # One call of NumPy walks over all tiles: side by side in `stacked`, below each other in `left`.
    stacked = right.reshape(inner, -1, width).transpose(1, 0, 2)
    out = made[:whole].reshape(-1, height, columns // width, width).transpose(0, 2, 1, 3)
    np.matmul(left[:whole].reshape(-1, 1, height, inner), stacked, out=out)
    made[whole:] = np.matmul(left[whole:], stacked).transpose(1, 0, 2).reshape(rows - whole, columns)
    return made


def tile_height(inner: int, width: int) -> int:
    """How many rows a tile of so many columns may have."""
    return max(1, _MOST // max(1, inner * width))


def _width(columns: int) -> int:
    """The widest tile that divides the columns evenly, or all of them."""
    for width in range(min(columns, _WIDEST), _NARROWEST - 1, -1):
        if columns % width == 0:
            return width
    return columns


__all__ = ["product", "tile_height"]
