"""Known bodies: a pack's table of armies, ministries, agencies and outlets in, names found in tokens out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack, folder_of
from tawatur.lang.plain import TOKEN, fold_plain

TABLE = "bodies.tsv"
KINDS = frozenset(
    [
        "ministry",
        "government",
        "army",
        "group",
        "party",
        "alliance",
        "police",
        "un",
        "aid",
        "monitor",
        "outlet",
        "agency",
        "office",
        "medical",
        "council",
        "court",
        "state",
    ]
)
_NOTE = "bodies"
_BLANK = ("", "\n")


@dataclass(frozen=True, slots=True)
class Body:
    """A known body: the name shown, its English name, kind, side, country (ISO alpha-2 or empty) and parent body."""

    name: str
    english: str
    kind: str
    side: str
    country: str
    parent: str
    names: tuple[str, ...]


class _Node:
    """A place in the tree of names: the body whose name ends here, and the words that go on."""

    __slots__ = ("body", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.body: Body | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The names that may begin with a word: their words at most, and for each way to take its proclitics off the
    place in the tree behind it, with the body and the size of the longest name within the word itself."""

    most: int
    stems: tuple[tuple[_Node | None, Body | None, int], ...]


class Bodies:
    """All known bodies of a pack, looked up by folded words."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.all = tuple(bodies)
        self._names: dict[str, Body] = {}
        self._folded = {id(body): tuple(fold_word(name) for name in body.names) for body in self.all}
        self._within: dict[str, Body | Literal[False]] = {}
        self._tree = _Node()
        self._most: dict[str, int] = {}  # the words of the longest name that begins with a word
        for body in self.all:
            for name in body.names:
                self._plant(fold_word(name).split(), body)

    def _plant(self, key: list[str], body: Body) -> None:
        node = self._tree
        for part in key:
            node = node.next.setdefault(part, _Node())
        if node.body is None:
            node.body = self._names[" ".join(key)] = body
        self._most[key[0]] = max(self._most.get(key[0], 0), len(key))

    def start(self, word: Word) -> Start | None:
        """The names that may begin with a word, proclitics aside; None when none does."""
        most = self._most
        if " " not in word.fold:
            stems = [[stem] for stem in _stems(word) if stem in most]
        else:
            stems = [parts for parts in map(str.split, _stems(word)) if parts and parts[0] in most]
        return Start(max(self._most[s[0]] for s in stems), tuple(map(self._behind, stems))) if stems else None

    def _behind(self, stem: list[str]) -> tuple[_Node | None, Body | None, int]:
        node: _Node | None = self._tree
        body, size = None, 0
        for number, part in enumerate(stem, 1):
            node = node.next.get(part) if node is not None else None
            if node is not None and node.body is not None:
                body, size = node.body, number
        return node, body, size - len(stem)

    def at(self, words: list[Word], first: int, stop: int, start: Start) -> tuple[int, Body] | None:
        """The longest known name that begins at a word, which ``start`` tells of: (index after it, body), or None."""
        stop = min(stop, first + start.most)
        for node, body, more in start.stems:
            found = _longest(words, first + 1, stop, node) if node is not None and node.next else None
            if found is not None:
                return found
            if body is not None:
                return _after(words, first, more), body
        return None

    def begins(self, raw: str, body: Body) -> bool:
        """Whether a text begins with one of a body's names."""
        return raw.startswith(body.names) or fold_word(raw).startswith(self._folded[id(body)])

    def within(self, name: str) -> Body | None:
        """The body whose longest name, of two words or the whole, stands in a name: an outlet's own body."""
        known = self._within.get(name)
        if known is None:
            text = f" {fold_word(name)} "
            hits = [
                (len(key), body)
                for key, body in self._names.items()
                if f" {key} " in text and (" " in key or key == text.strip())
            ]
            known = self._within[name] = max(hits, key=lambda hit: hit[0])[1] if hits else False
        return known or None

    def named(self, name: str) -> Body | None:
        """The body that a name as written stands for, article and proclitics as they are in the table."""
        return self._names.get(" ".join(fold_word(name).split()))


def bodies(pack: Pack) -> Bodies:
    """The bodies of a pack's folders, later folders after earlier ones; read once a pack."""
    known = pack.cache.get(_NOTE)
    if not isinstance(known, Bodies):
        rows = [body for folder in pack.folders for body in read(folder / TABLE)]
        if pack.about.words == "plain":
            shared = [body for code in pack.about.shares_tables for body in read(folder_of(code) / TABLE)]
            rows = [plain_names(body, body.names) for body in rows]
            rows += [plain_names(body, (body.english,)) for body in shared if body.english]
        known = pack.cache[_NOTE] = Bodies(rows)
    return known


def plain_names(body: Body, names: tuple[str, ...]) -> Body:
    """A body under names of a language that sets words side by side, each token apart as its texts are read."""
    apart = (" ".join(fold_plain(piece) for piece in TOKEN.findall(name)) for name in names)
    return replace(body, name=names[0], names=tuple(dict.fromkeys(name for name in apart if name)))


def read(path: Path) -> list[Body]:
    """The rows of one table; an absent table has none. Raises PackError with the line for a row of another form."""
    if not path.exists():
        return []
    out: list[Body] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 6 or not cells[0].strip() or cells[2] not in KINDS:
            raise PackError(
                f"{path.name}:{number}: need names, english, kind, side, country, parent; kind one of {sorted(KINDS)}"
            )
        names = tuple(n.strip() for n in cells[0].split("|") if n.strip())
        out.append(Body(names[0], cells[1], cells[2], cells[3], cells[4], cells[5], names))
    return out


def _longest(words: list[Word], at: int, stop: int, node: _Node) -> tuple[int, Body] | None:
    """The longest name that goes on with these words: (index after it, body). Words of no letters do not count."""
    found, first, size = None, at - 1, 0
    while at < stop:
        fold = words[at].fold
        further = node.next.get(fold)
        if further is None:
            if fold not in _BLANK and " " not in fold:
                break
            return _longest_of(words, first, at, stop, node, size) or found
        size, node, at = size + 1, further, at + 1
        if node.body is not None:
            found = at, node.body
    return found


def _longest_of(words: list[Word], first: int, at: int, stop: int, node: _Node, size: int) -> tuple[int, Body] | None:
    """As ``_longest``, word by word of joined phrases, from the first token that is not one word."""
    found = None
    for part in " ".join([word.fold for word in words[at:stop]]).split():
        further = node.next.get(part)
        if further is None:
            break
        size, node = size + 1, further
        if node.body is not None:
            found = size, node.body
    return (_after(words, first, found[0]), found[1]) if found else None


def _after(words: list[Word], first: int, more: int) -> int:
    at = first + 1
    while more > 0:
        more -= words[at].fold.count(" ") + 1
        at += 1
    return at


def _stems(word: Word) -> tuple[str, ...]:
    """What a name may begin with: the word without proclitics, and with the article after lam."""
    stems = word.stems or (word.fold,)
    rest = word.fold[1:] if word.fold[:1] in ("و", "ف") else word.fold
    return (*stems, "ال" + rest[2:]) if rest.startswith("لل") else stems
