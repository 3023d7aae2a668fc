"""Markdown: the words without their marks, what a front matter says, and several reports in a file."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from intake import TEXT, Result, gather, one
from tables import mutated
from tawatur.archive.markdown_matter import matter_at
from tawatur.archive.markdown_text import plain_text, shown

COUNT = int(os.environ.get("TAWATUR_SOAK", "150"))
SLOWEST = 10.0  # seconds that one input may take
MATTER = """---
title: "مقتل 14 مدنياً: السوق القديم"
date: 2016-12-13 10:30:00 +0200
source: شبكة النهر   # the channel
author: [سامر الخطيب, هدى علي]
url: https://nahr.example/1
---
"""


def _gathered(tmp_path: Path, text: str, name: str = "a.md") -> Result:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return gather(path)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_front_matter_tells(tmp_path: Path, ends: str) -> None:
    (report,), issues = _gathered(tmp_path, f"{MATTER}\n{TEXT}\n".replace("\n", ends))
    assert issues == []
    assert (report.text, report.title) == (TEXT, "مقتل 14 مدنياً: السوق القديم")
    assert (report.published, report.outlet) == ("2016-12-13T10:30:00+02:00", "شبكة النهر")
    assert (report.author, report.url) == ("سامر الخطيب, هدى علي", "https://nahr.example/1")
    assert (report.name, report.form) == ("a.md", "markdown")


@pytest.mark.parametrize(
    "matter",
    [
        "---\nالعنوان: قافلة\nالتاريخ: 13 كانون الأول 2016\nالمصدر: وكالة السهل\nالكاتب:\n  - هدى\n---",
        "---\nTitle: >\n  قافلة\nDate: 13/12/2016\nPublisher: 'وكالة السهل'\nAuthor: هدى\n...",
        '+++\ntitle = "قافلة"\ndate = 2016-12-13\noutlet = "وكالة السهل"\nauthor = "هدى"\n+++',
    ],
    ids=["ar", "yaml", "toml"],
)
def test_front_matter_in_other_forms(tmp_path: Path, matter: str) -> None:
    (report,), issues = _gathered(tmp_path, f"{matter}\n\n{TEXT}\n")
    assert issues == []
    assert (report.text, report.title, report.outlet, report.author) == (TEXT, "قافلة", "وكالة السهل", "هدى")
    assert (report.published or "")[:10] == "2016-12-13"


def test_unknown_keys_and_dates_are_told(tmp_path: Path) -> None:
    (report,), issues = _gathered(tmp_path, f"---\ntitle: x\nlayout: post\ndraft: true\ndate: soon\n---\n{TEXT}")
    assert report.published is None
    assert "layout, draft" in issues[0].reason
    assert "'soon' is no date" in issues[1].reason


def test_a_date_that_can_be_two_is_told(tmp_path: Path) -> None:
    (report,), (issue,) = _gathered(tmp_path, f"---\ndate: 05/03/2017\n---\n{TEXT}")
    assert (report.published, "day first" in issue.reason) == ("2017-03-05", True)


def test_several_reports_are_parted_by_front_matter(tmp_path: Path) -> None:
    second = MATTER.replace("14", "15")
    text = f"{TEXT} 0\n\n{MATTER}\n{TEXT} 1\n\n---\n\nبعد الخط\n\n{second}\n{TEXT} 2\n"
    reports, issues = _gathered(tmp_path, text)
    assert issues == []
    assert [report.text for report in reports] == [f"{TEXT} 0", f"{TEXT} 1\n\nبعد الخط", f"{TEXT} 2"]
    assert [report.name for report in reports] == ["a.md/1", "a.md/2", "a.md/3"]


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n\n---\n\n{TEXT}",
        f"---\n{TEXT}\n---\n{TEXT}",
        f"---\n\n{TEXT}",
        f"```\n{MATTER}```\n{TEXT}",
        "---\nقال الشاهد إن النار اشتعلت\n---",
    ],
)
def test_ruled_lines_are_no_front_matter(tmp_path: Path, text: str) -> None:
    (report,), issues = _gathered(tmp_path, text)
    assert issues == []
    assert report.text


def test_a_heading_on_top_is_the_title(tmp_path: Path) -> None:
    for text in (f"# عنوان **أول** #\n\n{TEXT}", f"عنوان أول\n=====\n{TEXT}"):
        (report,), _ = _gathered(tmp_path, text)
        assert (report.title, report.text) == ("عنوان أول", TEXT)


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("قتل **14** مدنياً و*أصيب* ___32___ و **تسعة** _آخرون_", "قتل 14 مدنياً وأصيب 32 و تسعة آخرون"),
        ("[قافلة من 22 شاحنة](https://x.example/a_(b) 'عنوان') وصلت", "قافلة من 22 شاحنة وصلت"),
        (
            "وفق [البيان][1] و[[صفحة|المرصد]] و <https://x.example/a_b_c>",
            "وفق البيان والمرصد و https://x.example/a_b_c",
        ),
        ("![صورة](a.jpg) نص ![[b.png]]", "نص"),
        ("[![صورة](a.jpg)](https://x.example) نص[^1]", "نص"),
        ("`رمز` و``a `b` c`` و~~محذوف~~ و==بارز==", "رمز وa `b` c ومحذوف وبارز"),
        ("5*3*2 = 30 وsnake_case_name و2 * 3 * 4", "5*3*2 = 30 وsnake_case_name و2 * 3 * 4"),
        (r"\*ليس مائلاً\* و\[ليس رابطاً\](x) \\", r"*ليس مائلاً* و[ليس رابطاً](x) \\"[:-1]),
        ("a &amp; b &lt; <b>عريض</b> <!-- ملاحظة -->", "a & b < عريض"),
        ("العدد بين <3 و>5", "العدد بين <3 و>5"),
        ("\u200fنص\u200d 🙂 ﷺ", "\u200fنص\u200d 🙂 ﷺ"),
    ],
)
def test_marks_are_taken_off_and_words_stay(marked: str, words: str) -> None:
    assert plain_text([marked]).strip() == words


def test_lines_as_they_are_shown() -> None:
    text = """
## بالأرقام ##
* حي أول: 12
+ [x] حي ثان: 7
1. قرية
   - بيت

> قال الشاهد إن
> النار اشتعلت.
> ثم انطفأت

| الحي | القتلى |
|:-----|-------:|
| الأول | **12** |

سطر أول من فقرة
يتبعه سطر ثان.
ثم ثالث\\
ورابع
***
```text
شفرة *كما* هي
```
[1]: https://x.example "عنوان"
[^1]: حاشية
"""
    assert [line for line in plain_text(text.split("\n")).split("\n") if line] == [
        "بالأرقام", "- حي أول: 12", "- حي ثان: 7", "1. قرية", "- بيت", "قال الشاهد إن النار اشتعلت.", "ثم انطفأت",
        "الحي | القتلى", "الأول | 12", "سطر أول من فقرة يتبعه سطر ثان.", "ثم ثالث", "ورابع", "شفرة *كما* هي", "حاشية",
    ]  # fmt: skip


def test_plain_words_stay_to_the_code_point() -> None:
    assert plain_text([TEXT]) == TEXT
    assert shown(TEXT) == TEXT


@pytest.mark.parametrize("text", ["", " \n", "---\ntitle: x\n---\n", "# عنوان فقط"])
def test_a_file_without_text_is_refused(tmp_path: Path, text: str) -> None:
    assert one(_gathered(tmp_path, text)).severity == "refused"


def test_pages_about_files_are_read_only_when_named(tmp_path: Path) -> None:
    for name in ("README.md", "CHANGELOG.md", "a.md"):
        (tmp_path / name).write_text(f"{TEXT} {name}", "utf-8")
    reports, issues = gather(tmp_path)
    assert ([report.name for report in reports], issues) == (["a.md"], [])
    assert [report.name for report in gather(tmp_path / "README.md")[0]] == ["README.md"]


def test_in_a_legacy_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"{MATTER}{TEXT}".replace("ً", "").encode("cp1256"))
    (report,), _ = gather(path)
    assert (report.encoding, report.outlet) == ("cp1256", "شبكة النهر")


def test_bombs_are_read_or_refused(tmp_path: Path) -> None:
    bombs = [
        "[" * 200_000, "*a " * 200_000, "**" * 200_000 + TEXT, "`" * 100_000 + TEXT + "` " * 100_000, "<a " * 200_000,
        "![" * 100_000, "> " * 200_000 + TEXT, "---\na: b\n" * 20_000, "[a](" * 100_000, "_" * 300_000 + "a",
        "|" * 300_000 + "\n|-|\n", "<!--" * 100_000, "- " * 200_000, "&" * 300_000, "[[" * 100_000, "a\n" * 300_000,
    ]  # fmt: skip
    for n, bomb in enumerate(bombs):
        began = time.process_time()
        reports, issues = _gathered(tmp_path, bomb, f"{n}.md")
        assert reports or issues
        assert time.process_time() - began < SLOWEST, n


def test_a_front_matter_that_never_ends_is_text() -> None:
    assert matter_at(["---", "a: b", *["c: d"] * 500], 0) is None
    assert matter_at(["---", "a: b"], 0) is None
    assert matter_at(["text"], 0) is None


def test_spoiled_files_are_read_or_refused(tmp_path: Path) -> None:
    good = f"{MATTER}# {TEXT}\n\n* **{TEXT}**\n\n| أ | ب |\n|---|---|\n| [1](x) | 2 |\n\n{MATTER}\n> {TEXT}\n".encode()
    path = tmp_path / "a.md"
    for seed in range(COUNT):
        path.write_bytes(mutated(good, seed))
        began = time.process_time()
        reports, issues = gather(path)
        assert reports or issues, seed
        assert all(issue.reason and issue.advice and "\n" not in issue.line() for issue in issues), seed
        assert time.process_time() - began < SLOWEST, seed
