"""The files in a mail in, the reports in them out, each read by the format that its name or first bytes tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from io import BufferedReader, BytesIO

from tawatur.archive.formats import Format, format_of, reader_of
from tawatur.archive.items import Doubtful, Item, Parts, Refusal, Source
from tawatur.archive.mail_parts import parsed
from tawatur.errors import NoReportsError, TawaturError

#: What is read of a mail's files. What holds files itself is not: a mail may hold an archive that holds the mail.
_READ = frozenset(
    ["pdf", "docx", "office", "html", "telegram", "submissions", "json", "csv", "xlsx", "parquet", "markdown", "text"]
)
_MAILS = (".eml", ".emlx")


def mails_in(files: list[tuple[str, Message]]) -> tuple[list[Message], list[tuple[str, Message]]]:
    """Mails that were attached as files, and the other files. Raises FormatError for one whose parts nest too deep."""
    mails = [parsed(_bytes(part)) for name, part in files if name.lower().endswith(_MAILS)]
    return mails, [(name, part) for name, part in files if not name.lower().endswith(_MAILS)]


def reports_in(name: str, part: Message, source: Source, under: str, place: str) -> Parts:
    """The reports in a file, named under their mail; one doubt or refusal where there are none.

    A picture that stands in the text of the mail is passed by.
    """
    member = Source(f"{source.path}/{name}", name, BufferedReader(BytesIO(_bytes(part))), source.hints)
    form = format_of(member)
    where = f"{place}, file {name}" if place else f"file {name}"
    if form is None or form.name not in _READ:
        if part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
            yield Doubtful(where, "a file in the mail that is not read", "save it, and give it beside the mail")
        return
    try:
        yield from _placed(form, member, f"{under}/{name}", where)
    except NoReportsError as error:
        yield Doubtful(where, error.message, error.advice)
    except TawaturError as error:
        yield Refusal(where, error)


def _placed(form: Format, member: Source, name: str, where: str) -> Iterator[Item | Refusal | Doubtful]:
    for part in reader_of(form)(member):
        place = ", ".join(filter(None, (where, part.place)))
        if isinstance(part, Item):
            inner = name if part.name in ("", member.name) else f"{name}/{part.name}"
            yield replace(part, place=place, name=inner, form=part.form or form.name, declared=None)
        elif isinstance(part, Refusal | Doubtful):
            yield replace(part, place=place)


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
