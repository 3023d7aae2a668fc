"""One message of a Telegram export in, a report out: its words exactly, when, where and by whom it was posted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from tawatur.archive.encodings import DAMAGE_ADVICE
from tawatur.archive.garbled import damage
from tawatur.archive.items import DoubtOf, Item, digest_of
from tawatur.archive.telegram_scan import Chat, RawMessage
from tawatur.errors import FormatError

_LINKED = ("channel", "supergroup")  # chats whose messages have an address
_LEAST_YEAR = 1980  # exports of old versions date what was never edited to 1970
_QUARTER = timedelta(minutes=15)  # zones differ from UTC by whole quarters of an hour
_WIDEST = timedelta(hours=14)
_LONGEST_NAME = 300
_DEEPEST = 12  # blocks of a message inside one another


def about_chat(chat: Chat) -> str:
    """The name of a chat, for an issue's place."""
    name = chat.told.get("name")
    return f"chat {' '.join(name.split())[:80]}" if isinstance(name, str) else "chat"


def place_of(value: object) -> str:
    """Where a message stands: by its number in the chat; empty when it has none."""
    number = value.get("id") if isinstance(value, dict) else None
    return f"message {''.join(str(number).split())}" if isinstance(number, int | str) else ""


def item_of(raw: RawMessage) -> Item | None:
    """The report; None for a message of the service, of an unsupported kind, or without words. Raises FormatError."""
    told, value = raw.chat.told, raw.value
    if not isinstance(value, dict):
        raise FormatError("a message that is no object", "export the chat anew")
    if value.get("type", "message") != "message":
        return None
    text = _words(value)
    if not text.strip():
        return None
    chat, number = _name(told.get("name")), value.get("id")
    place, home = place_of(value), chat or told.get("id") or "telegram"
    published = instant(value.get("date"), value.get("date_unixtime"))
    return Item(
        text,
        place=place,
        name=f"{home}/{number}" if place else "",
        outlet=chat or (None if told else _name(value.get("from"))),
        published=published,
        author=_author(value, chat),
        url=_address(told, number),
        form="telegram",
        digest=digest_of(raw.data),
        doubts=tuple(_doubts(value, text, published)),
        relayed_from=_relayed_from(value, chat),
        reply_to=_reply_to(value, home),
    )


def joined(pieces: object) -> str:
    """The words of ``text`` or ``text_entities``: strings and objects with ``text``, joined as they are."""
    if isinstance(pieces, str):
        return pieces
    if pieces is None:
        return ""
    if not isinstance(pieces, list):
        raise FormatError("the text of a message is no text", "export the chat anew")
    return "".join(_piece(piece) for piece in pieces)


def instant(local: object, unix: object) -> str | None:
    """When a message was posted, ISO 8601: local time with its distance from UTC where both are told.

    ``local`` is a time of the computer that exported, without a zone; ``unix`` are seconds since 1970, as a string or
    a number. The distance is what lies between the two; it is given only where it can be one.
    """
    exact, shown = _exact(unix), _local(local)
    if exact is None or exact.year < _LEAST_YEAR:
        return shown.isoformat() if shown is not None else str(local) if local else None
    if shown is None or shown.tzinfo is not None:
        return (shown or exact).isoformat()
    away = shown.replace(tzinfo=UTC) - exact
    if abs(away) > _WIDEST or away % _QUARTER:
        return exact.isoformat()
    return exact.astimezone(timezone(away)).isoformat()


def _words(value: dict[str, object]) -> str:
    """The text, and below it what a poll asks and a place is called."""
    text = joined(value.get("text")) or joined(value.get("text_entities"))
    text = text or "\n".join(line for line in _blocks(value.get("rich_message")) if line.strip())
    more = [line for line in (*_poll(value.get("poll")), *_venue(value)) if line.strip()]
    return "\n".join([text, *more] if text else more)


def _blocks(value: object, depth: int = 0) -> Iterator[str]:
    """The lines of a message made of blocks (2026): paragraphs, headings, items; the cells of a row on one line."""
    if depth > _DEEPEST:
        raise FormatError("a message whose blocks are nested too deep", "export the chat anew")
    if isinstance(value, dict):
        if "text" in value:
            yield _flat(value["text"], depth)
        inner = (held for name, held in value.items() if name != "text")
        yield from (line for held in inner if isinstance(held, list | dict) for line in _blocks(held, depth + 1))
    elif isinstance(value, list):
        for held in value:
            cells = list(_blocks(held, depth + 1))
            yield from [" | ".join(cells)] if isinstance(held, list) else cells


def _flat(text: object, depth: int) -> str:
    """The words of a text inside of blocks, where a piece may hold pieces."""
    if isinstance(text, dict) and depth <= _DEEPEST:
        return _flat(text.get("text"), depth + 1)
    return (
        "".join(_flat(piece, depth + 1) for piece in text)
        if isinstance(text, list)
        else text
        if isinstance(text, str)
        else ""
    )


def _poll(poll: object) -> list[str]:
    if not isinstance(poll, dict):
        return []
    answers = poll.get("answers")
    given = [one for one in answers if isinstance(one, dict)] if isinstance(answers, list) else []
    return [joined(poll.get("question")), *(f"- {joined(one.get('text'))}" for one in given)]


def _venue(value: dict[str, object]) -> list[str]:
    return [words for key in ("place_name", "address") if isinstance(words := value.get(key), str)]


def _piece(piece: object) -> str:
    if isinstance(piece, str):
        return piece
    text = piece.get("text") if isinstance(piece, dict) else None
    if not isinstance(text, str):
        raise FormatError("a piece of the text is no text", "export the chat anew")
    return text


def _exact(unix: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(str(unix)), UTC) if unix is not None else None
    except (ValueError, OverflowError, OSError):
        return None


def _local(local: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(local) if isinstance(local, str) else None
    except ValueError:
        return None
    return found


def _author(value: dict[str, object], chat: str | None) -> str:
    """Whose words they are: of a forwarded message where it comes from, else who signed it or sent it to a group."""
    for key in ("forwarded_from", "author", "from"):
        name = _name(value.get(key))
        if name and name != chat:
            return name
    return ""


def _relayed_from(value: dict[str, object], chat: str | None) -> str:
    """The channel or person that a message was forwarded from."""
    name = _name(value.get("forwarded_from"))
    return name if name and name != chat else ""


def _reply_to(value: dict[str, object], home: object) -> str:
    """The name of the message that one answers, which may stand in another chat."""
    number = value.get("reply_to_message_id")
    return f"{value.get('reply_to_peer_id') or home}/{number}" if isinstance(number, int) else ""


def _address(told: dict[str, object], number: object) -> str:
    """The address at which members of a channel or supergroup see the message."""
    kind, chat = str(told.get("type", "")), told.get("id")
    if not kind.endswith(_LINKED) or not isinstance(chat, int) or not isinstance(number, int):
        return ""
    return f"https://t.me/c/{str(chat).removeprefix('-100').lstrip('-')}/{number}"


def _name(value: object) -> str | None:
    return " ".join(value.split())[:_LONGEST_NAME] or None if isinstance(value, str) else None


def _doubts(value: dict[str, object], text: str, published: str | None) -> list[DoubtOf]:
    found: list[DoubtOf] = []
    edited = instant(value.get("edited"), value.get("edited_unixtime"))
    if edited and edited > f"{_LEAST_YEAR}" and edited != published:
        found.append((f"edited on {edited[:19]}, after it was posted", "words in it may be later than its date"))
    if reason := damage(text):
        found.append((reason, DAMAGE_ADVICE))
    return found
