"""Prints what is found of made-up copies, how fast beside another library, and how the cost of a report grows.

usage: python benchmarks/copies.py found [--seeds N] [--first SEED]
       python benchmarks/copies.py race [--reports N]
       python benchmarks/copies.py growth [--reports N,N,…]
       python benchmarks/copies.py kept [--reports N,N,…]

``race`` needs datasketch (MIT): the same words go to its MinHash (128 permutations, shingles of five words) and its
LSH (threshold 0.5), in turns with ours in one run, each time
in a process of its own. Times are of the processor; what counts is the ratio.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from copies_edits import world
from copies_world import STOCK, edited, report, sentence, story
from tawatur.copies import opened, trace
from tawatur.copies.words import Corpus
from tawatur.model import Report

if TYPE_CHECKING:
    from tawatur.copies import CopyIndex

SHARE = 5  # of the reports of a race or of growth one in so many is a copy
ROUNDS = 3  # of a race: other work on the machine slows now this side, now that


def found(first: int, seeds: int) -> None:
    """Print recall by kind of copy, false links of independent reports, and by dates how often direction is right."""
    of, told, ways = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    false, alone = 0, 0
    for seed in range(first, first + seeds):
        made = world(seed)
        lineage = trace(made.reports)
        links = {frozenset((k.earlier, k.later)): k for k in lineage.links}
        quoted = {frozenset((k.earlier, k.later)) for k in lineage.quotations}
        for kind, pairs in made.pairs.items():
            for pair in pairs:
                link = links.get(frozenset(pair))
                of[kind] += 1
                told[kind] += link is not None
                if link is not None:
                    way = "open" if not link.directed else "right" if link.earlier == pair[0] else "wrong"
                    ways[made.dates[pair], way] += 1
        of["a quotation in both"] += len(made.quoting)
        told["a quotation in both"] += sum(pair in quoted for pair in made.quoting)
        taken = {n for pair in links for n in pair} | {n for group in lineage.groups for n in group.reports}
        false, alone = false + len(taken & made.alone), alone + len(made.alone)
    for kind, count in of.items():
        print(f"recall {told[kind] / count:.3f} of {count}: {kind}")
    print(f"false: {false} of {alone} independent reports taken for copies, {false / alone:.4f}")
    for name in sorted({name for name, _ in ways}):
        right, wrong, unsaid = (ways[name, way] for way in ("right", "wrong", "open"))
        print(f"dates {name}: {right} right, {wrong} wrong, {unsaid} left open")
    right, known = sum(n for (_, way), n in ways.items() if way == "right"), sum(ways.values())
    print(f"direction right in {right / known:.3f} of all {known} links found")


def race(count: int) -> None:
    """Print the processor time of ours and of datasketch on the same words, and what each finds of the copies."""
    if find_spec("datasketch") is None:
        sys.exit("the race needs datasketch: pip install datasketch")
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        times = [[pool.submit(_timed, name, count).result() for name in RACERS] for _ in range(ROUNDS)]
    for took in times:
        print(", ".join(f"{name} {seconds:.2f} s" for name, (seconds, _) in zip(RACERS, took, strict=True)))
    least = [min(seconds for seconds, _ in took) for took in zip(*times, strict=True)]
    share = ", ".join(f"{name} {found:.3f}" for name, (_, found) in zip(RACERS, times[0], strict=True))
    print(f"of the copies found: {share}")
    print(f"datasketch / tawatur, the least of {ROUNDS} rounds each: {least[0] / least[1]:.2f}")


def _timed(name: str, count: int) -> tuple[float, float]:
    """The seconds that a racer takes in a process of its own, and the share of the copies that it finds."""
    made, copies = reports(count, 250)
    start = time.process_time()
    pairs = RACERS[name](made)
    return time.process_time() - start, len(pairs & copies) / len(copies)


def _theirs(made: list[Report]) -> set[frozenset[str]]:
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    pairs: set[frozenset[str]] = set()
    corpus = Corpus(made)
    for one, words in zip(corpus.reports, corpus.words, strict=True):
        sketch = MinHash(num_perm=128)
        sketch.update_batch(
            [b"%d %d %d %d %d" % s for s in zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)]
        )
        pairs.update(frozenset((one.id, other)) for other in lsh.query(sketch))
        lsh.insert(one.id, sketch)
    return pairs


def _ours(made: list[Report]) -> set[frozenset[str]]:
    return {frozenset((k.earlier, k.later)) for k in trace(made).links}


RACERS: dict[str, Callable[[list[Report]], set[frozenset[str]]]] = {"datasketch": _theirs, "tawatur": _ours}


def growth(sizes: list[int]) -> None:
    """Print the cost of a report at each size, and its ratio to that at the first."""
    base = 0.0
    for size in sizes:
        made, _ = reports(size, 60)
        start = time.process_time()
        lineage = trace(made)
        each = (time.process_time() - start) / size
        base = base or each
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
        print(
            f"{size:,} reports: {each * 1e6:.0f} µs each, {each / base:.2f} x, {len(lineage.links):,} links, {peak} GB"
        )


def kept(sizes: list[int]) -> None:
    """Print for each size what a report costs an index in a file, in portions of 1,000, and what one more costs."""
    for size in sizes:
        made, _ = reports(size, 60)
        rng = random.Random(size)
        rng.shuffle(made)
        more = [report(rng, edited(rng, rng.choice(made).text, 0.05), 28) for _ in range(20)]
        with TemporaryDirectory() as folder:
            path = Path(folder, "index")
            with opened(path) as index:
                each = _each(index, [made[at : at + 1000] for at in range(0, size, 1000)], size)
                one = _each(index, [[new] for new in more], len(more))
            held = path.stat().st_size / size
        print(f"{size:,} reports: {each * 1e6:.0f} µs and {held:.0f} B each, one more {one * 1e3:.1f} ms")


def _each(index: CopyIndex, portions: list[list[Report]], count: int) -> float:
    start = time.process_time()
    for portion in portions:
        index.add(portion)
    return (time.process_time() - start) / count


def reports(count: int, words: int, seed: int = 1) -> tuple[list[Report], set[frozenset[str]]]:
    """Reports of about so many words, one in five a copy with 5 % edited, half of these of one wire; and the copies.

    Every third has a stock phrase.
    """
    rng = random.Random(seed)
    own = [report(rng, _phrased(rng, story(rng, words), n), 1 + n % 20) for n in range(count - count // SHARE)]
    made, pairs = [*own], set()
    for n in range(count // SHARE):
        source = own[0] if n % 2 else rng.choice(own)
        copy = report(rng, edited(rng, source.text, 0.05), 21)
        pairs.add(frozenset((source.id, copy.id)))
        made.append(copy)
    return made, pairs


def _phrased(rng: random.Random, text: str, n: int) -> str:
    return f"{text} {rng.choice(STOCK)} {sentence(rng)}" if n % 3 == 1 else text


def main() -> None:
    """Run one of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("found", "race", "growth", "kept"))
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--reports", default="")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}")
    if options.what == "found":
        found(options.first, options.seeds)
    elif options.what == "race":
        race(int(options.reports or 10_000))
    else:
        run = growth if options.what == "growth" else kept
        run([int(n) for n in (options.reports or "10000,100000").split(",")])


if __name__ == "__main__":
    main()
