# ruff: noqa: E501  samples stand as they are
"""Telegram Desktop exports: every message with words is a report, told exactly; what is broken is lost alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from io import BufferedReader, BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from intake import TEXT, Result, gather, one
from tables import mutated
from tawatur.archive.telegram_message import instant
from telegram_making import CHANNEL, PIECES, WORDS, account, chat, message, page, shown, written

COUNT = int(os.environ.get("TAWATUR_SOAK", "150"))
SLOWEST = 10.0  # seconds that one input may take
PHOTO = {"photo": "photos/photo_1.jpg", "width": 800, "height": 600}
SERVICE = {"id": 1, "type": "service", "date": "2016-12-13T10:00:00", "action": "create_channel", "text": ""}


def _gathered(tmp_path: Path, value: object, indent: int | None = 1) -> Result:
    path = tmp_path / "result.json"
    path.write_text(value if isinstance(value, str) else written(value, indent), "utf-8")
    return gather(path)


@pytest.mark.parametrize("indent", [1, None, 4])
def test_a_message_is_a_report(tmp_path: Path, indent: int | None) -> None:
    (report,), issues = _gathered(tmp_path, chat(SERVICE, message(7, PIECES)), indent)
    assert issues == []
    assert report.text == WORDS
    assert (report.outlet, report.published, report.form) == (CHANNEL, "2016-12-13T10:37:00+02:00", "telegram")
    assert (report.name, report.url) == (f"{CHANNEL}/7", "https://t.me/c/1234567890/7")
    assert report.author == ""


@pytest.mark.parametrize(
    "kind",
    ["plain", "bold", "italic", "code", "pre", "link", "text_link", "mention", "mention_name", "hashtag", "cashtag",
     "bot_command", "email", "phone", "bank_card", "underline", "strikethrough", "spoiler", "blockquote", "custom_emoji", "unknown"],
)  # fmt: skip
def test_pieces_of_every_kind_are_joined_as_they_are(tmp_path: Path, kind: str) -> None:
    pieces = [TEXT, {"type": kind, "text": " ١٤\u200f قتيلاً\n", "document_id": "x", "language": "", "href": "y"}, ""]
    (report,), _ = _gathered(tmp_path, chat(message(1, pieces)))
    assert report.text == f"{TEXT} ١٤\u200f قتيلاً\n"


def test_text_that_stands_in_its_entities_alone(tmp_path: Path) -> None:
    (report,), _ = _gathered(tmp_path, chat(message(1, "", text_entities=[{"type": "plain", "text": TEXT}])))
    assert report.text == TEXT


@pytest.mark.parametrize("indent", [1, None])
def test_all_chats_of_an_account(tmp_path: Path, indent: int | None) -> None:
    one_chat, other = chat(message(1, f"{TEXT} أ")), chat(message(1, f"{TEXT} ب"), name="قناة ثانية", number=2)
    left = chat(message(1, f"{TEXT} ج"), name="مجموعة", number=3, kind="private_group")
    reports, issues = _gathered(tmp_path, account(one_chat, other, left=(left,)), indent)
    assert issues == []
    assert [report.outlet for report in reports] == [CHANNEL, "قناة ثانية", "مجموعة"]
    assert [bool(report.url) for report in reports] == [True, True, False]


def test_a_relay_keeps_whose_words_they_are(tmp_path: Path) -> None:
    relayed = message(1, f"{TEXT} 1", forwarded_from="وكالة النهر", **PHOTO)
    signed = message(2, f"{TEXT} 2", author="سامر")
    reports, _ = _gathered(tmp_path, chat(relayed, signed, message(3, f"{TEXT} 3", forwarded_from=None)))
    assert [(report.outlet, report.author) for report in reports] == [
        (CHANNEL, "وكالة النهر"),
        (CHANNEL, "سامر"),
        (CHANNEL, ""),
    ]


def test_what_is_passed_on_and_what_is_answered_are_kept(tmp_path: Path) -> None:
    relayed = message(1, f"{TEXT} 1", forwarded_from="وكالة النهر", forwarded_from_id="channel7")
    answer = message(2, f"{TEXT} 2", reply_to_message_id=1)
    afar = message(3, f"{TEXT} 3", reply_to_message_id=9, reply_to_peer_id="channel5", forwarded_from=CHANNEL)
    expected = [("وكالة النهر", ""), ("", f"{CHANNEL}/1"), ("", "channel5/9")]
    reports, _ = _gathered(tmp_path, chat(relayed, answer, afar))
    assert [(report.relayed_from, report.reply_to) for report in reports] == expected
    nodes = shown(1, f"{TEXT} 1", source="وكالة النهر"), shown(2, f"{TEXT} 2", reply=1), shown(3, f"{TEXT} 3")
    (tmp_path / "messages.html").write_text(page(*nodes), "utf-8")
    reports, _ = gather(tmp_path / "messages.html")
    assert [(report.relayed_from, report.reply_to) for report in reports] == [*expected[:2], ("", "")]


@pytest.mark.parametrize(
    ("texts", "seconds", "wordless"),
    [
        ((TEXT, "", ""), (1, 1, 1), 0),
        (("", "", TEXT), (1, 1, 1), 0),
        (("", TEXT, ""), (1, 1, 1), 0),
        (("", "", ""), (1, 1, 1), 3),
        ((TEXT, "", ""), (1, 1, 2), 1),
        (("", TEXT, ""), (1, 2, 3), 2),
    ],
)
def test_pictures_of_an_album_have_its_words(
    tmp_path: Path, texts: tuple[str, ...], seconds: tuple[int, ...], wordless: int
) -> None:
    dates = [f"2016-12-13T10:30:{second:02}" for second in seconds]
    album = [
        message(n, text, **PHOTO) | {"date": date} for n, (text, date) in enumerate(zip(texts, dates, strict=True), 1)
    ]
    alone = message(9, "", **PHOTO)
    _, issues = _gathered(tmp_path, chat(*album, alone))
    assert [issue.reason.split()[0] for issue in issues] == [str(wordless + 1)]
    titles = [f"13.12.2016 10:30:{second:02} UTC+02:00" for second in seconds]
    media = '<div class="media_wrap clearfix"></div>'
    nodes = [shown(n, text, title=t, more=media) for n, (text, t) in enumerate(zip(texts, titles, strict=True), 1)]
    (tmp_path / "messages.html").write_text(page(*nodes, shown(9, "", more=media)), "utf-8")
    _, issues = gather(tmp_path / "messages.html")
    assert [issue.reason.split()[0] for issue in issues] == [str(wordless + 1)]


def test_in_a_group_the_sender_is_the_author(tmp_path: Path) -> None:
    sent = message(1, TEXT) | {"from": "أم خالد", "from_id": "user5"}
    (report,), _ = _gathered(tmp_path, chat(sent, kind="private_supergroup"))
    assert (report.outlet, report.author) == (CHANNEL, "أم خالد")


def test_an_edit_is_told(tmp_path: Path) -> None:
    edited = message(1, TEXT, edited="2016-12-14T09:00:00", edited_unixtime="1481698800")
    never = message(2, f"{TEXT} 2", edited="1970-01-01T03:00:00")
    reports, (issue,) = _gathered(tmp_path, chat(edited, never))
    assert len(reports) == 2
    assert (issue.place, issue.severity) == ("message 1", "doubtful")
    assert "edited on 2016-12-14T09:00:00" in issue.reason


def test_what_has_no_words_is_counted(tmp_path: Path) -> None:
    odd = [{"id": 5, "type": "unsupported"}, SERVICE]
    reports, (issue,) = _gathered(
        tmp_path, chat(message(1, "", **PHOTO), message(2, f"{TEXT} 2", **PHOTO), message(3, " \n"), *odd)
    )
    assert [report.name for report in reports] == [f"{CHANNEL}/2"]
    assert issue.reason.startswith("2 messages without words")


def test_polls_and_places_are_kept(tmp_path: Path) -> None:
    poll = {
        "question": "هل فُتح المعبر؟",
        "closed": False,
        "total_voters": 9,
        "answers": [{"text": "نعم", "voters": 9}, {"text": "لا", "voters": 0}],
    }
    venue = {
        "place_name": "المشفى الوطني",
        "address": "",
        "location_information": {"latitude": 36.2, "longitude": 37.1},
    }
    reports, _ = _gathered(tmp_path, chat(message(1, "", poll=poll), message(2, TEXT, **venue)))
    assert [report.text for report in reports] == ["هل فُتح المعبر؟\n- نعم\n- لا", f"{TEXT}\nالمشفى الوطني"]


def test_messages_of_blocks(tmp_path: Path) -> None:
    blocks = [
        {"type": "heading", "size": 2, "text": "بالأرقام"},
        {"type": "paragraph", "text": ["قتل ", {"type": "bold", "text": {"type": "italic", "text": "14"}}, " مدنياً"]},
        {"type": "blockquote", "blocks": [{"type": "paragraph", "text": TEXT}]},
        {"type": "table", "rows": [[{"text": "الحي"}, {"text": "القتلى"}], [{"text": "الأول"}, {"text": "14"}]]},
        {"type": "photo", "photo": "a.jpg"},
    ]
    rich = {key: held for key, held in message(1, "", rich_message={"blocks": blocks}).items() if key != "text"}
    (report,), issues = _gathered(tmp_path, chat(rich))
    assert (report.text, issues) == (f"بالأرقام\nقتل 14 مدنياً\n{TEXT}\nالحي | القتلى\nالأول | 14", [])
    deep: object = {"text": TEXT}
    for _ in range(100):
        deep = {"blocks": [deep]}
    assert "too deep" in one(_gathered(tmp_path, chat(message(1, "", rich_message=deep)))).reason


@pytest.mark.parametrize(
    ("local", "unix", "told"),
    [
        ("2016-12-13T10:30:00", "1481617800", "2016-12-13T10:30:00+02:00"),
        ("2016-12-13T14:00:00", 1481617800, "2016-12-13T14:00:00+05:30"),
        ("2016-12-13T08:30:00", "1481617800", "2016-12-13T08:30:00+00:00"),
        ("2016-12-13T10:31:17", "1481617800", "2016-12-13T08:30:00+00:00"),
        ("2016-12-19T10:30:00", "1481617800", "2016-12-13T08:30:00+00:00"),
        (None, "1481617800", "2016-12-13T08:30:00+00:00"),
        ("2016-12-13T10:30:00", None, "2016-12-13T10:30:00"),
        ("2016-12-13T10:30:00", "soon", "2016-12-13T10:30:00"),
        ("2016-12-13T10:30:00+02:00", None, "2016-12-13T10:30:00+02:00"),
        ("2016-12-13T08:30:00+00:00", "1481617800", "2016-12-13T08:30:00+00:00"),
        ("yesterday", None, "yesterday"),
        (None, 10**30, None),
    ],
)
def test_the_instant_is_exact_where_it_can_be(local: object, unix: object, told: str | None) -> None:
    assert instant(local, unix) == told


def test_times_of_old_exports_have_no_zone_and_that_is_told_once(tmp_path: Path) -> None:
    old = [{k: v for k, v in message(n, f"{TEXT} {n}").items() if k != "date_unixtime"} for n in range(3)]
    reports, (issue,) = _gathered(tmp_path, chat(*old))
    assert reports[0].published == "2016-12-13T10:30:00"
    assert issue.reason.startswith("3 times are those of the computer")


def test_what_telegram_desktop_writes_wrongly_is_mended(tmp_path: Path) -> None:
    emoji = {"type": "custom_emoji", "text": "🔴", "document_id": "QUOTED"}
    text = written(chat(message(1, ["قال\t\\x0C ", emoji, TEXT]), message(2, f"{TEXT} 2")))
    text = text.replace("قال\\t\\\\x0C", "قا\\x00ل\\x0C").replace('"QUOTED"', "video_files/sticker (2).webm")
    reports, issues = _gathered(tmp_path, text)
    assert issues == []
    assert [report.text for report in reports] == [f"قال\x0c 🔴{TEXT}", f"{TEXT} 2"]


def test_a_broken_message_is_lost_alone(tmp_path: Path) -> None:
    text = written(chat(*(message(n, f"{TEXT} {n}") for n in range(1, 5))))
    reports, (issue,) = _gathered(tmp_path, text.replace(f'"{TEXT} 2"', f'"{TEXT} 2 " x [{{'))
    assert [report.name[-1] for report in reports] == ["1", "3", "4"]
    assert (issue.place, issue.severity) == ("after message 1", "refused")
    assert "broken JSON" in issue.reason


@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("part", [0.3, 0.5, 0.8, 0.999])
def test_a_file_cut_off_gives_what_is_whole(tmp_path: Path, part: float, indent: int | None) -> None:
    texts = [f"{TEXT} {n}" for n in range(40)]
    whole = written(chat(*(message(n, text) for n, text in enumerate(texts))), indent)
    cut = whole[: int(len(whole) * part)]
    reports, (issue,) = _gathered(tmp_path, cut)
    assert [report.text for report in reports] == texts[: len(reports)]
    assert cut.count('"from_id"') - len(reports) in (0, 1)
    assert "cut off" in issue.reason
    assert issue.place == f"after message {len(reports) - 1}"


def test_fields_in_another_order(tmp_path: Path) -> None:
    import json

    text = json.dumps(chat(message(1, TEXT)), ensure_ascii=False, sort_keys=True, indent=2)
    (report,), issues = _gathered(tmp_path, text)
    assert (report.outlet, report.text, issues) == (CHANNEL, TEXT, [])


def test_a_list_of_messages_alone(tmp_path: Path) -> None:
    (report,), issues = _gathered(tmp_path, [message(1, TEXT)])
    assert (report.text, report.outlet, issues) == (TEXT, CHANNEL, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_in_other_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "result.json"
    path.write_text(written(chat(message(1, PIECES))), encoding)
    (report,), issues = gather(path)
    assert (report.text, issues) == (WORDS, [])


@pytest.mark.parametrize("bad", [5, {"a": 1}, [5], [{"type": "bold"}]])
def test_a_text_that_is_none_is_refused(tmp_path: Path, bad: object) -> None:
    (report,), (issue,) = _gathered(tmp_path, chat(message(1, bad), message(2, TEXT), "no message"[:0]))
    assert report.name == f"{CHANNEL}/2"
    assert (issue.place, issue.severity) == ("message 1", "refused")


def test_an_export_without_messages_is_no_crash(tmp_path: Path) -> None:
    assert "without messages" in one(_gathered(tmp_path, account())).reason


def test_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    data = written(chat(message(1, TEXT))).encode()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BufferedReader(BytesIO(data))))  # type: ignore[arg-type]
    (report,), _ = gather("-")
    assert (report.form, report.outlet) == ("telegram", CHANNEL)


def test_other_json_is_not_taken_for_it(tmp_path: Path) -> None:
    reports, _ = _gathered(tmp_path, [{"id": "r1", "text": TEXT, "title": "messages"}])
    assert [report.form for report in reports] == ["json"]


@pytest.mark.slow
@pytest.mark.parametrize("indent", [1, None])
def test_memory_does_not_grow_with_the_export(tmp_path: Path, indent: int | None) -> None:
    import tracemalloc

    from tawatur.archive.telegram_scan import messages

    peaks = []
    for count in (1500, 15000):
        path = tmp_path / f"{count}.json"
        path.write_text(written(chat(*(message(n, TEXT * 5) for n in range(count))), indent), "utf-8")
        tracemalloc.start()
        with path.open("rb") as stream:
            assert sum(1 for _ in messages(stream.read)) == count + 1
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + (2 << 20)


@pytest.mark.parametrize(
    "bomb", ["[" * 10**6, '{"messages":[' * 10**5, "{" * 10**6, '{"messages":[{"text":"' + "x" * 10**7]
)
def test_bombs_are_refused(tmp_path: Path, bomb: str) -> None:
    began = time.process_time()
    reports, issues = _gathered(tmp_path, '{"type": "public_channel", "messages": [' + bomb)
    assert (reports, bool(issues)) == ([], True)
    assert time.process_time() - began < SLOWEST


def test_a_page_of_an_export(tmp_path: Path) -> None:
    poll = '<div class="media_wrap"><div class="media_poll">\n<div class="question bold">\nهل فُتح؟\n</div><div class="answer">\n- نعم <span class="details">3 votes</span>\n</div></div></div>'
    bold = 'عاجل &amp; <strong>14</strong> قتيلاً<br>التفاصيل <a href="x">هنا</a>'
    signed = '<div class="signature details">\nسامر\n</div>'
    path = tmp_path / "messages.html"
    messages = [
        '<div class="message service" id="message-1"><div class="body details">13 December 2016</div></div>',
        shown(1, bold), shown(2, TEXT, sender=None), shown(3, f"{TEXT} 3", source="وكالة النهر"),
        shown(4, "", more=poll), shown(5, f"{TEXT} 5") + signed, shown(6, "", more="<div class='media_wrap'></div>"),
    ]  # fmt: skip
    path.write_text(page(*messages), "utf-8")
    reports, (issue,) = gather(path)
    assert [report.text for report in reports] == [
        "عاجل & 14 قتيلاً\nالتفاصيل هنا",
        TEXT,
        f"{TEXT} 3",
        "هل فُتح؟\n- نعم",
        f"{TEXT} 5",
    ]
    assert {report.published for report in reports} == {"2016-12-13T10:30:00+02:00"}
    assert {report.outlet for report in reports} == {CHANNEL}
    assert [report.author for report in reports] == ["", "", "وكالة النهر", "", ""]
    assert issue.reason.startswith("1 messages without words")


def test_a_page_of_an_older_export_tells_no_zone(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(page(shown(1, TEXT, title="13.12.2016 10:30:00"), shown(2, f"{TEXT} 2", title="x")), "utf-8")
    (first, second), (issue,) = gather(path)
    assert (first.published, second.published) == ("2016-12-13T10:30:00", None)
    assert "in a zone that is not told" in issue.reason


def test_a_page_that_was_laid_out_anew(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(page(shown(1, f"   {TEXT}<br>\n     ثم \n  <a href='x'>هدأ</a> القصف\n   ")), "utf-8")
    (report,), _ = gather(path)
    assert report.text == f"{TEXT}\nثم هدأ القصف"


def test_the_other_pages_of_an_export_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "chats.html").write_text(page(), "utf-8")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    reports, issues = gather(tmp_path)
    assert ([report.name for report in reports], issues) == (["a.txt"], [])


_SEEDS: dict[str, Callable[[], Any]] = {
    "result.json": lambda: written(
        account(chat(*(message(n, PIECES) for n in range(4))), left=(chat(message(1, TEXT)),))
    ),
    "flat.json": lambda: written(chat(*(message(n, PIECES) for n in range(4))), None),
    "messages.html": lambda: page(shown(1, TEXT), shown(2, f"{TEXT}<br>٢", source="ب"), shown(3, TEXT, sender=None)),
}


@pytest.mark.parametrize("name", _SEEDS)
def test_spoiled_exports_are_read_or_refused(tmp_path: Path, name: str) -> None:
    good, path = _SEEDS[name]().encode(), tmp_path / name
    for seed in range(COUNT):
        path.write_bytes(mutated(good, seed))
        began = time.process_time()
        reports, issues = gather(path)
        assert reports or issues, seed
        assert all(issue.reason and issue.advice and "\n" not in issue.line() for issue in issues), seed
        assert time.process_time() - began < SLOWEST, seed
