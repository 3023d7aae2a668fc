"""Feeds: an entry is a report with its own date, address, author and outlet; broken feeds give what is whole."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from intake import gather
from mutated import spoiled_bytes
from tawatur.model import Issue, Report

TEXT = (
    "قال المجلس المحلي في بلدة الرمان إن ثلاثة منازل احترقت مساء أمس، وإن أحداً لم يصب بأذى. وأضاف أن فرق الإطفاء وصلت "
    "بعد ساعة من اندلاع النار لأن الطريق إلى الحي كان مقطوعاً بالردم، وأنها أخمدتها قبل أن تبلغ مستودع الحبوب القريب. "
    "وذكرت لجنة الإغاثة أن أربع عشرة عائلة باتت ليلتها في مدرسة القرية، وأن مئتي سلة غذائية وصلت صباح اليوم."
)
SOAK = int(os.environ.get("TAWATUR_SOAK", "150"))

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>شبكة النهر</title><link>https://nahr.example</link>
<item><title>حريق في الرمان</title><link>https://nahr.example/1</link><guid isPermaLink="false">1</guid>
<pubDate>Fri, 16 Dec 2016 10:30:00 +0300</pubDate><dc:creator>سلمى الحسن</dc:creator>
<description>ملخص قصير</description>
<content:encoded><![CDATA[<p>{TEXT}</p><ul><li>منزل</li><li>مخزن</li></ul><p>1</p>]]></content:encoded></item>
<item><title>بلا نص كامل</title><link>https://nahr.example/2</link><pubDate>Fri, 16 Dec 2016 11:30 GMT</pubDate>
<description>احترقت ثلاثة منازل في بلدة الرمان مساء أمس ولم يصب أحد ...</description></item>
</channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>مرصد السهل</title><updated>2016-12-18T00:00:00Z</updated>
<entry><title type="html">حريق &amp;amp; ردم</title><link rel="alternate" href="https://sahl.example/1"/>
<id>tag:sahl.example,2016:1</id><published>2016-12-16T10:30:00+03:00</published><updated>2016-12-17T00:00:00Z</updated>
<author><name>كريم</name></author><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""

RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example"><title>نشرة الجبل</title></channel>
<item rdf:about="https://a.example/1"><title>حريق</title><link>https://a.example/1</link>
<description>{TEXT}</description><dc:date>2016-12-16T10:30:00+03:00</dc:date></item></rdf:RDF>"""


def put(folder: Path, text: str | bytes, name: str = "feed.xml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rss_with_whole_texts_and_a_teaser(tmp_path: Path) -> None:
    (first, second), (doubt,) = gather(put(tmp_path, RSS))
    assert first.text == f"{TEXT}\n- منزل\n- مخزن\n1" or first.text.startswith(TEXT)
    assert "منزل" in first.text
    assert (first.outlet, first.author, first.url) == ("شبكة النهر", "سلمى الحسن", "https://nahr.example/1")
    assert (first.published, first.title, first.form) == ("2016-12-16T10:30:00+03:00", "حريق في الرمان", "feed")
    assert (second.published or "")[:16] == "2016-12-16T11:30"
    assert (doubt.place, doubt.severity, doubt.reason) == (
        "entry 2", "doubtful", "the feed gives only the beginning of it",
    )  # fmt: skip


def test_atom_takes_the_day_of_publication_and_not_of_change(tmp_path: Path) -> None:
    ((report,), issues) = gather(put(tmp_path, ATOM, "a.atom"))
    assert issues == []
    assert (report.text, report.published, report.title) == (TEXT, "2016-12-16T10:30:00+03:00", "حريق & ردم")
    assert (report.outlet, report.author, report.url) == ("مرصد السهل", "كريم", "https://sahl.example/1")


def test_rss_1_0(tmp_path: Path) -> None:
    ((report,), issues) = gather(put(tmp_path, RDF, "a.rdf"))
    assert issues == []
    assert (report.text, report.outlet, report.published) == (TEXT, "نشرة الجبل", "2016-12-16T10:30:00+03:00")


def test_json_feed(tmp_path: Path) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "شبكة النهر",
        "items": [
            {"id": "1", "url": "https://a.example/1", "content_html": f"<p>{TEXT}</p>", "authors": [{"name": "سلمى"}],
             "date_published": "2016-12-16T10:30:00+03:00"},
            {"id": "2", "title": "عنوان فقط"}, "x",
        ],
    }  # fmt: skip
    reports, issues = gather(put(tmp_path, json.dumps(feed, ensure_ascii=False), "feed.json"))
    assert [(r.text, r.author) for r in reports] == [(TEXT, "سلمى"), ("عنوان فقط", "")]
    assert [(i.place, i.severity) for i in issues] == [("entry 2", "doubtful"), ("entry 3", "refused")]


def test_an_aggregator_names_the_outlet_of_each_entry(tmp_path: Path) -> None:
    told = RSS.replace("<guid", '<source url="https://b.example">صحيفة السهل</source><guid', 1)
    assert [r.outlet for r in gather(put(tmp_path, told))[0]] == ["صحيفة السهل", "شبكة النهر"]


def test_the_original_address_behind_a_counting_service(tmp_path: Path) -> None:
    told = RSS.replace("<rss ", '<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" ').replace(
        "<guid", "<feedburner:origLink>https://b.example/9</feedburner:origLink><guid", 1
    )
    assert gather(put(tmp_path, told))[0][0].url == "https://b.example/9"


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "utf-8", "utf-16"])
def test_encodings_as_said_and_wrongly_said(tmp_path: Path, encoding: str) -> None:
    plain = ATOM.replace("ً", "")
    names = {"cp1256": "windows-1256", "iso8859-6": "iso-8859-6"}
    right = plain.replace('encoding="utf-8"', f'encoding="{names.get(encoding, encoding)}"')
    for text in (right, plain):
        ((report,), _) = gather(put(tmp_path, text.encode(encoding), "a.atom"))
        assert report.text == TEXT.replace("ً", "")


def test_a_feed_that_is_cut_off_gives_what_is_whole(tmp_path: Path) -> None:
    cut = RSS[: RSS.index("ثلاثة منازل في")]
    reports, issues = gather(put(tmp_path, cut))
    assert [r.title for r in reports] == ["حريق في الرمان"]
    assert [(i.place, i.severity) for i in issues] == [("after entry 1", "refused")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("حريق في", "حريق & ردم في"),
        ("ملخص", "ملخص&nbsp;"),
        ("ملخص", "\x0bملخص"),
        ("<channel>", "<channel>\n\n<!-- x -->"),
    ],
)
def test_small_faults_cost_nothing(tmp_path: Path, before: str, after: str) -> None:
    reports, issues = gather(put(tmp_path, RSS.replace(before, after, 1)))
    assert [r.text.startswith(TEXT) for r in reports] == [True, False]
    assert [i.severity for i in issues] == ["doubtful"]


def test_a_date_that_is_none_is_told(tmp_path: Path) -> None:
    told = RSS.replace("Fri, 16 Dec 2016 10:30:00 +0300", "الأمس")
    reports, issues = gather(put(tmp_path, told))
    assert reports[0].published is None
    assert "no date" in issues[0].reason


def test_other_xml_is_worth_a_word_only_when_named(tmp_path: Path) -> None:
    other = "<?xml version='1.0'?><urlset><url><loc>https://a.example</loc></url></urlset>"
    reports, (issue,) = gather(put(tmp_path, other))
    assert (reports, issue.severity) == ([], "doubtful")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert gather(tmp_path)[1] == []


def test_an_empty_feed_is_refused(tmp_path: Path) -> None:
    reports, (issue,) = gather(put(tmp_path, "<rss version='2.0'><channel><title>x</title></channel></rss>"))
    assert (reports, issue.severity) == ([], "refused")


def test_the_same_entry_twice_is_told(tmp_path: Path) -> None:
    item = RSS[RSS.index("<item>") : RSS.index("</item>") + 7]
    reports, issues = gather(put(tmp_path, RSS.replace("</channel>", f"{item}</channel>")))
    assert len(reports) == 2
    assert "the same report was read before" in [i.reason for i in issues]


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><rss version='2.0'><channel><title>x</title><item><title>&a11;</title><description>&a11;</description></item>"
    "</channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
    "<item><title>x</title><description>&x; نص</description></item></channel></rss>"
)


def test_entities_are_neither_multiplied_nor_fetched(tmp_path: Path) -> None:
    for bomb in (LAUGHS, OUTSIDE):
        reports, issues = gather(put(tmp_path, bomb))
        assert reports or issues
        assert all(len(r.text) < 10_000 and "root:" not in r.text for r in reports)


@pytest.mark.parametrize(
    "bomb",
    [
        "<rss version='2.0'><channel>" + "<item>" * 50_000,
        "<rss version='2.0'><channel><item><description>"
        + "&lt;div&gt;" * 100_000
        + "</description></item></channel></rss>",
        "<rss version='2.0'>" + "<a>" * 100_000 + "</rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry " + "a='b' " * 50_000 + "/></feed>",
    ],
)
def test_bombs_are_read_or_refused(tmp_path: Path, bomb: str) -> None:
    reports, issues = gather(put(tmp_path, bomb))
    assert reports or issues


PIECES = (b"<", b"&", b"]]>", b"<item>", b"</item>", b"\0", b"&#x0;", b"<![CDATA[")


@pytest.mark.slow
@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
def test_spoiled_feeds_neither_crash_nor_hang(tmp_path: Path, feed: str) -> None:
    for seed in range(SOAK):
        result: tuple[list[Report], list[Issue]] = gather(
            put(tmp_path, spoiled_bytes(feed.encode(), random.Random(f"{seed}"), PIECES))
        )
        assert result[0] or result[1]
        assert all(issue.reason and issue.advice for issue in result[1])
