"""A task over items, in this process or on this machine's cores: results out, in the items' order, memory flat."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tawatur.runners.cores import spread

T = TypeVar("T")
R = TypeVar("R")

__all__ = ["each"]


def each(task: Callable[[T], R], items: Iterable[T], processes: int = 1) -> Iterator[R]:
    """The results of ``task`` for each item, lazily and in order; with several processes ``task`` must be picklable.

    ``processes`` 0 means every core.
    """
    count = processes or os.cpu_count() or 1
    return map(task, items) if count == 1 else spread(task, items, count)
