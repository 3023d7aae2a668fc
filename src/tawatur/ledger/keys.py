"""What opens an encrypted ledger: where its key comes from, who may read the file that holds it."""

from __future__ import annotations

import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tawatur.errors import LedgerError

VARIABLE = "TAWATUR_LEDGER_KEY"
OPTION = "key_file"  # of the address of a ledger
_PLAIN = b"SQLite format 3\0"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_DIGITS = 32  # bytes of a key that is made here
_LONGEST = 4096  # bytes of a key file
_WHERE = f"add ?{OPTION}=FILE to its address, or set {VARIABLE}"

Form = Literal["none", "plain", "sealed"]


@dataclass(frozen=True, slots=True)
class Key:
    """What opens an encrypted ledger: words of any kind, or 64 hexadecimal digits, which are the key itself.

    Raises LedgerError for an empty one.
    """

    words: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.words.strip():
            raise LedgerError("the key is empty", "give one, or have one made: tawatur ledger init --encrypt")

    @property
    def told(self) -> bytes:
        """The key as SQLCipher takes it: words go through PBKDF2, digits do not."""
        if re.fullmatch("[0-9a-fA-F]{64}", self.words):
            return f"x'{self.words}'".encode()
        return unicodedata.normalize("NFC", self.words).encode("utf-8", "surrogateescape")


def form_of(file: Path) -> Form:
    """Whether a file is a plain database by its first bytes; ``sealed`` is all else that holds anything."""
    try:
        with file.open("rb") as stream:
            head = stream.read(len(_PLAIN))
    except FileNotFoundError:
        return "none"
    except OSError as error:
        raise LedgerError(f"{file} cannot be read ({error.strerror})", "check the path and its rights") from error
    return "none" if not head else "plain" if head == _PLAIN else "sealed"


def is_sealed(file: Path) -> bool:
    """Whether a file holds anything but a plain database."""
    return file.is_file() and form_of(file) == "sealed"


def key_told(query: Mapping[str, Any], file: Path) -> Key | None:
    """The key to a ledger file: of the key file in its address, else of the environment; None where none is told.

    Raises LedgerError for other options in the address, and for a key file that is no safe one.
    """
    if unknown := sorted(set(query) - {OPTION}):
        raise LedgerError(
            f"{unknown[0]!r} is no option of a ledger's address", f"give sqlite:///FILE or sqlite:///FILE?{OPTION}=KEY"
        )
    if OPTION in query:
        return read_key(Path(str(query[OPTION])).expanduser(), file)
    words = os.environ.get(VARIABLE)
    return Key(words) if words else None


def read_key(path: Path, ledger: Path) -> Key:
    """The key in a file of one line. Raises LedgerError where others may read it, or it lies beside the ledger."""
    _check_apart(path, ledger)
    try:
        with path.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            data = stream.read(_LONGEST + 1)
    except FileNotFoundError as error:
        raise LedgerError(f"{path}: no key is there", "have one made: tawatur ledger init --encrypt") from error
    except OSError as error:
        raise LedgerError(f"{path} cannot be read ({error.strerror})", "check the path and its rights") from error
    if os.name == "posix" and mode & _OTHERS:
        raise LedgerError(
            f"{path} is open to others (rights {stat.S_IMODE(mode):o})",
            "chmod 600 it, and take a new key (tawatur ledger rekey) if somebody may have read it",
        )
    try:
        words = data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise LedgerError(f"{path} is no key: not text in UTF-8", "give a file with the key on one line") from error
    if len(data) > _LONGEST or re.search(r"[\0\r\n]", words):
        raise LedgerError(f"{path} is no key: more than one line", "give a file with the key on one line")
    return Key(words)


def make_key(path: Path, ledger: Path) -> Key:
    """A new key of 256 random bits in a new file that only its owner reads. Raises LedgerError where one is."""
    _check_apart(path, ledger)
    words = secrets.token_hex(_DIGITS)
    try:
        held = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(held, "w", encoding="ascii", newline="\n") as stream:
            stream.write(words + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise LedgerError(f"{path}: no key can be made there ({error.strerror})", "name another place") from error
    return Key(words)


def check_fits(file: Path, key: Key | None) -> Form:
    """The form of a file. Raises LedgerError for a plain ledger with a key, and for another without one."""
    form = form_of(file)
    if form == "plain" and key is not None:
        raise LedgerError(
            f"{file} is not encrypted, but a key was given",
            f"encrypt it (tawatur ledger rekey), or leave out {OPTION} and {VARIABLE}; nothing was touched",
        )
    if form == "sealed" and key is None:
        raise LedgerError(
            f"{file} is not a database that opens without a key: encrypted, or damaged",
            f"{_WHERE}; nothing was touched",
        )
    return form


def _check_apart(path: Path, ledger: Path) -> None:
    if path.resolve().is_relative_to(ledger.resolve().parent):
        raise LedgerError(
            f"{path} lies in the folder of the ledger that it opens",
            "keep it elsewhere: who copies the folder would have both",
        )
