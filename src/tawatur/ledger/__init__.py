"""Comparisons in, one record out that a team can trust: reports, claims and views by run, and who did what.

``open_ledger(url)`` opens one, ``open_ledger(url, create=True)`` makes it; ``sqlite:///FILE`` or ``postgresql://…``.
"""

from tawatur.ledger.audit import Anchor
from tawatur.ledger.backups import backup, dump, restore
from tawatur.ledger.connect import file_of
from tawatur.ledger.differing import Changes, changes
from tawatur.ledger.record import Ledger, bring_up, open_ledger
from tawatur.ledger.search_filters import Filters
from tawatur.ledger.search_saved import SavedSearch, forget_search, save_search, saved_search, saved_searches
from tawatur.ledger.searching import Hit, Page, search

__all__ = [
    "Anchor", "Changes", "Filters", "Hit", "Ledger", "Page", "SavedSearch", "backup", "bring_up", "changes", "dump",
    "file_of", "forget_search", "open_ledger", "restore", "save_search", "saved_search", "saved_searches", "search",
]  # fmt: skip
