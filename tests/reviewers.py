"""Reviewers at work on one ledger: threads of a test, or processes that can be killed."""

from __future__ import annotations

import random
import sys

from tawatur.errors import StaleError
from tawatur.ledger import Edit, decide, open_ledger, reviewed
from tawatur.model import Claim, Comparison, Lineage, Report, Span

STATUSES = ("planned", "began", "ongoing", "completed")


def record(count: int) -> Comparison:
    """One report with so many claims."""
    report = Report.make(" ".join(f"خبر {n}." for n in range(count)))
    ends = [at for at, letter in enumerate(report.text) if letter == "."]
    spans = [Span(end - 3, end) for end in ends]
    made = [Claim(Claim.key(report.id, span, "clash"), report.id, span, "clash", "occurred") for span in spans]
    return Comparison((report,), tuple(made), Lineage(), (), (), (), ())


def edits(url: str, name: str, count: int, claims: list[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    """So many corrections by one reviewer, each on the version it saw; the decisions, and what stale ones were told."""
    ledger, rng = open_ledger(url), random.Random(name)
    made: list[str] = []
    told: list[tuple[str, ...]] = []
    while len(made) < count:
        claim = rng.choice(claims)
        (seen,) = reviewed(ledger, [claim])
        edit = Edit(claim, "correct", "status", rng.choice(STATUSES), f"{name} {len(made)}", seen.version)
        try:
            made += [one.id for one in decide(ledger, [edit], author=name)]
        except StaleError as error:
            told.append(error.changes)
    ledger.close()
    return made, told


def main() -> None:
    """Decide about all claims at once, again and again, until killed; a line after each batch."""
    url, name = sys.argv[1:]
    ledger = open_ledger(url)
    claims = [claim.id for claim in ledger.claims()]
    for n in range(10**6):
        decide(ledger, [Edit(c, "correct", "status", STATUSES[n % 4], f"{name} {n}") for c in claims], author=name)
        print(n, flush=True)


if __name__ == "__main__":
    main()
