"""HTML in, the text of its article out: paragraphs, headings, lists and tables as lines, furniture left out.

The article is sought three ways: by what pages call it (``ARTICLES``), by where most text without links stands, and by
resiliparse's own rules; the first that holds most of the page's text wins. What pages call share bars, menus, related
links and the like (``FURNITURE``) is left out wherever it stands, and so are blocks that are links and nothing else.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree

from tawatur.archive.html_dom import Page, words_of
from tawatur.archive.page import furniture
from tawatur.lang.fold import fold_word

#: What holds an article, as pages call it, the surest first.
ARTICLES = (
    "[itemprop~='articleBody']", "[property='articleBody']", "[data-testid='article-body']", ".wysiwyg",
    "[class*='article-body']", "[class*='article__body']", "[class*='articleBody']", "[class*='ArticleBody']",
    "[class*='article_body']", "[class*='articlebody']", "[class*='article-content']", "[class*='article__content']",
    "[class*='article-text']", "[class*='article_text']", "[class*='article__text']", "[id*='article-body']",
    "[id*='articleBody']", "[class*='entry-content']", "[class*='post-content']", "[class*='post-body']",
    "[class*='postBody']", "[class*='story-body']", "[class*='story-content']", "[class*='story__body']",
    "[class*='news-content']", "[class*='news-body']", "[class*='news-text']", "[class*='newsbody']",
    "[class*='news_content']", "[class*='single-content']", "[class*='content-body']", "[class*='body-content']",
    "[class*='field-name-body']", "[class*='field--name-body']", "[class*='text-long']", "[class*='rich-text']",
    "[class*='details-body']", "[class*='item-text']", "main article", "article", "[role='article']", "main",
    "[role='main']", "#content", "#main",
)  # fmt: skip
#: What is no part of an article, as pages call it.
FURNITURE = [
    "script", "style", "noscript", "template", "iframe", "svg", "form", "button", "select", "nav", "footer", "aside",
    "dialog", "figcaption", "[hidden]", "[aria-hidden='true']", "[style*='display:none']", "[style*='display: none']",
    "[role='navigation']", "[role='complementary']", "[role='contentinfo']", "[role='dialog']", "[role='search']",
    "[class*='share']", "[class*='social']", "[class*='related']", "[class*='Related']", "[class*='comment']",
    "[id*='comment']", "[id*='disqus']", "[class*='cookie']", "[id*='cookie']", "[class*='consent']", "[id*='consent']",
    "[class*='breadcrumb']", "[class*='sidebar']", "[id*='sidebar']", "[class*='widget']", "[class*='newsletter']",
    "[class*='subscribe']", "[class*='advert']", "[class*='-ads']", "[class*='ads-']", "[class~='ad']",
    "[class~='ads']", "[class*='promo']", "[class*='recommend']", "[class*='most-read']", "[class*='mostread']",
    "[class*='most-viewed']", "[class*='read-more']", "[class*='readmore']", "[class*='read-also']",
    "[class*='see-also']", "[class*='trending']", "[class*='popular']",
    "[class*='navigation']", "[class*='pagination']",
    "[class*='author-bio']", "[class*='author-box']", "[class*='post-meta']", "[class*='entry-meta']",
    "[class*='article-meta']", "[class*='post-tags']", "[class*='tags-']", "[class*='tagcloud']", "[class~='tags']",
    "[class*='toolbar']", "[class*='print-']", "[class*='skip-']", "[class*='screen-reader']", "[class*='sr-only']",
    "[class*='visually-hidden']", "[class*='video-player']", "[class*='player-']", "[class*='rating']",
    "[class*='next-post']", "[class*='prev-post']", "[class*='footer']", "[class*='copyright']", "[class*='popup']",
    "[class*='modal']", "[class*='banner']", "[class*='menu']",
]  # fmt: skip
_POOR = 600  # letters of what resiliparse finds below which paragraphs are looked at one by one
_LEAST = 140  # letters of an article; less is looked for elsewhere
_HOLDS = 0.6  # of the page's text that a part must hold to be the article
_PARAGRAPH = 40  # letters of a paragraph that tells where an article stands
_LINKED = 0.6  # of a line's letters in links from which on it is a list of links
_WIDE = 6  # steps up from a paragraph to what holds its article

_CLOSING = ("</p>", "</h1>", "</h2>", "</h3>", "</h4>", "</ul>", "</ol>")
_tag = re.compile(r"<[^>\0]*>")
_link = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_space = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]+")
_many = re.compile(r"\n{3,}")


class Line(NamedTuple):
    """A line of an article, and how many of its letters stand in links."""

    text: str
    linked: float


def text_of(fragment: str) -> str:
    """All visible text of HTML, such as the body of a mail or of a feed's item: nothing is sought, nothing judged."""
    return _joined(line.text for line in _lines(_marked(fragment, [])))


def main_text(page: Page, title: str = "") -> str:
    """The article of a page; empty when there is none. ``title`` is left out where the text repeats it at its head."""
    tree = page.tree
    if tree.body is None:
        return ""
    furniture = page.met(FURNITURE)
    best = whole = _kept(_lines(_marked(tree, furniture, main=True)))
    least = max(_LEAST, _HOLDS * _size(whole))
    for node in _candidates(page, seek=_size(whole) < _POOR):
        if len(node.text or "") < least:
            continue
        found = _kept(_lines(_marked(f"<div>{node.html}</div>", _inside(node, furniture))))
        if _size(found) >= least:
            best = found
            break
    if _size(best) < _LEAST:
        everything = _kept(_lines(_marked(tree, furniture)))
        best = everything if _size(everything) > 2 * _size(best) else best
    return _without_noise(_joined(line.text for line in best), title)


def _candidates(page: Page, *, seek: bool) -> Iterator[ElementNode]:
    """What may hold the article, the likeliest first; ``seek`` it by its paragraphs too."""
    for selector in page.met(ARTICLES):
        found = page.every(selector)
        if len(found) == 1:
            yield found[0]
        elif found:
            sizes = [len(node.text or "") for node in found]
            largest = max(sizes)
            if largest * 2 > sum(sizes) or selector in ("article", "main article"):
                yield found[sizes.index(largest)]
    dense = _densest(page) if seek else None
    if dense is not None:
        yield dense


def _densest(page: Page) -> ElementNode | None:
    """The lowest element that most of the long paragraphs stand in."""
    counts: dict[int, tuple[int, ElementNode]] = {}
    total = 0
    for node in page.every("p"):
        size = len(node.text or "")
        if size < _PARAGRAPH:
            continue
        total += size
        above = node.parent_element
        for _ in range(_WIDE):
            if above is None:
                break
            key = hash(above)
            counts[key] = (counts.get(key, (0, above))[0] + size, above)
            above = above.parent_element
    holding = [(size, node) for size, node in counts.values() if size >= 0.8 * total]
    return min(holding, key=lambda held: len(held[1].text or ""), default=(0, None))[1] if total else None


def _inside(node: ElementNode, furniture: list[str]) -> list[str]:
    """The furniture of an element, without what it matches itself."""
    own = f"{node.class_name or ''} {node.id or ''}".casefold()
    return [s for s in furniture if not any(word.casefold() in own for word in words_of(s))]


def _marked(source: HTMLTree | str, skip: list[str], *, main: bool = False) -> str:
    """Text with the marks of paragraphs, headings, lists and links."""
    return str(
        extract_plain_text(
            source, main_content=main, preserve_formatting="minimal_html", links=True, alt_texts=False,
            list_bullets=False, skip_elements=skip or None,
        )
    )  # fmt: skip


def _lines(marked: str) -> list[Line]:
    """The lines of marked text; blocks are parted by an empty one."""
    out: list[Line] = []
    raws = marked.replace("<br>", "\n").replace("\0", "").split("\n")
    for raw, shown in zip(raws, _shown("\0".join(raws)).split("\0"), strict=True):
        plain = shown.strip(" |")
        linked = sum(len(_tag.sub("", inner)) for inner in _link.findall(raw)) if "<a" in raw else 0
        if plain or (out and out[-1].text):
            out.append(Line(plain, linked / (len(plain) or 1)))
        if plain and raw.endswith(_CLOSING):
            out.append(Line("", 0))
    return out


def _shown(lines: str) -> str:
    """Marked lines, parted by NUL, without marks and with single spaces."""
    plain = _tag.sub("", lines)
    if "&" in plain:
        plain = entities.unescape(plain)
    return _space.sub(" ", plain.replace("\t\t", " | ").replace("\u00ad", ""))


def _kept(found: list[Line]) -> list[Line]:
    """The lines without those that are links and nothing else; one linked line in running text stays."""
    return [
        line
        for n, line in enumerate(found)
        if line.linked < _LINKED or (not _beside_link(found, n) and line.text.endswith((".", "!", "؟", "»", '"')))
    ]


def _beside_link(found: list[Line], n: int) -> bool:
    near = [line for line in found[max(0, n - 2) : n + 3] if line.text]
    return sum(line.linked >= _LINKED for line in near) > 1


def _size(found: list[Line]) -> int:
    return sum(len(line.text) for line in found if line.linked < _LINKED)


def _joined(found: Iterator[str]) -> str:
    return _many.sub("\n\n", "\n".join(found)).strip()


def _without_noise(text: str, title: str) -> str:
    """The text without its lines of furniture, by the words of the language packs, and without its own title on top."""
    out, last = [], 0
    for span in furniture(text, title=title):
        out.append(text[last : span.start])
        last = span.end
    return _many.sub("\n\n", _without_title("".join(out) + text[last:], title)).strip()


def _without_title(text: str, title: str) -> str:
    known, lines = fold_word(title).strip(), text.split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()][:3] if known else []
    return "\n".join(line for n, line in enumerate(lines) if n not in full or fold_word(line).strip() != known)
