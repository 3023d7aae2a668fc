"""ZIP, tar and packed files: members are read in turn, nothing is written, bombs end at their limits."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import stat
import struct
import subprocess
import sys
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from intake import gather
from tawatur.archive import read
from tawatur.archive import unpacking as packing
from tawatur.archive.items import Budget
from tawatur.errors import FormatError
from tawatur.model import FileOutcome

TEXT = "قال المجلس المحلي إن ثلاثة منازل احترقت في حي الرمان مساء أمس، وإن أحداً لم يصب بأذى."
OTHER = "ذكرت لجنة الإغاثة أن مئتي سلة غذائية وصلت إلى قرية العنبر صباح اليوم على متن شاحنتين."
PAGE = (
    "<!doctype html><html><head><title>حريق</title></head><body><article><h1>حريق</h1>"
    f"<p>{TEXT}</p><p>{OTHER}</p></article></body></html>"
)


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return held.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as made:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return held.getvalue()


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def outcome(path: Path) -> FileOutcome:
    told: list[FileOutcome] = []
    list(read([path], on_issue=lambda _: None, on_file=told.append))
    (only,) = told
    return only


MIXED: dict[str, bytes | str] = {
    "a/one.txt": TEXT,
    "a/two.html": PAGE,
    "a/two_files/advert.html": PAGE.replace("حريق", "إعلان"),
    "a/two_files/style.css": "p {}",
    "b/rows.jsonl": json.dumps({"id": "r1", "text": OTHER}, ensure_ascii=False),
    "b/picture.jpg": b"\xff\xd8\xff",
    "__MACOSX/a/._one.txt": b"\0\5",
    "README.md": OTHER,
    "b/~$report.docx": "x",
    "b/": "",
}


def test_members_of_every_form_are_read_and_the_rest_is_passed_by(tmp_path: Path) -> None:
    path = put(tmp_path, "all.zip", zipped(MIXED))
    reports, issues = gather(path)
    assert issues == []
    assert [r.origin_file for r in reports] == [
        f"{path}!{name}" for name in ("a/one.txt", "a/two.html", "b/rows.jsonl")
    ]
    assert (outcome(path).state, outcome(path).reports, outcome(path).passed_by) == ("read", 3, 7)


def test_a_tar_gives_what_the_zip_does(tmp_path: Path) -> None:
    members = {k: v if isinstance(v, bytes) else v.encode() for k, v in MIXED.items() if not k.endswith("/")}
    for name, data in (("all.tar", tarred(members)), ("all.tgz", tarred(members, "w:gz")),
                       ("all.tar.bz2", tarred(members, "w:bz2")), ("all.tar.xz", tarred(members, "w:xz"))):  # fmt: skip
        reports, issues = gather(put(tmp_path, name, data))
        assert issues == []
        assert sorted(r.text for r in reports) == sorted(
            r.text for r in gather(put(tmp_path, "a.zip", zipped(MIXED)))[0]
        )


@pytest.mark.parametrize(
    ("name", "pack"), [("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)]
)
def test_one_packed_file(tmp_path: Path, name: str, pack: object) -> None:
    ((report,), issues) = gather(put(tmp_path, name, pack(TEXT.encode())))  # type: ignore[operator]
    assert (report.text, report.name, issues) == (TEXT, "a.txt", [])
    assert report.origin_file == str(tmp_path / name)


def test_two_streams_of_gzip_are_one_file_and_a_cut_one_is_told(tmp_path: Path) -> None:
    both = gzip.compress(f"{TEXT}\n".encode()) + gzip.compress(OTHER.encode())
    ((report,), issues) = gather(put(tmp_path, "a.txt.gz", both))
    assert (report.text, issues) == (f"{TEXT}\n{OTHER}", [])
    reports, (issue,) = gather(put(tmp_path, "a.txt.gz", both[:-30]))
    assert (reports, issue.severity) == ([], "refused")
    assert "cut off" in issue.reason


def test_a_name_without_suffix_is_told_by_the_bytes(tmp_path: Path) -> None:
    ((report,), _) = gather(put(tmp_path, "page.gz", gzip.compress(PAGE.encode())))
    assert report.form == "html"


def test_a_packed_file_of_another_kind_is_worth_a_word_only_when_named(tmp_path: Path) -> None:
    path = put(tmp_path, "dump.sql.gz", gzip.compress(bytes(range(256)) * 9))
    reports, (issue,) = gather(path)
    assert (reports, issue.severity) == ([], "doubtful")
    put(tmp_path, "a.txt", TEXT.encode())
    assert gather(tmp_path)[1] == []


def test_office_files_are_documents_and_no_archives(tmp_path: Path) -> None:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    book.active.append(["text", "outlet"])
    book.active.append([TEXT, "شبكة"])
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert [r.form for r in gather(path)[0]] == ["xlsx"]
    assert [r.form for r in gather(put(tmp_path, "b.zip", zipped({"a.xlsx": path.read_bytes()})))[0]] == ["xlsx"]


def test_a_zip_without_its_suffix_is_known_by_its_bytes_when_named(tmp_path: Path) -> None:
    assert len(gather(put(tmp_path, "upload.bin", zipped({"a.txt": TEXT})))[0]) == 1


@pytest.mark.parametrize("encoding", ["cp1256", "cp720", "iso8859-6", "utf-8"])
def test_arabic_names_without_a_mark_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    names = ["تقارير/بيان المجلس المحلي.txt", "تقارير/شهادة من حي الرمان.txt"]
    data = zipped({f"{n:0>{len(name.encode(encoding))}}": f"{TEXT} {n}" for n, name in enumerate(names)}, 0)
    for n, name in enumerate(names):
        raw = name.encode(encoding)
        data = data.replace(f"{n:0>{len(raw)}}".encode(), raw)
    reports, issues = gather(put(tmp_path, "a.zip", data))
    assert issues == []
    assert [r.name for r in reports] == [Path(name).name for name in names]


def test_the_second_name_of_info_zip_is_taken(tmp_path: Path) -> None:
    held, raw, name = io.BytesIO(), b"x___.txt", "بيان.txt"
    info = zipfile.ZipInfo(raw.decode())
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + name.encode()
    info.extra = struct.pack("<HH", 0x7075, len(body)) + body
    with zipfile.ZipFile(held, "w") as made:
        made.writestr(info, TEXT)
    assert [r.name for r in gather(put(tmp_path, "a.zip", held.getvalue()))[0]] == [name]


HOSTILE = (
    "../../etc/a.txt",
    "/etc/a.txt",
    "C:\\a.txt",
    "..\\..\\a.txt",
    "con.txt",
    "a/\u202etxt.exe/b.txt",
    "\x1b[2J.txt",
)


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("pack", ["zip", "tar"])
def test_a_dangerous_name_is_told_and_only_its_text_is_read(tmp_path: Path, name: str, pack: str) -> None:
    data = zipped({name: TEXT}) if pack == "zip" else tarred({name: TEXT.encode()})
    reports, issues = gather(put(tmp_path, f"a.{pack}", data))
    assert [r.text for r in reports] == [TEXT]
    assert [i.severity for i in issues] == ["doubtful"]
    assert not any(char in issue.line() for issue in issues for char in "\x1b\u202e")


@pytest.mark.parametrize("pack", ["zip", "tar"])
def test_500_paths_write_nothing(tmp_path: Path, pack: str) -> None:
    up = ("../" * n + f"a{n}.txt" for n in range(1, 251))
    others = (f"{place}{n}.txt" for n in range(50) for place in ("/tmp/t", "a/../../t", "con.", "aux/", "~/t"))
    members = {name: f"{TEXT} {name}".encode() for name in (*up, *others)}
    assert len(members) == 500
    inside = tmp_path / "in"
    inside.mkdir()
    path = put(inside, f"a.{pack}", zipped(dict(members)) if pack == "zip" else tarred(members))
    before = sorted(p for p in tmp_path.rglob("*"))
    reports, _ = gather(path)
    assert len(reports) == 500
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_links_and_devices_are_passed_by(tmp_path: Path) -> None:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"{kind!r}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            made.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT.encode())
        made.addfile(info, io.BytesIO(TEXT.encode()))
    assert [r.text for r in gather(put(tmp_path, "a.tar", held.getvalue()))[0]] == [TEXT]
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as zipped_links:
        zipped_links.writestr(link, "/etc/passwd")
        zipped_links.writestr("a.txt", TEXT)
    assert [r.text for r in gather(put(tmp_path, "a.zip", held.getvalue()))[0]] == [TEXT]


def test_locked_members_are_told(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": OTHER}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 8] |= 1
    reports, (issue,) = gather(put(tmp_path, "a.zip", bytes(data)))
    assert [r.text for r in reports] == [TEXT]
    assert (issue.place, issue.reason) == ("b.txt", "locked with a password")


def test_what_was_whole_before_a_tar_was_cut_is_read(tmp_path: Path) -> None:
    data = tarred({"a.txt": TEXT.encode(), "b.txt": OTHER.encode()})
    path = put(tmp_path, "a.tar", data[:1100])
    reports, issues = gather(path)
    assert [r.text for r in reports] == [TEXT]
    assert [i.severity for i in issues] == ["refused"]
    assert outcome(path).state == "failed"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", b"PK\x03\x04 no", "no sound ZIP"),
        ("a.zip", zipped({"a.txt": TEXT})[:-30], "no sound ZIP"),
        ("a.zip", b"", "no sound ZIP"),
        ("a.gz", b"no", "not packed as .gz tells"),
        ("a.rar", b"Rar!\x1a\x07\0", "which is not read"),
        ("a.7z", b"7z\xbc\xaf'\x1c", "which is not read"),
        ("a.tar", b"x" * 2000, "no sound tar"),
    ],
)
def test_broken_and_unknown_archives_are_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    reports, (issue,) = gather(put(tmp_path, name, data))
    assert reports == []
    assert issue.severity == "refused"
    assert reason in issue.reason
    assert issue.advice


def test_an_archive_of_no_reports_is_worth_a_word(tmp_path: Path) -> None:
    reports, (issue,) = gather(put(tmp_path, "a.zip", zipped({"a.jpg": b"\xff"})))
    assert (reports, issue.severity) == ([], "doubtful")
    assert outcome(tmp_path / "a.zip").state == "skipped"


def test_archives_in_archives_end_at_a_depth(tmp_path: Path) -> None:
    data: bytes = TEXT.encode()
    for n in range(6):
        data = zipped({("a.txt" if n == 0 else f"{n}.zip"): data})
        reports, issues = gather(put(tmp_path, "a.zip", data))
        assert bool(reports) == (n <= 3)
        assert [i.severity for i in issues] == ([] if n <= 3 else ["refused"])


def test_a_few_archives_too_deep_are_told_one_by_one_and_many_end_the_file(tmp_path: Path) -> None:
    deep = TEXT.encode()
    for n in range(4):
        deep = zipped({f"{n}.{'zip' if n else 'txt'}": deep})
    reports, issues = gather(put(tmp_path, "a.zip", zipped({f"{n}.zip": deep for n in range(60)} | {"z.txt": OTHER})))
    assert reports == []
    assert any("too many archives in archives" in i.reason for i in issues)
    assert len(issues) < 30


def test_a_bomb_ends_at_its_ratio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "RATIO_FROM", 1 << 20)
    bomb = b"a" * (8 << 20)
    for name, data in (("a.zip", zipped({"a.jsonl": bomb, "b.txt": TEXT})), ("a.jsonl.gz", gzip.compress(bomb, 9))):
        reports, issues = gather(put(tmp_path, name, data))
        assert any("times its size" in i.reason for i in issues)
        assert [r.text for r in reports] == ([TEXT] if name == "a.zip" else [])


def test_a_budget_ends_a_file_and_not_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawatur.archive import one_file

    monkeypatch.setattr(one_file, "MAX_UNPACKED", 1000)
    monkeypatch.setattr(one_file, "MAX_GROWTH", 0)
    put(tmp_path, "a.zip", zipped({f"{n}.txt": f"{TEXT} {n}" for n in range(99)}))
    put(tmp_path, "b.txt", OTHER.encode())
    reports, issues = gather(tmp_path)
    assert reports[-1].text == OTHER
    assert 0 < len(reports) < 99
    assert [i.reason for i in issues] == ["unpacks to too many bytes; the rest of it is not read"]


@pytest.mark.parametrize("spent", [{"size": -1}, {"members": -1}, {"seconds": -1.0}, {"deep": -1}])
def test_each_limit_of_a_budget_ends_it(spent: dict[str, int]) -> None:
    budget = Budget(10, 10)
    for name, value in spent.items():
        setattr(budget, name, value)
    with pytest.raises(FormatError):
        budget.check()


def test_overlapping_members_are_a_bomb(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": OTHER}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    reports, (issue,) = gather(put(tmp_path, "a.zip", bytes(data)))
    assert (reports, issue.severity) == ([], "refused")
    assert "overlap" in issue.reason


def test_ids_count_in_each_member_by_itself(tmp_path: Path) -> None:
    rows = {f"{n}.jsonl": json.dumps({"id": "1", "text": f"{TEXT} {n}"}) for n in range(2)}
    reports, issues = gather(put(tmp_path, "a.zip", zipped(dict(rows))))
    assert (len(reports), issues) == (2, [])


def test_the_same_member_twice_is_told(tmp_path: Path) -> None:
    reports, (issue,) = gather(put(tmp_path, "a.zip", zipped({"a.txt": TEXT, "b/a.txt": TEXT})))
    assert len(reports) == 1
    assert (issue.place, issue.reason) == ("b/a.txt", "the same report was read before")


_MEASURE = """
import re, sys
from pathlib import Path
from tawatur.archive import read
issues = []
count = sum(1 for _ in read([sys.argv[1]], on_issue=issues.append))
print(count, len(issues), int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is asked of Linux")
def test_memory_stays_flat_over_an_archive_larger_than_it(tmp_path: Path) -> None:
    rng = random.Random(1)
    words = [" ".join(str(rng.random()) for _ in range(300)) for _ in range(300)]
    lines = "\n".join(json.dumps({"text": f"{TEXT} {some}"}) for some in words).encode()
    path = tmp_path / "big.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("a.jsonl", "w", force_zip64=True) as member,
    ):
        for n in range(60):
            member.write(lines.replace(b'"text": "', b'"text": "%d ' % n) + b"\n")
    found = subprocess.run([sys.executable, "-c", _MEASURE, path], capture_output=True, text=True, check=True)
    count, issues, peak = map(int, found.stdout.split())
    assert (count, issues) == (18_000, 0)
    assert peak < 200
