"""A web server on this machine whose pages are good, broken, endless or slow, one a path; what it is asked is noted."""

from __future__ import annotations

import gzip
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
<item><title>a</title><link>http://127.0.0.1:%d/one</link><description>%s</description></item>
<item><title>b</title><link>http://127.0.0.1:%d/two</link><description>%s</description></item></channel></rss>"""
WORDS = "قال الدفاع المدني إن خمسة أشخاص قُتلوا في القصف على البلدة يوم الجمعة. ".encode() * 5


class Pages(BaseHTTPRequestHandler):
    """One page a path; what it was asked is noted."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        return

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name = self.path.strip("/").split("?")[0].replace("-", "_")
        getattr(self, f"page_{name}", self.page_missing)()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for header, value in {"Content-Length": str(len(body)), "Content-Type": "text/html", **headers}.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_missing(self) -> None:
        self.answer(b"", 404)

    def page_one(self) -> None:
        self.answer(b"<html><body><p>" + WORDS + b"</p></body></html>")

    page_two = page_one

    def page_feed(self) -> None:
        port = self.server.server_address[1]
        self.answer(RSS % (port, WORDS, port, WORDS), Content_Type="application/rss+xml")

    def page_moved(self) -> None:
        self.answer(b"", 302, Location="/one")

    def page_moved_to(self) -> None:
        self.answer(b"", 302, Location=self.server.place)  # type: ignore[attr-defined]

    def page_nowhere(self) -> None:
        self.answer(b"", 302)

    def page_circle(self) -> None:
        self.answer(b"", 302, Location="/circle")

    def page_marked(self) -> None:
        if self.headers.get("If-None-Match") == '"7"':
            self.answer(b"", 304)
        else:
            self.answer(b"<p>x</p>", ETag='"7"')

    def page_unasked(self) -> None:
        self.answer(b"", 304)

    def page_packed(self) -> None:
        self.answer(gzip.compress(b"<p>packed</p>"), Content_Encoding="gzip")

    def page_bomb(self) -> None:
        self.answer(gzip.compress(bytes(100 << 20)), Content_Encoding="gzip")

    def page_broken_pack(self) -> None:
        self.answer(gzip.compress(WORDS)[:40], Content_Encoding="gzip")

    def page_no_pack(self) -> None:
        self.answer(b"nothing of the kind", Content_Encoding="gzip")

    def page_brotli(self) -> None:
        self.answer(b"x", Content_Encoding="br")

    def page_short(self) -> None:
        self.answer(b"<p>x</p>", Content_Length="900")
        self.close_connection = True

    def page_endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        chunk = bytes(1 << 16)
        try:
            for _ in range(2000):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        except OSError:
            self.close_connection = True

    def page_many_headers(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for n in range(20_000):
                self.wfile.write(b"X-%d: %s\r\n" % (n, b"y" * 90))
        except OSError:
            self.close_connection = True

    def page_drip(self) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n":
                self.wfile.write(bytes([byte]))
                time.sleep(0.2)
        except OSError:
            self.close_connection = True

    def page_silent(self) -> None:
        time.sleep(3)

    def page_no_http(self) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        self.close_connection = True


class Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, dict[str, str]]]
    place = ""
