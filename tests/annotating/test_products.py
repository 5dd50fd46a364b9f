"""Products in pieces are products."""

import numpy as np
import pytest

from onrecord.annotating.products import product


@pytest.mark.parametrize(
    "shape",
    [
        (0, 8, 3),
        (0, 288, 288),
        (23, 288, 288),
        (64, 288, 384),
        (31, 1000, 1009),
        (1, 128, 45),
        (700, 128, 45),
        (90, 64, 400),
        (5, 0, 2),
    ],
)
def test_in_pieces_it_is_the_same(shape: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(1)
    rows, inner, columns = shape
    left, right = (rng.normal(size=size).astype(np.float32) for size in ((rows, inner), (inner, columns)))
    np.testing.assert_allclose(product(left, right), left @ right, rtol=1e-4, atol=1e-4)
