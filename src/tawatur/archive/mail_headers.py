"""The headers of a mail in, its words out: title, sender, outlet and date, whatever encoding they came in.

Encoded words are those of RFC 2047; where programs break its rules (raw 8-bit headers, a letter cut between two encoded
words, charsets that are told wrongly) they are read all the same.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import groupby
from quopri import decodestring

from tawatur.archive.encodings import decode, decode_as_said
from tawatur.archive.html_dates import iso_of, written_date
from tawatur.errors import EncodingError
from tawatur.lang.tables import halves, plain

LONGEST = 1000  # characters of a header that are read
_encoded = re.compile(r"=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?\s]*)\?=")
_between = re.compile(r"(?<=\?=)\s+(?==\?)")
_folded = re.compile(r"\r?\n[ \t]*")
_list = re.compile(r"^\s*\"?([^<\"]*?)\"?\s*<([^>]*)>")
_made = re.compile(r"[0-9a-f]{12,}|\d{5,}", re.IGNORECASE)  # names that machines give to lists
_clock = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d)\s*([^\W\d_]{1,6})?")
_slash = re.compile(r"(?<=\d)/(?=[^\W\d])|(?<=[^\W\d])/(?=\d)")
_zone = re.compile(r"\s*(?:GMT|UTC)?([+-]\d{1,2}):?(\d{2})?\s*$")
#: Domains where anybody has an address: the domain says nothing of the sender.
_ANYBODYS = re.compile(r"(?:^|\.)(?:gmail|googlemail|yahoo|hotmail|outlook|live|msn|aol|icloud|me|gmx|proton\w*)\.")

#: Addresses of offices, not of persons.
_ROLE = re.compile(r"news|info|press|media|alert|reply|edit|desk|office|contact|update|report|bulletin|mail|admin|list")


def header(message: Message, name: str) -> str:
    """The words of a header on one line, decoded; empty when there is none."""
    return words_of(raw(message, name))


def raw(message: Message, name: str) -> str:
    """A header as it stands, bytes beyond ASCII as surrogates; the first where there are several."""
    wanted = name.lower()
    return next((str(value)[:LONGEST] for key, value in message.raw_items() if key.lower() == wanted), "")


def words_of(value: str) -> str:
    """A header's value as words on one line."""
    text = _between.sub("", _folded.sub(" ", value))
    out, last = [], 0
    for charset, words in _runs(text):
        out.append(_plain(text[last : words[0].start()]))
        out.append(_read(b"".join(map(_bytes, words)), charset))
        last = words[-1].end()
    return " ".join("".join([*out, _plain(text[last:])]).replace("\0", "").split())


def _runs(text: str) -> Iterator[tuple[str, list[re.Match[str]]]]:
    """Encoded words; those of one charset that follow each other come together, as a letter may be cut in two."""
    number, last = 0, -1
    numbered: list[tuple[int, re.Match[str]]] = []
    for found in _encoded.finditer(text):
        number += found.start() != last or found[1].lower() != numbered[-1][1][1].lower()
        last = found.end()
        numbered.append((number, found))
    for _, run in groupby(numbered, key=lambda pair: pair[0]):
        words = [found for _, found in run]
        yield words[0][1], words


def _bytes(word: re.Match[str]) -> bytes:
    data = word[3].encode("utf-8", "surrogateescape")
    if word[2] in "Qq":
        return decodestring(data, header=True)
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except Base64Error:
        return data


def _plain(text: str) -> str:
    """Words outside of encoded words; 8-bit bytes in them are read as what they are found to be."""
    return text if text.isascii() else _read(text.encode("utf-8", "surrogateescape"), "")


def _read(data: bytes, charset: str) -> str:
    try:
        found = decode_as_said(data, charset) if charset else None
        return (found or decode(data)).text
    except EncodingError:
        return data.decode("utf-8", "replace")


def sender(value: str) -> tuple[str, str]:
    """Name and address in a From header, each empty where it is not told."""
    name, address = parseaddr(_folded.sub(" ", value))
    if not address and not name:
        return words_of(value), ""
    name = words_of(name).strip("\"' ")
    return ("" if name.lower() == address.lower() else name), words_of(address)


def outlet_of(listed: str, name: str, address: str) -> str | None:
    """Who publishes: the mailing list by its name, else who sends; a person's organisation where the address tells."""
    found = _list.match(listed)
    title = found[1].strip() if found else ""
    if title and " " in title and not _made.search(title):
        return title
    local, _, domain = address.lower().partition("@")
    if not name:
        return domain or None
    named = any(len(part) > 2 and part in local for part in name.lower().split())
    personal = named and not _ROLE.search(local) and not _ANYBODYS.search(domain)
    return domain if personal and domain else name


def date_of(value: str) -> str | None:
    """A Date header as ISO 8601; None when it is none. A distance of -0000 tells UTC and no more (RFC 5322)."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_of(value) if value else None
    if moment.year < 1971:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def told_date(words: str) -> str | None:
    """A date as programs write it above a mail that they forward («Tue, Dec 13, 2016 at 10:30 PM») as ISO 8601.

    The time is that of the reader's zone, and comes without one, unless it is told.
    """
    plain = " ".join(words.replace("\u200f", "").replace("\u202f", " ").split())
    if "," in plain[:5] and (exact := date_of(plain)) and re.search(r"[+-]\d{4}\b", plain):
        return exact
    clock = _clock.search(plain)
    before = plain[: clock.start()] if clock else plain
    day = _day(before) or _day(plain)
    if day is None or clock is None or not _time_of(clock):
        return day
    zone = _zone.search(plain[clock.end() :]) or _zone.match(plain[clock.end() :])
    away = f"{int(zone[1]):+03d}:{zone[2] or '00'}" if zone and abs(int(zone[1])) <= 14 else ""
    return f"{day}T{_time_of(clock)}{away}"


def _day(words: str) -> str | None:
    plain = _slash.sub(" ", words.strip(" ,،"))
    for at in (0, *(found.end() for found in re.finditer(r"[,،]?\s", plain))):
        rest = re.sub(r"\s+[^\W\d_]+$", "", plain[at:]).strip(" ,،")
        for tried in (plain[at:], rest):
            found = iso_of(tried) or written_date(tried)
            if found:
                return found[:10]
    return None


def _time_of(clock: re.Match[str]) -> str:
    hour, half = int(clock[1]), halves().get(plain(clock[4] or ""))
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    seconds = int(clock[3] or 0)
    good = hour < 24 and int(clock[2]) < 60 and seconds < 60
    return datetime(2000, 1, 1, hour, int(clock[2]), seconds).time().isoformat() if good else ""
