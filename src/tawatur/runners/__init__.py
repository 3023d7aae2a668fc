"""A task over items, in this process or on this machine's cores: results out, in the items' order, memory flat."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from tawatur.runners.cores import spread
from tawatur.runners.forked import forked

T = TypeVar("T")
R = TypeVar("R")

__all__ = ["each", "shared"]


def each(task: Callable[[T], R], items: Iterable[T], processes: int = 1) -> Iterator[R]:
    """The results of ``task`` for each item, lazily and in order; with several processes ``task`` must be picklable.

    ``processes`` 0 means every core.
    """
    count = processes or os.cpu_count() or 1
    return map(task, items) if count == 1 else spread(task, items, count)


def shared(processes: int = 1) -> Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]:
    """``map`` for tasks on parcels of what is in memory, over so many processes (0: every core); results in order."""
    count = processes or os.cpu_count() or 1
    return map if count == 1 else partial(forked, processes=count)
