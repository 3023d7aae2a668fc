"""A URL in, the answer to it out: every step of a redirect checked anew, sizes and times bounded."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import certifi
import httpcore

from tawatur.archive.limits import MAX_FEED
from tawatur.errors import FetchError, SettingsError
from tawatur.fetching.addresses import Allowed, Target, target_of
from tawatur.fetching.network import Deadline, Guarded, Lookup, looked_up

REDIRECTS = 5
SECONDS = 60.0
PAUSE = 1.0  # seconds between two questions to one host
_MOVED = frozenset({301, 302, 303, 307, 308})
_UNCHANGED = 304
_CHUNKS = 1 << 16
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host answered: the URL that was asked last, the headers by their lower-case names, the body unpacked.
    ``unchanged``: it has nothing newer than what is known."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    unchanged: bool = False


@dataclass(slots=True)
class Asker:
    """Asks for URLs one at a time, with a pause before the same host is asked again."""

    agent: str
    allowed: Allowed = field(default_factory=Allowed)
    authorities: Path | None = None
    most: int = MAX_FEED
    seconds: float = SECONDS
    pause: float = PAUSE
    lookup: Lookup = looked_up
    _asked: dict[str, float] = field(default_factory=dict)
    _context: ssl.SSLContext | None = None

    def ask(self, url: str, known: Mapping[str, str] = {}) -> Answer:
        """The answer to a URL; ``known`` holds headers that ask for what is newer. Raises FetchError."""
        deadline = Deadline(self.seconds)
        target = target_of(url, self.allowed)
        for _ in range(REDIRECTS + 1):
            found = self._once(target, known, deadline)
            if isinstance(found, Answer):
                return found
            target = self._next(target, found)
        raise FetchError(f"more than {REDIRECTS} redirects", "give the address where the page stands")

    def _next(self, target: Target, place: str) -> Target:
        if not place:
            raise FetchError("a redirect to nowhere", "give the address where the page stands")
        try:
            joined = urljoin(target.url, place.strip())
        except ValueError as error:
            raise FetchError(f"a redirect to no URL: {error}", "give the address where the page stands") from None
        following = target_of(joined, self.allowed)
        if target.scheme == "https" and following.scheme == "http":
            raise FetchError(
                f"a redirect to {following.url}, where anybody on the way could read or change it",
                "fetch that address by itself if you will",
            )
        return following

    def _once(self, target: Target, known: Mapping[str, str], deadline: Deadline) -> Answer | str:
        """One question; its answer, or where it is moved to."""
        self._wait(target.host)
        backend = Guarded(target, self.allowed, deadline, self.lookup)
        context = self._trusted() if target.scheme == "https" else None
        headers = {
            "Host": _host(target),
            "User-Agent": self.agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip",
            **known,
        }
        limits = dict.fromkeys(("connect", "read", "write", "pool"), deadline.left())
        try:
            with (
                httpcore.ConnectionPool(ssl_context=context, network_backend=backend) as pool,
                pool.stream(
                    "GET", _url(target), headers=list(headers.items()), extensions={"timeout": limits}
                ) as answer,
            ):
                return self._read(target, answer, deadline)
        except httpcore.TimeoutException:
            deadline.left()
            raise FetchError(f"{target.host} stopped answering", "try again later") from None
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise FetchError(f"{target.host}: {str(error) or type(error).__name__}", "try again later") from None
        except ssl.SSLError as error:
            raise FetchError(
                f"{target.host} is not who it says: {error}", "--ca FILE names further authorities"
            ) from None

    def _read(self, target: Target, answer: httpcore.Response, deadline: Deadline) -> Answer | str:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        if answer.status in _MOVED:
            return headers.get("location", "")
        if answer.status == _UNCHANGED:
            return Answer(target.url, headers, b"", unchanged=True)
        if answer.status != 200:
            raise FetchError(f"{target.host} answers {answer.status}", "check the address in a browser")
        parts, size = [], 0
        for part in _unpacked(answer, headers.get("content-encoding", "identity").strip().lower(), self.most):
            deadline.left()
            size += len(part)
            if size > self.most:
                raise FetchError(f"more than {self.most >> 20} MB", "save it by hand if it is a report")
            parts.append(part)
        return Answer(target.url, headers, b"".join(parts))

    def _wait(self, host: str) -> None:
        rest = self._asked.get(host, -self.pause) + self.pause - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._asked[host] = time.monotonic()

    def _trusted(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context(cafile=certifi.where())
            if self.authorities is not None:
                try:
                    self._context.load_verify_locations(cafile=self.authorities)
                except (OSError, ssl.SSLError) as error:
                    raise SettingsError(f"{self.authorities}: no certificates: {error}", "name a PEM file") from None
        return self._context


def _host(target: Target) -> str:
    return target.url.split("/")[2]


def _url(target: Target) -> httpcore.URL:
    return httpcore.URL(
        scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode("ascii")
    )


def _unpacked(answer: httpcore.Response, encoding: str, most: int) -> Iterator[bytes]:
    """The body as it comes, unpacked where the host packed it, never more than a chunk beyond ``most`` at once."""
    if encoding in ("identity", ""):
        yield from answer.iter_stream()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"a body packed as {encoding}", "save it by hand")
    engine = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for part in answer.iter_stream():
            waiting = part
            while waiting:
                yield engine.decompress(waiting, min(_CHUNKS, most + 1))
                waiting = engine.unconsumed_tail
        yield engine.flush()
    except zlib.error as error:
        raise FetchError(f"a body that does not unpack: {error}", "try again later") from None
    if not engine.eof:
        raise FetchError("a packed body that breaks off", "try again later")
