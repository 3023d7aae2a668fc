"""What formats take and give: a source of bytes in; items, refusals and doubts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BufferedReader
from pathlib import Path

from tawatur.errors import FormatError, TawaturError
from tawatur.model import Span

STANDARD_INPUT = "-"
#: A doubt about an item that is read all the same: the reason, and what to do.
DoubtOf = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hints:
    """What the user said of the input; each stands only where the input itself is silent, but for the encoding."""

    published: str | None = None  # ISO 8601
    outlet: str | None = None
    encoding: str | None = None  # overrides every guess
    columns: tuple[tuple[str, str], ...] = ()  # (field, column of the table), overrides the guess


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes to read: a file or standard input, with the stream at its start.

    ``path`` is the file as the user named it; ``name`` is its own name, whose suffix tells the format. Only files are
    sure to be seekable.
    """

    path: str
    name: str
    stream: BufferedReader
    hints: Hints = field(default_factory=Hints)
    named: bool = True  # the user named this very file

    @property
    def suffix(self) -> str:
        """The last suffix of the name in lower case, with its dot; empty when there is none."""
        return Path(self.name).suffix.lower()

    def head(self, size: int = 4096) -> bytes:
        """Up to ``size`` first bytes; the stream stays where it is."""
        return self.stream.peek(size)[:size]

    def all(self, limit: int) -> bytes:
        """All bytes. Raises FormatError when there are more than ``limit``; no more than that is read."""
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise FormatError(f"larger than {limit >> 20} MB", "split it, or leave it out")
        return data


@dataclass(frozen=True, slots=True)
class Item:
    """One report as its format tells it. What is empty or None is not known; nothing is guessed here.

    ``published`` may be anything that the input says: what is no ISO 8601 date is told as a doubt and left out.
    ``checks`` are stretches of ``text`` whose figures must be checked against the page they were read from.
    ``pages`` is where in ``text`` each page of the input begins.
    ``fields`` are the cells of a row that somebody logged by hand, in order, under keys that ``observations`` tells.
    """

    text: str
    place: str = ""
    name: str = ""
    declared: str | None = None  # an id that the input gives
    outlet: str | None = None
    published: str | None = None
    title: str = ""
    author: str = ""
    url: str = ""
    form: str = ""  # html, pdf, feed, …
    encoding: str = "utf-8"
    digest: str = ""  # SHA-256 of the bytes it came from
    doubts: tuple[DoubtOf, ...] = ()
    checks: tuple[Span, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item of a larger input that cannot be read; the rest goes on."""

    place: str
    error: TawaturError


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt about a part of an input that is no item of its own: a column of dates, a sheet that was not read."""

    place: str
    reason: str
    advice: str


#: What a format makes of a source.
Parts = Iterator[Item | Refusal | Doubtful]
ReadFormat = Callable[[Source], Parts]


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return sha256(data).hexdigest()
