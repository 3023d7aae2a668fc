"""Twenty reviewers at once, and reviewers whose plug is pulled: nothing lost, nothing half done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import reviewers
from tawatur.ledger import open_ledger, reviewed

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))
REVIEWERS = 20
EDITS = 500 if SOAK else 4
CLAIMS = 100 if SOAK else 4
KILLS = 50 if SOAK else 2
BATCH = 30


def _made(url: str, claims: int) -> list[str]:
    ledger = open_ledger(url, create=True)
    ledger.write(reviewers.record(claims))
    ids = [claim.id for claim in ledger.claims()]
    ledger.close()
    return ids


def test_twenty_reviewers_lose_nothing_and_stale_decisions_are_told(url: str) -> None:
    claims = _made(url, CLAIMS)
    pool = ProcessPoolExecutor(REVIEWERS, get_context("spawn")) if SOAK else ThreadPoolExecutor(REVIEWERS)
    with pool:
        works = [pool.submit(reviewers.edits, url, f"reviewer {n}", EDITS, claims) for n in range(REVIEWERS)]
        found = [work.result() for work in works]
    made = [key for ids, _ in found for key in ids]
    stale = [told for _, changes in found for told in changes]
    assert len(set(made)) == REVIEWERS * EDITS
    assert stale
    assert all(any("reviewer" in line for line in told) for told in stale)
    ledger = open_ledger(url)
    held = reviewed(ledger)
    decisions = [one for claim in held for one in claim.decisions]
    assert {one.id for one in decisions} == set(made)
    assert sorted(one.seq for one in decisions) == list(range(1, len(made) + 1))
    for claim in held:
        versions = [one.version for one in claim.decisions]
        assert versions == list(range(2, len(versions) + 2))
        assert claim.claim is not None
        assert claim.claim.status == claim.decisions[-1].value
    assert ledger.verify() == []
    ledger.close()
    print(f"\n{len(made)} decisions, {len(stale)} stale ones told")


def test_a_batch_that_is_killed_is_whole_or_not_there(url: str) -> None:
    claims = _made(url, BATCH)
    sure, rng = 0, random.Random(1)
    for n in range(KILLS):
        command = [sys.executable, reviewers.__file__, url, f"killed {n}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "0\n"
            time.sleep(rng.uniform(0, 0.3))
            process.kill()
            sure += 1 + len([line for line in process.stdout if line.endswith("\n")])
        ledger = open_ledger(url)
        held = reviewed(ledger)
        assert [len(claim.decisions) for claim in held] == [len(held[0].decisions)] * len(claims)
        assert len(held[0].decisions) >= sure
        by_batch = Counter(one.reason for claim in held for one in claim.decisions)
        assert set(by_batch.values()) == {BATCH}
        assert ledger.verify() == []
        ledger.close()
