"""Writes to a ledger, dumps it or brings it up, in a process of its own that is killed at any instant.

usage: ledger_writer.py write|dump|migrate URL REPORTS SEED [FOLDER]

Each thing that is done for good is told on a line, as soon as it is.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from bench_ledger import made
from tawatur.ledger import bring_up, dump, open_ledger


def main() -> None:
    """What the arguments ask for, told as it goes."""
    what, url, reports, seed = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    if what == "migrate":
        print("begun", flush=True)
        bring_up(url)
        print("done", flush=True)
        return
    ledger = open_ledger(url)
    print("begun", flush=True)
    if what == "dump":
        for number in count():
            dump(ledger, Path(sys.argv[5]) / str(number))
            print(number, flush=True)
    for report, claims in made(4 * reports, seed):
        ledger.add([(report, claims)])
        print(report.id, flush=True)


if __name__ == "__main__":
    main()
