#!/usr/bin/env python3
"""Runs every fault test with full counts, and prints what passed, how many cases, and how long it took.

usage: soak.py [COUNT]   (spoiled inputs a format; 10,000 unless told)

What each row of the table stands for is in docs/faults.md. Exits with 1 when one of them fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Name of the fault, the tests that show it, an expression that picks among them.
ROWS = (
    ("spoiled mails", "tests/test_archive_mail.py", "spoiled"),
    ("spoiled Telegram exports", "tests/test_archive_telegram.py", "spoiled"),
    ("spoiled Markdown", "tests/test_archive_markdown.py", "spoiled"),
    ("spoiled feeds", "tests/test_archive_feeds.py", "spoiled"),
    ("spoiled archives", "tests/test_archive_warc.py", "spoiled"),
    ("spoiled tables", "tests/test_tables_mutated.py", ""),
    ("spoiled DOCX", "tests/test_archive_docx.py", ""),
    ("spoiled PDF", "tests/test_archive_pdf.py", ""),
    ("encodings", "tests/test_archive_encodings.py", ""),
    ("bombs and paths", "tests/test_archive_zip.py", ""),
    ("large inputs, 512 MB", "tests/test_faults_bounds.py", ""),
    ("killed, read in again", "tests/test_faults_intake.py", ""),
    ("given again", "tests/test_redo.py", ""),
    ("full disk, kept bytes, watching", "tests/test_batches.py", ""),
    ("spans of spoiled reports", "tests/test_adversarial.py", ""),
    ("reviewers at once, killed batches", "tests/test_ledger_reviewers.py", ""),
    ("ledger", "tests/test_ledger.py tests/test_ledger_keeping.py tests/test_ledger_faults.py", ""),
    ("encrypted ledger", "tests/test_ledger_encrypted.py tests/test_ledger_rekeying.py", ""),
)
_counts = re.compile(r"(\d+) (passed|failed|skipped|error)")


def main() -> None:
    """Run the rows one after another."""
    count = sys.argv[1] if len(sys.argv) > 1 else "10000"
    failed = False
    for name, files, pick in ROWS:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files.split()]
        started = time.monotonic()
        found = subprocess.run(
            [*command, *(("-k", pick) if pick else ())],
            env={**os.environ, "TAWATUR_SOAK": count}, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        told = ", ".join(" ".join(pair) for pair in _counts.findall(found.stdout.splitlines()[-1]))
        print(f"{name:34} {told:28} {time.monotonic() - started:8.0f} s", flush=True)
        if found.returncode:
            failed = True
            print(found.stdout[-3000:], flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
