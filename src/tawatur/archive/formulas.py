"""Cells of tables that we write: none of them may be taken for a formula."""

from __future__ import annotations

import unicodedata

SIGNS = tuple("=+-@")


def harmless(value: str) -> str:
    """A cell behind an apostrophe where a spreadsheet could take it for a formula, and without NUL characters.

    Full-width signs and hidden leading characters count; so do a leading tab and a line break.
    """
    seen = value
    while seen and (seen[0].isspace() or unicodedata.category(seen[0]) in ("Cc", "Cf", "Zs", "Mn")):
        seen = seen[1:]
    risky = unicodedata.normalize("NFKC", seen[:1]).startswith(SIGNS) or value[:1] in ("\t", "\r", "\n")
    return ("'" if risky else "") + value.replace("\0", "\ufffd")
