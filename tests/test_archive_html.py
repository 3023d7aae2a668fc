# ruff: noqa: E501  pages stand as they are, a block on a line
"""Saved pages: the article and nothing else, what the page says of itself, and pages that are none."""

from __future__ import annotations

import random
import re
from collections import Counter
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from quopri import encodestring

import pytest

from intake import gather, one
from tawatur.archive.html_dates import iso_of, written_date
from tawatur.archive.html_text import text_of

PARAGRAPHS = [
    "قالت مديرية الصحة في المدينة إن أربعة عشر شخصاً قتلوا وأصيب 32 آخرون حين سقطت قذائف على السوق القديم ظهر الثلاثاء.",
    "وذكر متحدث باسم الدفاع المدني أن فرقه أخرجت سبعة أحياء من تحت الأنقاض، وأن البحث عن ثلاثة مفقودين ما زال مستمراً.",
    "ونفى مصدر عسكري استهداف السوق، وقال إن النيران وُجّهت إلى مواقع مسلحين خارج الأحياء السكنية شمالي النهر.",
    "وغادرت نحو 1250 عائلة الأحياء الشرقية منذ الفجر باتجاه القرى المجاورة، وفق لجنة محلية تتولى تسجيل الواصلين.",
]
TITLE = "مقتل 14 شخصاً في قصف على السوق القديم"
MENU = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(["الرئيسية", "سياسة", "اقتصاد", "رياضة"]))
OTHERS = "".join(f'<li><a href="/o{n}">خبر آخر لا شأن له بهذا رقمه {n} من الأسبوع الماضي</a></li>' for n in range(8))
NOISE = {
    "head": f"<header><div class='logo'>شبكة النهر</div><nav><ul>{MENU}</ul></nav></header>",
    "crumbs": "<div class='breadcrumb'><a href='/'>الرئيسية</a> / <a href='/x'>أخبار محلية</a></div>",
    "share": "<div class='share-buttons'><a>فيسبوك</a> <a>تويتر</a> <a>واتساب</a></div>",
    "related": f"<div class='related-posts'><h3>مواضيع ذات صلة</h3><ul>{OTHERS}</ul></div>",
    "comments": "<section id='comments'><h3>التعليقات</h3><p>كلام طويل كتبه زائر للصفحة لا صلة له بالخبر ولا بأهله.</p></section>",
    "side": f"<aside><h3>الأكثر قراءة</h3><ul>{OTHERS}</ul></aside>",
    "foot": "<footer><p>جميع الحقوق محفوظة لشبكة النهر</p><ul>" + MENU + "</ul></footer>",
    "cookie": "<div id='cookie-banner'>نستخدم ملفات تعريف الارتباط لتحسين تجربتك. <button>موافق</button></div>",
}
META = (
    '<meta property="og:site_name" content="شبكة النهر"><meta property="article:published_time" '
    'content="2016-12-13T10:30:00+02:00"><meta name="author" content="سامر الخطيب">'
)


def _paragraphs(mark: str = "<p>{}</p>") -> str:
    return "".join(mark.format(p) for p in PARAGRAPHS)


#: How pages hold their article.
BODIES = {
    "article": f"<main><article><h1>{TITLE}</h1>{_paragraphs()}</article></main>",
    "wordpress": f'<div id="primary"><h1 class="entry-title">{TITLE}</h1><div class="entry-content">{_paragraphs()}</div></div>',
    "microdata": f'<div itemscope><h1>{TITLE}</h1><div itemprop="articleBody">{_paragraphs()}</div></div>',
    "wysiwyg": f'<h1>{TITLE}</h1><div class="wysiwyg wysiwyg--all-content">{_paragraphs()}</div>',
    "drupal": f'<h1>{TITLE}</h1><div class="field field-name-body"><div class="field-item">{_paragraphs()}</div></div>',
    "no names": f"<div><div><h1>{TITLE}</h1><div><div>{_paragraphs()}</div></div></div></div>",
    "table": f"<table><tr><td width=200><ul>{MENU}</ul></td><td><font><b>{TITLE}</b><br>{_paragraphs('{}<br><br>')}</font></td></tr></table>",
    "divs": f'<h1>{TITLE}</h1><div class="story-body">{_paragraphs("<div>{}</div>")}</div>',
    "split": f'<h1>{TITLE}</h1><div class="article__body"><section>{_paragraphs("<div class=text-block><p>{}</p></div>")}</section></div>',
    "unquoted": f"<h1>{TITLE}</h1><div class=post-body>{_paragraphs()}</div>",
}


def _page(body: str, *, meta: str = META, title: str = f"{TITLE} - شبكة النهر", charset: str = "utf-8") -> str:
    n = NOISE
    inner = (
        f"{n['head']}{n['crumbs']}{body}{n['share']}{n['related']}{n['comments']}{n['side']}{n['foot']}{n['cookie']}"
    )
    head = f'<meta charset="{charset}"><title>{title}</title>{meta}<script>var x = "كلام في برنامج";</script>'
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{inner}</body></html>'


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize("name", BODIES)
def test_the_article_and_nothing_else(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(_page(BODIES[name]), "utf-8")
    (report,), issues = gather(path)
    wanted, got = _words(" ".join(PARAGRAPHS)), _words(report.text)
    assert not wanted - got
    assert sum((got - wanted - _words(TITLE)).values()) <= 0.05 * sum(wanted.values())
    assert (report.title, report.published) == (TITLE, "2016-12-13T10:30:00+02:00")
    assert (report.outlet, report.author, report.form) == ("شبكة النهر", "سامر الخطيب", "html")
    assert issues == []


def test_tables_lists_and_headings_stay_as_lines(tmp_path: Path) -> None:
    more = "<h2>بالأرقام</h2><ul><li>حي أول: 12</li><li>حي ثان: 7</li></ul><table><tr><td>المدينة</td><td>14</td></tr></table>"
    path = tmp_path / "a.html"
    path.write_text(_page(f"<article>{_paragraphs()}{more}</article>"), "utf-8")
    (report,), _ = gather(path)
    assert [line for line in report.text.splitlines() if line][-4:] == [
        "بالأرقام",
        "حي أول: 12",
        "حي ثان: 7",
        "المدينة | 14",
    ]


def test_json_ld_tells_and_holds_the_article_where_the_page_does_not(tmp_path: Path) -> None:
    body = " ".join(PARAGRAPHS)
    linked = (
        '{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "غير هذا"}, {"@type": '
        f'["NewsArticle"], "headline": "{TITLE}", "datePublished": "2016-12-13T08:30:00Z", "author": [{{"name": "سامر"}}], '
        f'"publisher": {{"name": "شبكة النهر"}}, "articleBody": "{body}"}}]}}'
    )
    path = tmp_path / "a.html"
    script = f'<script type="application/ld+json">{linked}</script>'
    path.write_text(f"<html><head>{script}</head><body><div id='app'></div></body></html>", "utf-8")
    (report,), _ = gather(path)
    assert report.text == body
    assert (report.published, report.outlet, report.author) == ("2016-12-13T08:30:00Z", "شبكة النهر", "سامر")


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2016-12-13T10:30:00.000+0200", "2016-12-13T10:30:00+02:00"),
        ("2016-12-13 10:30:00", "2016-12-13T10:30:00"),
        ("Tue, 13 Dec 2016 10:30:00 +0200", "2016-12-13T10:30:00+02:00"),
        ("2016-12-13", "2016-12-13"),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_for_machines(raw: str, iso: str | None) -> None:
    assert iso_of(raw) == iso


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("نشر في 16 ديسمبر 2016 - 10:30", "2016-12-16"),
        ("الثلاثاء ١٦/١٢/٢٠١٦", "2016-12-16"),
        ("3 كانون الأول/ديسمبر 2019", "2019-12-03"),
        ("Friday, December 16, 2016", "2016-12-16"),
        ("17 ربيع الأول 1438هـ - 16 ديسمبر 2016م", "2016-12-16"),
        ("17-03-1438هـ - 16-12-2016م", "2016-12-16"),
        ("16 ربيع الأول 1438 هـ الموافق 16 ديسمبر 2016", "2016-12-16"),
        ("(16 ديسمبر 2016)", "2016-12-16"),
        ("17 ربيع الأول 1438 هـ", None),
        ("قبل ساعتين", None),
        ("عدد الزوار 20164", None),
    ],
)
def test_dates_in_words(words: str, iso: str | None) -> None:
    found = written_date(words)
    assert (found or "")[:10] == (iso or "")


@pytest.mark.parametrize(
    "mark", ["class='post-modified-date'", "class='date' itemprop='dateModified'", "id='date-updated'"]
)
def test_the_day_of_a_change_is_not_that_of_publication(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.html"
    changed, written = f"<time {mark}>20 ديسمبر 2016</time>", "<span class='date'>16 ديسمبر 2016</span>"
    for dates, day in ((changed + written, "2016-12-16"), (changed, None)):
        path.write_text(f"<html><body><article><h1>{TITLE}</h1>{dates}{_paragraphs()}</article></body></html>", "utf-8")
        (report,), _ = gather(path)
        assert report.published == day


def test_dates_that_disagree_are_told(tmp_path: Path) -> None:
    two = '<meta property="article:published_time" content="2016-12-13"><meta name="dc.date" content="2019-01-01">'
    path = tmp_path / "a.html"
    path.write_text(_page(BODIES["article"], meta=two), "utf-8")
    (report,), (issue,) = gather(path)
    assert report.published == "2016-12-13"
    assert "several dates" in issue.reason


@pytest.mark.parametrize(
    "written",
    [
        "<!-- <meta name='author' content='غيره'> --><meta name='author' content='سامر &amp; هدى'>",
        "<META NAME=author CONTENT='سامر &amp; هدى'>",
        '<meta content="سامر &amp; هدى"\n  property="article:author" />',
        "<meta name=description content='لا > شيء'><meta name=\"author\" content = 'سامر &#38; هدى'><meta name='x>",
    ],
)
def test_meta_tags_however_they_are_written(tmp_path: Path, written: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(_page(BODIES["article"], meta=written.replace("'x>", "'x'>")), "utf-8")
    (report,), _ = gather(path)
    assert report.author == "سامر & هدى"


def test_text_that_was_decoded_wrongly_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(_page(BODIES["article"].encode().decode("cp1252", "ignore")), "utf-8")
    _, (issue, *_) = gather(path)
    assert "read as cp1252" in issue.reason


@pytest.mark.parametrize(("other", "told"), [("2016-12-31T22:30:00Z", 0), ("2016-12-30", 1)])
def test_two_dates_of_one_moment_do_not_disagree(tmp_path: Path, other: str, told: int) -> None:
    two = (
        '<meta property="article:published_time" content="2017-01-01T00:30:00+02:00">'
        f'<meta name="dc.date" content="{other}">'
    )
    path = tmp_path / "a.html"
    path.write_text(_page(BODIES["article"], meta=two), "utf-8")
    (report,), issues = gather(path)
    assert report.published == "2017-01-01T00:30:00+02:00"
    assert len(issues) == told


@pytest.mark.parametrize(("page", "form"), [(_page(BODIES["article"]), "html"), (" ".join(PARAGRAPHS), "text")])
def test_a_page_is_known_on_standard_input(monkeypatch: pytest.MonkeyPatch, page: str, form: str) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BufferedReader(BytesIO(page.encode()))))  # type: ignore[arg-type]
    (report,), _ = gather("-")
    assert (report.form, PARAGRAPHS[1] in report.text) == (form, True)


@pytest.mark.parametrize("declared", ["windows-1256", "utf-8", "iso-8859-6"])
def test_the_bytes_are_believed_before_what_the_page_says(tmp_path: Path, declared: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(_page(BODIES["article"], charset=declared).encode("cp1256", "ignore"))
    (report,), _ = gather(path)
    assert PARAGRAPHS[0] in report.text
    assert report.encoding == "cp1256"


@pytest.mark.parametrize(
    "page",
    ["<html><body></body></html>", "<html><head><meta http-equiv='refresh' content='0;url=/x'></head></html>",
     "<html><body><nav><a>الرئيسية</a></nav><script>load()</script></body></html>", "   "],
)  # fmt: skip
def test_pages_without_an_article_are_refused(tmp_path: Path, page: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(page, "utf-8")
    one(gather(path))


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256"])
def test_a_page_saved_as_one_file(tmp_path: Path, charset: str) -> None:
    page = _page(BODIES["article"], charset="").encode(charset, "ignore")
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://nahr.example/7\r\nSubject: x\r\n"
        "Date: Tue, 20 Dec 2016 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    path = tmp_path / "a.mhtml"
    path.write_bytes(head.encode() + encodestring(page) + b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n")
    (report,), issues = gather(path)
    assert (report.title, report.published, report.outlet) == (TITLE, "2016-12-13T10:30:00+02:00", "شبكة النهر")
    assert PARAGRAPHS[1] in report.text
    assert (report.url, report.form, issues) == ("https://nahr.example/7", "mhtml", [])
    path.write_bytes(b"Subject: x\r\n\r\nnothing")
    one(gather(path))


@pytest.mark.slow
def test_bombs_are_refused_or_read(tmp_path: Path) -> None:
    for name, page in {
        "nested": "<div>" * 200_000 + PARAGRAPHS[0] * 3,
        "spans": "<p>" + "<span><b>" * 50_000 + PARAGRAPHS[0] * 3,
        "attributes": "<div " + " ".join(f"a{n}='x'" for n in range(50_000)) + f">{_paragraphs()}</div>",
        "entities": "<p>" + "&amp;" * 500_000 + PARAGRAPHS[0],
    }.items():
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    reports, issues = gather(tmp_path)
    assert [report.name for report in reports] == ["attributes.html", "entities.html"]
    assert [(Path(issue.file).name, issue.reason) for issue in issues] == [
        (name, "tags are nested too deep") for name in ("nested.html", "spans.html")
    ]


@pytest.mark.slow
def test_spoiled_pages_never_crash(tmp_path: Path) -> None:
    rng = random.Random(20161217)
    whole = _page(BODIES["wordpress"]).encode()
    for number in range(200):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 40)):
            at = rng.randrange(len(data))
            data[at : at + rng.randint(0, 30)] = rng.choice(
                [b"", b"<", b"</div>", b"\0", b"\xff", b"<table>", b"&#x", b"]]>"]
            )
        (tmp_path / f"{number:03}.html").write_bytes(data)
    reports, issues = gather(tmp_path)
    assert len(reports) + len({i.file for i in issues if i.severity == "refused" or "read before" in i.reason}) >= 200
    assert len(reports) > 100
    assert all(report.text.strip() for report in reports)


def test_text_of_a_fragment_keeps_all_of_it() -> None:
    assert text_of("<p>سطر <b>أول</b></p><p>ثان<br>ثالث</p><ul><li>بند</li></ul>").split() == [
        "سطر",
        "أول",
        "ثان",
        "ثالث",
        "بند",
    ]
