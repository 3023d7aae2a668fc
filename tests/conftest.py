"""What several tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold import GOLD

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def example() -> Path:
    """The example dossier."""
    return ROOT / "examples" / "aleppo-2016"


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Skip what takes a ``dossier``, a gold folder beside the repository, where there is none."""
    if GOLD.exists():
        return
    for item in items:
        if "dossier" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="the gold dossiers are not here"))
