"""The trained tables of the claims stage; see ``tools/train_claims.py``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tawatur.claims import linear

HERE = Path(__file__).parent


@cache
def model(name: str) -> linear.Linear:
    """The linear model of a name: ``segment``, ``type``, ``status`` …"""
    return linear.load(HERE / f"{name}.tsv")
