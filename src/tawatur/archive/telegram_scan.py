"""The bytes of a Telegram Desktop export in, its chats and messages out, one at a time.

Nothing but a message is ever held. Where a message ends is told by its indentation, as Telegram writes it, else by its
brackets; so a message that is no JSON (Telegram Desktop writes control characters as ``\\x0C``, and versions of 2022
left out quotation marks) is lost alone, and a file that is cut off gives every message before the cut.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import orjson

from tawatur.archive.json_weight import too_heavy
from tawatur.archive.limits import MAX_REPORT
from tawatur.errors import FormatError

#: Reads up to so many bytes of UTF-8; empty at the end.
ReadBytes = Callable[[int], bytes]

_CHUNK = 1 << 20
_DEEPEST = 6  # containers around a list of messages
_INSIDE = frozenset({"chats", "left_chats", "list"})  # what may hold chats
_TOLD = frozenset({"name", "type", "id"})
_token = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|(\\?\Z))|[{}\[\]:,]|[^\s{}\[\]:,"]++', re.DOTALL)
_bracket = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|(\\?\Z))|[{}\[\]]', re.DOTALL)
_control = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_unquoted = re.compile(rb'("document_id"\s*:\s*)(?!null\b|-?\d+\s*[,}])([^"\s{\[][^"\n]*?)(\s*[,}]?\s*\n)')


@dataclass(slots=True)
class Chat:
    """What an export says of a chat; ``told`` grows until the chat ends, as its name may stand after its messages."""

    told: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawMessage:
    """The bytes of one message, and its value; ``refusal`` says why there is none."""

    chat: Chat
    data: bytes
    value: object = None
    refusal: FormatError | None = None


class CutOffError(FormatError):
    """The file ends before its list of messages does."""


def as_utf8(read: ReadBytes, encoding: str) -> ReadBytes:
    """The same bytes as UTF-8, whatever Unicode encoding they are in."""
    if encoding == "utf-8":
        return read
    decoder = codecs.getincrementaldecoder(encoding)("replace")

    def wide(size: int) -> bytes:
        data = read(size)
        return decoder.decode(data, final=not data).removeprefix("\ufeff").encode("utf-8", "replace")

    return wide


def messages(read: ReadBytes, *, parse: bool = True, under: str = "messages") -> Iterator[RawMessage | Chat]:
    """Every message in file order, and each chat when it has ended; ``parse=False`` gives the chats alone.

    Messages are the objects of a list, or of the list ``under`` a key of an object. Raises CutOffError where the file
    ends too early, FormatError where it is no JSON object or list.
    """
    yield from _Scanner(read, parse, under).document()


@dataclass(slots=True)
class _Scanner:
    read: ReadBytes
    parse: bool
    under: str
    held: bytes = b""
    at: int = 0
    ended: bool = False

    def document(self) -> Iterator[RawMessage | Chat]:
        if not self.held and self._more() and self.held.startswith(codecs.BOM_UTF8):
            self.at = len(codecs.BOM_UTF8)
        first = self._next()
        if first == b"{":
            yield from self._object(0)
        elif first == b"[":
            chat = Chat()
            yield from self._messages(chat)
            yield chat
        else:
            raise FormatError("no JSON of an export", "export the chat anew")

    def _object(self, depth: int) -> Iterator[RawMessage | Chat]:
        """The fields of an object whose bracket has been read; a chat when it has messages."""
        chat, has_messages = Chat(), False
        while (key := self._next()) != b"}":
            if key == b",":
                continue
            name = _text(key)
            if name is None or self._next() != b":":
                raise FormatError("broken JSON between the messages", "export the chat anew")
            value = self._next()
            if name == self.under and value == b"[":
                has_messages = True
                yield from self._messages(chat)
            elif value in (b"{", b"["):
                yield from self._container(name, value, depth)
            elif name in _TOLD:
                chat.told[name] = _scalar(value)
        if has_messages:
            yield chat

    def _container(self, name: str, opened: bytes, depth: int) -> Iterator[RawMessage | Chat]:
        if name not in _INSIDE or depth >= _DEEPEST:
            self._skip()
        elif opened == b"{":
            yield from self._object(depth + 1)
        else:
            while (value := self._next()) != b"]":
                if value == b"{":
                    yield from self._object(depth + 1)
                elif value == b"[":
                    self._skip()

    def _messages(self, chat: Chat) -> Iterator[RawMessage]:
        while (value := self._next()) != b"]":
            if value == b"{" and self.parse:
                yield self._message(chat)
            elif value in (b"{", b"["):
                self._skip()
            elif value == b"}":
                raise FormatError("broken JSON between the messages", "export the chat anew")

    def _message(self, chat: Chat) -> RawMessage:
        """The message whose bracket has been read: to the bracket below it where lines are indented, else its own."""
        data = self._indented()
        value = _parsed(data) if data is not None else None
        if data is None or isinstance(value, FormatError):
            end = self._closed(MAX_REPORT if data is None else 2 * len(data) + _CHUNK)
            if end is None and data is None:
                return self._lost(chat)
            other = FormatError("") if end is None else _parsed(self.held[self.at - 1 : self.at + end])
            if end is not None and (data is None or not isinstance(other, FormatError)):
                data, value = self.held[self.at - 1 : self.at + end], other
        assert data is not None
        self.at += len(data) - 1
        if isinstance(value, FormatError):
            return RawMessage(chat, data, refusal=value)
        return RawMessage(chat, data, value)

    def _lost(self, chat: Chat) -> RawMessage:
        if self.ended:
            raise CutOffError("the file is cut off inside a message", "export the chat anew")
        self._skip()
        return RawMessage(chat, b"", refusal=FormatError(f"larger than {MAX_REPORT >> 20} MB", "remove the message"))

    def _indented(self) -> bytes | None:
        """The bytes to the first line that closes at the indentation of the opening bracket; nothing is consumed."""
        start = self.at - 1
        newline = self.held.rfind(b"\n", max(0, start - _LONGEST_INDENT), start)
        indent = self.held[newline + 1 : start]
        if newline < 0 or indent.strip() or not self._has(2) or self.held[self.at : self.at + 1] not in (b"\n", b"\r"):
            return None
        closing, searched = b"\n" + indent + b"}", self.at
        while (end := self.held.find(closing, searched)) < 0:
            size = len(self.held) - self.at
            if size > MAX_REPORT or not self._more():
                return None
            searched = self.at + max(0, size - len(closing))
        return self.held[self.at - 1 : end + len(closing)]

    def _closed(self, most: int) -> int | None:
        """How far it is to the bracket that closes the one just read; None when that is more than ``most`` bytes."""
        searched, depth = self._brackets(self.at, 1)
        while depth:
            done = searched - self.at
            if len(self.held) - self.at > most or not self._more():
                return None
            searched, depth = self._brackets(self.at + done, depth)
        return searched - self.at

    def _skip(self) -> None:
        """Consume all to the bracket that closes the one just read. Raises CutOffError when there is none."""
        self.at, depth = self._brackets(self.at, 1)
        while depth:
            self._read_on("the file is cut off")
            self.at, depth = self._brackets(self.at, depth)

    def _brackets(self, start: int, depth: int) -> tuple[int, int]:
        """How far brackets can be counted in what is held, and how many are open there; it ends where none is."""
        for found in _bracket.finditer(self.held, start):
            if found[1] is not None:
                return found.start(), depth
            start = found.end()
            depth += _STEP.get(found[0], 0)
            if not depth:
                break
        return start, depth

    def _next(self) -> bytes:
        """The next token, consumed."""
        while True:
            found = _token.search(self.held, self.at)
            whole = found is not None and found[1] is None and (found.end() < len(self.held) or self.ended)
            if found is not None and whole:
                self.at = found.end()
                return found[0]
            if not self._more() and (found is None or found[1] is not None):
                raise CutOffError("the file is cut off", "export the chat anew")
            self._check_held()

    def _has(self, size: int) -> bool:
        return len(self.held) - self.at >= size or (self._more() and len(self.held) - self.at >= size)

    def _read_on(self, reason: str) -> None:
        if not self._more():
            raise CutOffError(reason, "export the chat anew")
        self._check_held()

    def _check_held(self) -> None:
        if len(self.held) - self.at > 2 * MAX_REPORT:
            raise CutOffError(f"a string larger than {MAX_REPORT >> 20} MB", "export the chat anew")

    def _more(self) -> bool:
        """Read on, keeping the line at hand; False at the end of the file."""
        data = self.read(_CHUNK)
        if not data:
            self.ended = True
            return False
        least = max(0, self.at - _LONGEST_INDENT)
        keep = max(least, self.held.rfind(b"\n", least, self.at))
        self.held, self.at = self.held[keep:] + data, self.at - keep
        return True


_STEP = {b"{": 1, b"[": 1, b"}": -1, b"]": -1}
_LONGEST_INDENT = 256


def _parsed(data: bytes) -> object:
    """The value of a message; a FormatError (not raised) when it is no JSON, even with what Telegram breaks mended."""
    if (refusal := too_heavy(data)) is not None:
        return refusal
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        mended = _unquoted.sub(_quoted, _control.sub(_escaped, data))
    try:
        return orjson.loads(mended)
    except orjson.JSONDecodeError as error:
        return FormatError(f"broken JSON ({error.msg})", "export the chat anew, or mend the message")


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[1] + (b"" if found[2] == b"00" else rb"\u00" + found[2])


def _quoted(found: re.Match[bytes]) -> bytes:
    return found[1] + b'"' + found[2] + b'"' + found[3]


def _text(token: bytes) -> str | None:
    value = _scalar(token) if token[:1] == b'"' else None
    return value if isinstance(value, str) else None


def _scalar(token: bytes) -> object:
    value = _parsed(token)
    return None if isinstance(value, FormatError) else value
