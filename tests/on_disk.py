"""What the files of a ledger show to somebody without a key."""

from __future__ import annotations

from pathlib import Path

from tawatur.ledger import Decision, Edit, Key, Ledger, decide

#: Words of the example, of the search index (folded), of names and of tables.
TOLD = [word.encode() for word in ("الروسي", "حلب", "المرصد", "aleppo", "airstrike", "search_texts", "tester", "Reem")]
SECRET = Key("كلمة سر طويلة")


def readable_in(folder: Path) -> set[str]:
    """What can be read in the files of a folder without a key."""
    data = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {f"{word.decode()} in {path.name}" for path, held in data.items() for word in TOLD if word in held}


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, but for the index of the log of writes, which SQLite makes anew."""
    return {p.name: p.read_bytes() for p in folder.rglob("*") if p.is_file() and not p.name.endswith("-shm")}


def decided(ledger: Ledger) -> list[Decision]:
    """A decision with such words."""
    claim = ledger.claims()[0]
    return list(decide(ledger, [Edit(claim.id, "reject", reason="المرصد said otherwise, airstrike")], author="Reem"))
