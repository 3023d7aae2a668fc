#!/usr/bin/env python3
"""Measure the speed of reading saved pages, and beside it trafilatura's default ``extract`` on the same pages.

usage: bench_html.py [--pages N] [--rounds N] [FOLDER]

Pages are made for it, in Arabic and of several forms; or they are the .html files below FOLDER. trafilatura is no part
of the product: without it our own speed alone is printed. It judges nothing; compare runs on one machine.
"""

from __future__ import annotations

import argparse
import platform
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from io import BufferedReader, BytesIO
from pathlib import Path

from synthetic import reports
from tawatur.archive import html
from tawatur.archive.items import Source
from tawatur.errors import TawaturError
from tawatur.settings import version

SEED = 20161213
HOLDERS = (
    '<main><article><h1>{title}</h1>{body}</article></main>',
    '<div id="primary"><h1 class="entry-title">{title}</h1><div class="entry-content">{body}</div></div>',
    '<div itemscope><h1>{title}</h1><div itemprop="articleBody">{body}</div></div>',
    '<h1>{title}</h1><div class="story-body">{body}</div>',
    '<div><div><h1>{title}</h1><div><div>{body}</div></div></div></div>',
)  # fmt: skip


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=60, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    args = parser.parse_args()
    if args.folder:
        pages = [(path.read_bytes(), "") for path in sorted(args.folder.rglob("*.html"))]
    else:
        pages = made(args.pages)
    if not pages:
        sys.exit("no .html files there")
    readers: dict[str, Callable[[bytes], str]] = {"tawatur": ours}
    other = trafilatura()
    if other is not None:
        readers["trafilatura"] = other
    print(f"pages                {len(pages)}, {sum(len(page) for page, _ in pages) // len(pages)} bytes each")
    times = measured(readers, [page for page, _ in pages], args.rounds)
    for name, seconds in times.items():
        print(f"{name:20} {1000 * seconds / len(pages):.2f} ms a page{found(readers[name], pages)}")
    if other is None:
        print("trafilatura          not installed: pip install trafilatura, to compare with it")
    else:
        print(f"{'times faster':20} {times['trafilatura'] / times['tawatur']:.2f}")
    print(f"signature            tawatur {version()}, CPython {platform.python_version()}, seed {SEED}")


def ours(page: bytes) -> str:
    """The text and all that the page says of itself; empty for a page that is refused."""
    try:
        return " ".join(getattr(item, "text", "") for item in html.read(_source(page)))
    except TawaturError:
        return ""


def _source(page: bytes) -> Source:
    return Source("page.html", "page.html", BufferedReader(BytesIO(page)))


def trafilatura() -> Callable[[bytes], str] | None:
    """Its ``extract`` as it comes; None when it is not installed."""
    try:
        from trafilatura import extract
    except ModuleNotFoundError:
        return None
    return lambda page: extract(page) or ""


def measured(readers: dict[str, Callable[[bytes], str]], pages: list[bytes], rounds: int) -> dict[str, float]:
    """Seconds of processor time that each takes for all pages: the best of some rounds, in turn."""
    best: dict[str, float] = {}
    for number in range(rounds + 1):
        for name, read in readers.items():
            began = time.process_time()
            for page in pages:
                read(page)
            taken = time.process_time() - began
            best[name] = min(best.get(name, taken), taken) if number > 1 else taken
    return best


def found(read: Callable[[bytes], str], pages: list[tuple[bytes, str]]) -> str:
    """Recall and precision of the words of articles that are known."""
    known = [(words(read(page)), words(article)) for page, article in pages if article]
    if not known:
        return ""
    right = sum((got & wanted).total() for got, wanted in known)
    recall = right / sum(wanted.total() for _, wanted in known)
    precision = right / max(1, sum(got.total() for got, _ in known))
    return f", recall {recall:.3f}, precision {precision:.3f}"


def words(text: str) -> Counter[str]:
    """The words of a text with their counts."""
    return Counter(re.findall(r"\w+", text))


def made(count: int) -> list[tuple[bytes, str]]:
    """Pages of news with menus, related links, comments and programs, each with the text of its article."""
    rng = random.Random(SEED)
    texts = [str(report["text"]) for report in reports(4 * count, SEED)]
    return [_page(rng, texts[4 * n : 4 * n + 4], n) for n in range(count)]


def _page(rng: random.Random, texts: list[str], number: int) -> tuple[bytes, str]:
    article, *others = texts
    paragraphs = [line for line in article.split("\n") if line.strip()]
    title = " ".join(others[0].split()[:9])
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    links = [" ".join(rng.sample(other.split(), 7)) for other in others for _ in range(30)]
    menu = "".join(
        f'<li class="menu-item"><a href="/{n}">{" ".join(link.split()[:2])}</a></li>' for n, link in enumerate(links)
    )
    related = "".join(f'<div class="card"><a href="/r{n}"><h4>{link}</h4></a></div>' for n, link in enumerate(links))
    head = (
        f'<meta charset="utf-8"><title>{title} | شبكة النهر</title><meta property="og:title" content="{title}">'
        f'<meta property="article:published_time" content="2016-12-13T10:{number % 60:02}:00+02:00">'
        '<meta property="og:site_name" content="شبكة النهر">'
    )
    parts = [
        f"<header><nav><ul>{menu}</ul></nav></header>",
        HOLDERS[number % len(HOLDERS)].format(title=title, body=body),
        f'<div class="share-buttons"><a>مشاركة</a></div><section class="related-posts">{related}</section>',
        f"<aside class='sidebar'>{related}</aside><footer><ul>{menu}</ul></footer>",
    ]
    page = f'<!DOCTYPE html><html lang="ar" dir="rtl"><head>{head}</head><body>{"".join(parts)}</body></html>'
    return page.encode(), "\n".join(paragraphs)


if __name__ == "__main__":
    main()
