"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of benchmark data beside the checkout: it must be there in CI, a user does not have it."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is missing: CI runs with the shared benchmark data beside the checkout")
        pytest.skip(f"needs the shared benchmark data in {SHARED}, which is not part of the project")
    return SHARED
