"""Comparisons in, one record out that a team can trust: reports, claims and views by run, and who did what.

``open_ledger(url)`` opens one, ``open_ledger(url, create=True)`` makes it; ``sqlite:///FILE`` or ``postgresql://…``.
"""

from tawatur.ledger.audit import Anchor
from tawatur.ledger.record import Ledger, open_ledger

__all__ = ["Anchor", "Ledger", "open_ledger"]
