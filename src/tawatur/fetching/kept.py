"""What was fetched, in a folder: a file for each URL, and one list of where from, when and what the host said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from tawatur.archive.whole_files import write_whole
from tawatur.codec import dumps, loads

LIST = ".fetched.json"  # hidden, so that a run over the folder passes by
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/feed+json": ".json",
    "application/json": ".json",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
}
_odd = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a URL that was asked for: its file's name, the URL that answered, when, and the host's marks of
    its age."""

    asked: str
    file: str
    url: str
    fetched: str
    sha256: str
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""

    def headers(self) -> dict[str, str]:
        """Headers that ask for what is newer."""
        marks = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: mark for name, mark in marks.items() if mark}

    @staticmethod
    def digest(body: bytes) -> str:
        """The SHA-256 of a body."""
        return sha256(body).hexdigest()


@dataclass(frozen=True, slots=True)
class _Listed:
    urls: tuple[Known, ...]


class Kept:
    """The folder and its list. ``damaged`` tells that there was a list which cannot be read: it is begun anew, so that
    all is fetched again and nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._list, self.damaged = _known(folder / LIST)

    def known(self, url: str) -> Known | None:
        """What is known of a URL whose file is still there."""
        found = self._list.get(url)
        return found if found and (self.folder / found.file).is_file() else None

    def keep(self, url: str, last: str, headers: Mapping[str, str], body: bytes) -> Path:
        """Write what was answered; the file, which is there whole or not at all."""
        kind = headers.get("content-type", "").split(";")[0].strip().lower()
        name = _name(url, kind)
        write_whole(self.folder / name, body)
        marks = {"etag": headers.get("etag", ""), "last_modified": headers.get("last-modified", "")}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        told = {name: _line(mark) for name, mark in marks.items()}
        self._list[url] = Known(url, name, last, now, Known.digest(body), kind, **told)
        listed = _Listed(tuple(known for _, known in sorted(self._list.items())))
        write_whole(self.folder / LIST, dumps(listed) + b"\n")
        return self.folder / name


def _name(url: str, kind: str) -> str:
    """A file's name that tells its host, made so that no URL leads out of the folder."""
    plain = _odd.sub("-", url.split("://", 1)[-1].lower()).strip("-")[:60]
    return f"{plain or 'page'}-{sha256(url.encode()).hexdigest()[:8]}{_KINDS.get(kind, '.html')}"


def _line(mark: str) -> str:
    return "" if len(mark) > 512 or not mark.isprintable() else mark


def _known(file: Path) -> tuple[dict[str, Known], bool]:
    """What a list tells, and whether it is damaged."""
    try:
        return {known.asked: known for known in loads(_Listed, file.read_bytes()).urls}, False
    except FileNotFoundError:
        return {}, False
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}, True
