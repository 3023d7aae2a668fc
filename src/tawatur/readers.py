"""Readers by name: the grammar reader, and others that installed packages bring by the entry point ``tawatur.readers``.

An entry point is called with the paths of the user's pack folders and gives a ``tawatur.model.Reader``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import cast

from tawatur import claims, lang
from tawatur.errors import ReaderError
from tawatur.model import Claim, Reader, Report
from tawatur.settings import version

GROUP = "tawatur.readers"
_WORTH = 80  # characters of a passage that is worth a word
_MOST_NAMED = 3  # passages that are not read which a doubt names
_HERE = Path(__file__).parent


class GrammarReader:
    """The reader that knows words and rules of language packs; each passage is read by the pack of its language."""

    name = "grammar"

    def __init__(self, *overlays: Path) -> None:
        self.overlays = overlays
        self.packs = {lang.FIRST: lang.load_for(lang.FIRST, overlays)}
        self.pack_hash = "+".join(lang.hash_for(code, overlays) for code in lang.languages())
        self.version = f"{version()}+{code_hash()}"

    def pack_of(self, code: str) -> lang.Pack:
        """The pack of a language, loaded when it is first asked for."""
        if code not in self.packs:
            self.packs[code] = lang.load_for(code, self.overlays)
        return self.packs[code]

    def parts(self, report: Report) -> Iterator[tuple[Report, lang.Pack]]:
        """The report as each language's pack is to read it: passages in other languages are blanks, offsets stay."""
        found = lang.passages(report.text)
        for code in dict.fromkeys(p.language for p in found if p.language is not None):
            alone = all(p.language == code for p in found)
            yield report if alone else replace(report, text=lang.only(report.text, code)), self.pack_of(code)

    def read(self, report: Report) -> tuple[Claim, ...]:
        """Claims of one report, in text order."""
        parts = [claims.extract(part, pack=pack) for part, pack in self.parts(report)]
        if len(parts) == 1:
            return parts[0]
        return tuple(sorted((claim for part in parts for claim in part), key=lambda c: (c.span.start, c.span.end)))

    def doubt(self, report: Report) -> tuple[str, str] | None:
        """Why a report may hold more than was read from it, and what that means; None when there is no such reason."""
        unread = [p for p in lang.passages(report.text) if p.language is None and p.end - p.start >= _WORTH]
        if not unread:
            return None
        names = ", ".join(lang.language_of(code).name for code in lang.languages())
        where = ", ".join(f"{p.name} ({p.start}-{p.end})" for p in unread[:_MOST_NAMED])
        more = f" and {len(unread) - _MOST_NAMED} more" if len(unread) > _MOST_NAMED else ""
        reason = f"holds what is in no language that is read ({names}): {where}{more}"
        return reason, "it is kept and compared for copies only"


@lru_cache(maxsize=8)
def reader(name: str, overlays: tuple[Path, ...] = ()) -> Reader:
    """The reader of this name, loaded once. Raises ReaderError for an unknown name, PackError for a bad pack."""
    found = {point.name: point for point in metadata.entry_points(group=GROUP)}
    if name not in found:
        raise ReaderError(f"no reader {name!r}", f"have {', '.join(sorted(found))}")
    return cast("Reader", found[name].load()(*overlays))


def pack_hash(reader: Reader) -> str:
    """The hash of the packs that a reader reads by; empty for a reader without one."""
    return str(getattr(reader, "pack_hash", ""))


def doubt(reader: Reader, report: Report) -> tuple[str, str] | None:
    """What a reader itself says of a report that it may not have read in full: reason and advice, or None."""
    own = getattr(reader, "doubt", None)
    return cast("tuple[str, str] | None", own(report)) if own else None


def faults(report: Report, found: tuple[Claim, ...]) -> list[str]:
    """How claims of a report break the model, one line each: another report's, span outside the text, id used twice."""
    seen: set[str] = set()
    out = []
    for claim in found:
        if claim.report != report.id:
            out.append(f"claim {claim.id} names report {claim.report}")
        if not 0 <= claim.span.start < claim.span.end <= len(report.text):
            out.append(f"claim {claim.id} has span {claim.span.start}-{claim.span.end} in a text of {len(report.text)}")
        if claim.id in seen:
            out.append(f"claim id {claim.id} is used twice")
        seen.add(claim.id)
    return out


@lru_cache(maxsize=4)
def code_hash(*folders: str) -> str:
    """Eight hexadecimal digits over the files that turn a report into claims: what older code kept is not used.

    ``folders`` are those of the package that count; all three of them unless told.
    """
    total = hashlib.sha256()
    for folder in folders or ("archive", "claims", "lang"):
        for path in sorted((_HERE / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes())
    for name in ("digests.py", "model.py", "quick.py", "terms.py"):
        total.update((_HERE / name).read_bytes())
    return total.hexdigest()[:8]
