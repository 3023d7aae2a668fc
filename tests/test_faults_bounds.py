"""Large inputs of every kind are read or refused with the reason, in at most 512 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from large_inputs import LARGE

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))
BOUND = 512  # megabytes
_READ = """
import json, resource, sys
from tawatur import archive
from tawatur.archive.pdf_process import WORKER
issues, files, reports = [], [], 0
for _ in archive.read([sys.argv[1]], on_issue=issues.append, on_file=files.append):
    reports += 1
WORKER.end()
peak = int(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0])
kids = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
told = {"reports": reports, "state": files[0].state, "issues": [i.line() for i in issues[:9]]}
print(json.dumps({**told, "megabytes": max(peak, kids) >> 10}))
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak of memory is told by /proc")
@pytest.mark.parametrize("name", LARGE)
def test_a_large_input_is_read_or_refused_within_the_bound(tmp_path: Path, name: str) -> None:
    make, full = LARGE[name]
    make(tmp_path / name, full if SOAK else max(1, full // 200))
    command = [sys.executable, "-c", _READ, tmp_path / name]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    print(name, f"{(tmp_path / name).stat().st_size >> 20} MB", told)
    assert told["megabytes"] <= BOUND
    assert told["reports"] or told["issues"]
    assert (told["state"] == "read") == (told["issues"] == [])
