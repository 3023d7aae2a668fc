"""Comparisons in, one record out that a team can trust: reports, claims and views by run, and who did what.

``open_ledger(url)`` opens one, ``open_ledger(url, create=True)`` makes it; ``sqlite:///FILE``,
encrypted as ``sqlite:///FILE?key_file=KEY``, or ``postgresql://…``.
"""

from tawatur.ledger.audit import Anchor
from tawatur.ledger.backups import automatic_backup, backup, backups_of, dump, folder_for, restore
from tawatur.ledger.blobs import keep_raw, raw
from tawatur.ledger.catching_up import CaughtUp, catch_up
from tawatur.ledger.connect import file_of, key_file_of, key_of, lacks_key
from tawatur.ledger.differing import Changes, changes
from tawatur.ledger.doctor import Check, examine
from tawatur.ledger.encryption import decrypt, encrypt, is_encrypted
from tawatur.ledger.keys import Key, is_sealed, make_key, read_key
from tawatur.ledger.record import Ledger, bring_up, open_ledger
from tawatur.ledger.redaction import Redacted, redact
from tawatur.ledger.rekeying import rekey
from tawatur.ledger.review_context import Context, context
from tawatur.ledger.review_events import merge, split
from tawatur.ledger.review_files import Imported, export_decisions, import_decisions
from tawatur.ledger.review_leases import Lease, give_back, lent
from tawatur.ledger.review_listing import Item, queue, take
from tawatur.ledger.review_missed import add_claim
from tawatur.ledger.review_pairs import judgements
from tawatur.ledger.review_rows import Decision
from tawatur.ledger.review_second import Second, seconds
from tawatur.ledger.review_settling import unsettled
from tawatur.ledger.review_whole import as_decided
from tawatur.ledger.reviewing import Edit, Reviewed, decide, reviewed, withdraw
from tawatur.ledger.rights import ROLES, Role, User, add_user, remove_user, set_role, users
from tawatur.ledger.search_filters import Filters
from tawatur.ledger.search_saved import SavedSearch, forget_search, save_search, saved_search, saved_searches
from tawatur.ledger.searching import Hit, Page, search

__all__ = [
    "ROLES",
    "Anchor",
    "CaughtUp",
    "Changes",
    "Check",
    "Context",
    "Decision",
    "Edit",
    "Filters",
    "Hit",
    "Imported",
    "Item",
    "Key",
    "Lease",
    "Ledger",
    "Page",
    "Redacted",
    "Reviewed",
    "Role",
    "SavedSearch",
    "Second",
    "User",
    "add_claim",
    "add_user",
    "as_decided",
    "automatic_backup",
    "backup",
    "backups_of",
    "bring_up",
    "catch_up",
    "changes",
    "context",
    "decide",
    "decrypt",
    "dump",
    "encrypt",
    "examine",
    "export_decisions",
    "file_of",
    "folder_for",
    "forget_search",
    "give_back",
    "import_decisions",
    "is_encrypted",
    "is_sealed",
    "judgements",
    "keep_raw",
    "key_file_of",
    "key_of",
    "lacks_key",
    "lent",
    "make_key",
    "merge",
    "open_ledger",
    "queue",
    "raw",
    "read_key",
    "redact",
    "rekey",
    "remove_user",
    "restore",
    "reviewed",
    "save_search",
    "saved_search",
    "saved_searches",
    "search",
    "seconds",
    "set_role",
    "split",
    "take",
    "unsettled",
    "users",
    "withdraw",
]
