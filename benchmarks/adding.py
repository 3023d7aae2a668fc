#!/usr/bin/env python3
"""Add reports one by one to a ledger, compare what each touches, and print what that takes and how it stands after.

usage: adding.py [COUNT ...] [--adds N] [--whole]     default 10000, 20 adds

The claims are those of ``scale.py``: the ledger holds a made-up year, compared as a whole once; then come reports of
that year that were held back. Seconds are those of the processor. ``--whole`` compares the whole record again at the
end and tells how far what was caught up with is from it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from scale import year

from tawatur.ledger import Ledger, catch_up, open_ledger
from tawatur.model import Claim, Comparison
from tawatur.settings import versions

SEED = 20161217


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000], metavar="COUNT")
    parser.add_argument("--adds", type=int, default=20, metavar="N")
    parser.add_argument("--whole", action="store_true")
    args = parser.parse_args()
    for count in args.counts:
        with tempfile.TemporaryDirectory() as folder:
            ledger = open_ledger(f"sqlite:///{Path(folder, 'ledger.db')}", create=True, author="bench")
            measure(ledger, count, args.adds)
            if args.whole:
                print(_apart(ledger), flush=True)
            ledger.close()
    print("signature", {"seed": SEED, "adds": args.adds, **versions()})


def measure(ledger: Ledger, count: int, adds: int) -> None:
    """Print what the whole costs, and each addition."""
    reports, claims = year(count, SEED)
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    random.Random(SEED).shuffle(reports)
    ledger.add([(report, by_report[report.id]) for report in reports[adds:]])
    begun = time.process_time()
    done = catch_up(ledger)
    print(f"{count} claims: the whole, once: {time.process_time() - begun:.1f} s, {done.events} events", flush=True)
    took, touched = [], []
    for report in reports[:adds]:
        begun = time.process_time()
        ledger.add([(report, by_report[report.id])])
        touched.append(catch_up(ledger).events)
        took.append(time.process_time() - begun)
    last = statistics.quantiles(took, n=20)[-1]
    print(
        f"{count} claims: a report more: p50 {statistics.median(took):.2f} s, p95 {last:.2f} s, "
        f"most {max(took):.2f} s; {statistics.mean(touched):.1f} events made anew",
        flush=True,
    )


def _apart(ledger: Ledger) -> str:
    """How far the record stands from what a comparison of the whole makes of it."""
    stands = ledger.comparison()
    catch_up(ledger, whole=True)
    anew = ledger.comparison()
    a, b = _homes(stands), _homes(anew)
    alike = [2 * len(a[key] & b[key]) / (len(a[key]) + len(b[key])) for key in b]
    one, two = ({(f.a, f.b, f.relation) for f in made.findings} for made in (stands, anew))
    return (
        f"as the whole: {sum(a[key] == b[key] for key in b) / len(b):.4f} of claims in the same event, events alike "
        f"{statistics.mean(alike):.4f}, {len(one & two) / max(1, len(one | two)):.4f} of findings the same"
    )


def _homes(made: Comparison) -> dict[str, frozenset[str]]:
    return {key: frozenset(event.claims) for event in made.events for key in event.claims}


if __name__ == "__main__":
    main()
