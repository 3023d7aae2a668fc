"""A parsed page, and its elements by CSS selector."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from resiliparse.parse.html import ElementNode, HTMLTree

from tawatur.archive.limits import MAX_TAGS, MAX_TREE
from tawatur.errors import FormatError

_SMALL = 1 << 18  # characters of a page that cannot be too heavy
_DEEPEST = 3000  # open elements at once
_tag = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
).union(["p", "li", "td", "tr", "th", "option"])  # the first are always empty, the others often left open
_MOST = 5000  # elements that one selector gives
_value = re.compile(r"""=("[^"]*"|'[^']*'|[^\s>"']+)""")
_ADDRESSES = ('"http', '"/', "'http", "'/")
_named = re.compile(r"='([^']+)'|[.#]([\w-]+)")


def check_tree(text: str, advice: str) -> None:
    """Raise FormatError for a page whose tree would take too much time or memory: too many elements, or too deep."""
    tags = text.count("<") - text.count("</")
    if tags > MAX_TAGS:
        raise FormatError(f"holds more than {MAX_TAGS:,} elements", advice)
    if len(text) > _SMALL and _weight(text, tags) > MAX_TREE:
        raise FormatError(f"its elements and words would take more than {MAX_TREE >> 20} MB of memory", advice)
    if deep(text):
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
    for found in _tag.finditer(text):
        if found[2].lower() not in _VOID:
            depth = max(0, depth - 1) if found[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


class Page:
    """A page as text and as a tree. A selector whose names do not occur in the page at all costs no walk."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = HTMLTree.parse(text)
        self.names = " ".join(_values(text))

    def met(self, selectors: Iterable[str]) -> list[str]:
        """The selectors that may match something."""
        return [selector for selector in selectors if self._may(selector)]

    def first(self, selector: str) -> ElementNode | None:
        """The first element that a selector matches."""
        document = self.tree.document
        return document.query_selector(selector) if document is not None and self._may(selector) else None

    def every(self, selector: str, most: int = _MOST) -> Sequence[ElementNode]:
        """The elements that a selector matches, in the order of the page, up to ``most``."""
        document = self.tree.document
        if document is None or not self._may(selector):
            return ()
        return tuple(islice(document.query_selector_all(selector), most))

    def _may(self, selector: str) -> bool:
        names = self.names
        first, rest = _asked(selector)
        return first in names and (not rest or all(name in names for name in rest))


def _values(text: str) -> set[str]:
    """The values of attributes as written, but for addresses; among them all that selectors ask for."""
    return {value for value in _value.findall(text) if not value.startswith(_ADDRESSES)}


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
