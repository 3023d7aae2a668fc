"""Mails that tests of reading them share."""

from __future__ import annotations

from email.header import Header
from pathlib import Path

from intake import Result, gather

SUBJECT = "مقتل 14 مدنياً في قصف على السوق"


PARAGRAPHS = (
    "قالت لجنة الطوارئ في البلدة إن أربعة عشر مدنياً قتلوا صباح الثلاثاء حين سقطت ثلاث قذائف على السوق.",
    "وأضافت أن 32 جريحاً نقلوا إلى المشفى الميداني، بينهم تسعة أطفال.",
)


BODY = "\n\n".join(PARAGRAPHS)


OTHER = "وصلت قافلة من 22 شاحنة محملة بالطحين إلى مدخل المدينة مساء الأحد، ولم تدخل حتى الآن."


HEADERS = (
    ("From", "شبكة النهر <news@nahr.example>"),
    ("To", "desk@example.org"),
    ("Subject", SUBJECT),
    ("Date", "Tue, 13 Dec 2016 10:30:00 +0200"),
    ("Message-ID", "<1@nahr.example>"),
)


def header(value: str, charset: str = "utf-8") -> str:
    words, mark, address = value.partition(" <")
    return value if value.isascii() else Header(words, charset).encode() + mark + address


def mail(
    body: str = BODY, *, headers: tuple[tuple[str, str], ...] = HEADERS, charset: str = "utf-8", **more: str
) -> bytes:
    kept = [(name, value) for name, value in headers if name not in more]
    head = "".join(f"{name}: {header(value)}\n" for name, value in [*kept, *more.items()] if value)
    kind = (
        ""
        if "Content-Type" in more
        else f'MIME-Version: 1.0\nContent-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: 8bit\n'
    )
    return f"{head}{kind}\n".replace("Content_", "Content-").encode() + body.encode(charset, "replace")


def gathered(tmp_path: Path, data: bytes, name: str = "a.eml", **options: str) -> Result:
    path = tmp_path / name
    path.write_bytes(data)
    return gather(path, **options)
