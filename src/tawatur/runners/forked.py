"""This machine's cores for work on what is in memory already: processes are forked and see it without a copy."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from tawatur.errors import TawaturError

_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []  # what a forked process has inherited


def forked(task: Callable[[Any], Any], parcels: Iterable[Any], processes: int) -> Iterator[Any]:
    """Results of ``task`` in the parcels' order; only these travel between processes. TawaturError when one dies.

    In this process where there is one parcel, or where the system cannot fork.
    """
    all_parcels = list(parcels)
    count = min(processes, len(all_parcels))
    if count < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from map(task, all_parcels)
        return
    gc.freeze()
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(count, context, _inherit, (task, all_parcels)) as pool:
            yield from pool.map(_done, range(len(all_parcels)))
    except BrokenProcessPool:
        raise TawaturError("a working process died", "memory is short: use fewer processes") from None
    finally:
        gc.unfreeze()


def _inherit(task: Callable[[Any], Any], parcels: Sequence[Any]) -> None:
    _work[:] = [(task, parcels)]


def _done(at: int) -> Any:
    task, parcels = _work[0]
    return task(parcels[at])
