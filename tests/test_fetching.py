"""Fetching: what is asked for comes, whole and within limits; what is not public is not asked."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hostile_urls
from tawatur import fetching
from tawatur.cli import main
from tawatur.errors import FetchError
from tawatur.fetching import public, target_of
from tawatur.fetching.addresses import Allowed
from tawatur.fetching.answers import Asker
from tawatur.model import Issue
from web_server import WORDS, Pages, Server

PUBLIC = "93.184.216.34"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Pages)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def at(server: Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{path}"


def get(server: Server, *paths: str, out: Path, **options: Any) -> tuple[list[fetching.Fetched], list[Issue]]:
    issues: list[Issue] = []
    urls = [at(server, path) for path in paths]
    allowed = options.pop("allowed", [f"127.0.0.1:{server.server_address[1]}"])
    found = fetching.fetch(urls, out, on_issue=issues.append, allowed=allowed, pause=0.0, **options)
    return list(found), issues


def test_a_page_is_kept_as_it_came(server: Server, tmp_path: Path) -> None:
    (page,), issues = get(server, "one", out=tmp_path)
    assert issues == []
    assert page.news
    assert page.file.suffix == ".html"
    assert WORDS in page.file.read_bytes()
    (known,) = json.loads((tmp_path / ".fetched.json").read_text("utf-8"))["urls"]
    assert (known["file"], known["url"], known["content_type"]) == (page.file.name, page.url, "text/html")
    ((_, headers),) = server.asked
    assert headers["User-Agent"].startswith("tawatur/")
    assert not {"Cookie", "Authorization", "Referer", "Accept-Language"} & set(headers)


def test_what_was_fetched_is_read_by_a_run(server: Server, tmp_path: Path) -> None:
    from tawatur import archive

    get(server, "one", "feed", out=tmp_path)
    reports = list(archive.read(tmp_path, on_issue=list[Issue]().append))
    assert len(reports) == 3
    assert all("الدفاع المدني" in report.text for report in reports)


def test_the_pages_of_a_feed_only_when_asked(server: Server, tmp_path: Path) -> None:
    assert len(get(server, "feed", out=tmp_path)[0]) == 1
    found, issues = get(server, "feed", out=tmp_path, entries=1)
    assert ([f.url.rsplit("/", 1)[1] for f in found], issues) == (["feed", "one"], [])
    assert len(get(server, "feed", out=tmp_path, entries=9)[0]) == 3
    assert len(get(server, "one", out=tmp_path, entries=9)[0]) == 1


def test_a_second_time_only_what_is_newer(server: Server, tmp_path: Path) -> None:
    (first,), _ = get(server, "marked", out=tmp_path)
    (again,), issues = get(server, "marked", out=tmp_path)
    assert (first.news, again.news, again.file, issues) == (True, False, first.file, [])
    assert server.asked[1][1]["If-None-Match"] == '"7"'
    first.file.unlink()
    (once_more,), _ = get(server, "marked", out=tmp_path)
    assert once_more.news


@pytest.mark.parametrize("damaged", ["{broken", "[]", '{"urls": [{"file": "x"}]}', '{"urls": 5}', ""])
def test_a_damaged_list_is_told_and_begun_anew(server: Server, tmp_path: Path, damaged: str) -> None:
    get(server, "marked", out=tmp_path)
    (tmp_path / ".fetched.json").write_text(damaged, "utf-8")
    (again,), (issue,) = get(server, "marked", out=tmp_path)
    assert again.news
    assert "damaged" in issue.reason
    assert get(server, "marked", out=tmp_path)[1] == []


def test_redirects_are_followed(server: Server, tmp_path: Path) -> None:
    (page,), issues = get(server, "moved", out=tmp_path)
    assert issues == []
    assert WORDS in page.file.read_bytes()
    assert [path for path, _ in server.asked] == ["/moved", "/one"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answers 404"),
        ("circle", "more than 5 redirects"),
        ("nowhere", "a redirect to nowhere"),
        ("bomb", "more than 32 MB"),
        ("endless", "more than 32 MB"),
        ("broken-pack", "breaks off"),
        ("no-pack", "does not unpack"),
        ("brotli", "packed as br"),
        ("short", "127.0.0.1: "),
        ("many-headers", "127.0.0.1: "),
        ("no-http", "127.0.0.1: "),
        ("unasked", "of which nothing is known"),
    ],
)
def test_what_gives_no_whole_answer(server: Server, tmp_path: Path, path: str, reason: str) -> None:
    found, issues = get(server, path, "one", out=tmp_path)
    assert [f.url.rsplit("/", 1)[1] for f in found] == ["one"]
    (issue,) = issues
    assert reason in issue.reason
    assert "\n" not in issue.line()
    assert {file.name for file in tmp_path.iterdir()} == {".fetched.json", found[0].file.name}


@pytest.mark.parametrize("path", ["drip", "silent"])
def test_an_answer_that_does_not_come_ends_with_the_time(server: Server, tmp_path: Path, path: str) -> None:
    found, issues = get(server, path, out=tmp_path, seconds=1.0)
    assert found == []
    assert "within 1 s" in issues[0].reason or "stopped answering" in issues[0].reason


def test_a_packed_page_is_unpacked(server: Server, tmp_path: Path) -> None:
    (page,), _ = get(server, "packed", out=tmp_path)
    assert page.file.read_bytes() == b"<p>packed</p>"


def test_what_is_private_is_asked_only_when_it_is_allowed(server: Server, tmp_path: Path) -> None:
    port = server.server_address[1]
    for allowed in ([], ["localhost"], [f"127.0.0.1:{port + 1}"], ["127.0.0.2"]):
        found, issues = get(server, "one", out=tmp_path, allowed=allowed)
        assert found == []
        assert "port" in issues[0].reason
    assert server.asked == []
    assert get(server, "one", out=tmp_path, allowed=["127.0.0.1"])[0]


def test_a_page_that_moves_to_what_is_not_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = Asker("tawatur/0", lookup=lambda _host, _port: [PUBLIC])
    monkeypatch.setattr(Asker, "_once", lambda *_: "http://news.example/")
    with pytest.raises(FetchError, match="anybody on the way"):
        asker.ask("https://news.example/")


class Guard:
    """Every connection that is tried; none is made."""

    def __init__(self) -> None:
        self.tried: list[str] = []

    def connect(self, address: Any, *_: object, **__: object) -> None:
        self.tried.append(str(address[0]))
        raise ConnectionRefusedError(f"{address[0]} refuses")


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Guard:
    made = Guard()
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: made.connect(address))
    monkeypatch.setattr(socket.socket, "connect_ex", lambda _self, address: made.connect(address))
    monkeypatch.setattr(socket, "create_connection", made.connect)
    return made


def hostile(host: str, _port: int) -> list[str]:
    """A name server that leads everything but one host to private places, some of them by a second address."""
    if host == "news.example":
        return [PUBLIC]
    if any(name in host for name in ("rebind", "intranet", "metadata")):
        return [PUBLIC, "169.254.169.254"]
    return [host] if host[0].isdigit() or ":" in host else ["127.0.0.1", "::1"]


DIRECT = [*hostile_urls.direct(), *hostile_urls.tricks()]


def test_three_hundred_urls() -> None:
    assert len(set(DIRECT)) >= 150
    assert len(set(DIRECT)) + len(set(hostile_urls.redirects())) >= 300


@pytest.mark.parametrize("url", DIRECT)
def test_no_connection_to_what_is_not_public(url: str, guard: Guard, tmp_path: Path) -> None:
    issues: list[Issue] = []
    assert fetching.fetch([url], tmp_path, on_issue=issues.append, pause=0.0, lookup=hostile) == ()
    assert len(issues) == 1
    assert "\n" not in issues[0].reason
    assert set(guard.tried) <= {PUBLIC}
    if "news.example" not in url:
        assert guard.tried == []


@pytest.mark.parametrize("place", hostile_urls.redirects())
def test_no_redirect_to_what_is_not_public(
    place: str, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    real = socket.create_connection

    def connect(address: Any, *rest: Any, **more: Any) -> Any:
        tried.append(f"{address[0]}:{address[1]}")
        if tried[-1] != f"127.0.0.1:{port}":
            raise ConnectionRefusedError("nothing outside is asked by a test")
        return real(address, *rest, **more)

    port = server.server_address[1]
    server.place = place.replace("\r\n", "%0d%0a").encode("ascii", "ignore").decode() or "/"
    monkeypatch.setattr(socket, "create_connection", connect)
    found, issues = get(server, "moved-to", out=tmp_path, allowed=[f"127.0.0.1:{port}"], lookup=hostile)
    assert found == []
    assert len(issues) == 1
    assert set(tried) <= {f"127.0.0.1:{port}", f"{PUBLIC}:80", f"{PUBLIC}:443"}


def test_a_name_that_is_answered_otherwise_the_second_time(guard: Guard, tmp_path: Path) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    issues: list[Issue] = []
    told = issues.append
    fetching.fetch(["http://rebind.example/"], tmp_path, on_issue=told, pause=0.0, lookup=lambda *_: next(answers))
    assert guard.tried == [PUBLIC]
    assert "does not answer" in issues[0].reason


@pytest.mark.parametrize("address", [*hostile_urls.PRIVATE, *hostile_urls.PRIVATE_6, "", "x", "fe80::1%eth0"])
def test_not_public(address: str) -> None:
    assert not public(address)


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:220:1::1", "2a00:1450::5", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    assert public(address)


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("HTTP://News.Example:80/a b", None),
        ("http://News.Example.:80/%D8%A3?x=أ", "http://news.example/%D8%A3?x=%D8%A3"),
        ("https://مثال.example/خبر", "https://xn--mgbh0fb.example/%D8%AE%D8%A8%D8%B1"),
        ("https://[2606:2800:220:1::1]", "https://[2606:2800:220:1::1]/"),
        ("http://news.example/a#b", "http://news.example/a"),
    ],
)
def test_urls_in_one_form(url: str, form: str | None) -> None:
    if form is None:
        with pytest.raises(FetchError):
            target_of(url, Allowed())
    else:
        assert target_of(url, Allowed()).url == form
        assert target_of(form, Allowed()).url == form


def test_the_command(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    port = server.server_address[1]
    common = ["--out", str(tmp_path / "in"), "--allow", f"127.0.0.1:{port}"]
    for urls, code in (([at(server, "one")], 0), ([at(server, "packed"), at(server, "missing")], 1), (["x://y"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(["fetch", *urls, *common])
        assert ended.value.code == code
    out, err = capsys.readouterr()
    assert out.count("127-0-0-1") == 2
    assert "missing: 127.0.0.1 answers 404; check the address in a browser; the rest is fetched" in err


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for module in ("httpcore", "tawatur.fetching.answers", "tawatur.fetching.network"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "httpcore", None)
    with pytest.raises(SystemExit) as ended:
        main(["fetch", "https://news.example/", "--out", str(tmp_path)])
    assert ended.value.code == 2
    assert "pip install 'tawatur[fetch]'" in capsys.readouterr().err
