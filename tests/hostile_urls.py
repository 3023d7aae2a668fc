"""URLs that lead, or may lead, to where no public page is: every way of writing it, and every way there."""

from __future__ import annotations

from itertools import product

PRIVATE = (
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.5", "172.16.3.4", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.2.3",
    "240.0.0.1", "255.255.255.255",
)  # fmt: skip
PRIVATE_6 = (
    "::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
)  # fmt: skip
#: Hosts that a hostile name server leads to private addresses.
NAMES = ("rebind.example", "localhost", "localhost.localdomain", "metadata.google.internal", "intranet",
         "printer.local", "127.0.0.1.nip.example", "router.lan", "kubernetes.default.svc")  # fmt: skip


def numbers(address: str) -> list[str]:
    """An IPv4 address in the forms that lookups of the C library understand."""
    a, b, c, d = map(int, address.split("."))
    whole = (a << 24) + (b << 16) + (c << 8) + d
    return [
        str(whole), hex(whole), f"0{whole:o}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{(b << 16) + (c << 8) + d}", f"{a}.{b}.{(c << 8) + d}", f"00{a}.{b}.{c}.{d}", f"{a}.{b}.{c}.{d}.",
        "".join(chr(0xFF10 + int(ch)) if ch.isdigit() else "。" for ch in address),
    ]  # fmt: skip


def direct() -> list[str]:
    """URLs that name a private place themselves."""
    urls = [f"http://{address}/" for address in PRIVATE]
    urls += [f"https://{address}/feed" for address in PRIVATE[:6]]
    urls += [f"http://[{address}]/" for address in PRIVATE_6]
    urls += [f"http://[{address}%25eth0]/" for address in PRIVATE_6[:4]]
    urls += [f"http://{form}/" for address in ("127.0.0.1", "169.254.169.254", "10.0.0.5", "192.168.1.1", "172.16.3.4")
             for form in numbers(address)]  # fmt: skip
    urls += [f"{scheme}://{name}/{path}" for scheme, name, path in product(("http", "https"), NAMES, ("", "x?y=1"))]
    urls += [f"http://{name}./" for name in NAMES]
    urls += [f"http://{name.upper()}/" for name in NAMES]
    return urls


def tricks() -> list[str]:
    """URLs that hide where they lead, or that are none."""
    return [
        "http://news.example@127.0.0.1/", "http://news.example:80@127.0.0.1/", "http://127.0.0.1#@news.example/",
        "http://127.0.0.1\\@news.example/", "http://news.example\\.127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1",
        "//127.0.0.1/", "http://127.0.0.1:80:80/", "http://[::1/", "http://::1/", "http://news.example:22/",
        "http://news.example:6379/", "http://news.example:0/", "http://news.example:99999/", "http://news.example:-1/",
        "http://news.example:８０/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_x", "ftp://127.0.0.1/", "data:,x",
        "javascript:alert(1)", "dict://127.0.0.1:11211/", "jar:http://127.0.0.1!/", "unix:/run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/", "http://", "http:///etc", "http://?", "http://#", "http://.../", "http://-/",
        "http://a..b/", "http://%31%32%37.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1/", "http://news.example /",
        " http://127.0.0.1/", "http://127.0.0.1\t/", "http://127.0.0.1\r\nHost: x/", "http://loc\u200balhost/",
        "http://news.example%2f@127.0.0.1/", "http://user:word@news.example/", "http://x" + "a" * 300 + "/",
        "http://" + "a." * 200 + "example/", "http://news.example/" + "x" * 5000, "http://[::ffff:7f00:1]:8080/",
        "http://[v1.fe80::a]/", "http://0/", "http://0x/", "http://1e3/", "http://127.1/", "http://127.0.1/",
        "http://4294967296/", "http://0x1ffffffff/", "http://256.256.256.256/", "http://1.2.3.4.5/",
    ]  # fmt: skip


def redirects() -> list[str]:
    """Places that a public host may redirect to."""
    return [*direct()[:90], *tricks()[:24]]
