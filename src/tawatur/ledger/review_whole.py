"""The record in, what reports say together as people decided out: without rejected claims, with corrected values."""

from __future__ import annotations

import logging

from tawatur.ledger.near_whole import compared
from tawatur.ledger.record import Ledger
from tawatur.ledger.review_pairs import judgements
from tawatur.model import Comparison, Issue, OnIssue

_log = logging.getLogger("tawatur")


def as_decided(ledger: Ledger, *, on_issue: OnIssue | None = None) -> Comparison:
    """All reports with the claims as people have them (``claims(reviewed=True)``), compared anew under their decisions.

    Nothing is written: what stands in the ledger is what readers found, with what people added.
    """
    reports, claims = tuple(ledger.reports()), ledger.claims(reviewed=True)
    return compared(reports, claims, judgements(ledger), on_issue or _told)[0]


def _told(issue: Issue) -> None:
    _log.warning(issue.line())
