#!/usr/bin/env python3
"""Read and compare ever more made-up reports, and print the memory that each stage of ``tawatur run`` comes to.

usage: memory.py [--limit MEGABYTES] [COUNT ...]     default 500 1000 2000

A report has six sentences, one of them with figure, place and day. ``--limit`` bounds the address space of the run, and
how it ended is told then. Linux only: the peak is that of /proc.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from copies_world import sentence  # noqa: E402
from synthetic import BODIES, PLACES  # noqa: E402

_RUN = """
import json, resource, sys, time
limit = int(sys.argv[3]) << 20
if limit:
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from pathlib import Path
from tawatur import pipeline
from tawatur.cli.run import write
peaks = {}
def peak(stage):
    peaks[stage] = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0]) >> 10
peak("start")
found = pipeline.run(sys.argv[1], out=sys.argv[2], progress=lambda stage, done, total: peak(stage))
peak("compared")
write(found, Path(sys.argv[2]))
peak("written")
print(json.dumps({"claims": len(found.claims), "seconds": round(time.process_time()), "megabytes": peaks}))
"""


def report(number: int, rng: random.Random) -> dict[str, str]:
    """One report: what a body says of a place on a day, among sentences of other things."""
    day = date(2016, 1, 1) + timedelta(rng.randrange(365))
    told = f"قال {rng.choice(BODIES)} إن {rng.randint(2, 90)} مدنياً قتلوا في قصف على {rng.choice(PLACES)} اليوم."
    others = [sentence(rng) for _ in range(5)]
    words = ". ".join([*others[:2], told.removesuffix("."), *others[2:]])
    outlet = f"وكالة {number % 300}"
    return {"id": f"r{number}", "outlet": outlet, "published": day.isoformat(), "title": "", "text": f"{words}."}


def main() -> None:
    """Run each count in a process of its own."""
    asked = argparse.ArgumentParser(usage=__doc__)
    asked.add_argument("counts", nargs="*", type=int, default=[500, 1000, 2000])
    asked.add_argument("--limit", type=int, default=0)
    told = asked.parse_args()
    for count in told.counts:
        with tempfile.TemporaryDirectory() as folder:
            rng = random.Random(count)
            path = Path(folder) / "reports.jsonl"
            with path.open("w", encoding="utf-8") as out:
                out.writelines(json.dumps(report(n, rng), ensure_ascii=False) + "\n" for n in range(count))
            command = [sys.executable, "-c", _RUN, path, Path(folder) / "out", str(told.limit)]
            found = subprocess.run(command, capture_output=True, text=True, check=False)
            size = path.stat().st_size >> 10
            end = found.stdout.strip() or (found.stderr.strip() or f"ended by {found.returncode}").splitlines()[-1]
            print(f"{count:8} reports {size:8} KB  {end}", flush=True)


if __name__ == "__main__":
    main()
