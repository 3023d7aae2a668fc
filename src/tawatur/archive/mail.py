"""A saved mail (EML) in, its reports out: what its sender wrote, and each forwarded mail with date and sender."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

from tawatur.archive.items import Doubtful, DoubtOf, Item, Parts, Refusal, Source, digest_of
from tawatur.archive.limits import MAX_MAIL
from tawatur.archive.mail_files import members_of
from tawatur.archive.mail_headers import date_of, header, outlet_of, raw, sender, told_date
from tawatur.archive.mail_parts import parsed, parts_of
from tawatur.archive.mail_quotes import Forwarded, Written, written
from tawatur.errors import FormatError, InputError
from tawatur.lang.fold import fold_word
from tawatur.lang.page import page_words

_DEEPEST = 12  # mails inside one another
_NOTE = 40  # characters of what somebody writes above a mail that they forward, below which it is no report
_emlx = re.compile(rb"\s*(\d{1,9})\s*\r?\n")
_archived = re.compile(r"<?(https?://[^>\s]+)>?")
_LOOK = "look at the mail"


def read(source: Source) -> Parts:
    """The reports of one mail. Raises FormatError for one without text, or that is encrypted."""
    data = source.all(MAX_MAIL)
    if not data.strip():
        raise FormatError("empty", "save the mail anew")
    if source.suffix == ".emlx" and (size := _emlx.match(data)):
        data = data[size.end() : size.end() + int(size[1])]
    yield from reports(data, source, source.name, "")


def reports(data: bytes, source: Source, name: str, place: str) -> Parts:
    """The reports of a mail's bytes, under a name and at a place of the source; refusals for parts that give none."""
    message = parsed(data)
    if not message.keys():
        raise FormatError("no headers of a mail", "save the mail as EML")
    reader = _Mail(source, digest_of(data))
    yield from reader.mail(message, name, place, 0)
    if not reader.found:
        raise FormatError("a mail without text", "look at the files in it")


class _Mail:
    """One mail of a source, and the mails inside of it."""

    def __init__(self, source: Source, digest: str) -> None:
        self.source, self.digest = source, digest
        self.found = False

    def mail(self, message: Message, name: str, place: str, depth: int) -> Parts:
        """What a mail gives: its own report, the forwarded ones, and those of the mails that it carries."""
        held = parts_of(message, self.source.hints.encoding)
        answers = bool(raw(message, "In-Reply-To")) and not _is_forward(header(message, "Subject"))
        told = written(held.text, answers=answers)
        head = _Head(message)
        doubts: list[DoubtOf] = [(reason, _LOOK) for reason in dict.fromkeys(held.told)]
        doubts += [*head.doubts, *_left_out(told)]
        note, members = told.text.strip(), list(members_of(held.files, self.source, place))
        carries = told.forwarded or held.mails or any(isinstance(member, Source) for member in members)
        if len(note) >= _NOTE or (note and not carries):
            yield self._item(told.text, head, name, place, held.encoding, doubts)
        elif carries:
            if note:
                doubts.append((f"what is written above what it carries is left out: {note!r}", _LOOK))
            yield from (Doubtful(place, *doubt) for doubt in doubts)
        for number, inner in enumerate(told.forwarded, 1):
            yield from self._forwarded(inner, f"{name}/{number}", place, held.encoding)
        for number, carried in enumerate(held.mails, len(told.forwarded) + 1):
            yield from self._carried(carried, f"{name}/{number}", place, depth)
        self.found = self.found or any(isinstance(member, Source) for member in members)
        yield from members

    def _carried(self, message: Message, name: str, place: str, depth: int) -> Parts:
        if depth >= _DEEPEST:
            yield Refusal(place, FormatError("mails are nested too deep", "save the inner mail by itself"))
            return
        try:
            yield from self.mail(message, name, place, depth + 1)
        except InputError as error:
            yield Refusal(place, error)

    def _forwarded(self, mail: Forwarded, name: str, place: str, encoding: str) -> Iterator[Item | Doubtful]:
        head = _Head.told(mail.headers)
        if mail.text.strip():
            yield self._item(mail.text, head, name, place, encoding, head.doubts)
        else:
            yield Doubtful(place, "a mail is forwarded without its text", _LOOK)

    def _item(self, text: str, head: _Head, name: str, place: str, encoding: str, doubts: list[DoubtOf]) -> Item:
        self.found = True
        return Item(
            text, place=place, name=name, outlet=head.outlet, published=head.published, title=head.title,
            author=head.author, url=head.url, encoding=encoding, digest=self.digest, doubts=tuple(doubts),
        )  # fmt: skip


class _Head:
    """What the headers of a mail say of its report."""

    def __init__(self, message: Message | None = None) -> None:
        self.title = self.author = self.url = ""
        self.outlet: str | None = None
        self.published: str | None = None
        self.doubts: list[DoubtOf] = []
        if message is not None:
            self.title = header(message, "Subject")
            self._from(raw(message, "From") or raw(message, "Sender"), header(message, "List-Id"))
            self._dated(message)
            found = _archived.match(header(message, "Archived-At"))
            self.url = found[1] if found else ""

    @classmethod
    def told(cls, headers: dict[str, str]) -> _Head:
        """The same from the lines above a forwarded mail."""
        head = cls()
        head.title = headers.get("subject", "")
        head._from(headers.get("from", "").replace("[mailto:", "<").replace("]", ">"), "")
        written_date = headers.get("date", "")
        head.published = told_date(written_date)
        if written_date and head.published is None:
            head.doubts.append((f"the date {written_date[:60]!r} of a forwarded mail is not understood", _LOOK))
        return head

    def _from(self, value: str, listed: str) -> None:
        name, address = sender(value)
        self.outlet = outlet_of(listed, name, address)
        self.author = name if name != self.outlet else ""

    def _dated(self, message: Message) -> None:
        value = header(message, "Date")
        self.published = date_of(value)
        if self.published is not None:
            return
        arrived = date_of(raw(message, "Received").rpartition(";")[2].strip())
        self.published = arrived
        reason = f"its date {value[:60]!r} is none" if value else "it has no date"
        self.doubts.append((f"{reason}; {'that of its arrival is taken' if arrived else 'taken as unknown'}", _LOOK))


def _is_forward(subject: str) -> bool:
    return fold_word(subject).partition(":")[0].strip() in page_words("mail-subject-forward")


def _left_out(told: Written) -> Iterator[DoubtOf]:
    if told.quoted:
        yield (f"{told.quoted} lines that it quotes of another mail are left out", "give that mail too")
