"""Prints how many reports of 250 words the copies stage takes a second of processor time, tokenising included.

usage: python benchmarks/copies.py [REPORTS]   (default 4000; a fifth of them copies, one wire carried by many)
"""

from __future__ import annotations

import platform
import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from copies_world import edited, report, story
from tawatur.copies import trace
from tawatur.model import Report


def reports(count: int, seed: int = 1) -> list[Report]:
    """Reports of about 250 words: four fifths their own, a tenth carriers of one wire, a tenth copies of others."""
    rng = random.Random(seed)
    made = [report(rng, story(rng, 250), 1 + n % 20) for n in range(count * 8 // 10)]
    wire = made[0].text
    made += [report(rng, edited(rng, wire, 0.05), 21) for _ in range(count // 10)]
    made += [report(rng, edited(rng, rng.choice(made).text, 0.1), 22) for _ in range(count - len(made))]
    return made


def main() -> None:
    """Measure twice the size as well: a stage that scales gives about the same rate."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    print(f"Python {platform.python_version()}, seed 1")
    for size in (count, 2 * count):
        given = reports(size)
        words = sum(len(r.text.split()) for r in given) / size
        start = time.process_time()
        lineage = trace(given, ())
        took = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rate = f"{size / took:,.0f} a second"
        print(f"{size} reports of {words:.0f} words: {rate}, {len(lineage.links)} links, peak {peak} MB")


if __name__ == "__main__":
    main()
