# ruff: noqa: E501  samples stand as they are
"""Mails and mailboxes: what the sender wrote, what was forwarded, in whatever encoding and form programs send it."""

from __future__ import annotations

import os
import time
from base64 import b64encode
from email.header import Header
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from quopri import encodestring
from zipfile import ZipFile

import pytest

from intake import TEXT, Result, gather, one
from tables import mutated
from tawatur.archive.mail_headers import date_of, outlet_of, told_date, words_of
from tawatur.archive.mail_quotes import written
from tawatur.archive.mail_wrapping import flowed, unwrapped

COUNT = int(os.environ.get("TAWATUR_SOAK", "150"))
SLOWEST = 10.0  # seconds that one input may take
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


def _header(value: str, charset: str = "utf-8") -> str:
    words, mark, address = value.partition(" <")
    return value if value.isascii() else Header(words, charset).encode() + mark + address


def _mail(
    body: str = BODY, *, headers: tuple[tuple[str, str], ...] = HEADERS, charset: str = "utf-8", **more: str
) -> bytes:
    kept = [(name, value) for name, value in headers if name not in more]
    head = "".join(f"{name}: {_header(value)}\n" for name, value in [*kept, *more.items()] if value)
    kind = (
        ""
        if "Content-Type" in more
        else f'MIME-Version: 1.0\nContent-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: 8bit\n'
    )
    return f"{head}{kind}\n".replace("Content_", "Content-").encode() + body.encode(charset, "replace")


def _gathered(tmp_path: Path, data: bytes, name: str = "a.eml", **options: str) -> Result:
    path = tmp_path / name
    path.write_bytes(data)
    return gather(path, **options)


def test_a_mail_is_a_report(tmp_path: Path) -> None:
    (report,), issues = _gathered(tmp_path, _mail())
    assert issues == []
    assert report.text == BODY
    assert (report.title, report.outlet, report.author) == (SUBJECT, "شبكة النهر", "")
    assert (report.published, report.form, report.name) == ("2016-12-13T10:30:00+02:00", "mail", "a.eml")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
@pytest.mark.parametrize("said", ["right", "us-ascii", "utf-8", "none", "x-unknown"])
def test_bodies_in_every_encoding_whatever_is_said(tmp_path: Path, charset: str, transfer: str, said: str) -> None:
    text = BODY.replace("ً", "")
    data = text.encode(charset)
    coded = {"8bit": data, "quoted-printable": encodestring(data), "base64": b64encode(data)}[transfer]
    kind = "" if said == "none" else f"; charset={charset if said == 'right' else said}"
    head = b"".join(f"{name}: {_header(value)}\r\n".encode() for name, value in HEADERS)
    head += f"Content-Type: text/plain{kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
    (report,), issues = _gathered(tmp_path, head + coded)
    assert (report.text, issues) == (text, [])


@pytest.mark.parametrize(
    "value",
    [
        Header(SUBJECT, "utf-8").encode(),
        Header(SUBJECT.replace("ً", ""), "windows-1256").encode(),
        f"=?UTF-8?B?{b64encode(SUBJECT.encode()[:21]).decode()}?=\r\n =?UTF-8?B?{b64encode(SUBJECT.encode()[21:]).decode()}?=",
        f"=?utf-8?q?{encodestring(SUBJECT.encode(), header=True).decode()}?=".replace("=\n", ""),
        SUBJECT.encode().decode("ascii", "surrogateescape"),
        SUBJECT.replace("ً", "").encode("cp1256").decode("ascii", "surrogateescape"),
        f"=?windows-1256*ar?B?{b64encode(SUBJECT.replace('ً', '').encode('cp1256')).decode()}?=",
    ],
    ids=["utf-8", "cp1256", "cut letter", "q", "raw utf-8", "raw cp1256", "language"],
)
def test_headers_in_every_encoding(value: str) -> None:
    assert words_of(value).replace("ً", "") == SUBJECT.replace("ً", "")


def test_plain_and_encoded_words_stand_together() -> None:
    assert words_of("=?utf-8?b?2YXZgtiq2YQ=?= 14 [SANA] =?broken?b?zz?= x").startswith("مقتل 14 [SANA]")
    assert words_of("=?utf-8?b?%%%?= x") != ""


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("Tue, 13 Dec 2016 10:30:00 +0200", "2016-12-13T10:30:00+02:00"),
        ("13 Dec 16 10:30 EST", "2016-12-13T10:30:00-05:00"),
        ("Tue, 13 Dec 2016 08:30:00 -0000", "2016-12-13T08:30:00+00:00"),
        ("Tue, 13 Dec 2016 08:30:00 GMT (UTC)", "2016-12-13T08:30:00+00:00"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates(value: str, iso: str | None) -> None:
    assert date_of(value) == iso


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
    ("listed", "name", "address", "outlet"),
    [
        ("", "شبكة النهر", "news@nahr.example", "شبكة النهر"),
        ("", "", "news@nahr.example", "nahr.example"),
        ("", "Samir Khatib", "samir@nahr.example", "nahr.example"),
        ("", "Samir Khatib", "samir.khatib@gmail.com", "Samir Khatib"),
        ('"River news" <river.lists.example>', "Samir", "samir@gmail.com", "River news"),
        ("<river.lists.example>", "Samir", "s@gmail.com", "Samir"),
        ("9f3ab01c77deadbeef list <x.mcsv.example>", "Nahr", "info@nahr.example", "Nahr"),
        ("", "", "", None),
    ],
)
def test_who_publishes(listed: str, name: str, address: str, outlet: str | None) -> None:
    assert outlet_of(listed, name, address) == outlet


def test_the_author_stands_beside_a_list(tmp_path: Path) -> None:
    (report,), _ = _gathered(
        tmp_path, _mail(**{"List-Id": '"River news" <river.lists.example>', "Archived-At": "<https://lists.example/1>"})
    )
    assert (report.outlet, report.author, report.url) == ("River news", "شبكة النهر", "https://lists.example/1")


def _alternative(plain: str, html: str) -> bytes:
    message = MIMEMultipart("alternative")
    for name, value in HEADERS:
        message[name] = _header(value)
    message.attach(MIMEText(plain, "plain", "utf-8"))
    message.attach(MIMEText(html, "html", "utf-8"))
    return message.as_bytes()


@pytest.mark.parametrize(
    "plain", ["View this email in your browser: https://x.example", "", "اعرض هذه الرسالة في المتصفح"]
)
def test_the_page_counts_where_the_plain_part_only_points_to_it(tmp_path: Path, plain: str) -> None:
    html = f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    (report,), _ = _gathered(tmp_path, _alternative(plain, html))
    assert [line for line in report.text.split("\n") if line] == list(PARAGRAPHS)


def test_the_plain_part_counts_where_it_is_whole(tmp_path: Path) -> None:
    (report,), issues = _gathered(
        tmp_path, _alternative(BODY, f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>unsubscribe</p>")
    )
    assert (report.text, issues) == (BODY, [])


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
    (report,), issues = _gathered(tmp_path, _mail(f"{note}\n\n{body}", Subject="Fwd: قافلة"))
    assert report.text == OTHER
    assert (report.title, report.outlet) == ("قافلة عند المدخل", "وكالة السهل")
    assert (report.published or "").startswith("2016-12-12T21:15:00")
    assert [note in issue.reason for issue in issues] == ([True] if note else [])


def test_what_stands_above_a_forwarded_mail_is_a_report_where_it_is_one(tmp_path: Path) -> None:
    block = f"---------- Forwarded message ---------\nFrom: a@b.example\nDate: Mon, 12 Dec 2016 21:15:00 +0200\nSubject: x\n\n{OTHER}"
    reports, _ = _gathered(tmp_path, _mail(f"{BODY}\n\n{block}"))
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
    (report,), (issue,) = _gathered(tmp_path, _mail(reply.format(b=BODY, o=OTHER), **{"In-Reply-To": "<0@b.example>"}))
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
    (report,), issues = _gathered(tmp_path, _mail(BODY + foot))
    assert (report.text, issues) == (BODY, [])


def _with_part(part: EmailMessage) -> bytes:
    outer = EmailMessage()
    for name, value in HEADERS:
        outer[name] = value
    outer.set_content("للعلم")
    outer.make_mixed()
    outer.attach(part)
    return outer.as_bytes()


def test_a_mail_in_a_mail_is_a_report(tmp_path: Path) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"], inner["Date"] = "press@sahl.example", "قافلة", "Mon, 12 Dec 2016 21:15:00 +0200"
    inner.set_content(OTHER)
    part = EmailMessage()
    part.set_content(inner)
    (report,), (issue,) = _gathered(tmp_path, _with_part(part))
    assert (report.text.strip(), report.outlet, report.published) == (
        OTHER,
        "sahl.example",
        "2016-12-12T21:15:00+02:00",
    )
    assert "للعلم" in issue.reason


def test_quotations_of_pages_are_left_out(tmp_path: Path) -> None:
    html = f'<div>{PARAGRAPHS[0]}</div><div class="gmail_quote"><div>On Mon, Dec 12, 2016 at 9:15 PM River &lt;a@b.example&gt; wrote:<br></div><blockquote class="gmail_quote"><div>{OTHER}<blockquote>x</blockquote></div></blockquote></div><p>{PARAGRAPHS[1]}</p>'
    (report,), (issue,) = _gathered(tmp_path, _mail(html, **{"Content-Type": "text/html; charset=utf-8"}))
    assert [line for line in report.text.split("\n") if line] == list(PARAGRAPHS)
    assert "quotes" in issue.reason


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ('multipart/encrypted; boundary="b"', "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MIAG"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"),
    ],
)
def test_encrypted_mails_are_refused(tmp_path: Path, kind: str, body: str) -> None:
    assert one(_gathered(tmp_path, _mail(body, **{"Content-Type": kind}))).reason == "encrypted"


@pytest.mark.parametrize("armoured", [True, False])
def test_signed_mails_are_read_and_told(tmp_path: Path, armoured: bool) -> None:
    inner = f"Content-Type: text/plain; charset=utf-8\n\n{BODY}"
    signed = f"--b\n{inner}\n--b\nContent-Type: application/pgp-signature\n\niQ\n--b--"
    plain = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{BODY}\n-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n"
    kind = "text/plain; charset=utf-8" if armoured else 'multipart/signed; boundary="b"'
    (report,), issues = _gathered(tmp_path, _mail(plain if armoured else signed, **{"Content-Type": kind}))
    assert report.text == BODY
    assert issues[0].reason == "its signature is not checked"


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


def test_a_mail_without_a_date_takes_that_of_its_arrival_and_tells(tmp_path: Path) -> None:
    received = "from a by b; Tue, 13 Dec 2016 11:00:00 +0200"
    (report,), (issue,) = _gathered(tmp_path, _mail(Date="", Received=received))
    assert report.published == "2016-12-13T11:00:00+02:00"
    assert "that of its arrival" in issue.reason
    (report,), (issue,) = _gathered(tmp_path, _mail(f"{BODY} 2", Date="tomorrow"))
    assert report.published is None
    assert "taken as unknown" in issue.reason


def _with_file(data: bytes, kind: str, name: str, body: str = "للعلم", disposition: str = "attachment") -> bytes:
    message = EmailMessage()
    for key, value in HEADERS:
        message[key] = value
    message.set_content(body)
    main, sub = kind.split("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name, disposition=disposition)
    return message.as_bytes()


def test_reports_in_the_files_of_a_mail_are_read(tmp_path: Path) -> None:
    table = f"المصدر,التاريخ,النص\nوكالة السهل,2016-12-12,{OTHER}\n".encode()
    (report,), (issue,) = _gathered(tmp_path, _with_file(table, "text/csv", "جدول.csv"))
    assert (report.text, report.outlet, report.form) == (OTHER, "وكالة السهل", "csv")
    assert report.origin_file.endswith("a.eml!جدول.csv")
    assert "للعلم" in issue.reason
    reports, issues = _gathered(tmp_path, _with_file(OTHER.encode("cp1256"), "application/octet-stream", "a.txt", BODY))
    assert ([report.text.strip() for report in reports], issues) == ([BODY, OTHER], [])


@pytest.mark.parametrize("charset", ["utf-8", "cp1256"])
def test_names_of_files_in_bare_bytes(tmp_path: Path, charset: str) -> None:
    data = _with_file(b"\0\1", "application/octet-stream", "NAME.mp3", BODY)
    _, (issue,) = _gathered(tmp_path, data.replace(b"NAME", "صور القصف على السوق".encode(charset)))
    assert "صور القصف على السوق.mp3" in issue.place


def test_archives_in_a_mail_are_opened(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a/b.txt", OTHER)
    data = _with_file(packed.getvalue(), "application/zip", "b.zip", BODY)
    reports, issues = _gathered(tmp_path, b"From a Tue Dec 13 10:30:00 2016\n" + data, "a.mbox")
    assert ([report.text.strip() for report in reports], issues) == ([BODY, OTHER], [])
    assert reports[1].origin_file.endswith("a.mbox!mail 1/b.zip/a/b.txt")


def test_a_mail_that_is_a_file_of_a_mail_is_a_report(tmp_path: Path) -> None:
    inner = _mail(OTHER, From="press@sahl.example", Subject="قافلة")
    (report,), _ = _gathered(tmp_path, _with_file(inner, "application/octet-stream", "inner.eml"))
    assert (report.text, report.outlet) == (OTHER, "sahl.example")


@pytest.mark.parametrize(
    ("name", "severity"), [("صورة.jpg", "doubtful"), ("b.zip", "refused"), ("b.docx", "refused"), ("b.doc", "refused")]
)
def test_other_files_of_a_mail_are_told(tmp_path: Path, name: str, severity: str) -> None:
    (report,), (issue,) = _gathered(tmp_path, _with_file(b"\0\1", "application/octet-stream", name, BODY))
    assert report.text.strip() == BODY
    assert (name in issue.place, issue.severity) == (True, severity)


def test_pictures_in_the_text_are_passed_by(tmp_path: Path) -> None:
    (report,), issues = _gathered(tmp_path, _with_file(b"\0\1", "image/png", "logo.png", BODY, "inline"))
    assert (report.text.strip(), issues) == (BODY, [])


BOX = (
    b"From MAILER Tue Dec 13 10:30:00 2016\n" + _mail(f"{BODY} 1\n\nFrom here on the road is closed.\n>From there too\n") + b"\n"
    b"From - Wed Dec 14 10:30:00 2016\r\n" + _mail(f"{BODY} 2\n").replace(b"\n", b"\r\n") + b"\r\n"
    b"From 15534@xxx Thu Dec 15 08:30:00 +0000 2016\nX-Gmail-Labels: a\n" + _mail(f"{BODY} 3")
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.mbox", "a.mbx", "Inbox", "a.txt"])
def test_a_mailbox(tmp_path: Path, name: str) -> None:
    reports, issues = _gathered(tmp_path, BOX, name)
    assert issues == []
    assert [report.name for report in reports] == [f"{name}/1", f"{name}/2", f"{name}/3"]
    assert [report.text[len(BODY) :] for report in reports] == [
        " 1\n\nFrom here on the road is closed.\nFrom there too",
        " 2",
        " 3",
    ]


def test_a_broken_mail_is_lost_alone(tmp_path: Path) -> None:
    box = b"".join(
        b"From a Tue Dec 13 10:30:00 2016\n" + mail + b"\n\n"
        for mail in (_mail(f"{BODY} 1"), b"Subject: x\n\n", _mail(f"{BODY} 3"))
    )
    reports, (issue,) = _gathered(tmp_path, box, "a.mbox")
    assert len(reports) == 2
    assert (issue.place, issue.severity) == ("mail 2", "refused")


@pytest.mark.parametrize("data", [BOX, _mail()])
def test_mails_on_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BufferedReader(BytesIO(data))))  # type: ignore[arg-type]
    reports, _ = gather("-")
    assert {report.outlet for report in reports} == {"شبكة النهر"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", b""),
        ("a.eml", b"\n\n"),
        ("a.eml", TEXT.encode()),
        ("a.mbox", b""),
        ("a.msg", b"\xd0\xcf"),
        ("a.eml", b"Subject: x\n\n"),
    ],
)
def test_what_is_no_mail_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    assert one(_gathered(tmp_path, data, name)).severity == "refused"


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    issue = one(_gathered(tmp_path, _mail("<p>x</p>" * (1 << 20) + "x", **{"Content-Type": "text/html"})))
    assert issue.reason == "a text larger than 8 MB"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["parts", "mails", "lines", "words", "quotes", "forwards", "headers"])
def test_bombs_are_refused_or_read(tmp_path: Path, name: str) -> None:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1500))
    block = "---------- Forwarded message ---------\nFrom: a@b.c\nDate: Mon, 12 Dec 2016 21:15:00 +0200\n\n"
    bombs = {
        "parts": f"From: a@b.c\n{parts}" + "x\n" * 100_000,
        "mails": "From: a@b.c\n" + "Content-Type: message/rfc822\n\n" * 1500 + TEXT,
        "lines": "From: a@b.c\nSubject: " + "x" * 5_000_000 + "\n\n" + "ب" * 5_000_000,
        "words": "From: a@b.c\nSubject: " + "=?utf-8?q?=?=" * 100_000 + "\n\n" + TEXT,
        "quotes": "From: a@b.c\n\n" + "> " * 200_000 + "\n" + ("> كتب:\n" * 50_000) + TEXT,
        "forwards": "From: a@b.c\n\n" + block * 5000 + TEXT,
        "headers": "From: a@b.c\n\n" + "From: x\n" * 100_000 + "To: x,\n" * 50_000 + TEXT,
    }
    began = time.process_time()
    reports, issues = _gathered(tmp_path, bombs[name].encode())
    assert reports or issues
    assert time.process_time() - began < SLOWEST


@pytest.mark.parametrize("name", ["a.eml", "b.eml", "a.mbox"])
def test_spoiled_mails_are_read_or_refused(tmp_path: Path, name: str) -> None:
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "press@sahl.example", "قافلة"
    inner.set_content(OTHER)
    part = EmailMessage()
    part.set_content(inner)
    good = {"a.eml": _alternative(BODY, f"<p>{BODY}</p>"), "b.eml": _with_part(part), "a.mbox": BOX}[name]
    for seed in range(COUNT):
        began = time.process_time()
        reports, issues = _gathered(tmp_path, mutated(good, seed), name)
        assert reports or issues, seed
        assert all(issue.reason and issue.advice and "\n" not in issue.line() for issue in issues), seed
        assert time.process_time() - began < SLOWEST, seed
