"""What several tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))


@pytest.fixture(scope="session")
def example() -> Path:
    """The example dossier."""
    return ROOT / "examples" / "aleppo-2016"
