"""DOCX: paragraphs, lists, tables, boxes, notes and changes; what is broken, locked or hostile is refused."""

from __future__ import annotations

import io
import os
import time
import zipfile
from pathlib import Path

import pytest

from pdf_making import spoiled
from tawatur import archive
from tawatur.model import Issue, Report

SOAK = int(os.environ.get("TAWATUR_SOAK", "0"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<p:coreProperties xmlns:p="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>نشرة</dc:title>'
    "<dc:creator>المكتب</dc:creator><dcterms:created>2016-12-17T09:00:00Z</dcterms:created></p:coreProperties>"
)


def _docx(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def _p(text: str, more: str = "") -> str:
    return f"<w:p>{more}<w:r><w:rPr><w:rtl/></w:rPr><w:t>{text}</w:t></w:r></w:p>"


def _read(tmp_path: Path, data: bytes, name: str = "in.docx") -> tuple[list[Report], list[Issue]]:
    path, issues = tmp_path / name, []
    path.write_bytes(data)
    return list(archive.read([path], on_issue=issues.append)), issues


def test_words_stand_in_order_with_lists_tables_boxes_and_notes(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(_p("حلب")) + cell.format(_p("14")) + "</w:tr>"
    item = "<w:pPr><w:numPr/></w:pPr>"
    box = "<w:r><w:pict><w:txbxContent>" + _p("في إطار") + "</w:txbxContent></w:pict></w:r>"
    note = '<w:p><w:r><w:t>قتل 14</w:t><w:footnoteReference w:id="2"/><w:tab/><w:t>شخصا</w:t></w:r></w:p>'
    body = _p("العنوان") + note + _p("بند", item) + f"<w:tbl>{row}</w:tbl><w:p>{box}</w:p>"
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{_p("حصيلة أولية")}</w:footnote></w:footnotes>'
    (report,), issues = _read(tmp_path, _docx(body, word__footnotes=notes, docProps__core=CORE))
    assert report.text.splitlines() == ["العنوان", "قتل 14\tشخصا", "• بند", "حلب\t14", "في إطار", "حصيلة أولية"]
    assert (report.title, report.author, report.published) == ("نشرة", "المكتب", None)
    assert ["2016-12-17" in issue.reason for issue in issues] == [True]


def test_struck_words_are_left_out_added_ones_count_and_both_are_told(tmp_path: Path) -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    struck = "<w:del><w:r><w:delText>20</w:delText></w:r></w:del>"
    body = f"<w:p>{run.format('قتل ')}{struck}<w:ins>{run.format('14')}</w:ins><w:r><w:commentReference/></w:r></w:p>"
    (report,), issues = _read(tmp_path, _docx(body))
    assert report.text == "قتل 14\n"
    assert [i.reason.split(" ", 1)[1][:8] for i in issues] == ["struck-o", "added ch", "comments"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 word/ _rels/ cut", "broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "older Word file"),
        (_docx("<w:p>"), "no sound XML"),
        (_docx(""), "no words"),
        (_docx("<w:p>" * 2000 + "</w:p>" * 2000), "deeper"),
        (_docx(_p("ا" * (70 << 20))), "would unpack"),
    ],
)
def test_what_is_broken_locked_or_too_large_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    reports, issues = _read(tmp_path, data)
    assert reports == []
    assert [reason in issue.reason for issue in issues] == [True]


def test_entities_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY a "x">]><w:document {W}>&a;</w:document>')
    assert "document type" in _read(tmp_path, out.getvalue())[1][0].reason


@pytest.mark.parametrize("name", ["in.doc", "in.odt", "in.rtf"])
def test_other_office_forms_are_refused_with_advice(tmp_path: Path, name: str) -> None:
    reports, (issue,) = _read(tmp_path, b"anything", name)
    assert reports == []
    assert (issue.advice, issue.severity) == ("save it as DOCX", "refused")


def test_spoiled_files_are_read_or_refused_in_time(tmp_path: Path) -> None:
    good = _docx(_p("قتل 14 شخصا") + f"<w:tbl><w:tr><w:tc>{_p('حلب')}</w:tc></w:tr></w:tbl>", docProps__core=CORE)
    for seed in range(SOAK or 300):
        started = time.process_time()
        reports, issues = _read(tmp_path, spoiled(good, seed))
        assert time.process_time() - started < 10
        assert reports or [i for i in issues if i.reason and i.file], seed
