"""Names of members in: labels that are safe to show out, and whether a member is worth opening.

No member is ever written to a disk under its name: a name is a label, and its suffix a hint at the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from tawatur.archive.formats import SUFFIXES
from tawatur.archive.items import Doubtful

_LONGEST = 200
#: Markdown pages about what lies beside them.
_ABOUT = frozenset({"readme", "changelog", "changes", "contributing", "license", "licence", "security"})
#: Endings that browsers give the folder of a page's parts, beside the page's own name, by the language of the system.
_PARTS = (
    "_files", ".files", "_file", "-dateien", "_fichiers", "_archivos", "_ficheiros", "_arquivos", "_bestanden",
    "-filer", "_tiedostot", "_pliki", "_soubory", "_elemei", "_dosyalar", "_datoteke", "_fajlovi", "_fitxers",
)  # fmt: skip
PAGES = frozenset((".html", ".htm", ".xhtml", ".shtml", ".php", ".aspx"))
_unsafe = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
_drive = re.compile(r"^[A-Za-z]:")
_device = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:[. ]|$)", re.IGNORECASE)
_system = re.compile(r"(?:^|/)(?:__macosx/|\.(?!\.?/)|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


def label(name: str) -> str:
    """A member's path to show: no control or direction marks, no backslashes, at most 200 characters, its end kept."""
    plain = clean(name)
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 61]}…{plain[-60:]}"


def clean(name: str) -> str:
    """A member's whole path without control or direction marks and backslashes."""
    return _unsafe.sub("\ufffd", name).replace("\\", "/")


def own_name(shown: str) -> str:
    """The last part of a shown path."""
    return PurePosixPath(shown).name or shown


def odd(name: str) -> Doubtful | None:
    """A doubt about a name that would be dangerous to unpack under; None for a plain one."""
    parts = name.replace("\\", "/").split("/")
    why = ""
    if ".." in parts or name.startswith(("/", "\\")) or _drive.match(name):
        why = "points out of the archive"
    elif any(_device.match(part) for part in parts):
        why = "is one of a device"
    elif _unsafe.search(name):
        why = "holds control characters or direction marks"
    if not why:
        return None
    return Doubtful(label(name), f"its name {why}; only its text is read", "ask who made the archive; do not unpack it")


def passed_by(name: str) -> str:
    """Why a member is not opened, by its path; empty when it is."""
    plain = clean(name)
    if plain.endswith("/"):
        return "a folder"
    if _system.search(plain):
        return "a hidden file, or one of the system"
    if is_note(own_name(plain)):
        return "a note about files"
    suffix = PurePosixPath(plain).suffix.lower()
    return (
        f"{suffix} is not a form that reports come in" if suffix and suffix not in SUFFIXES and _known(suffix) else ""
    )


def _known(suffix: str) -> bool:
    """Whether what stands behind the last dot is a suffix, and not the end of a title."""
    return re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) is not None


def is_note(name: str) -> bool:
    """Whether a file tells of those beside it and is no report: a README, or the lock of an open office document."""
    stem, _, suffix = name.lower().rpartition(".")
    return name.startswith("~$") or (suffix in ("md", "markdown") and stem in _ABOUT)


def parts_of_pages(names: Iterable[str]) -> frozenset[str]:
    """Folders that hold the parts of a saved page which lies beside them, by the names of all files (with ``/``)."""
    folders: set[str] = set()
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        if dot and f".{suffix.lower()}" in PAGES:
            folders.update(f"{stem}{ending}".lower() for ending in _PARTS)
    return frozenset(folders)


def could_be_part(name: str) -> bool:
    """Whether a path leads through a folder named like one of a page's parts."""
    return any(part.lower().endswith(_PARTS) for part in name.split("/")[:-1])


def is_part(name: str, folders: frozenset[str]) -> bool:
    """Whether a path leads through one of the folders of parts."""
    if not folders or not could_be_part(name):
        return False
    pieces = name.lower().split("/")[:-1]
    return any("/".join(pieces[: end + 1]) in folders for end in range(len(pieces)))
