"""A file in, the same behind a password out, and back: for backups and exports that leave the machine.

The form: 8 bytes of name, 16 of salt, 7 of nonce; then chunks, each sealed by AES-256-GCM under a key that scrypt makes
of the password, with its number and whether it is the last in the nonce, so that none can be cut off, left out or
moved. The algorithms are those of the ``cryptography`` package.
"""

from __future__ import annotations

import os
import struct
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tawatur.errors import LedgerError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NAME = b"tawatur1"
SUFFIX = ".encrypted"
_CHUNK = 2**20
_SEAL = 16  # bytes that GCM adds
_COST = 2**16  # scrypt's n: 64 MB and some tenths of a second a try
_HEAD = struct.Struct("8s16s7s")
_WRONG = LedgerError("the password is wrong, or the file is damaged", "nothing was touched")


def encrypt(source: Path, target: Path, password: str) -> None:
    """A file, or a folder as a tar archive, into a new file behind a password; whole on disk, or not there."""
    if not password:
        raise LedgerError("the password is empty", "give one")
    draft = target.with_name(target.name + ".draft")
    salt, nonce = os.urandom(16), os.urandom(7)
    packed = target.with_name(target.name + ".tar")
    try:
        if source.is_dir():
            with tarfile.open(packed, "w") as archive:
                archive.add(source, arcname=".")
        with (packed if source.is_dir() else source).open("rb") as plain, draft.open("wb") as out:
            out.write(_HEAD.pack(NAME, salt, nonce))
            cipher = _cipher(password, salt)
            for number, last, chunk in _chunks(plain, _CHUNK):
                out.write(cipher.encrypt(_nonce(nonce, number, last), chunk, None))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
        packed.unlink(missing_ok=True)


def decrypt(source: Path, target: Path, password: str) -> None:
    """What was encrypted, as it was, at a place where nothing is. Raises LedgerError for a wrong password."""
    draft = target.with_name(target.name + ".draft")
    try:
        with source.open("rb") as sealed, draft.open("wb") as out:
            name, salt, nonce = _head(sealed)
            if name != NAME:
                raise LedgerError(f"{source} is not encrypted by tawatur", "give a file that tawatur encrypted")
            for plain in _opened(sealed, _cipher(password, salt), nonce):
                out.write(plain)
        if tarfile.is_tarfile(draft):
            with tarfile.open(draft) as archive:
                archive.extractall(target, filter="data")
        else:
            draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def is_encrypted(path: Path) -> bool:
    """Whether a file begins as an encrypted one does."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(NAME)) == NAME


def _head(sealed: BinaryIO) -> tuple[bytes, bytes, bytes]:
    head = sealed.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise _WRONG
    name, salt, nonce = _HEAD.unpack(head)
    return name, salt, nonce


def _opened(sealed: BinaryIO, cipher: AESGCM, nonce: bytes) -> Iterator[bytes]:
    from cryptography.exceptions import InvalidTag

    for number, last, chunk in _chunks(sealed, _CHUNK + _SEAL):
        try:
            yield cipher.decrypt(_nonce(nonce, number, last), chunk, None)
        except InvalidTag:
            raise _WRONG from None


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[int, bool, bytes]]:
    """Chunks with their number, and whether they are the last; one, empty, of an empty file."""
    number, chunk = 0, file.read(size)
    while True:
        following = file.read(size)
        yield number, not following, chunk
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(nonce: bytes, number: int, last: bool) -> bytes:
    return nonce + struct.pack(">I?", number, last)


def _cipher(password: str, salt: bytes) -> AESGCM:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
    except ModuleNotFoundError as error:
        raise LedgerError("encryption needs cryptography", "pip install 'tawatur[encrypt]'") from error
    return AESGCM(Scrypt(salt=salt, length=32, n=_COST, r=8, p=1).derive(password.encode()))
