"""Known bodies: a pack's table of armies, ministries, agencies and outlets in, names found in tokens out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tawatur.errors import PackError
from tawatur.lang.fold import fold_word
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack

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


class Bodies:
    """All known bodies of a pack, looked up by folded words."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        self.all = tuple(bodies)
        self._names: dict[str, Body] = {}
        self._folded = {id(body): tuple(fold_word(name) for name in body.names) for body in self.all}
        self._within: dict[str, Body | Literal[False]] = {}
        sizes: dict[str, set[int]] = {}
        for body in self.all:
            for name in body.names:
                key = fold_word(name).split()
                self._names.setdefault(" ".join(key), body)
                sizes.setdefault(key[0], set()).add(len(key))
        self._sizes = {first: tuple(sorted(held, reverse=True)) for first, held in sizes.items()}

    def may_start(self, word: Word) -> bool:
        """Whether a known name may begin with a word."""
        return bool(self._options(word))

    def at(self, words: list[Word], first: int, stop: int) -> tuple[int, Body] | None:
        """The longest known name that begins at a word, proclitics aside: (index after it, body), or None."""
        word = words[first]
        options = word.notes.get(_NOTE)
        if options is None:
            options = self._options(word)
        if not options:
            return None
        return self._longest(words, first, stop, options)  # type: ignore[arg-type]  # notes hold what each table puts there

    def _longest(
        self, words: list[Word], first: int, stop: int, options: list[tuple[list[str], tuple[int, ...]]]
    ) -> tuple[int, Body] | None:
        most = max([sizes[0] for _, sizes in options])
        rest = " ".join([w.fold for w in words[first + 1 : min(stop, first + most)]]).split()
        for stem, sizes in options:
            line = [*stem, *rest]
            for size in sizes:
                body = self._names.get(" ".join(line[:size])) if size <= len(line) else None
                if body is not None:
                    return self._after(words, first, size - len(stem)), body
        return None

    @staticmethod
    def _after(words: list[Word], first: int, more: int) -> int:
        at = first + 1
        while more > 0:
            more -= words[at].fold.count(" ") + 1
            at += 1
        return at

    def _options(self, word: Word) -> list[tuple[list[str], tuple[int, ...]]]:
        known = word.notes.get(_NOTE)
        if known is None:
            stems = [stem.split() for stem in _stems(word) if stem.strip()]
            known = word.notes[_NOTE] = [(stem, self._sizes[stem[0]]) for stem in stems if stem[0] in self._sizes]
        return known  # type: ignore[return-value]

    def begins(self, raw: str, body: Body) -> bool:
        """Whether a text begins with one of a body's names."""
        return fold_word(raw).startswith(self._folded[id(body)])

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
        known = pack.cache[_NOTE] = Bodies(rows)
    return known


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


def _stems(word: Word) -> tuple[str, ...]:
    """What a name may begin with: the word without proclitics, and with the article after lam."""
    stems = word.stems or (word.fold,)
    rest = word.fold[1:] if word.fold[:1] in ("و", "ف") else word.fold
    return (*stems, "ال" + rest[2:]) if rest.startswith("لل") else stems
