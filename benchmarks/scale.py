#!/usr/bin/env python3
"""Group and compare claims of a made-up year, ever more of them, and print what a claim costs.

usage: scale.py [COUNT ...] [--processes N]     default 10000 30000, one process

A place has about forty claims a year and a few hot places very many in one month; happenings are told by one to nine
origins over three days. Density stays the same as the number grows, so that a claim's cost should, too. Copies are not
looked for (``benchmarks/copies.py`` does).
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from copies_world import sentence  # noqa: E402
from synthetic import BODIES, PLACES  # noqa: E402
from tawatur import events, findings  # noqa: E402
from tawatur.model import (  # noqa: E402
    Claim,
    EventType,
    Figure,
    Lineage,
    Link,
    Outcome,
    Place,
    Population,
    Report,
    Span,
    Time,
)
from tawatur.runners import shared  # noqa: E402

CLAIMS_A_PLACE, HOT, CLAIMS_A_HOT_PLACE = 40, 0.03, 2000
Counted = tuple[Population, Outcome]


class Happening(NamedTuple):
    """A type of event, the words that tell it, and what they count."""

    event: EventType
    words: str
    counted: Counted | None = None


class Said(NamedTuple):
    """One origin's word about one happening."""

    said: date
    order: float
    origin: str
    what: Happening
    place: Place
    day: date
    count: int


HAPPENINGS = (
    Happening("casualties", "قُتل {count} شخصاً في {place}", ("people", "killed")),
    Happening("casualties", "أصيب {count} مدنياً في {place}", ("people", "injured")),
    Happening("evacuation", "أُجلي {count} شخصاً من {place}", ("people", "evacuated")),
    Happening("displacement", "نزح {count} شخصاً عن {place}", ("people", "displaced")),
    Happening("airstrike", "شنت طائرات غارات على {place}"),
    Happening("clash", "دارت اشتباكات عنيفة في محيط {place}"),
    Happening("aid", "دخلت {count} شاحنة مساعدات إلى {place}", ("trucks", "reached")),
    Happening("capture", "سيطرت القوات على {place}"),
)


def year(count: int, seed: int) -> tuple[list[Report], list[Claim]]:
    """So many claims, and the reports that they stand in."""
    rng = random.Random(seed)
    named = [
        PLACES[n] if n < len(PLACES) else f"{rng.choice(PLACES)} {n}" for n in range(max(20, count // CLAIMS_A_PLACE))
    ]
    places = [Place(name, name, 30 + 7 * rng.random(), 36 + 12 * rng.random()) for name in named]
    said = sorted(_said(rng, count, places))[:count]
    reports: list[Report] = []
    claims: list[Claim] = []
    at = 0
    while at < len(said):
        size = rng.randrange(2, 7)
        report, found = _report(rng, said[at : at + size])
        reports.append(report)
        claims += found
        at += size
    return reports, claims


def _said(rng: random.Random, count: int, places: list[Place]) -> Iterator[Said]:
    hot = [rng.choice(places) for _ in range(max(1, round(HOT * count / CLAIMS_A_HOT_PLACE)))]
    first, made = date(2016, 1, 1), 0
    while made < count:
        crowded = rng.random() < HOT
        place = rng.choice(hot) if crowded else rng.choice(places)
        day = first + timedelta(days=rng.randrange(30 if crowded else 365))
        what, true = rng.choice(HAPPENINGS), 10 ** rng.uniform(0.5, 3.5)
        origins = rng.sample(BODIES, rng.choice((1, 1, 2, 2, 3, 4, 6, 9)))
        for origin in origins:
            later = timedelta(days=rng.choice((0, 0, 0, 1, 2)))
            yield Said(day + later, rng.random(), origin, what, place, day, max(1, int(true * rng.gauss(1, 0.25))))
        made += len(origins)


def _report(rng: random.Random, said: list[Said]) -> tuple[Report, list[Claim]]:
    parts, spans = [], []
    at = 0
    for one in said:
        lead = f"قال {one.origin} إن "
        words = one.what.words.format(count=one.count, place=one.place.text)
        spans.append((at + len(lead), words))
        parts.append(f"{lead}{words} يوم {one.day.isoformat()}. {sentence(rng)}. ")
        at += len(parts[-1])
    outlet = f"صحيفة {rng.randrange(200)}"
    report = Report.make("".join(parts), published=said[0].said.isoformat(), outlet=outlet)
    return report, [_claim(report, one, *span) for one, span in zip(said, spans, strict=True)]


def _claim(report: Report, one: Said, start: int, words: str) -> Claim:
    span, figures = Span(start, start + len(words)), ()
    if one.what.counted:
        figures = (_figure(str(one.count), start + words.index(str(one.count)), one.count, *one.what.counted),)
    return Claim(
        id=Claim.key(report.id, span, one.what.event),
        report=report.id,
        span=span,
        event_type=one.what.event,
        status="occurred",
        attribution=(Link(one.origin),),
        figures=figures,
        places=(one.place,),
        times=(Time(one.day.isoformat(), one.day.isoformat(), one.day.isoformat()),),
    )


def _figure(text: str, at: int, count: int, population: Population, outcome: Outcome) -> Figure:
    span = Span(at, at + len(text))
    return Figure(text, span, float(count), float(count), approximate=False, population=population, outcome=outcome)


def _seconds() -> float:
    """Processor seconds so far, of this process and those that it started."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Print a line for each count."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 30_000], metavar="COUNT")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    args = parser.parse_args()
    base, mapped = 0.0, shared(args.processes)
    for count in args.counts:
        reports, claims = year(count, seed=count)
        start, clock = _seconds(), time.perf_counter()
        view = events.scene(claims, reports)
        grouped = events.group(claims, reports, Lineage(), view=view, mapped=mapped)
        between = _seconds()
        _, found, estimates = findings.compare(grouped, claims, reports, Lineage(), view=view, mapped=mapped)
        whole = _seconds() - start
        each = 1000 * whole / count
        base = base or each
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        made = hashlib.sha256("".join(one.id for one in (*grouped, *found)).encode()).hexdigest()[:8]
        print(
            f"{count:,} claims: {len(grouped):,} events in {between - start:.1f} s, {len(found):,} findings and "
            f"{len(estimates):,} estimates in {whole - between + start:.1f} s; {each:.2f} ms a claim, "
            f"{each / base:.2f} x, {time.perf_counter() - clock:.0f} s by the clock, {most:.1f} GB; made {made}",
            flush=True,
        )
    print(
        f"tawatur:{version('tawatur')}|python:{sys.version.split()[0]}|processes:{args.processes}|processor time of all"
    )


if __name__ == "__main__":
    main()
