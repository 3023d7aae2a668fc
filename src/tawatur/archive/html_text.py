"""HTML in, the text of its article out: paragraphs, headings, lists and tables as lines, furniture left out.

The article is sought three ways: by what pages call it (``ARTICLES``), by where most text without links stands, and by
resiliparse's own rules; the first that holds most of the page's text wins. What pages call share bars, menus, related
links and the like (``FURNITURE``) is left out wherever it stands, and so are blocks that are links and nothing else.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree

from tawatur.archive.furniture import is_date
from tawatur.archive.html_dom import Page, met, names_of, words_of
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
    "[class*='next-post']", "[class*='prev-post']", "[class*='footer']", "[class*='copyright']",
    "[class*='popup']:not(a)", "[class*='modal']:not(a)", "[class*='banner']", "[class*='menu']",
    "[class*='caption']", "[class*='Caption']",
    "[class*='credit']", "[class*='advertisement']",
]  # fmt: skip
_named = (word for selector in FURNITURE if "*=" in selector and "style" not in selector for word in words_of(selector))
_furnished = re.compile("|".join(map(re.escape, _named)))
_ROOTS = frozenset({"html", "body", "main", "article"})
_POOR = 600  # letters of what resiliparse finds below which paragraphs are looked at one by one
_LEAST = 140  # letters of an article; less is looked for elsewhere
_NEARLY = 0.9  # of the long paragraphs' letters that one element has where it is the article whatever it is called
_HOLDS = 0.6  # of the page's text that a part must hold to be the article
_PARAGRAPH = 40  # letters of a paragraph that tells where an article stands
_LINKED = 0.6  # of a line's letters in links from which on it is a list of links
_HEAD = 600  # characters in which a story has its title
_TOP = 6  # lines on top of an article that may be its title or its date
_OPENING = 100  # letters of a line with which the article has begun
_NAMES = ("class", "id", "itemprop", "property", "role", "data-testid")  # that say which element holds the article
_OTHERS = 20  # elements of a kind that are looked at
_STORIES = ("article", "main article")
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


def main_text(page: Page, title: str = "", *, dated: bool = False) -> str:
    """The article of a page; empty when there is none.

    ``title`` and the page's own heading are left out where the text repeats them at its head, and a line that is a
    date alone is there where the page's date is known otherwise (``dated``).
    """
    tree = page.tree
    if tree.body is None:
        return ""
    heaviest = _heaviest(page)
    skipped = _unfurnished(page, heaviest.node)
    folded = fold_word(title).strip()
    best = _sure(page, folded, heaviest, skipped) or _sought(page, folded, skipped)
    if _size(best) < _LEAST:
        everything = _kept(_lines(_marked(tree, page.met(skipped))))
        best = everything if _size(everything) > 2 * _size(best) else best
    heading = page.first("h1")
    titles = [title, " ".join((heading.text or "").split()) if heading is not None else ""]
    return _without_noise(_joined(line.text for line in best), titles, dated=dated)


def _sure(page: Page, title: str, heaviest: _Heaviest, furniture: list[str]) -> list[Line]:
    """The article where it needs no search: what the page calls so holds its longest text, and most of all; else none.

    Of several such elements only the one with the page's (folded) title on top is sure. Where the page calls nothing
    so, it is the element in which nearly all paragraphs stand.
    """
    weight = heaviest.whole
    above = [] if weight < _POOR or heaviest.node is None else [heaviest.node, *_ancestors(heaviest.node)]
    named = " ".join(filter(None, (node.getattr(name) for node in above for name in _NAMES)))
    tried = set()
    for selector in met(ARTICLES, named):
        node = next((node for node in above if node.matches(selector)), None)
        if node is None or node in tried:
            continue
        tried.add(node)
        others = [other for other in page.every(selector, most=_OTHERS) if not _nested(node, other)]
        if others and not (selector in _STORIES and _titled([node], title) == 0):
            return []
        found = _article(node, furniture)
        if _size(found) >= _HOLDS * weight:
            return found
    alone = above and above[0].tag != "body" and heaviest.own >= _NEARLY * weight
    return _article(above[0], furniture) if alone else []


def _nested(node: ElementNode, other: ElementNode) -> bool:
    """Whether one of two elements is the other, or in it."""
    return node == other or node.contains(other) or other.contains(node)


def _ancestors(node: ElementNode) -> Iterator[ElementNode]:
    above = node.parent_element
    while above is not None:
        yield above
        above = above.parent_element


def _sought(page: Page, title: str, furniture: list[str]) -> list[Line]:
    """The article as the first of its candidates that holds most of the page's text, else what resiliparse finds.

    ``title`` is the page's, folded.
    """
    whole = _kept(_lines(_marked(page.tree, page.met(furniture), main=True)))
    least = max(_LEAST, _HOLDS * _size(whole))
    tried = set()
    for node, share in _candidates(page, title, seek=_size(whole) < _POOR):
        if node in tried or len(node.text or "") < least * share:
            continue
        tried.add(node)
        found = _article(node, furniture)
        if _size(found) >= max(_LEAST, least * share):
            return found
    return whole


def _unfurnished(page: Page, heaviest: ElementNode | None) -> list[str]:
    """What is furniture on a page: nothing that holds its longest text or what it calls its main part.

    A page's body or the column of its article may bear a name such as ``with-sidebar``; that is taken away.
    """
    tags = set()
    for held in (heaviest, page.first("main"), page.first("[itemprop~='articleBody']")):
        for above in [held, *_ancestors(held)] if held is not None else ():
            tags.add(above.tag)
            _without_furnished_names(above)
    return [selector for selector in FURNITURE if selector not in tags]


def _without_furnished_names(node: ElementNode) -> None:
    """Take away the names by which an element would be furniture; that of comments only from a page's roots."""
    names, own = node.class_name or "", node.id or ""
    if _furnished.search(names) and (node.tag in _ROOTS or "comment" not in names):
        node.class_name = " ".join(name for name in names.split() if not _furnished.search(name))
    if _furnished.search(own) and "comment" not in own:
        node.id = ""


class _Heaviest(NamedTuple):
    """The element in which the most text of long paragraphs stands directly, its letters, and those of the page."""

    node: ElementNode | None
    own: int
    whole: int


def _heaviest(page: Page) -> _Heaviest:
    """The element in which most text of long paragraphs stands; the body where there is none."""
    sizes: dict[ElementNode, int] = {}
    for node in page.every("p"):
        size = len(node.text or "")
        parent = node.parent_element if size >= _PARAGRAPH else None
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size
    best = max(sizes, key=lambda node: sizes[node], default=None)
    return _Heaviest(best or page.tree.body, sizes[best] if best is not None else 0, sum(sizes.values()))


def _candidates(page: Page, title: str, *, seek: bool) -> Iterator[tuple[ElementNode, float]]:
    """What may hold the article, the likeliest first, and what share of the page's texts of its kind it has.

    ``seek`` it by its paragraphs too. Of several the one with the page's (folded) title on top is taken.
    """
    for selector in page.met(ARTICLES):
        found = page.every(selector)
        if len(found) == 1:
            yield found[0], 1.0
        elif found:
            sizes = [len(node.text or "") for node in found]
            largest = max(sizes)
            if selector in _STORIES and (titled := _titled(found, title)) is not None:
                yield found[titled], sizes[titled] / (sum(sizes) or 1)
            elif largest * 2 > sum(sizes) or selector in _STORIES:
                yield found[sizes.index(largest)], 1.0
    dense = _densest(page) if seek else None
    if dense is not None:
        yield dense, 1.0


def _titled(found: Sequence[ElementNode], title: str) -> int | None:
    """Which of some stories has the page's title at its head; None when it is not just one, or one is in another."""
    heads = [fold_word(" ".join((node.text or "")[:_HEAD].split())) for node in found]
    having = [n for n, head in enumerate(heads) if title and title in head]
    return having[0] if len(having) == 1 else None


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


def _article(node: ElementNode, furniture: Sequence[str]) -> list[Line]:
    """The lines of an element without the furniture in it; what it matches itself is none there."""
    inner = node.html
    own = f"{node.class_name or ''} {node.id or ''}".casefold()
    skipped = (s for s in met(furniture, names_of(inner)) if not any(word.casefold() in own for word in words_of(s)))
    return _kept(_lines(_marked(f"<div>{inner}</div>", list(skipped))))


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


def _without_noise(text: str, titles: Sequence[str], *, dated: bool) -> str:
    """The text without its lines of furniture, by the words of the language packs, and without its own title on top."""
    out, last = [], 0
    for span in furniture(text, title=titles[0] if titles else ""):
        out.append(text[last : span.start])
        last = span.end
    return _many.sub("\n\n", _without_head("".join(out) + text[last:], titles, dated=dated)).strip()


def _without_head(text: str, titles: Sequence[str], *, dated: bool) -> str:
    """The text without the lines on top of it that repeat a title, or where it is ``dated``, are a date alone."""
    known = {folded for title in titles if (folded := fold_word(title).strip(" ."))}
    lines = text.split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()][:_TOP]
    gone = set()
    for n in full:
        folded = fold_word(lines[n]).strip(" .")
        if folded in known or (dated and is_date(folded)):
            gone.add(n)
        elif len(folded) >= _OPENING:
            break
    return "\n".join(line for n, line in enumerate(lines) if n not in gone)
