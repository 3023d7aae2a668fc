"""The whole job over every kind of input asks the network for nothing, and neither do the pages that it makes."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from intake import TEXT, line
from pdf_making import column, pdf, seen
from tables import NEWS, NEWS_HEADER, delimited, parquet, submissions, workbook
from telegram_making import chat, message, shown, written
from telegram_making import page as telegram_page
from test_archive_docx import _docx as docx
from test_archive_docx import _p as paragraph
from test_archive_warc import samples

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
#: Loaded by every process of the job as it starts: notes it, and whatever asks for the network, and refuses that.
GUARD = """
import os, sys
_log = os.open(os.environ["OFFLINE_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(_log, ("process " + " ".join(sys.orig_argv) + "\\n").encode())
def _guard(event, args):
    named = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
    sent = event in ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind") and isinstance(args[1], tuple)
    if named or sent or event == "urllib.Request":
        os.write(_log, f"network {event} {args!r}\\n".encode())
        raise PermissionError(event)
sys.addaudithook(_guard)
"""
#: An address outside, in what a page loads by itself: links to the source are followed by the reader alone.
OUTSIDE = re.compile(r"""(?:[a-z][a-z0-9+.-]*:)?//[^\s"']""", re.IGNORECASE)
STYLED = re.compile(r"(?:url\(\s*|@import\s+)[\"']?\s*(?!data:|#)([^\"')\s]+)", re.IGNORECASE)
FOLLOWED = ("a", "area")  # what a reader has to click
LOADS = (
    "src",
    "srcset",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "background",
    "manifest",
    "ping",
)


class Loaded(HTMLParser):
    """What a page would load from outside by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.outside: list[str] = []
        self.style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        for name, value in attrs:
            held = value or ""
            if (name == "ping" or (name in LOADS and tag not in FOLLOWED)) and OUTSIDE.match(held.strip()):
                self.outside.append(f"{tag} {name} {held}")
            if name == "style":
                self.outside += STYLED.findall(held)
        if tag == "meta" and dict(attrs).get("http-equiv", "").lower() == "refresh":
            self.outside.append("refresh")

    def handle_data(self, data: str) -> None:
        if self.style:
            self.outside += STYLED.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self.style = self.style and tag != "style"


def fill(folder: Path) -> None:
    """A file of every kind that is read; each names addresses that a browser or a reader might be led to load."""
    lure = "<img src='https://lure.example/a.png'><link rel='stylesheet' href='//lure.example/a.css'>"
    item = f"<item><title>خبر</title><link>https://lure.example/1</link><description>{TEXT}</description></item>"
    article = f"<article><p>{TEXT}</p></article>"
    made: dict[str, str | bytes] = {
        "page.html": f"<html><head><title>خبر</title>{lure}</head><body>{article}</body></html>",
        "telegram/messages.html": telegram_page(shown(1, TEXT)),
        "feed.rss": f"<?xml version='1.0'?><rss version='2.0'><channel><title>شبكة</title>{item}</channel></rss>",
        "entity.xml": "<!DOCTYPE rss SYSTEM 'http://lure.example/a.dtd'><rss version='2.0'><channel></channel></rss>",
        "result.json": written(chat(message(1, TEXT))),
        "lines.jsonl": line(1, url="https://lure.example/2", outlet="شبكة النهر"),
        "one.json": line(2),
        "table.csv": delimited([NEWS_HEADER, *NEWS]),
        "text.txt": TEXT,
        "seen.pdf": pdf([column([seen(*part) for part in (TEXT.split()[:7], TEXT.split()[7:])])]),
        "word.docx": docx(paragraph(TEXT)),
        "page.mhtml": "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: text/html; charset=utf-8\nContent-Location: https://lure.example/3\n\n"
        f"<html><body>{lure}{article}</body></html>\n--b--\n",
        **samples(),
    }  # fmt: skip
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    workbook(folder / "book.xlsx", ("a", [NEWS_HEADER, *NEWS]))
    parquet(folder / "rows.parquet", NEWS_HEADER, NEWS)
    submissions(folder / "submissions.json")
    for path in EXAMPLES.glob("*/*"):
        held = folder / path.parent.name / path.name
        held.parent.mkdir(exist_ok=True)
        held.write_bytes(path.read_bytes())
    with zipfile.ZipFile(folder / "pages.zip", "w") as pack:
        pack.writestr("a.html", made["page.html"])


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder that a run of everything made, and what its processes noted."""
    base = tmp_path_factory.mktemp("offline")
    inputs, guard, log = base / "in", base / "guard", base / "log"
    inputs.mkdir()
    guard.mkdir()
    fill(inputs)
    (guard / "sitecustomize.py").write_text(GUARD, "utf-8")
    paths = os.pathsep.join(filter(None, (str(guard), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "tawatur", "run", inputs, "--out", base / "out"]
    env = {**os.environ, "PYTHONPATH": paths, "OFFLINE_LOG": str(log)}
    ended = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode in (0, 1), ended.stderr
    return base / "out", log.read_text("utf-8").splitlines()


def test_no_process_of_the_job_asks_for_the_network(job: tuple[Path, list[str]]) -> None:
    _, noted = job
    assert [row for row in noted if row.startswith("network")] == []
    assert any("pdf_worker" in row for row in noted), "the process that reads PDFs was not watched"


def test_every_kind_of_input_was_read(job: tuple[Path, list[str]]) -> None:
    out, _ = job
    with (out / "files.csv").open(encoding="utf-8-sig", newline="") as held:
        rows = [(Path(row["file"]).name, row["state"], row["reason"]) for row in csv.DictReader(held)]
    gone = {name for name, state, reason in rows if state not in {"read", "doubtful"} and "read before" not in reason}
    assert gone == {"entity.xml"}
    kinds = {Path(name).suffix for name, _, _ in rows}
    assert kinds >= {".html", ".rss", ".json", ".jsonl", ".csv", ".xlsx", ".parquet", ".pdf", ".docx", ".mhtml"}
    assert kinds >= {".warc", ".gz", ".zip", ".tar", ".txt", ".eml", ".mbox", ".md"}


def test_pages_load_nothing_from_outside(job: tuple[Path, list[str]]) -> None:
    out, _ = job
    pages = [path for path in out.rglob("*") if path.suffix in {".html", ".svg"}]
    assert pages
    assert {str(path): found for path in pages if (found := Loaded(path.read_text("utf-8")).outside)} == {}
    for path in out.rglob("*.css"):
        assert STYLED.findall(path.read_text("utf-8")) == []


def test_the_guard_and_the_look_at_pages_do_find_something(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "OFFLINE_LOG": str(tmp_path / "log")}
    code = "import socket; socket.create_connection(('localhost', 9))"
    ended = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert ended.returncode
    assert "network socket.getaddrinfo" in (tmp_path / "log").read_text("utf-8")
    page = (
        "<img src='//a.example/b'><p style=\"background:url('http://a.example')\">"
        "<style>@import 'https://c.example'</style><a href='https://d.example'>"
    )
    assert len(Loaded(page).outside) == 3
