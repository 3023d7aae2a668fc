"""Web archives: what servers answered is read with its address and encoding; the rest is passed by or told."""

from __future__ import annotations

import gc
import gzip
import io
import os
import random
import zipfile
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from intake import gather, one
from mutated import spoiled_bytes

TEXT = "قال المجلس المحلي إن ثلاثة منازل احترقت في حي الرمان مساء أمس، وإن أحداً لم يصب بأذى."
OTHER = "ذكرت لجنة الإغاثة أن مئتي سلة غذائية وصلت إلى قرية العنبر صباح اليوم على متن شاحنتين."
SOAK = int(os.environ.get("TAWATUR_SOAK", "150"))
HEADERS = {"Content-Type": "text/html; charset=utf-8"}


def page(text: str = TEXT) -> str:
    return (
        f"<!doctype html><html><head><title>حريق</title></head><body><article><h1>حريق</h1><p>{text}</p>"
        f"<p>{OTHER}</p></article></body></html>"
    )


def http(body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    named = {**HEADERS, **{k.replace("_", "-"): v for k, v in fields.items()}}
    lines = [f"HTTP/1.1 {status}", *(f"{k}: {v}" for k, v in named.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(body: bytes, kind: str = "response", url: str = "https://news.example/1", **fields: str) -> bytes:
    named = {
        "WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": "2024-05-06T07:08:09Z",
        "Content-Type": "application/http; msgtype=response", "Content-Length": str(len(body)),
        **{k.replace("_", "-"): v for k, v in fields.items()},
    }  # fmt: skip
    header = "".join(f"{k}: {v}\r\n" for k, v in named.items())
    return f"WARC/1.1\r\n{header}\r\n".encode() + body + b"\r\n\r\n"


def put(folder: Path, data: bytes, name: str = "a.warc") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_page_comes_with_its_address_and_not_the_day_it_was_fetched(tmp_path: Path) -> None:
    ((report,), issues) = gather(put(tmp_path, record(http(page().encode()))))
    assert issues == []
    assert TEXT in report.text
    assert (report.url, report.published, report.form) == ("https://news.example/1", None, "html")
    assert report.origin_file.endswith("a.warc!record 1, https://news.example/1")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://news.example/", "news.example.html"),
        ("https://news.example/2016/12/fire/", "news.example/2016/12/fire.html"),
        ("https://news.example/fire?p=/", "news.example/fire?p=.html"),
        ("https://news.example/fire.html", "news.example/fire.html"),
        ("https://news.example/fire#top", "news.example/fire.html"),
    ],
)
def test_a_page_is_read_whatever_its_address_ends_in(tmp_path: Path, url: str, name: str) -> None:
    ((report,), issues) = gather(put(tmp_path, record(http(page().encode()), url=url)))
    assert issues == []
    assert (report.url, report.name) == (url, name)


@pytest.mark.parametrize("name", ["a.arc", "a.arc.gz", "a.txt"])
def test_the_form_before_warc_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    body = page().encode()
    head = f"filedesc://a.arc 127.0.0.1 20080216050221 text/plain 75\n\nhttp://news.example/ 127.0.0.1 {len(body)}\n"
    data = head.encode()
    issue = one(gather(put(tmp_path, gzip.compress(data + body) if name.endswith("gz") else data + body, name)))
    assert "ARC" in issue.reason
    assert "WARC" in issue.advice


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the writer leaves its files open
@pytest.mark.parametrize("packed", [True, False])
def test_what_a_known_writer_makes(tmp_path: Path, packed: bool) -> None:
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "x"}))
    for n in range(3):
        headers = StatusAndHeaders("200 OK", list(HEADERS.items()), protocol="HTTP/1.1")
        body = io.BytesIO(page(f"{TEXT} {n}").encode())
        made = writer.create_warc_record(f"https://news.example/{n}", "response", payload=body, http_headers=headers)
        writer.write_record(made)
        request = StatusAndHeaders("GET / HTTP/1.1", [("Host", "news.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(f"https://news.example/{n}", "request", http_headers=request))
    del made, writer
    gc.collect()
    reports, issues = gather(put(tmp_path, held.getvalue(), "a.warc.gz" if packed else "a.warc"))
    assert issues == []
    assert [r.url for r in reports] == [f"https://news.example/{n}" for n in range(3)]


def chunks(data: bytes, size: int = 50) -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


BODY = page().encode()
PACKED = {
    "gzip": gzip.compress(BODY), "deflate": zlib.compress(BODY), "br": brotli.compress(BODY),
    "identity": BODY,
}  # fmt: skip


@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("chunked", [True, False])
def test_chunks_and_packings_are_undone(tmp_path: Path, how: str, chunked: bool) -> None:
    fields = {"Content_Encoding": how, **({"Transfer_Encoding": "chunked"} if chunked else {})}
    body = chunks(PACKED[how]) if chunked else PACKED[how]
    ((report,), issues) = gather(put(tmp_path, record(http(body, **fields))))
    assert (TEXT in report.text, issues) == (True, [])


def test_what_says_packed_or_chunked_and_is_not_is_read_as_it_is(tmp_path: Path) -> None:
    for fields in ({"Content_Encoding": "gzip"}, {"Content_Encoding": "br"}, {"Transfer_Encoding": "chunked"}):
        ((report,), issues) = gather(put(tmp_path, record(http(BODY, **fields))))
        assert (TEXT in report.text, issues) == (True, [])


def test_bare_deflate(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=-15)
    body = packer.compress(BODY) + packer.flush()
    ((report,), _) = gather(put(tmp_path, record(http(body, Content_Encoding="deflate"))))
    assert TEXT in report.text


def test_the_encoding_that_the_server_names(tmp_path: Path) -> None:
    body = page().replace("أحداً", "أحدا").encode("cp1256")
    data = record(http(body, Content_Type="text/html; charset=windows-1256"))
    ((report,), _) = gather(put(tmp_path, data))
    assert (report.encoding, "حي الرمان" in report.text) == ("cp1256", True)


@pytest.mark.parametrize(
    "data",
    [
        record(http(b"", "301 Moved", Location="/2")),
        record(http(BODY, "404 Not Found")),
        record(http(b"\xff\xd8", Content_Type="image/jpeg")),
        record(http(b"User-agent: *\nDisallow:\n" * 9, Content_Type="text/plain"), url="https://a.example/robots.txt"),
        record(http(b""), kind="revisit"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(b"software: x", kind="warcinfo"),
        record(b"{}", kind="metadata"),
        record(b"key: value", kind="resource", url="urn:X-crawl:log", Content_Type="text/plain"),
    ],
)
def test_what_is_no_report_is_passed_by_quietly(tmp_path: Path, data: bytes) -> None:
    reports, issues = gather(put(tmp_path, data + record(http(BODY), url="https://news.example/2")))
    assert ([r.url for r in reports], issues) == (["https://news.example/2"], [])


def test_a_file_kept_without_an_answer_is_read_by_its_type(tmp_path: Path) -> None:
    data = record(TEXT.encode(), kind="resource", url="https://a.example/t", Content_Type="text/plain")
    ((report,), issues) = gather(put(tmp_path, data))
    assert (report.text, report.form, issues) == (TEXT, "text", [])


def test_a_wrong_length_costs_one_record(tmp_path: Path) -> None:
    whole = record(http(page(f"{OTHER} ثم").encode()), url="https://news.example/2")
    for wrong in ("3", "99999999", "-1", "x"):
        bad = record(http(BODY), Content_Length=wrong)
        reports, issues = gather(put(tmp_path, bad + whole))
        assert [r.url for r in reports] == ["https://news.example/2"]
        assert [i.severity for i in issues] == ["refused"]
        assert "record 1" in issues[0].place


def test_a_cut_archive_gives_what_was_whole(tmp_path: Path) -> None:
    data = record(http(BODY)) + record(http(page(OTHER).encode()), url="https://news.example/2")
    half = len(data) // 2
    packed = gzip.compress(data[:half]) + gzip.compress(data[half:])
    for name, cut in (("a.warc", data[:-90]), ("a.warc.gz", packed[:-40])):
        reports, issues = gather(put(tmp_path, cut, name))
        assert [r.url for r in reports] == ["https://news.example/1"]
        assert [i.severity for i in issues] == ["refused"]


def test_a_broken_member_of_gzip_costs_that_member(tmp_path: Path) -> None:
    members = [
        gzip.compress(record(http(page(f"{TEXT} {n}").encode()), url=f"https://a.example/{n}")) for n in range(3)
    ]
    broken = bytearray(members[1])
    broken[40:60] = b"\0" * 20
    reports, issues = gather(put(tmp_path, members[0] + bytes(broken) + members[2], "a.warc.gz"))
    assert [r.url for r in reports] == ["https://a.example/0", "https://a.example/2"]
    assert [i.severity for i in issues] == ["refused"]


def test_other_line_ends_versions_and_padding(tmp_path: Path) -> None:
    first = record(http(BODY)).replace(b"WARC/1.1", b"WARC/0.18")
    bare = record(http(page(OTHER).encode()), url="<https://a.example/2>").replace(b"\r\n", b"\n")
    size = len(http(page(OTHER).encode()).replace(b"\r\n", b"\n"))
    bare = bare.replace(b"Content-Length: %d" % len(http(page(OTHER).encode())), b"Content-Length: %d" % size)
    reports, issues = gather(put(tmp_path, first + bare + b"\0" * 100))
    assert issues == []
    assert [r.url for r in reports] == ["https://news.example/1", "https://a.example/2"]


def test_altered_and_cut_off_answers_are_in_doubt(tmp_path: Path) -> None:
    data = record(http(BODY), WARC_Block_Digest="sha1:AAAA") + record(
        http(page(OTHER).encode()), url="https://a.example/2", WARC_Truncated="length"
    )
    reports, issues = gather(put(tmp_path, data))
    assert len(reports) == 2
    assert [(i.severity, i.reason.split()[0]) for i in issues] == [("doubtful", "its"), ("doubtful", "the")]


def test_a_web_archive_in_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as made:
        made.writestr("datapackage.json", "{}")
        made.writestr("pages/pages.jsonl", '{"text": "x"}')
        made.writestr("archive/data.warc.gz", gzip.compress(record(http(BODY))))
    ((report,), issues) = gather(tmp_path / "a.wacz")
    assert (report.url, issues) == ("https://news.example/1", [])


def test_bombs_in_an_answer_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawatur.archive import unpacking, warc_http

    monkeypatch.setattr(unpacking, "RATIO_FROM", 1 << 20)
    monkeypatch.setattr(warc_http, "MAX_PAYLOAD", 4 << 20)
    for how, body in (("gzip", gzip.compress(b"a" * (9 << 20))), ("br", brotli.compress(b"a" * (9 << 20)))):
        data = record(http(body, Content_Encoding=how)) + record(http(BODY), url="https://a.example/2")
        reports, issues = gather(put(tmp_path, data))
        assert [r.url for r in reports] == ["https://a.example/2"]
        assert [i.severity for i in issues] == ["refused"]


def samples() -> dict[str, bytes]:
    plain = b"".join(record(http(page(f"{TEXT} {n}").encode()), url=f"https://a.example/{n}") for n in range(3))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", TEXT)
        made.writestr("b.html", page())
    tar = io.BytesIO()
    import tarfile

    with tarfile.open(fileobj=tar, mode="w") as files:
        for name, text in (("a.txt", TEXT), ("b.txt", OTHER)):
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            files.addfile(info, io.BytesIO(text.encode()))
    return {
        "a.warc": plain, "a.warc.gz": gzip.compress(plain), "a.zip": held.getvalue(), "a.tar": tar.getvalue(),
        "a.txt.gz": gzip.compress(TEXT.encode()),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", samples())
def test_spoiled_archives_neither_crash_nor_hang(tmp_path: Path, name: str) -> None:
    data = samples()[name]
    for seed in range(SOAK):
        reports, issues = gather(put(tmp_path, spoiled_bytes(data, random.Random(f"{name} {seed}")), name))
        assert reports or issues
        assert all(issue.reason and issue.advice and "failed:" not in issue.reason for issue in issues)
