# ruff: noqa: E501  samples stand as they are
"""Mails: what was forwarded, what an answer quotes, signatures, lines that programs broke."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake import TEXT
from mails import BODY, OTHER, PARAGRAPHS, gathered, mail
from tawatur.archive.mail_headers import told_date
from tawatur.archive.mail_quotes import written
from tawatur.archive.mail_wrapping import flowed, unwrapped


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("Tue, Dec 13, 2016 at 10:30 PM", "2016-12-13T22:30:00"),
        ("Tuesday, December 13, 2016 12:05 AM", "2016-12-13T00:05:00"),
        ("13 December 2016 10:30", "2016-12-13T10:30:00"),
        ("الثلاثاء، 13 ديسمبر 2016 في 10:30 م", "2016-12-13T22:30:00"),
        ("الثلاثاء ١٣ كانون الأول ٢٠١٦", "2016-12-13"),
        ("Tue, 13 Dec 2016 10:30:00 +0200", "2016-12-13T10:30:00+02:00"),
        ("December 13, 2016 at 10:30:00 PM GMT+2", "2016-12-13T22:30:00+02:00"),
        ("2016-12-13 10:30", "2016-12-13T10:30:00"),
        ("13/12/2016 25:61", "2016-12-13"),
        ("yesterday", None),
    ],
)
def test_dates_of_forwarded_mails(words: str, iso: str | None) -> None:
    assert told_date(words) == iso


@pytest.mark.parametrize(
    "block",
    [
        "---------- Forwarded message ---------\nFrom: وكالة السهل <press@sahl.example>\nDate: Mon, Dec 12, 2016 at 9:15 PM\nSubject: {s}\nTo: <news@nahr.example>\n\n\n{b}",
        "-------- Forwarded Message --------\nSubject: \t{s}\nDate: \tMon, 12 Dec 2016 21:15:00 +0200\nFrom: \tوكالة السهل <press@sahl.example>\nTo: \tnews@nahr.example\n\n{b}",
        "Begin forwarded message:\n\n> From: وكالة السهل <press@sahl.example>\n> Subject: {s}\n> Date: December 12, 2016 at 9:15:00 PM GMT+2\n> To: news@nahr.example\n> \n> {b}",
        "________________________________\nFrom: وكالة السهل <press@sahl.example>\nSent: Monday, December 12, 2016 9:15 PM\nTo: news@nahr.example\nSubject: {s}\n\n{b}",
        "-----Original Message-----\nFrom: وكالة السهل [mailto:press@sahl.example]\nSent: Monday, December 12, 2016 9:15 PM\nTo: news@nahr.example\nSubject: {s}\n\n{b}",
        "---------- رسالة معاد توجيهها ---------\nمن: وكالة السهل <press@sahl.example>\nالتاريخ: الاثنين، 12 ديسمبر 2016 في 9:15 م\nالموضوع: {s}\nإلى: <news@nahr.example>\n\n{b}",
        "\u200fمن: وكالة السهل <press@sahl.example>\n\u200fتاريخ الإرسال: 12/كانون الأول/2016 09:15 م\n\u200fإلى: news@nahr.example\n\u200fالموضوع: {s}\n\n{b}",
        "*From:* وكالة السهل <press@sahl.example>\n*Sent:* Monday, December 12, 2016 9:15 PM\n*To:* news@nahr.example;\n ops@nahr.example\n*Subject:* {s}\n\n{b}",
    ],
    ids=["gmail", "thunderbird", "apple", "outlook web", "outlook", "gmail ar", "outlook ar", "outlook bold"],
)
@pytest.mark.parametrize("note", ["", "للعلم"])
def test_a_forwarded_mail_is_a_report_of_its_own(tmp_path: Path, block: str, note: str) -> None:
    body = block.format(s="قافلة عند المدخل", b=OTHER)
    (report,), issues = gathered(tmp_path, mail(f"{note}\n\n{body}", Subject="Fwd: قافلة"))
    assert report.text == OTHER
    assert (report.title, report.outlet) == ("قافلة عند المدخل", "وكالة السهل")
    assert (report.published or "").startswith("2016-12-12T21:15:00")
    assert [note in issue.reason for issue in issues] == ([True] if note else [])


def test_what_stands_above_a_forwarded_mail_is_a_report_where_it_is_one(tmp_path: Path) -> None:
    block = f"---------- Forwarded message ---------\nFrom: a@b.example\nDate: Mon, 12 Dec 2016 21:15:00 +0200\nSubject: x\n\n{OTHER}"
    reports, _ = gathered(tmp_path, mail(f"{BODY}\n\n{block}"))
    assert [(report.text, report.outlet) for report in reports] == [(BODY, "شبكة النهر"), (OTHER, "b.example")]


def test_mails_forwarded_inside_one_another() -> None:
    def block(inner: str, depth: int) -> str:
        text = f"---------- Forwarded message ---------\nFrom: a{depth}@b.example\nDate: Mon, 12 Dec 2016 21:15:00 +0200\nSubject: x\n\n"
        return text + (f"{inner} {depth}\n\n{block(inner, depth - 1)}" if depth else f"{inner} 0")

    told = written(block(TEXT, 30))
    assert [mail.headers["from"] for mail in told.forwarded][:3] == ["a30@b.example", "a29@b.example", "a28@b.example"]
    assert told.text == ""


@pytest.mark.parametrize(
    "reply",
    [
        "{b}\n\nOn Mon, Dec 12, 2016 at 9:15 PM River <a@b.example> wrote:\n\n> {o}\n>> more\n",
        "{b}\n\nOn Mon, Dec 12, 2016 at 9:15 PM River <\na@b.example> wrote:\n> {o}\n",
        "{b}\n\nفي الاثنين، 12 ديسمبر 2016 في 9:15 م تمت كتابة ما يلي بواسطة النهر <a@b.example>:\n\n> {o}\n",
        "{b}\n\nبتاريخ 12/12/2016 21:15، كتب النهر:\n> {o}\n> {o}\n",
        "{b}\n\nOn 12 Dec 2016, River <a@b.example> wrote:\n\n{o}\n\n{o}\n",
        "{b}\n\n-----Original Message-----\nFrom: River [mailto:a@b.example]\nSent: Monday, December 12, 2016 9:15 PM\nTo: x\nSubject: y\n\n{o}\n",
        "> {o}\n\n{b}\n",
    ],
)
def test_what_an_answer_quotes_is_left_out_and_told(tmp_path: Path, reply: str) -> None:
    (report,), (issue,) = gathered(tmp_path, mail(reply.format(b=BODY, o=OTHER), **{"In-Reply-To": "<0@b.example>"}))
    assert report.text == BODY
    assert "lines that it quotes" in issue.reason


def test_answers_between_quotations_are_kept() -> None:
    told = written(f"On 12 Dec 2016 a@b.example wrote:\n> first\n\n{PARAGRAPHS[0]}\n\n> second\n\n{PARAGRAPHS[1]}")
    assert [line for line in told.text.split("\n") if line] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "news",
    [
        f"كتب الناشط على صفحته يوم 13 كانون الأول:\n{OTHER}",
        f"On 12 December the office (press@b.example) said:\n{OTHER}",
        f"وقال المكتب (press@b.example) يوم 12 كانون الأول:\n{OTHER}",
        f"كتب إلينا من يملك العنوان press@b.example:\n{OTHER}",
        f"{PARAGRAPHS[0]}\nقال المتحدث:\n{OTHER}",
        f"From the river to the hills people left: 1200 of them.\n{OTHER}",
        f"من: أهالي البلدة يطلبون الخبز\n{OTHER}",
        f"{PARAGRAPHS[0]}\n--\n" + "\n".join([OTHER] * 14),
        f"{PARAGRAPHS[0]}\n____________________________________________\n{OTHER}",
    ],
)
def test_news_is_not_taken_for_what_programs_write(news: str) -> None:
    told = written(news)
    assert (told.text, told.quoted, told.forwarded) == (news, 0, [])


def test_only_quoted_text_is_kept() -> None:
    assert written(f"> {PARAGRAPHS[0]}\n> {PARAGRAPHS[1]}").text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "foot",
    [
        "\n-- \nسامر الخطيب\nمكتب التحرير\n+000 000",
        "\n--\nYou received this message because you are subscribed.\nhttps://lists.example",
        "\n_______________________________________________\nriver mailing list\nriver@lists.example\nhttps://lists.example/river",
        "\nSent from my phone",
        "\nأُرسلت من الـ هاتف",
    ],
)
def test_signatures_and_feet_of_lists_are_no_text(tmp_path: Path, foot: str) -> None:
    (report,), issues = gathered(tmp_path, mail(BODY + foot))
    assert (report.text, issues) == (BODY, [])


def test_quotations_of_pages_are_left_out(tmp_path: Path) -> None:
    html = f'<div>{PARAGRAPHS[0]}</div><div class="gmail_quote"><div>On Mon, Dec 12, 2016 at 9:15 PM River &lt;a@b.example&gt; wrote:<br></div><blockquote class="gmail_quote"><div>{OTHER}<blockquote>x</blockquote></div></blockquote></div><p>{PARAGRAPHS[1]}</p>'
    (report,), (issue,) = gathered(tmp_path, mail(html, **{"Content-Type": "text/html; charset=utf-8"}))
    assert [line for line in report.text.split("\n") if line] == list(PARAGRAPHS)
    assert "quotes" in issue.reason


def test_lines_that_a_program_broke_are_put_together() -> None:
    import textwrap

    wrapped = "\n\n".join(textwrap.fill(" ".join([text] * 3), 72) for text in (PARAGRAPHS[0], OTHER))
    assert unwrapped(wrapped).split("\n\n") == [" ".join([text] * 3) for text in (PARAGRAPHS[0], OTHER)]
    assert len(unwrapped(wrapped)) == len(wrapped)
    listed = "القرى:\n- الأولى: 12 عائلة\n- الثانية: 7\n" + "س" * 60
    assert unwrapped(listed) == listed


def test_flowed_text() -> None:
    assert flowed("one two \nthree\n> q \n> r\n-- \nname", delsp=False) == "one two three\n> q \n> r\n-- \nname"
    assert flowed("قتل \n14\n From here", delsp=True) == "قتل14\nFrom here"
