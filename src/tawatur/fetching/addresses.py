"""A URL or an address of the network in, whether it may be asked out: only what is public, unless allowed by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from tawatur.errors import FetchError

PORTS = {"http": 80, "https": 443}
_LONGEST = 4096
#: What is not for the public network, by IANA's registries of special-purpose addresses (IPv4, IPv6), as of 2025.
_SPECIAL = tuple(map(IPv4Network, (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3",
)))  # fmt: skip
_UNICAST = IPv6Network("2000::/3")  # all that is given out for the public network
_SPECIAL_6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
#: Networks of IPv6 that carry an address of IPv4, and by how many bits it lies from the right (RFC 6052, RFC 3056).
_EMBEDDED = ((IPv6Network("64:ff9b::/96"), 0), (IPv6Network("2002::/16"), 80))
_label = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_odd = re.compile(r"[\x00-\x20\x7f\\]")
_number = re.compile(r"(?:0[xX][0-9a-fA-F]*|\d+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL taken apart: ``host`` as it is looked up (ASCII, lower case, without brackets), ``path`` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The URL in one form."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Hosts that the user allows by name, with any port or with one: they may be private."""

    names: frozenset[str] = frozenset()

    @staticmethod
    def of(names: Iterable[str]) -> Allowed:
        """From ``host`` and ``host:port``."""
        return Allowed(frozenset(name.strip().lower().rstrip(".") for name in names))

    def __contains__(self, target: object) -> bool:
        if not isinstance(target, Target):
            return False
        host = f"[{target.host}]" if ":" in target.host else target.host
        return bool({host, target.host, f"{host}:{target.port}"} & self.names)


def target_of(url: str, allowed: Allowed) -> Target:
    """A URL taken apart. Raises FetchError for one that is none, names no host, or a port that is not the scheme's own
    and not allowed."""
    if len(url) > _LONGEST:
        raise FetchError("a URL of more than 4096 characters", "give the page's own address")
    if _odd.search(url):
        raise FetchError("a URL with a space, a backslash or a control character", "write it as the browser shows it")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise FetchError(f"no URL: {error}", "give http://… or https://…") from None
    if parts.scheme not in PORTS:
        raise FetchError(f"{parts.scheme or 'no scheme'} is not fetched", "give http://… or https://…")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise FetchError("a URL with a name or password in it", "leave them out: pages behind a login are not fetched")
    if not host:
        raise FetchError("a URL without a host", "give http://host/…")
    found = Target(
        parts.scheme, _host(host), PORTS[parts.scheme] if port is None else port, _path(parts.path, parts.query)
    )
    if found.port != PORTS[found.scheme] and found not in allowed:
        raise FetchError(f"port {found.port} is not asked", f"allow it by name: --allow {found.host}:{found.port}")
    return found


def _path(path: str, query: str) -> str:
    safe = "/%:@!$&'()*+,;=~-._"
    return quote(path or "/", safe=safe) + (f"?{quote(query, safe=safe + '?')}" if query else "")


def _host(host: str) -> str:
    """The host as it is looked up. Numbers that are no plain IPv4 (decimal, octal, hexadecimal, short) are refused."""
    if ":" in host:
        if "%" in host:
            raise FetchError("an address with a zone", "give a public address")
        return _address(host)
    try:
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError:
        raise FetchError(f"{host!r} is no name of a host", "give the host as the browser shows it") from None
    labels = name.split(".")
    if _number.fullmatch(labels[-1]):
        return _address(name)
    if not all(map(_label.fullmatch, labels)) or len(name) > 253:
        raise FetchError(f"{host!r} is no name of a host", "give the host as the browser shows it")
    return name


def _address(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        raise FetchError(
            f"{host!r} is no address in the usual form", "give four numbers with dots, or a name"
        ) from None


def public(address: str) -> bool:
    """Whether an address of the network is a public one, and so is the IPv4 address that it may carry.

    False for private, loopback, link-local, shared, multicast, reserved and documentation networks, and for what is no
    address.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _public_4(found) if isinstance(found, IPv4Address) else _public_6(found)


def _public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _SPECIAL)


def _public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address.ipv4_mapped is not None:
        return _public_4(address.ipv4_mapped)
    for network, shift in _EMBEDDED:
        if address in network:
            return _public_4(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return address in _UNICAST and not any(address in network for network in _SPECIAL_6)
