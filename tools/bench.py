#!/usr/bin/env python3
"""Measure the speed of reading to claims, the start of the program, and memory against the number of reports.

usage: bench.py [--reports N] [--json] [--stages]

Prints what was measured with a signature of what measured it. It judges nothing: compare runs on one machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from types import FrameType

import tawatur
from synthetic import SIZE, reports
from tawatur import readers
from tawatur.settings import versions

SEED = 20161217
WARM_UP = 50
STARTS = 9
TICK = 0.001  # seconds of processor time between looks at the stack
#: The stages of reading by the module and the function that they begin in; the outermost counts.
STAGES = {
    ("pipeline", "read"): "file to reports",
    ("tokens", "tokenise"): "tokens",
    ("page", "lines"): "lines of the page",
    ("parts", "stories_of"): "stories",
    ("split", "sentences"): "sentences",
    ("quotes", "quotations"): "quotations",
    ("attribution", "find"): "attribution: scopes and voices",
    ("reading", "_marks"): "marks for the chain of clauses",
    ("figures", "find"): "figures: phrases",
    ("figures_settle", "settle"): "figures: outcome, population, totals, parts",
    ("places", "find"): "places: names",
    ("places", "settle"): "places: those of each claim",
    ("times", "find"): "times: phrases",
    ("times", "settle"): "times: those of each claim",
    ("assemble", "_clauses"): "clauses",
    ("classify", "choose"): "types and statuses",
    ("classify", "theme"): "types and statuses",
    ("participants", "__init__"): "participants",
    ("participants", "all"): "participants",
    ("assemble", "_certainty"): "confidence of claims",
    ("assemble", "_claim"): "claims and their ids",
    ("passages", "passages"): "languages",
}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--reports", type=int, default=2000, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--stages", action="store_true", help="where the processor time of reading goes")
    parser.add_argument("--peak", metavar="FILE", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.peak:
        print(_peak(Path(args.peak)))
        return
    if args.stages:
        for name, share in _stages(args.reports):
            print(f"{100 * share:5.1f} %  {name}")
        return
    result = measure(args.reports)
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name:28} {value}")


def measure(count: int) -> dict[str, object]:
    """Every measure by its name."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "n.jsonl"), Path(folder, "4n.jsonl")
        size = _write(small, count)
        _write(large, 4 * count)
        seconds, claims = _read(small)
        memory = [_peak_of(path) for path in (small, large)]
    return {
        "reports": count,
        "bytes a report": round(size / count),
        "claims a report": round(claims / count, 2),
        "reports/s on one core": round(count / seconds, 1),
        "MB/s": round(size / seconds / 1e6, 2),
        "tawatur --help, ms (median)": round(1000 * _help(), 1),
        "peak memory at N, MB": round(memory[0] / 1024, 1),
        "peak memory at 4N, MB": round(memory[1] / 1024, 1),
        "peak memory 4N / N": round(memory[1] / memory[0], 3),
        "signature": _signature(count),
    }


def _write(path: Path, count: int) -> int:
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for row in reports(count, SEED):
            size += len(row["text"].encode())
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return size


def _read(path: Path) -> tuple[float, int]:
    """Seconds of processor time and claims, from the file's bytes to claims, after a warm-up."""
    for report in islice(tawatur.read(path), WARM_UP):
        tawatur.extract(report)
    start = time.process_time()
    claims = sum(len(tawatur.extract(report)) for report in tawatur.read(path))
    return time.process_time() - start, claims


def _peak(path: Path) -> int:
    """Kilobytes at most, with every report of the file read and none kept."""
    for report in tawatur.read(path):
        tawatur.extract(report)
    status = Path("/proc/self/status")
    if status.exists():  # the other figure counts the parent process too, on Linux
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _peak_of(path: Path) -> int:
    return int(subprocess.run([sys.executable, __file__, "--peak", path], check=True, capture_output=True).stdout)


def _stages(count: int) -> list[tuple[str, float]]:
    """The share of processor time that each stage of ``STAGES`` takes, with all that it calls; what else is, is rest.

    Looked at in samples of the stack, which slows nothing down, unlike a profiler that counts calls.
    """
    found: Counter[str] = Counter()

    def look(_signal: int, frame: FrameType | None) -> None:
        stage = "rest"
        while frame is not None:
            stage = STAGES.get((Path(frame.f_code.co_filename).stem, frame.f_code.co_name), stage)
            frame = frame.f_back
        found[stage] += 1

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "n.jsonl")
        _write(path, count)
        for report in islice(tawatur.read(path), WARM_UP):
            tawatur.extract(report)
        signal.signal(signal.SIGPROF, look)
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
        for report in tawatur.read(path):
            tawatur.extract(report)
        signal.setitimer(signal.ITIMER_PROF, 0)
    return [(stage, held / found.total()) for stage, held in found.most_common()]


def _help() -> float:
    """Seconds from start to end of ``tawatur --help``."""
    command = [sys.executable, "-m", "tawatur", "--help"]
    times = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _signature(count: int) -> str:
    reader = readers.reader("grammar")
    parts = {
        **versions(),
        "reader": f"{reader.name}-{reader.version}",
        "pack": readers.pack_hash(reader),
        "seed": SEED,
        "N": count,
        "size": SIZE,
        "machine": f"{platform.machine()}-{os.cpu_count()}-cores",
    }
    return "|".join(f"{key}:{value}" for key, value in parts.items())


if __name__ == "__main__":
    main()
