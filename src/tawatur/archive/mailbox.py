"""A mailbox (MBOX in all its dialects) in, the reports of its mails out, one mail held at a time.

A mail begins at a line ``From SENDER DATE`` after a blank one, when a header follows: so a line of text that begins
with «From» is no new mail, whether or not the program escaped it. ``>From`` is what programs made of such a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader

from tawatur.archive.items import Parts, Refusal, Source
from tawatur.archive.limits import MAX_MAIL
from tawatur.archive.mail import reports
from tawatur.errors import FormatError, InputError

_LINE = 1 << 20
_from = re.compile(rb"From (?:\S.*)?\d\d?:\d\d(?::\d\d)?\b.*\d{4}|From \S*.*\d{4}.*\d\d:\d\d")
_header = re.compile(rb"[!-9;-~]{1,80}:")
_escaped = re.compile(rb"^>(>*From )", re.MULTILINE)


def read(source: Source) -> Parts:
    """The reports of every mail; one that cannot be read is refused alone. Raises FormatError when it is no mailbox."""
    count = 0
    for data in mails(source.stream):
        count += 1
        place = f"mail {count}"
        if data is None:
            yield Refusal(place, FormatError(f"larger than {MAX_MAIL >> 20} MB", "save the files in it by themselves"))
            continue
        try:
            yield from reports(_escaped.sub(rb"\1", data), source, f"{source.name}/{count}", place)
        except InputError as error:
            yield Refusal(place, error)
    if not count:
        raise FormatError("no mails in it", "save the mailbox as MBOX, or its mails as EML")


def mails(stream: BufferedReader) -> Iterator[bytes | None]:
    """The bytes of each mail without its ``From`` line; None for one larger than a mail may be."""
    held: list[bytes] = []
    size, blank, begun = 0, True, False
    lines = iter(lambda: stream.readline(_LINE), b"")
    line = next(lines, b"")
    while line:
        after = next(lines, b"")
        if blank and line.startswith(b"From ") and _from.match(line) and (_header.match(after) or not after):
            if begun:
                yield b"".join(held) if size <= MAX_MAIL else None
            held, size, begun = [], 0, True
        elif begun or _header.match(line) or held:
            size += len(line)
            begun = True
            if size <= MAX_MAIL:
                held.append(line)
        blank = not line.strip()
        line = after
    if begun and size:
        yield b"".join(held) if size <= MAX_MAIL else None
