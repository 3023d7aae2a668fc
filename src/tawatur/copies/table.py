"""The language packs' tables of names and cues for origins in, one lookup out.

Source: ``lang/*/origins.tsv``, lines of a class and the forms of one name; agencies and cues are public knowledge,
collected for this project.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tawatur.lang
from tawatur.archive import fold_word
from tawatur.errors import PackError

_CLASSES = ("agency", "credit", "unnamed", "class", "body", "hedge")


@dataclass(frozen=True, slots=True)
class Table:
    """Folded words by class. ``agency`` gives each spelling of an agency its shown name and its folded spellings."""

    agency: dict[str, tuple[str, tuple[str, ...]]]
    credit: frozenset[str]
    unnamed: frozenset[str]
    classes: frozenset[str]
    body: frozenset[str]
    hedge: frozenset[str]


@lru_cache(maxsize=1)
def table() -> Table:
    """All languages' tables together. Raises PackError, which names file and line."""
    rows = [row for path in sorted(Path(tawatur.lang.__file__).parent.glob("*/origins.tsv")) for row in _rows(path)]
    agency: dict[str, tuple[str, tuple[str, ...]]] = {}
    for kind, forms in rows:
        if kind == "agency":
            folded = tuple(dict.fromkeys(plain(f) for f in forms))
            agency.update(dict.fromkeys(folded, (forms[0], folded)))

    def words(wanted: str) -> frozenset[str]:
        return frozenset(plain(form) for kind, forms in rows if kind == wanted for form in forms)

    return Table(agency, words("credit"), words("unnamed"), words("class"), words("body"), words("hedge"))


def plain(text: str) -> str:
    """A name or cue folded, lower-cased, its words parted by one blank, without punctuation."""
    kept = "".join(c if c.isalnum() else " " for c in fold_word(text).lower())
    return " ".join(kept.split())


def _rows(path: Path) -> list[tuple[str, list[str]]]:
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        kind, *rest = line.split("\t")
        if kind not in _CLASSES or not rest or not all(form.strip() for form in rest[0].split("|")):
            raise PackError(f"{path.name}:{number}: want one of {', '.join(_CLASSES)}, a tab, and forms parted by |")
        rows.append((kind, rest[0].split("|")))
    return rows
