"""Tables for tests: delimited text, workbooks, Parquet files and submissions, written for the project."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet

NEWS = [
    ("ن-1", "2016-12-16", "وكالة السهل", "قال المجلس المحلي إن 45 عائلة نزحت من البلدة إلى المدينة صباح الجمعة"),
    ("ن-2", "2016-12-17", "شبكة الضفة", "أعلنت المنظمة أن 12 شاحنة محملة بالطحين وصلت إلى المخيم القريب من الجسر"),
    ("ن-3", "2016-12-18", "إذاعة الوادي", "أصيب ثلاثة مدنيين بانفجار لغم على الطريق الزراعي قرب القرية"),
]
NEWS_HEADER = ("رقم الخبر", "تاريخ النشر", "المصدر", "نص الخبر")
SEEN_HEADER = ("التاريخ", "الوقت", "المكان", "الدفعة", "الفئة", "ما حدث لهم", "العدد", "طريقة العد", "الراصد")
SEEN = [
    ("2016-12-16", "06:30", "معبر الراموسة", "1", "أشخاص", "أُجلوا", "951", "عدّ مباشر", "ر-07"),
    ("2016-12-16", "14:30", "معبر الراموسة", "2", "جرحى", "أُجلوا", "108", "عدّ مباشر", "ر-07"),
    ("2016-12-16", "18:00", "معبر الراموسة", "2", "حافلات", "مرّت", "20", "صورة", "ر-11"),
]
Rows = Sequence[Sequence[object]]


def delimited(rows: Rows, delimiter: str = ",", end: str = "\r\n") -> str:
    return "".join(delimiter.join(_quoted(str(cell or ""), delimiter) for cell in row) + end for row in rows)


def _quoted(cell: str, delimiter: str) -> str:
    if any(char in cell for char in f'{delimiter}"\n\r'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def workbook(path: Path, *sheets: tuple[str, Rows], hidden: Sequence[str] = (), epoch1904: bool = False) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def parquet(path: Path, header: Sequence[str], rows: Rows) -> Path:
    columns = {name: [row[n] for row in rows] for n, name in enumerate(header)}
    pyarrow.parquet.write_table(pyarrow.table(columns), path, row_group_size=2)
    return path


def submissions(path: Path, rows: Rows = SEEN) -> Path:
    names = ("date", "time", "place", "batch", "population", "outcome", "count", "how", "monitor")
    found = [
        {"_id": n, "_uuid": f"u{n}", "_submission_time": "2016-12-16T20:00:00", "_status": "submitted_via_web",
         **{f"what/{name}": cell for name, cell in zip(names, row, strict=True)}}
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    path.write_text(json.dumps({"count": len(found), "results": found}, ensure_ascii=False), "utf-8")
    return path


def mutated(data: bytes, seed: int) -> bytes:
    """Bytes spoiled: some changed, cut out, doubled, or put in from elsewhere; of a ZIP often inside a member."""
    rng = random.Random(seed)
    if data[:2] == b"PK" and rng.random() < 0.7:
        return _mutated_member(data, rng)
    return _spoiled(data, rng)


def _mutated_member(data: bytes, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            if name == chosen and rng.random() < 0.1:
                continue
            new.writestr(name, _spoiled(old.read(name), rng) if name == chosen else old.read(name))
    return out.getvalue()


_ODD = (
    b'"',
    b"\0",
    b"\xff",
    b"\n",
    b"\r",
    b";",
    b"<",
    b">",
    b"&a;",
    b"9" * 20,
    b"-1",
    b"\xd8\x00",
    b"e309",
    b"'",
    b"[",
)


def _spoiled(data: bytes, rng: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        at = rng.randrange(len(made) + 1)
        way = rng.randrange(5)
        if way == 0 and at < len(made):
            made[at] = rng.randrange(256)
        elif way == 1:
            del made[at : at + rng.randint(1, 40)]
        elif way == 2:
            made[at:at] = made[at : at + rng.randint(1, 60)]
        elif way == 3:
            made[at:at] = rng.choice(_ODD)
        else:
            made = made[: max(1, at)] if rng.random() < 0.2 else made
    return bytes(made)


MOMENTS = (date(2016, 12, 16), datetime(2016, 12, 16, 14, 30), time(14, 30))
