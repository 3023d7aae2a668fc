"""Decisions and the audit log in, where the two differ out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from tawatur.ledger.review_rows import made_of
from tawatur.ledger.reviewing import told
from tawatur.ledger.schema import audit, decisions


def faults(connection: Connection) -> Iterator[str]:
    """Decisions that were changed, taken out or put in behind the audit log's back, a line each."""
    expected: dict[str, Any] = {}
    entries = select(audit.c.after).where(audit.c.action.like("review %")).order_by(audit.c.seq)
    for after in connection.execute(entries).scalars():
        entry = json.loads(after)
        expected[entry["decision"]] = entry
    for row in connection.execute(select(decisions)).mappings():
        made = made_of(row)
        entry = expected.pop(made.id, None)
        if entry is None:
            yield f"decision {made.id}: the audit log does not know it"
        elif entry != json.loads(json.dumps(told(made))):
            yield f"decision {made.id} was changed"
    for key in expected:
        yield f"decision {key} is missing"
