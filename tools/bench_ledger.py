#!/usr/bin/env python3
"""Measure a ledger on SQLite: bulk write against the driver's own executemany, search, adding a report.

usage: bench_ledger.py [--claims N] [--keep FILE] [--json]

Writes a synthetic ledger of N claims into a folder for temporary files. It judges nothing: compare runs on one machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from tawatur.lang import load
from tawatur.lang.gazetteer import rows_of
from tawatur.ledger import Filters, Ledger, bulk, open_ledger, search
from tawatur.ledger.connect import writing
from tawatur.model import Claim, Figure, Link, Place, Report, Span, Time
from tawatur.settings import versions

SEED = 20161217
A_REPORT = 4  # claims
FIRST, DAYS = date(2012, 1, 1), 4700
TRIALS = 200
OTHER = 0.05  # of the claims are written by the driver itself
ROUNDS = 5  # of our bulk write and the driver's, in turns
TABLES = ("runs", "reports", "claims", "claims_standing", "figures", "places", "times", "search_texts",
          "search_spots", "search_words", "search_vocabulary")  # fmt: skip
#: What is written to the full text: its columns, and the number of the row.
FULL_TEXT = ("rowid", "words", "tags")
VERBS = ("قصفت", "استهدفت", "هاجمت", "اقتحمت", "حاصرت", "غادرت", "أخلت", "دخلت", "تسلمت", "أعلنت")
ACTORS = ("قوات النظام", "الطائرات الحربية", "فصائل المعارضة", "وحدات الجيش", "الشرطة الاتحادية", "قوافل الإغاثة")
VOICES = ("المرصد السوري", "الدفاع المدني", "وكالة سانا", "الهلال الأحمر", "مصدر طبي", "ناشطون", "الأمم المتحدة")
COUNTED = (("مدنياً", "civilians"), ("مقاتلاً", "fighters"), ("طفلاً", "children"), ("شخصاً", "people"))
FATES = (("مقتل", "killed"), ("إصابة", "injured"), ("نزوح", "displaced"), ("احتجاز", "detained"))
TYPES = ("airstrike", "shelling", "clash", "evacuation", "displacement", "casualties", "aid", "detention")
QUERIES = ("قصفت", "حلب", "مدنيين", "الهلال الأحمر", '"الدفاع المدني"', "نزوح OR احتجاز", "مقتل NOT أطفال", "مقات*",
           "قصفت حلب", "اقتحمت الشرطة", "إدلب مقتل", "لا كلمة كهذه")  # fmt: skip


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--claims", type=int, default=1_000_000, metavar="N")
    parser.add_argument(
        "--keep", type=Path, metavar="FILE", help="leave the ledger there; one that is there is asked again"
    )
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(args.claims, args.keep or Path(folder, "ledger.db"), Path(folder, "driver.db"))
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name:44} {value}")


def measure(count: int, path: Path, other: Path) -> dict[str, object]:
    """Every measure by its name."""
    ledger = open_ledger(f"sqlite:///{path}", create=True, author="bench")
    small = int(count * OTHER)
    try:
        held = int(ledger.status()["claims"])
        seconds = 0.0 if held else _write(ledger, made(count), count)
        whole, raced = _race(small, other)
        ours, theirs = (statistics.median(times) for times in zip(*raced, strict=True))
        ratios = sorted(driver / mine for mine, driver in raced)
        return {
            "claims": held or count,
            "bulk write, claims/s": round(count / seconds) if seconds else "was there",
            f"{small} more, claims/s": round(small / whole),
            "bulk write of their rows, claims/s": round(small / ours),
            "executemany of the same rows, claims/s": round(small / theirs),
            "bulk write / executemany": f"median {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}",
            "whole of taking in / executemany": round(theirs / whole, 2),
            "size, MB": round(path.stat().st_size / 1e6),
            **_asked(ledger),
            "signature": {"seed": SEED, "trials": TRIALS, "sqlite": sqlite3.sqlite_version, **versions()},
        }
    finally:
        ledger.close()


def _asked(ledger: Ledger) -> dict[str, object]:
    rng = random.Random(SEED)
    towns = ("حلب", "إدلب", "الموصل", "دوما", "تعز", "36.2,37.16", "محافظة حلب", "محافظة نينوى", "الرقة", "درعا")
    fresh = made(A_REPORT * (TRIALS + 1), seed=SEED + 1)

    def place_and_month() -> None:
        first = FIRST + timedelta(rng.randrange(DAYS - 31))
        search(ledger, "", Filters(place=rng.choice(towns), happened=(str(first), str(first + timedelta(30)))))

    def words(order: str) -> Callable[[], None]:
        return lambda: _unused(search(ledger, rng.choice(QUERIES), order=order))  # type: ignore[arg-type]

    def words_and_place() -> None:
        search(ledger, rng.choice(QUERIES), Filters(place=rng.choice(towns)))

    return {
        "place and month": _times(place_and_month),
        "folded search, by relevance": _times(words("relevance")),
        "folded search, by date": _times(words("date")),
        "folded search in a place": _times(words_and_place),
        "adding a report": _times(lambda: _unused(ledger.add([next(fresh)]))),
    }


def _unused(_: object) -> None:
    return None


def _times(call: Callable[[], None]) -> str:
    """The median and the 95th percentile of many calls, in ms."""
    call()
    took = []
    for _ in range(TRIALS):
        begun = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - begun))
    return f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms"


def _write(ledger: Ledger, found: Iterator[tuple[Report, list[Claim]]], count: int) -> float:
    """Seconds to write, without those in which the claims are made up."""
    seconds = 0.0
    while batch := [one for _, one in zip(range(min(5000, count)), found, strict=False)]:
        begun = time.perf_counter()
        ledger.add(batch)
        seconds += time.perf_counter() - begun
    return seconds


def _race(count: int, path: Path) -> tuple[float, list[tuple[float, float]]]:
    """Seconds of taking in reports; then, round by round, of our bulk write of their rows and of the driver's own.

    Both write the same rows into the same empty tables with the same indexes, triggers, cache and way to sync.
    """
    ledger = open_ledger(f"sqlite:///{path}", create=True, author="bench")
    whole = _write(ledger, made(count), count)
    ledger.close()
    with closing(sqlite3.connect(path)) as held:
        columns = {name: [told[1] for told in held.execute(f"PRAGMA table_info({name})")] for name in TABLES}
        columns["search_words"] = list(FULL_TEXT)
        rows = {name: held.execute(f"SELECT {_listed(columns[name])} FROM {name}").fetchall() for name in TABLES}
    named = {name: [dict(zip(columns[name], row, strict=True)) for row in told] for name, told in rows.items()}
    raced = []
    inserts = {name: f"INSERT INTO {name} ({_listed(told)}) VALUES ({','.join('?' * len(told))})"
               for name, told in columns.items()}  # fmt: skip
    driver = {inserts[name]: told for name, told in rows.items()}
    for number in range(ROUNDS):
        runs = [(_ours, named), (_theirs, driver)]
        took = {}
        for run, told in runs if number % 2 else runs[::-1]:
            again = path.with_suffix(f".{number}{run.__name__}")
            took[run] = run(again, told)  # type: ignore[operator]
            again.unlink()
        raced.append((took[_ours], took[_theirs]))
    return whole, raced


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _ours(path: Path, rows: dict[str, list[dict[str, object]]]) -> float:
    ledger = open_ledger(f"sqlite:///{path}", create=True, author="bench")
    begun = time.perf_counter()
    with writing(ledger.engine) as connection:
        for name, told in rows.items():
            bulk.put(connection, name, told)
    took = time.perf_counter() - begun
    ledger.close()
    return took


def _theirs(path: Path, inserts: dict[str, list[tuple[object, ...]]]) -> float:
    open_ledger(f"sqlite:///{path}", create=True, author="bench").close()
    with closing(sqlite3.connect(path)) as held:
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-65536"):
            held.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        for insert, told in inserts.items():
            held.executemany(insert, told)
        held.commit()
        return time.perf_counter() - begun


def made(count: int, seed: int = SEED) -> Iterator[tuple[Report, list[Claim]]]:
    """Reports with claims, some of each, until there are so many claims."""
    rng = random.Random(seed)
    sites = [
        (name, site) for path in sorted(load().folders[0].glob("places_own.tsv")) for name, site in rows_of(path, 0)
    ]
    for number in range(count // A_REPORT):
        day = FIRST + timedelta(rng.randrange(DAYS))
        told = [_sentence(rng, sites) for _ in range(A_REPORT)]
        text = " ".join(words for words, *_ in told)
        report = Report.make(text, name=f"s{seed}-{number}", outlet=rng.choice(VOICES), published=str(day))
        yield report, list(_claims(rng, report, told, day))


def _sentence(rng: random.Random, sites: list[tuple[str, object]]) -> tuple[str, object, str, object, object, int]:
    name, site = rng.choice(sites)
    voice, counted, fate, many = (
        rng.choice(VOICES),
        rng.choice(COUNTED),
        rng.choice(FATES),
        int(10 ** rng.uniform(0, 4)),
    )
    words = (
        f"{rng.choice(VERBS)} {rng.choice(ACTORS)} في {name} وأسفر ذلك عن {fate[0]} {many} {counted[0]} وفق {voice}."
    )
    return words, (name, site), voice, counted, fate, many


def _claims(rng: random.Random, report: Report, told: list[tuple], day: date) -> Iterator[Claim]:  # type: ignore[type-arg]
    at = 0
    for words, (name, site), voice, counted, fate, many in told:
        span = Span(at, at + len(words) - 1)
        at += len(words) + 1
        kind = rng.choice(TYPES)
        figure = Figure(str(many), span, many, many, False, counted[1], fate[1])
        happened = day - timedelta(rng.randrange(10))
        yield Claim(
            Claim.key(report.id, span, kind), report.id, span, kind, "occurred", (Link(voice),),
            figures=(figure,), places=(Place(name, site.name, site.lat, site.lon, radius_km=site.radius_km),),
            times=(Time("", str(happened), str(happened)),), reader="synthetic", pack="none",
        )  # fmt: skip


if __name__ == "__main__":
    main()
