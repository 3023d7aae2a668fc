"""The header of a record, or of an HTTP answer, in; its fields by name out."""

from __future__ import annotations

from typing import IO

from tawatur.errors import FormatError

LONGEST_LINE = 1 << 16
_MOST_LINES = 400
_ADVICE = "the other records are read; get the archive again if this one matters"


class BadRecordError(FormatError):
    """A record that breaks the form; others may be sound."""


def bad_record(reason: str) -> BadRecordError:
    """An error for a record that is broken for a reason."""
    return BadRecordError(f"a broken record: {reason}", _ADVICE)


def header_fields(stream: IO[bytes]) -> dict[str, str]:
    """Fields up to an empty line, by lower-case name; of a name that comes twice the first. Raises FormatError."""
    found: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_LINES):
        line = stream.readline(LONGEST_LINE)
        if not line.strip(b"\r\n"):
            return found
        if len(line) == LONGEST_LINE:
            raise bad_record("a line of its header is too long")
        text = _text(line)
        if text[0] in " \t" and name:
            found[name] += f" {text.strip()}"
        else:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            found.setdefault(name, value.strip())
    raise bad_record("its header is too long")


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
