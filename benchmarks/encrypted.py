"""What encryption costs a ledger: writing, searching, adding a report, encrypted as against plain, in turns.

usage: python benchmarks/encrypted.py [CLAIMS] [ROUNDS]
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))

from bench_ledger import A_REPORT, QUERIES, SEED, made
from tawatur.ledger import Key, open_ledger, search

ASKED = 100


def main() -> None:
    """Print seconds of both, and the median of the ratios of each turn with the least and the greatest."""
    claims, rounds = (int(told) for told in (*sys.argv[1:], *("8000", "5")[len(sys.argv) - 1 :]))
    found = list(made(claims))
    told: dict[str, list[tuple[float, float]]] = {}
    for number in range(rounds):
        keys = [None, Key(f"{SEED:064x}")]
        with tempfile.TemporaryDirectory() as folder:
            took = {key: measure(Path(folder, str(bool(key))), key, found) for key in keys[:: 1 - 2 * (number % 2)]}
        for name, plain in took[None].items():
            told.setdefault(name, []).append((plain, took[keys[1]][name]))
    for name, pairs in told.items():
        plain, sealed = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratios = sorted(b / a for a, b in pairs)
        spread = f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        print(f"{name:24} plain {plain:8.3f} s  encrypted {sealed:8.3f} s  ratio {spread}")


def measure(folder: Path, key: Key | None, found: list) -> dict[str, float]:  # type: ignore[type-arg]
    """Seconds of each thing that is done."""
    folder.mkdir()
    rng = random.Random(SEED)
    ledger = open_ledger(f"sqlite:///{folder / 'l.db'}", create=True, key=key)
    fresh = list(made(A_REPORT * ASKED, SEED + 1))
    took = {
        "writing": _seconds(lambda: ledger.add(found)),
        f"{ASKED} reports one by one": _seconds(lambda: [ledger.add([one]) for one in fresh]),
        f"{ASKED} searches": _seconds(lambda: [search(ledger, rng.choice(QUERIES)) for _ in range(ASKED)]),
        "verifying": _seconds(ledger.verify),
    }
    ledger.close()
    took["opening"] = _seconds(lambda: open_ledger(f"sqlite:///{folder / 'l.db'}", key=key).close())
    return took


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
