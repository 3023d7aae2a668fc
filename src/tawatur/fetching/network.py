"""Connections that lead only to addresses that were checked, and end when the time is up.

A name is looked up once for each connection; every address that it has must be public, and the connection goes to the
address that was checked, so that a name that is answered otherwise the second time leads nowhere else.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from tawatur.errors import FetchError
from tawatur.fetching.addresses import Allowed, Target, public

Lookup = Callable[[str, int], list[str]]
_SLICE = 10.0  # seconds that one read, write or connect may take


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host, each once, in the order of the system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class Deadline:
    """A moment by which everything about one URL is over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds left, at most so many. Raises FetchError when there are none."""
        rest = self._end - time.monotonic()
        if rest <= 0:
            raise FetchError(f"no whole answer within {self.seconds:g} s", "try again later, or save it by hand")
        return min(rest, _SLICE, most or _SLICE)


class Guarded(httpcore.NetworkBackend):
    """The only way out: to ``target``, at an address of it that is checked."""

    def __init__(self, target: Target, allowed: Allowed, deadline: Deadline, lookup: Lookup) -> None:
        self.target, self.deadline = target, deadline
        self._free, self._lookup = target in allowed, lookup

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a checked address of the target; FetchError where there is none."""
        if (host, port) != (self.target.host, self.target.port):
            raise FetchError(f"{host}:{port} was not asked for", "this is a fault of tawatur")
        problem: Exception | None = None
        for address in self._checked():
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
                continue
            return Timed(stream, self.deadline)
        raise FetchError(f"{host} does not answer: {problem}", "check the address, or try again later")

    def _checked(self) -> list[str]:
        host = self.target.host
        try:
            found = self._lookup(host, self.target.port)
        except (OSError, UnicodeError) as error:
            raise FetchError(
                f"{host} is not found: {error}", "check the name, and whether there is a network"
            ) from None
        if not self._free and (wrong := next((a for a in found if not public(a)), None)):
            raise FetchError(f"{host} leads to {wrong}, which is not public", f"allow it by name: --allow {host}")
        return found


class Timed(httpcore.NetworkStream):
    """A connection on which everything ends with the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes, within the time left."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time left."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """End the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted and the host's certificate checked."""
        return Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)
