#!/usr/bin/env python3
"""Fuse made-up tables whose truth is known, and print how far we are from it beside a vote and the median.

usage: fusion.py [--seeds N] [--first SEED] [--size SHARE]

Two made-up worlds like the public sets on which truth discovery is measured: *flights* (38 sites; items are a flight's
times and gates; three cliques that copy one site each, a few sites that give the scheduled time as the actual one) and
*towns* (a few bots with very many rows, some hundred editors, passers-by who are seen once; numbers of another year or
area, slips of a digit, vandals). Exact share for flights; for towns the mean absolute error, over seeds as a geometric
mean, since one seed's outlier would drown the others.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from importlib.metadata import version
from math import exp, log
from statistics import fmean

from tawatur.fusion import Said, fuse, measured

World = tuple[list[Said], dict[str, str]]
SITES = 38
DAY = 1440
ATTRIBUTES = (
    "scheduled departure", "actual departure", "departure gate", "scheduled arrival", "actual arrival", "arrival gate",
)  # fmt: skip
CLIQUES = (5, 4, 3)


def flights(seed: int, count: int) -> World:
    """Rows about the times and gates of so many flights, and the truth."""
    r = random.Random(seed)
    rates = [min(0.99, max(0.4, r.betavariate(9, 1.8))) for _ in range(SITES)]
    covers = [r.choice((0.05, 0.2, 0.5, 0.8, 0.95)) for _ in range(SITES)]
    leader, loyal = _cliques(r, rates, covers)
    lazy = set(r.sample(range(SITES), 6))
    rows, truth = [], {}
    for flight in range(count):
        true = _flight(r)
        for n, attribute in enumerate(ATTRIBUTES):
            item = f"FL{flight:04d}|{attribute}"
            truth[item] = _shown(true[n])
            ease = (0.75 if n in (1, 2, 4, 5) else 1.0) * (0.55 if r.random() < 0.12 else 1.0)
            said: dict[int, int | str] = {}
            for site in range(SITES):
                if site not in leader and r.random() < covers[site]:
                    late = n in (1, 4) and site in lazy
                    right = r.random() < rates[site] * ease
                    said[site] = true[n - 1] if late else true[n] if right else _wrong(r, n, true)
            for site, first in leader.items():
                if first in said and r.random() < loyal[site]:
                    said[site] = said[first]
                elif r.random() < 0.3:
                    said[site] = true[n] if r.random() < rates[site] else _wrong(r, n, true)
            rows += [Said(f"site {site}", item, _shown(value)) for site, value in said.items()]
    r.shuffle(rows)
    return rows, truth


def _cliques(r: random.Random, rates: list[float], covers: list[float]) -> tuple[dict[int, int], dict[int, float]]:
    """Who copies which site, and how faithfully; the members get one low rate and speak of nearly everything."""
    free, leader = r.sample(range(SITES), SITES), {}
    for size in CLIQUES:
        members, free = free[:size], free[size:]
        rate = r.uniform(0.45, 0.85)
        for member in members:
            rates[member], covers[member] = rate, 0.9
        leader |= dict.fromkeys(members[1:], members[0])
    return leader, {site: r.choice((0.99, 0.9, 0.7)) for site in leader}


def _flight(r: random.Random) -> list[int | str]:
    leaves = r.randrange(DAY)
    lands = leaves + r.randrange(60, 400)
    delay = 0 if r.random() < 0.25 else int(r.gauss(8, 22))
    return [leaves, leaves + delay, _gate(r), lands, lands + delay + r.randrange(-8, 8), _gate(r)]


def _wrong(r: random.Random, n: int, true: list[int | str]) -> int | str:
    value = true[n]
    if isinstance(value, str):
        return _gate(r)
    planned = true[n - 1]
    if n in (1, 4) and isinstance(planned, int) and r.random() < 0.35:
        return planned
    return value + r.choice((-60, 60, -15, -10, -5, 5, 10, 15, r.randrange(-90, 90)))


def _gate(r: random.Random) -> str:
    return f"{r.choice('ABCDE')}{r.randrange(1, 40)}"


def _shown(value: int | str) -> str:
    return value if isinstance(value, str) else f"{value % DAY // 60}:{value % 60:02d}"


def towns(seed: int, count: int) -> World:
    """Rows about the inhabitants of so many towns, and the truth of those that are in dispute."""
    r = random.Random(seed)
    editors = {f"editor {n}": min(0.99, max(0.5, r.betavariate(12, 1.5))) for n in range(400)}
    busy = [1 / (n + 1) ** 0.8 for n in range(400)]
    rows, truth = [], {}
    for town in range(count):
        true = int(10 ** r.gauss(3.6, 0.9)) + 1
        item = f"town {town}_{r.choice((2000, 2000, 2004, 2005, 2006))}"
        told = 1 + (r.random() < 0.25) + (r.random() < 0.1) + (true > 100_000) * r.randrange(6)
        said: dict[str, int] = {}
        for _ in range(told):
            source, rate = _who(r, editors, busy)
            said.setdefault(source, true if r.random() < rate else _slip(r, true))
        rows += [Said(source, item, str(value)) for source, value in said.items()]
        if len(set(said.values())) > 1:
            truth[item] = str(true)
    r.shuffle(rows)
    return rows, truth


def _who(r: random.Random, editors: dict[str, float], busy: list[float]) -> tuple[str, float]:
    kind = r.random()
    if kind < 0.35:
        return f"bot {r.choices(range(4), (8, 3, 1, 1))[0]}", 0.985
    if kind < 0.75:
        name = r.choices(list(editors), busy)[0]
        return name, editors[name]
    return f"passer-by {r.randrange(10**6)}", 0.6


def _slip(r: random.Random, true: int) -> int:
    slips: list[Callable[[], int]] = [
        lambda: int(true * r.uniform(0.9, 1.12)), lambda: int(true * r.uniform(1.5, 4)),
        lambda: true * 10 + r.randrange(10), lambda: true // 10,
        lambda: int(str(true)[::-1]), lambda: int(true * r.uniform(0.2, 3)),
        lambda: r.randrange(10 ** r.randrange(1, 10)),
    ]  # fmt: skip
    return r.choices(slips, (30, 20, 15, 10, 10, 8, 7))[0]()


def main() -> None:
    """Make, fuse, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--first", type=int, default=100)
    parser.add_argument("--size", type=float, default=1.0)
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.seeds)
    exact: dict[str, list[float]] = {}
    errors: dict[str, list[float]] = {}
    start, rows = time.process_time(), 0
    for seed in seeds:
        said, truth = flights(seed, int(200 * args.size))
        rows += len(said)
        for m in measured(fuse(said).items, truth):
            exact.setdefault(m.method, []).append(m.exact or 0.0)
        said, truth = towns(seed, int(4000 * args.size))
        rows += len(said)
        for m in measured(fuse(said).items, truth):
            errors.setdefault(m.method, []).append(log(m.numbers.mean_error + 1) if m.numbers else 0.0)
    spent = time.process_time() - start
    for method in ("fused", "vote", "median"):
        told = f"exact {fmean(exact[method]):.3f} (least {min(exact[method]):.3f})" if method != "median" else "–"
        print(f"{method:7} flights {told:28} towns mean error {exp(fmean(errors[method])):>12,.0f}")
    print(f"fused / vote, wrong flights {(1 - fmean(exact['fused'])) / (1 - fmean(exact['vote'])):.2f}")
    print(f"{rows / spent:,.0f} rows a second of processor time, all three methods and the making included")
    print(f"tawatur:{version('tawatur')}|seeds:{seeds.start}-{seeds.stop - 1}|size:{args.size}")


if __name__ == "__main__":
    main()
