"""What formats take and give: a source of bytes in; items, refusals and further sources (members of archives) out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import cast

from tawatur.archive.limits import MAX_DEEP, MAX_UNPACKING
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
    """Bytes to read: a file, standard input, or a member of an archive, with the stream at its start.

    ``path`` is the file as the user named it and ``place`` where in that file the source is (empty for the whole);
    ``name`` is the file's or the member's own name, whose suffix tells the format. ``depth`` counts the containers
    that it lies in. Only files are sure to be seekable.
    """

    path: str
    name: str
    stream: BufferedReader
    hints: Hints = field(default_factory=Hints)
    place: str = ""
    depth: int = 0
    named: bool = True  # the user named this very file
    charset: str = ""  # the encoding that the server or the container named for these bytes
    url: str = ""  # the address they came from
    fetched: str = ""  # when they were fetched (ISO 8601): never a date of publication
    budget: Budget | None = None  # what the members of the outermost container may still unpack to

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

    def member(self, name: str, data: bytes | BufferedReader, *, place: str | None = None) -> Source:
        """A source inside this one; ``place`` is its name there unless told otherwise."""
        stream = cast("BufferedReader", BufferedReader(BytesIO(data))) if isinstance(data, bytes) else data
        inner = name if place is None else place
        where = f"{self.place}/{inner}" if self.place else inner
        return replace(self, name=name, stream=stream, place=where, depth=self.depth + 1)


@dataclass(slots=True)
class Budget:
    """Bytes, members, seconds and archives too deep that the containers of one file may still come to."""

    size: int
    members: int
    seconds: float = MAX_UNPACKING
    deep: int = MAX_DEEP

    def spend(self, size: int = 0, seconds: float = 0.0) -> None:
        """Take off what was unpacked. Raises FormatError when that was too much."""
        self.size -= size
        self.seconds -= seconds
        self.check()

    def member(self) -> None:
        """Take off a member. Raises FormatError when there are too many, or when anything else is spent."""
        self.members -= 1
        self.check()

    def too_deep(self) -> None:
        """Take off an archive that lies too deep. Raises FormatError when there are too many."""
        self.deep -= 1
        self.check()

    def check(self) -> None:
        """Raise FormatError when anything is spent: what is left of the file is not read then."""
        spent = (self.size < 0, "unpacks to too many bytes"), (self.members < 0, "holds too many members")
        more = (self.seconds < 0, "takes too long to unpack"), (self.deep < 0, "holds too many archives in archives")
        for over, reason in (*spent, *more):
            if over:
                raise FormatError(f"{reason}; the rest of it is not read", "unpack it yourself, and give what it holds")


@dataclass(frozen=True, slots=True)
class Item:
    """One report as its format tells it. What is empty or None is not known; nothing is guessed here.

    ``published`` may be anything that the input says: what is no ISO 8601 date is told as a doubt and left out.
    ``checks`` are stretches of ``text`` whose figures must be checked against the page they were read from.
    ``pages`` is where in ``text`` each page of the input begins. ``relayed_from`` is whose words it passes on,
    ``reply_to`` the name of the item that it answers.
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
    relayed_from: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One item of a larger input that cannot be read; the rest goes on."""

    place: str
    error: TawaturError


@dataclass(frozen=True, slots=True)
class Skip:
    """A part of an input that is no report and says so (a script in an archive, a picture): counted, never told."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt about a part of an input that is no item of its own: a column of dates, a sheet that was not read."""

    place: str
    reason: str
    advice: str


#: What a format makes of a source: items, refusals, what is passed by or in doubt, and sources inside it that are read
#: in turn.
Parts = Iterator[Item | Refusal | Skip | Doubtful | Source]
ReadFormat = Callable[[Source], Parts]


def digest_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal digits."""
    return sha256(data).hexdigest()
