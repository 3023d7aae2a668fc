"""A parsed page, and its elements by CSS selector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from resiliparse.parse.html import ElementNode, HTMLTree

from tawatur.archive.limits import MAX_TAGS, MAX_TREE
from tawatur.errors import FormatError

_SMALL = 1 << 18  # characters of a page that cannot be too heavy
_DEEPEST = 3000  # open elements at once
#: Elements that are always empty, and some that are often left open.
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|td|tr|th|option"
_tag = re.compile(rf"<(/?)(?!(?:{_VOID})(?![A-Za-z0-9]))[A-Za-z]", re.IGNORECASE)
_MOST = 5000  # elements that one selector gives
#: Those attributes that selectors ask for by value, and their values.
_ATTRIBUTES = {
    name: re.compile(name + r"""\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)""")
    for name in ("class", "id", "itemprop", "property", "role", "rel", "data-testid")
}
_LOUD = (" CLASS=", " ID=")  # in pages that write attributes in capitals
_named = re.compile(r"='([^']+)'|[.#]([\w-]+)")


def check_tree(text: str, advice: str) -> None:
    """Raise FormatError for a page whose tree would take too much time or memory: too many elements, or too deep."""
    tags = text.count("<") - text.count("</")
    if tags > MAX_TAGS:
        raise FormatError(f"holds more than {MAX_TAGS:,} elements", advice)
    if len(text) > _SMALL and _weight(text, tags) > MAX_TREE:
        raise FormatError(f"its elements and words would take more than {MAX_TREE >> 20} MB of memory", advice)
    if tags >= _DEEPEST and deep(text):
        raise FormatError("tags are nested too deep", advice)


def _weight(text: str, tags: int) -> int:
    """Bytes that a page takes while it is read, as measured: by elements, attributes, characters, and wide ones."""
    wide = len(text.encode("utf-8", "replace")) - len(text)
    return 650 * tags + 280 * text.count("=") + 20 * (len(text) + wide)


def deep(text: str) -> bool:
    """Whether tags are nested deeper than any page's: walking such a tree takes time beyond all bounds."""
    if text.count("<") - text.count("</") < _DEEPEST:
        return False
    depth = 0
    for closing in _tag.findall(text):
        depth = (depth - 1 if depth else 0) if closing else depth + 1
        if depth > _DEEPEST:
            return True
    return False


class Page:
    """A page as text and as a tree."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = HTMLTree.parse(text)

    @cached_property
    def names(self) -> str:
        """The names that the page gives its elements."""
        return names_of(self.text)

    def met(self, selectors: Iterable[str]) -> list[str]:
        """The selectors that may match something: those whose names occur in the page."""
        return met(selectors, self.names)

    def first(self, selector: str) -> ElementNode | None:
        """The first element that a selector matches."""
        document = self.tree.document
        return document.query_selector(selector) if document is not None else None

    def every(self, selector: str, most: int = _MOST) -> Sequence[ElementNode]:
        """The elements that a selector matches, in the order of the page, up to ``most``."""
        document = self.tree.document
        return document.query_selector_all(selector)[:most] if document is not None else ()


def met(selectors: Iterable[str], names: str) -> list[str]:
    """The selectors that may match something where these are the names of elements. That costs no walk of the tree."""
    out = []
    for selector in selectors:
        first, rest = _asked(selector)
        if first in names and (not rest or all(name in names for name in rest)):
            out.append(selector)
    return out


def names_of(text: str) -> str:
    """The names that HTML gives its elements: the words of the attributes that selectors ask for, each once."""
    found: set[str] = set()
    loud = any(name in text for name in _LOUD)
    for name, written in _ATTRIBUTES.items():
        if name in text:
            found.update(written.findall(text))
        if loud:
            found.update(re.findall(written.pattern, text, re.IGNORECASE))
    return " ".join(set(" ".join(found).split()))


@lru_cache(maxsize=1024)
def words_of(selector: str) -> tuple[str, ...]:
    """The values of attributes and the names of classes and ids that a selector asks for."""
    return tuple(value or name for value, name in _named.findall(selector))


@lru_cache(maxsize=1024)
def _asked(selector: str) -> tuple[str, tuple[str, ...]]:
    """Those of ``words_of`` that stand among a page's names: the first, empty where there is none, and the rest."""
    unnamed = any(name in selector for name in ("type=", "name=", "style", "aria"))
    words = () if unnamed else words_of(selector)
    return (words[0], words[1:]) if words else ("", ())
