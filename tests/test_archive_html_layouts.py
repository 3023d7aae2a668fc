# ruff: noqa: E501  pages stand as they are, a block on a line
"""Saved pages built as real ones are: names that mislead, broken nesting, endless pages, dates and outlets in words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from intake import gather
from tawatur.archive.html_dates import publication
from tawatur.archive.html_dom import Page

TITLE = "إجلاء 120 عائلة من الحي الشرقي"
PARAGRAPHS = [
    "قال مسؤول في البلدية إن مئة وعشرين عائلة غادرت الحي الشرقي السبت في حافلات سارت نحو القرى الواقعة جنوب النهر.",
    "وأضاف أن سبعة من المرضى نقلوا في سيارات إسعاف إلى مستشفى المدينة، وأن ثلاثة منهم في حال الخطر بعد ليلة من القصف.",
    "ونفت لجنة الأهالي ذلك، وقالت إن العائلات التي خرجت لا تزيد عن ثمانين، وإن كثيرين ما زالوا في الأقبية بلا ماء.",
    "وتحدث سكان عن حاجز جديد عند الجسر أوقف الحافلات أربع ساعات قبل أن يسمح لها بالمرور مع غروب الشمس.",
]
OTHER = [
    "أعلنت وزارة الزراعة أن موسم القمح هذا العام أفضل من سابقه بعد أمطار غزيرة هطلت على السهول في شهر آذار الماضي.",
    "وذكرت الوزارة أن صوامع المحافظة استقبلت ألفي طن في أسبوع، وأن الأسعار ستعلن بعد اجتماع اللجنة يوم الخميس المقبل.",
]
SIDE = "".join(f"<div class='teaser'><p>موجز خبر رقم {n} من أخبار الرياضة والفن</p></div>" for n in range(6))
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
HEAD = f"<h1>{TITLE}</h1>"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _read(tmp_path: Path, page: str, *, head: str = "", body: str = "<body>") -> tuple[str, str | None, str | None]:
    """The text, date and outlet of a page that is read without being refused."""
    path = tmp_path / "a.html"
    path.write_text(f"<!DOCTYPE html><html><head>{head}</head>{body}{page}</body></html>", "utf-8")
    (report,), _ = gather(path)
    return report.text, report.published, report.outlet


@pytest.mark.parametrize(
    ("body", "begin", "end"),
    [
        ("<body class='single no-sidebars comments-open'>", "<div class='story-body'>", "</div>"),
        ("<body>", "<div id='main' class='right_sidebar'><div>", "</div></div>"),
        ("<body>", "<form id='aspnetForm' action='/'><div><div id='content'>", "</div></div></form>"),
        ("<body>", "<article class='row status-published commented'>", "</article>"),
        ("<body>", "<div class='node node-promoted'><div class='field-name-body'>", "</div></div>"),
        (
            "<body>",
            "<div class='box modal-enabled'><div class='entry-content entry-content-read-more'>",
            "</div></div>",
        ),
        ("<body>", "<div class='with-sidebar-right'><main class='menu-open'>", "</main></div>"),
    ],
)
def test_a_name_such_as_no_sidebar_hides_no_article(tmp_path: Path, body: str, begin: str, end: str) -> None:
    page = f"{begin}{HEAD}{BODY}{end}<div class='sidebar'>{SIDE}</div>"
    text, _, _ = _read(tmp_path, page, body=body)
    wanted, got = _words(" ".join(PARAGRAPHS)), _words(text)
    assert not wanted - got
    assert not got - wanted


def test_long_comments_are_no_article_though_most_words_are_theirs(tmp_path: Path) -> None:
    said = "".join(f"<p>{' '.join(OTHER)} هذا رأيي رقم {n} في ما جرى.</p>" for n in range(9))
    text, _, _ = _read(tmp_path, f"<article>{HEAD}{BODY}</article><div class='comments-area'>{said}</div>")
    assert text.split("\n\n") == PARAGRAPHS


def test_paragraphs_that_a_tag_too_many_put_outside_are_read(tmp_path: Path) -> None:
    half = f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>"
    rest = f"<p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[3]}</p>"
    page = f"<div class='full with-sidebar-right'><main>{HEAD}{half}</div></div></main>{rest}<div>{SIDE * 0}</div>"
    text, _, _ = _read(tmp_path, page)
    assert not _words(" ".join(PARAGRAPHS)) - _words(text)


def test_of_several_stories_the_one_with_the_title_is_read(tmp_path: Path) -> None:
    other = "".join(f"<p>{paragraph}</p>" for paragraph in OTHER)
    stories = "".join(f"<article class='story'><h2>خبر {n}</h2>{other * 3}</article>" for n in range(5))
    page = f"<article class='story'>{HEAD}{BODY}</article>{stories}"
    text, _, _ = _read(tmp_path, page, head=f'<meta property="og:title" content="{TITLE}">')
    assert text.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "between",
    [
        "<div class='wp-caption'><img src='x'><p class='wp-caption-text'>صورة لحافلة قرب الجسر (أرشيف)</p></div>",
        "<p class='photo-credit'>عدسة مصور الوكالة</p>",
        "<p>إعلان</p>",
        "<p>Advertisement</p>",
        "<div>حجم الخط:</div>",
    ],
)
def test_captions_and_buttons_are_left_out(tmp_path: Path, between: str) -> None:
    page = f"<article>{HEAD}<p>{PARAGRAPHS[0]}</p>{between}{BODY.partition('</p>')[2]}</article>"
    assert _words(_read(tmp_path, page)[0]) == _words(" ".join(PARAGRAPHS))


def test_a_link_in_a_sentence_stays_whatever_it_opens(tmp_path: Path) -> None:
    linked = BODY.replace("لجنة الأهالي", "<a class='popup modal-link' href='/x'>لجنة الأهالي</a>")
    assert _words(_read(tmp_path, f"<article>{HEAD}{linked}</article>")[0]) == _words(" ".join(PARAGRAPHS))


@pytest.mark.parametrize(("known", "kept"), [("<meta name='pubdate' content='2016-12-17'>", False), ("", True)])
def test_a_date_on_top_is_left_out_where_it_is_known_otherwise(tmp_path: Path, known: str, kept: bool) -> None:
    page = f"<article><p>17 كانون الأول 16</p>{BODY}</article>"
    text, _, _ = _read(tmp_path, page, head=known)
    assert text.startswith("17 كانون") == kept


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("آخر تحديث: 20 ديسمبر 2016", None),
        ("آخر تحديث 20/12/2016 الساعة 14:00", None),
        ("نشر في 17 ديسمبر 2016 | آخر تحديث 20 ديسمبر 2016", "2016-12-17"),
        ("آخر تحديث: 20 ديسمبر 2016 - تاريخ النشر: 17 ديسمبر 2016", "2016-12-17"),
        ("السبت 17 ديسمبر 2016، آخر تحديث 14:00", None),
        ("السبت 17 ديسمبر 2016 (آخر تحديث: 20 ديسمبر 2016)", "2016-12-17"),
        ("تم التحديث في 20 ديسمبر 2016", None),
        ("Last updated: December 20, 2016", None),
        ("Published December 17, 2016, updated December 20, 2016", "2016-12-17"),
        ("Saturday December 17, 2016 11:44 am by Huda Ali", "2016-12-17"),
        ("حدثت المجزرة 17 ديسمبر 2016", "2016-12-17"),
        ("نُشِرَ في 16 ديسمبر 2016 آخـــــر تَحْديث 17 ديسمبر 2016", "2016-12-16"),
        ("تـــــاريخ النـــــشر: 16/12/2016 آخـــــر تحديث: 18/12/2016", "2016-12-16"),
    ],
)
def test_the_day_of_a_change_in_words_is_no_day_of_publication(tmp_path: Path, words: str, day: str | None) -> None:
    assert (publication(words) or "")[:10] == (day or "")
    for mark in ("<span class='date'>{}</span>", "<div>{}</div>"):
        page = f"<article>{HEAD}{mark.format(words)}{BODY}</article>"
        assert (_read(tmp_path, page)[1] or "")[:10] == (day or "")


@pytest.mark.parametrize(
    ("above", "below", "day"),
    [
        ("", "<div class='x1'>بقلم هدى علي / 17 ديسمبر 2016 / التعليقات</div>", "2016-12-17"),
        ("<div>١٧-١٢-٢٠١٦</div>", "", "2016-12-17"),
        ("", "<p>في 17 ديسمبر 2016 خرجت أولى الحافلات من الحي.</p>", None),
        ("", "<small>17.12.2016 22:00</small>", "2016-12-17"),
    ],
)
def test_a_date_beside_the_headline(tmp_path: Path, above: str, below: str, day: str | None) -> None:
    clock = "<div>الأربعاء 4 كانون الثاني 2017</div><ul><li>أ</li><li>ب</li><li>ج</li><li>د</li></ul>"
    page = f"{clock}<div>{above}<h1>{TITLE}</h1>{below}{BODY}</div>"
    assert (_read(tmp_path, page)[1] or "")[:10] == (day or "")


def test_a_date_in_the_pages_address(tmp_path: Path) -> None:
    head = "<link rel='canonical' href='https://nahr.example/2016/12/17/evacuation'>"
    assert _read(tmp_path, HEAD + BODY, head=head)[1] == "2016-12-17"
    assert _read(tmp_path, HEAD + BODY, head=head.replace("/12/17", "/31/12"))[1] is None
    assert _read(tmp_path, HEAD + BODY, head=head + "<meta name='pubdate' content='2016-12-16'>")[1] == "2016-12-16"


def test_a_time_tag_wherever_it_stands(tmp_path: Path) -> None:
    page = f"{HEAD}<div><time datetime='2016-12-17T10:00:00Z'>قبل ساعة</time></div>{BODY}"
    assert _read(tmp_path, page)[1] == "2016-12-17T10:00:00Z"


_GRAPH = (
    '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "https://nahr.example/#org", '
    '"name": "شبكة النهر"}, {"@type": "NewsArticle", "headline": "x", "publisher": {"@id": "https://nahr.example/#org"}}]}'
    "</script>"
)


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        (_GRAPH, "شبكة النهر"),
        (_GRAPH.replace('"name"', '"alternateName"'), None),
        (f"<title>{TITLE} | شبكة النهر</title>", "شبكة النهر"),
        (f"<title>شبكة النهر - {TITLE}</title>", "شبكة النهر"),
        (f"<title>{TITLE} › شبكة النهر</title>", "شبكة النهر"),
        (f"<title>{TITLE} | أخبار محلية | شبكة النهر | </title>", "شبكة النهر"),
        ("<title>عنوان آخر للصفحة | Nahr News</title><link rel='canonical' href='https://www.nahrnews.example/7'>", "Nahr News"),
        ("<title>عنوان آخر | أخبار</title><link rel='canonical' href='https://www.nahrnews.example/7'>", None),
        ("<link rel='alternate' type='application/rss+xml' title='شبكة النهر &raquo; الخلاصة' href='/f'>", "شبكة النهر"),
        (f"<meta name='application-name' content='{TITLE}'>", None),
    ],
)  # fmt: skip
def test_the_outlet(tmp_path: Path, head: str, outlet: str | None) -> None:
    assert _read(tmp_path, HEAD + BODY, head=head)[2] == outlet


@pytest.mark.parametrize("title", [f"{TITLE} - شبكة النهر", f"شبكة النهر | {TITLE}", TITLE])
def test_the_title_is_without_the_outlet(tmp_path: Path, title: str) -> None:
    path = tmp_path / "a.html"
    head = f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="شبكة النهر">'
    path.write_text(f"<html><head>{head}</head><body>{BODY}</body></html>", "utf-8")
    (report,), _ = gather(path)
    assert report.title == TITLE


def test_elements_come_in_the_order_of_the_page_and_no_more_than_asked() -> None:
    page = Page("".join(f"<p class='a'>{n}</p>" for n in range(40)))
    assert [node.text for node in page.every("p.a", most=3)] == ["0", "1", "2"]
    assert len(page.every("p")) == 40
