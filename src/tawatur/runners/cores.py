"""This machine's cores."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

from tawatur.errors import TawaturError

T = TypeVar("T")
R = TypeVar("R")
#: Items that travel to a process together, and how many such parcels wait for each process.
PARCEL = 16
WAITING = 4


def spread(task: Callable[[T], R], items: Iterable[T], processes: int) -> Iterator[R]:
    """Results in the items' order, at most ``processes * WAITING`` parcels held. TawaturError when a process dies."""
    context = multiprocessing.get_context("spawn")
    parcels = _parcels(items)
    waiting: deque[Future[list[R]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        try:
            for parcel in parcels:
                waiting.append(pool.submit(_work, task, parcel))
                if len(waiting) >= processes * WAITING:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool:
            advice = 'in a script, call it under if __name__ == "__main__"; else memory is short: use fewer processes'
            raise TawaturError("a working process died", advice) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _work(task: Callable[[T], R], parcel: list[T]) -> list[R]:
    return [task(item) for item in parcel]


def _parcels(items: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while parcel := list(islice(rest, PARCEL)):
        yield parcel
