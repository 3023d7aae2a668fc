"""Inputs of any size, written piece by piece, so that making one takes no memory: megabytes in, a file out."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from intake import TEXT
from pdf_making import column, pdf, seen

MEGABYTE = 1 << 20
#: Writes a file of so many megabytes.
Make = Callable[[Path, int], None]
PAGE = "<html><head><title>خبر {0}</title></head><body><article><p>{1}</p></article></body></html>"
_LONG = " ".join([TEXT] * 20)


def _text(number: int) -> str:
    return f"{_LONG} {number}"


def _line(number: int) -> bytes:
    return json.dumps({"id": f"r{number}", "text": _text(number)}, ensure_ascii=False).encode() + b"\n"


def _mail(number: int) -> bytes:
    head = f"From: a{number}@example.org\nSubject: news {number}\nDate: Sat, 17 Dec 2016 10:00:00 +0200\n"
    more = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    return (head + more).encode() + base64.encodebytes(_text(number).encode()) + b"\n"


def _page(number: int) -> bytes:
    return PAGE.format(number, _text(number)).encode()


def _until(megabytes: int, make: Callable[[int], bytes]) -> Iterator[bytes]:
    """Pieces until they come to so many megabytes."""
    size = number = 0
    while size < megabytes * MEGABYTE:
        piece = make(number)
        size, number = size + len(piece), number + 1
        yield piece


def _plain(make: Callable[[int], bytes], before: bytes = b"", between: bytes = b"", after: bytes = b"") -> Make:
    def write(path: Path, megabytes: int) -> None:
        with path.open("wb") as out:
            out.write(before)
            for number, piece in enumerate(_until(megabytes, make)):
                out.write((between if number else b"") + piece)
            out.write(after)

    return write


def _one_line(path: Path, megabytes: int) -> None:
    """JSON lines of which one is as large as the file."""
    with path.open("wb") as out:
        out.write(_line(1) + b'{"text":"')
        out.writelines(b"x" * MEGABYTE for _ in range(megabytes))
        out.write(b'"}\n' + _line(2))


def _one_mail(path: Path, megabytes: int) -> None:
    """A mailbox of which one mail is as large as the file."""
    with path.open("wb") as out:
        out.write(_in_box(1) + b"From a@example.org Sat Dec 17 10:00:00 2016\nSubject: x\n\n")
        out.writelines(b"eHh4eHh4\n" * (MEGABYTE // 9) for _ in range(megabytes))
        out.write(b"\n" + _in_box(2))


def _in_box(number: int) -> bytes:
    return b"From a@example.org Sat Dec 17 10:00:00 2016\n" + _mail(number) + b"\n"


def _zip(path: Path, megabytes: int) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for number, piece in enumerate(_until(megabytes, _page)):
            out.writestr(f"{number}.html", piece)


def _tar(path: Path, megabytes: int) -> None:
    with tarfile.open(path, "w") as out:
        for number, piece in enumerate(_until(megabytes, _mail)):
            told = tarfile.TarInfo(f"{number}.eml")
            told.size = len(piece)
            out.addfile(told, io.BytesIO(piece))


def _packed(path: Path, megabytes: int) -> None:
    with gzip.open(path, "wb", compresslevel=1) as out:
        out.writelines(_until(megabytes, _line))


def _warc(number: int) -> bytes:
    body = _page(number)
    reply = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2016-12-17T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(reply)}\r\n\r\n"
    )
    return head.encode() + reply + b"\r\n\r\n"


def _row(number: int) -> bytes:
    return f'r{number},2016-12-17,"{_text(number)}"\n'.encode()


def _message(number: int) -> bytes:
    told = {"id": number, "type": "message", "date": "2016-12-17T10:00:00", "text": _text(number)}
    return json.dumps(told, ensure_ascii=False).encode()


def _object(number: int) -> bytes:
    return _line(number).strip()


def _entry(number: int) -> bytes:
    return f"<item><title>{number}</title><description>{_text(number)}</description></item>\n".encode()


def _random(path: Path, megabytes: int) -> None:
    rng = random.Random(1)
    with path.open("wb") as out:
        out.writelines(rng.randbytes(MEGABYTE) for _ in range(megabytes))


def _pages(path: Path, megabytes: int) -> None:
    """A PDF of a hundred pages a megabyte asked for: ten thousand of a hundred."""
    line = column([seen("قتل", "14", "مدنيا", "في", "القصف.")])
    path.write_bytes(pdf([line] * (100 * megabytes)))


def _nested(path: Path, megabytes: int) -> None:
    with path.open("wb") as out:
        out.write(b"<html><body>")
        out.writelines(b"<div>" * (MEGABYTE // 5) for _ in range(megabytes))


def _parquet(path: Path, megabytes: int) -> None:
    import pyarrow
    from pyarrow import parquet

    shape = pyarrow.schema([("id", pyarrow.string()), ("text", pyarrow.string())])
    with parquet.ParquetWriter(path, shape) as out:
        for number, piece in enumerate(_until(megabytes, lambda n: _text(n).encode() * 100)):
            rows = {"id": [f"{number}.{n}" for n in range(100)], "text": [_text(number * 100 + n) for n in range(100)]}
            assert piece
            out.write_table(pyarrow.table(rows, schema=shape))


def _xlsx(path: Path, megabytes: int) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("id", "published", "text"))
        for number, piece in enumerate(_until(megabytes, lambda n: _text(n).encode()), 1):
            sheet.write_row(number, 0, (f"r{number}", "2016-12-17", piece.decode()))


def _many(unit: bytes, before: bytes = b"", after: bytes = b"") -> Make:
    """One short thing again and again."""

    def write(path: Path, megabytes: int) -> None:
        pieces = unit * (MEGABYTE // len(unit))
        with path.open("wb") as out:
            out.write(before)
            out.writelines(pieces for _ in range(megabytes))
            out.write(after)

    return write


def _word(unit: bytes) -> Make:
    """A DOCX of one short thing again and again."""
    head = b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>"

    def write(path: Path, megabytes: int) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            out.writestr(
                "[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
            )
            with out.open("word/document.xml", "w") as part:
                part.write(head)
                for _ in range(megabytes):
                    part.write(unit * (MEGABYTE // len(unit)))
                part.write(b"</w:body></w:document>")

    return write


RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>"
#: Name of the file, what makes it, and the megabytes in full.
LARGE: dict[str, tuple[Make, int]] = {
    "line.jsonl": (_one_line, 1024),
    "many.jsonl": (_plain(_line), 1024),
    "list.json": (_plain(_object, b"[", b",\n", b"]"), 240),
    "reports.json": (_plain(_object, b'{"reports":[', b",\n", b"]}"), 1024),
    "result.json": (
        _plain(_message, b'{"name":"x","type":"public_channel","id":1,"messages":[', b",\n", b"]}"),
        1024,
    ),
    "many.mbox": (_plain(_in_box), 2048),
    "mail.mbox": (_one_mail, 1024),
    "mail.eml": (_plain(lambda n: (b"Subject: x\n\n" if n == 0 else b"") + b"eHh4eHh4\n" * 1000), 1024),
    "full.eml": (_plain(lambda n: (b"Subject: x\n\n" if n == 0 else b"") + TEXT.encode() + b"\n"), 39),
    "pages.zip": (_zip, 400),
    "mails.tar": (_tar, 500),
    "many.jsonl.gz": (_packed, 1024),
    "many.warc": (_plain(_warc), 400),
    "many.csv": (_plain(_row, b"id,published,text\n"), 1024),
    "cell.csv": (_plain(lambda _: TEXT.encode(), b'id,text\n1,"', b" ", b'"\n'), 1024),
    "many.xlsx": (_xlsx, 400),
    "many.parquet": (_parquet, 400),
    "text.txt": (_plain(lambda _: TEXT.encode() + b"\n"), 1024),
    "full.txt": (_plain(lambda _: TEXT.encode() + b"\n"), 15),
    "full.md": (_plain(lambda _: TEXT.encode() + b"\n\n"), 15),
    "full.html": (_plain(lambda n: f"<p>{TEXT} {n}</p>\n".encode(), b"<html><body><article>"), 15),
    "nested.html": (_nested, 15),
    "page.html": (_plain(lambda n: f"<p>{TEXT} {n}</p>\n".encode(), b"<html><body><article>"), 1024),
    "full.rss": (_plain(_entry, RSS, b"", b"</channel></rss>"), 31),
    "feed.rss": (_plain(_entry, RSS, b"", b"</channel></rss>"), 1024),
    "pages.pdf": (_pages, 100),
    "noise.bin.gz": (_random, 300),
    # what is short in a file and long in memory
    "dense.html": (_many(b"<p>a", b"<html><body>"), 15),
    "links.html": (_many(b"<a href=x>y</a>", b"<html><body>"), 15),
    "both.html": (_many(b"<p a=b c=d e=f g=h i=j k=l m=n o=p q=r s=t u=v w=x y=z>a", b"<html><body>"), 10),
    "attributes.html": (_many(b" a=b", b"<html><body><p", b">"), 15),
    "dense.rss": (_many(b"<item/>", RSS, b"</channel></rss>"), 31),
    "inner.rss": (_many(b"<a>b</a>", RSS + b"<item>", b"</item></channel></rss>"), 31),
    "lists.jsonl": (_many(b"[],", b"[", b"0]\n"), 15),
    "objects.jsonl": (_many(b'{"":{}},', b'{"text":[', b"0]}\n"), 15),
    "objects.json": (_many(b'{"":0},', b"[", b"{}]"), 200),
    "lines.jsonl": (_many(b"{\n"), 200),
    "commas.csv": (_many(b",", b"id,text\n"), 15),
    "rows.csv": (_many(b",\n", b"id,text\n"), 4),
    "quotes.csv": (_many(b'"', b"id,text\n"), 40),
    "marks.md": (_many(b"*a*\n"), 15),
    "heads.md": (_many(b"# a\n"), 15),
    "lines.md": (_many(b"*a* [b](c) `d` **e** ![f](g) <h> \\*\n"), 10),
    "brackets.md": (_many(b"["), 15),
    "parts.eml": (_many(b"--b\n\na\n", b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n", b"--b--\n"), 38),
    "headers.eml": (_many(b"a:b\n", b"Subject: x\n", b"\ntext\n"), 38),
    "lines.eml": (_many(b"\n", b"Subject: x\n\n"), 38),
    "quoted.eml": (_many(b">\n", b"Subject: x\n\n"), 14),
    "html.eml": (_many(b"<p>a", b"Subject: x\nContent-Type: text/html\n\n"), 7),
    "mails.mbox": (_many(b"From a Sat Dec 17 10:00:00 2016\nA: b\n\n"), 60),
    "blank.txt": (_many(b"\n"), 15),
    "marks.txt": (_many("«".encode()), 15),
    "paragraphs.docx": (_word(b"<w:p/>"), 62),
    "runs.docx": (_word(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>"), 62),
}
