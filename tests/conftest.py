"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def example() -> Path:
    """The example dossier."""
    return ROOT / "examples" / "aleppo-2016"
