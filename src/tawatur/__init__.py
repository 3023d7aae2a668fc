"""Tawatur: who says what, on whose word, how surely.

``read`` gives reports, ``extract`` the claims of one, ``compare`` copies, events and findings, ``run`` all of it.
Each name is loaded when it is first asked for, so that ``import tawatur`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tawatur.errors import TawaturError
    from tawatur.model import (
        Account,
        Claim,
        Comparison,
        CopyGroup,
        CopyLink,
        Estimate,
        Event,
        Figure,
        Finding,
        Issue,
        Judgement,
        Lineage,
        Link,
        Mention,
        Place,
        Reader,
        Report,
        Span,
        Story,
        Time,
    )
    from tawatur.pipeline import compare, extract, read, run

__all__ = [
    "Account",
    "Claim",
    "Comparison",
    "CopyGroup",
    "CopyLink",
    "Estimate",
    "Event",
    "Figure",
    "Finding",
    "Issue",
    "Judgement",
    "Lineage",
    "Link",
    "Mention",
    "Place",
    "Reader",
    "Report",
    "Span",
    "Story",
    "TawaturError",
    "Time",
    "compare",
    "extract",
    "read",
    "run",
]

_HOME = {"TawaturError": "tawatur.errors"} | dict.fromkeys(("compare", "extract", "read", "run"), "tawatur.pipeline")


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'tawatur' has no attribute {name!r}")
    value = getattr(import_module(_HOME.get(name, "tawatur.model")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
