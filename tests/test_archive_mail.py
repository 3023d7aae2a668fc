# ruff: noqa: E501  samples stand as they are
"""Mails and mailboxes: what the sender wrote, in whatever encoding and form programs send it, and the files in it."""

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

from intake import TEXT, gather, one
from mails import BODY, HEADERS, OTHER, PARAGRAPHS, SUBJECT, gathered, header, mail
from tables import mutated
from tawatur.archive.mail_headers import date_of, outlet_of, words_of

COUNT = int(os.environ.get("TAWATUR_SOAK", "150"))


SLOWEST = 10.0  # seconds that one input may take


def test_a_mail_is_a_report(tmp_path: Path) -> None:
    (report,), issues = gathered(tmp_path, mail())
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
    head = b"".join(f"{name}: {header(value)}\r\n".encode() for name, value in HEADERS)
    head += f"Content-Type: text/plain{kind}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n".encode()
    (report,), issues = gathered(tmp_path, head + coded)
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
    (report,), _ = gathered(
        tmp_path, mail(**{"List-Id": '"River news" <river.lists.example>', "Archived-At": "<https://lists.example/1>"})
    )
    assert (report.outlet, report.author, report.url) == ("River news", "شبكة النهر", "https://lists.example/1")


def _alternative(plain: str, html: str) -> bytes:
    message = MIMEMultipart("alternative")
    for name, value in HEADERS:
        message[name] = header(value)
    message.attach(MIMEText(plain, "plain", "utf-8"))
    message.attach(MIMEText(html, "html", "utf-8"))
    return message.as_bytes()


@pytest.mark.parametrize(
    "plain", ["View this email in your browser: https://x.example", "", "اعرض هذه الرسالة في المتصفح"]
)
def test_the_page_counts_where_the_plain_part_only_points_to_it(tmp_path: Path, plain: str) -> None:
    html = f"<html><body><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></body></html>"
    (report,), _ = gathered(tmp_path, _alternative(plain, html))
    assert [line for line in report.text.split("\n") if line] == list(PARAGRAPHS)


def test_the_plain_part_counts_where_it_is_whole(tmp_path: Path) -> None:
    (report,), issues = gathered(
        tmp_path, _alternative(BODY, f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>unsubscribe</p>")
    )
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
    (report,), (issue,) = gathered(tmp_path, _with_part(part))
    assert (report.text.strip(), report.outlet, report.published) == (
        OTHER,
        "sahl.example",
        "2016-12-12T21:15:00+02:00",
    )
    assert "للعلم" in issue.reason


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ('multipart/encrypted; boundary="b"', "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b--"),
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", "MIAG"),
        ("text/plain", "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"),
    ],
)
def test_encrypted_mails_are_refused(tmp_path: Path, kind: str, body: str) -> None:
    assert one(gathered(tmp_path, mail(body, **{"Content-Type": kind}))).reason == "encrypted"


@pytest.mark.parametrize("armoured", [True, False])
def test_signed_mails_are_read_and_told(tmp_path: Path, armoured: bool) -> None:
    inner = f"Content-Type: text/plain; charset=utf-8\n\n{BODY}"
    signed = f"--b\n{inner}\n--b\nContent-Type: application/pgp-signature\n\niQ\n--b--"
    plain = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{BODY}\n-----BEGIN PGP SIGNATURE-----\n\niQ\n-----END PGP SIGNATURE-----\n"
    kind = "text/plain; charset=utf-8" if armoured else 'multipart/signed; boundary="b"'
    (report,), issues = gathered(tmp_path, mail(plain if armoured else signed, **{"Content-Type": kind}))
    assert report.text == BODY
    assert issues[0].reason == "its signature is not checked"


def test_a_mail_without_a_date_takes_that_of_its_arrival_and_tells(tmp_path: Path) -> None:
    received = "from a by b; Tue, 13 Dec 2016 11:00:00 +0200"
    (report,), (issue,) = gathered(tmp_path, mail(Date="", Received=received))
    assert report.published == "2016-12-13T11:00:00+02:00"
    assert "that of its arrival" in issue.reason
    (report,), (issue,) = gathered(tmp_path, mail(f"{BODY} 2", Date="tomorrow"))
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
    (report,), (issue,) = gathered(tmp_path, _with_file(table, "text/csv", "جدول.csv"))
    assert (report.text, report.outlet, report.form) == (OTHER, "وكالة السهل", "csv")
    assert report.origin_file.endswith("a.eml!جدول.csv")
    assert "للعلم" in issue.reason
    reports, issues = gathered(tmp_path, _with_file(OTHER.encode("cp1256"), "application/octet-stream", "a.txt", BODY))
    assert ([report.text.strip() for report in reports], issues) == ([BODY, OTHER], [])


@pytest.mark.parametrize("charset", ["utf-8", "cp1256"])
def test_names_of_files_in_bare_bytes(tmp_path: Path, charset: str) -> None:
    data = _with_file(b"\0\1", "application/octet-stream", "NAME.mp3", BODY)
    _, (issue,) = gathered(tmp_path, data.replace(b"NAME", "صور القصف على السوق".encode(charset)))
    assert "صور القصف على السوق.mp3" in issue.place


def test_archives_in_a_mail_are_opened(tmp_path: Path) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a/b.txt", OTHER)
    data = _with_file(packed.getvalue(), "application/zip", "b.zip", BODY)
    reports, issues = gathered(tmp_path, b"From a Tue Dec 13 10:30:00 2016\n" + data, "a.mbox")
    assert ([report.text.strip() for report in reports], issues) == ([BODY, OTHER], [])
    assert reports[1].origin_file.endswith("a.mbox!mail 1/b.zip/a/b.txt")


def test_a_mail_that_is_a_file_of_a_mail_is_a_report(tmp_path: Path) -> None:
    inner = mail(OTHER, From="press@sahl.example", Subject="قافلة")
    (report,), _ = gathered(tmp_path, _with_file(inner, "application/octet-stream", "inner.eml"))
    assert (report.text, report.outlet) == (OTHER, "sahl.example")


@pytest.mark.parametrize(
    ("name", "severity"), [("صورة.jpg", "doubtful"), ("b.zip", "refused"), ("b.docx", "refused"), ("b.doc", "refused")]
)
def test_other_files_of_a_mail_are_told(tmp_path: Path, name: str, severity: str) -> None:
    (report,), (issue,) = gathered(tmp_path, _with_file(b"\0\1", "application/octet-stream", name, BODY))
    assert report.text.strip() == BODY
    assert (name in issue.place, issue.severity) == (True, severity)


def test_pictures_in_the_text_are_passed_by(tmp_path: Path) -> None:
    (report,), issues = gathered(tmp_path, _with_file(b"\0\1", "image/png", "logo.png", BODY, "inline"))
    assert (report.text.strip(), issues) == (BODY, [])


BOX = (
    b"From MAILER Tue Dec 13 10:30:00 2016\n" + mail(f"{BODY} 1\n\nFrom here on the road is closed.\n>From there too\n") + b"\n"
    b"From - Wed Dec 14 10:30:00 2016\r\n" + mail(f"{BODY} 2\n").replace(b"\n", b"\r\n") + b"\r\n"
    b"From 15534@xxx Thu Dec 15 08:30:00 +0000 2016\nX-Gmail-Labels: a\n" + mail(f"{BODY} 3")
)  # fmt: skip


@pytest.mark.parametrize("name", ["a.mbox", "a.mbx", "Inbox", "a.txt"])
def test_a_mailbox(tmp_path: Path, name: str) -> None:
    reports, issues = gathered(tmp_path, BOX, name)
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
        for mail in (mail(f"{BODY} 1"), b"Subject: x\n\n", mail(f"{BODY} 3"))
    )
    reports, (issue,) = gathered(tmp_path, box, "a.mbox")
    assert len(reports) == 2
    assert (issue.place, issue.severity) == ("mail 2", "refused")


@pytest.mark.parametrize("data", [BOX, mail()])
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
    assert one(gathered(tmp_path, data, name)).severity == "refused"


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    issue = one(gathered(tmp_path, mail("<p>x</p>" * (1 << 20) + "x", **{"Content-Type": "text/html"})))
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
    reports, issues = gathered(tmp_path, bombs[name].encode())
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
        reports, issues = gathered(tmp_path, mutated(good, seed), name)
        assert reports or issues, seed
        assert all(issue.reason and issue.advice and "\n" not in issue.line() for issue in issues), seed
        assert time.process_time() - began < SLOWEST, seed
