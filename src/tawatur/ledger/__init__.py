"""Comparisons in, one record out that a team can trust: reports, claims and views by run, and who did what.

``open_ledger(url)`` opens one, ``open_ledger(url, create=True)`` makes it; ``sqlite:///FILE`` or ``postgresql://…``.
"""

from tawatur.ledger.audit import Anchor
from tawatur.ledger.backups import backup, dump, restore
from tawatur.ledger.connect import file_of
from tawatur.ledger.differing import Changes, changes
from tawatur.ledger.record import Ledger, bring_up, open_ledger

__all__ = [
    "Anchor", "Changes", "Ledger", "backup", "bring_up", "changes", "dump", "file_of", "open_ledger", "restore",
]  # fmt: skip
