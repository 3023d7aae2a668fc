"""Several processes from a script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_script_without_a_guard_is_told_what_to_do(example: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import tawatur\ntawatur.run({str(example)!r}, processes=2)\n", encoding="utf-8")
    result = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert result.returncode == 1
    assert '__name__ == "__main__"' in result.stderr.splitlines()[-1]


def test_a_script_with_a_guard_uses_several_processes(example: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    call = f"print(len(tawatur.run({str(example)!r}, processes=2).reports))"
    script.write_text(f'import tawatur\nif __name__ == "__main__":\n    {call}\n', encoding="utf-8")
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["9"]
