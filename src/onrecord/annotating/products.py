"""Matrix products on one core."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST: Final = 200_000
"""Multiplications of one call. From 262,144 on OpenBLAS starts threads, which wait for each other in a busy loop: a
product of 520 x 128 and 128 x 45 took 7.8 ms of CPU with them and 0.11 ms without (two busy cores, 2026-11-22)."""


def product(left: NDArray[np.float32], right: NDArray[np.float32]) -> NDArray[np.float32]:
    """`left @ right`, in pieces so small that the library does not start threads.

    >>> product(np.ones((3, 2), np.float32), np.ones((2, 1), np.float32)).tolist()
    [[2.0], [2.0], [2.0]]
    """
    rows = max(1, _MOST // max(1, right.size))
    if len(left) <= rows:
        return np.asarray(left @ right)
    made = np.empty((len(left), right.shape[1]), np.float32)
    for start in range(0, len(left), rows):
        made[start : start + rows] = left[start : start + rows] @ right
    return made
