"""The trained tables of the claims stage, a folder a language; see ``tools/train_claims.py``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tawatur.claims import linear

HERE = Path(__file__).parent


@cache
def model(name: str, language: str = "ar") -> linear.Linear:
    """The linear model of a name: ``segment``, ``type``, ``status`` …, as trained for a language."""
    return linear.load(HERE / language / f"{name}.tsv")
