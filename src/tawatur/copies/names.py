"""Names of voices and outlets as written in, one canonical name for each out: which of them are the same voice.

Names are the same when they are after folding, when they are spellings of one agency, or when one is a short form of
the other: the beginning of a body's name ("the Observatory"), a person's last name, some of a body's words with the
same first one. A short form that fits two different longer names stands for itself, and names never join by way of a
third, so that the United Nations and one of their programmes stay apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import takewhile

from tawatur.copies.table import plain, table

_brackets = re.compile(r"[(\[]([^)\]]*)[)\]]")
_PERSON = 5  # words of a person's name at most
_vowels = re.compile("[اويءaeiou]")
_sounds = str.maketrans("غقخطظضص", "ججكتزدس")  # letters that spell one foreign sound


@dataclass(frozen=True, slots=True)
class Name:
    """A name to compare: ``words`` without articles; ``bare`` also without agency, movement or title before it."""

    words: tuple[str, ...]
    bare: tuple[str, ...]
    definite: int  # words with the article that it begins with
    alias: str = ""
    outlet: bool = False

    @property
    def key(self) -> str:
        """The words as one string."""
        return " ".join(self.words)


def parse(text: str) -> Name:
    """A name as written, made comparable. A known agency's name becomes its first form in the table."""
    outer = plain(_brackets.sub(" ", text)) or plain(text)
    inner = _brackets.search(text)
    known = table().agency.get(outer)
    words = (plain(known[0]) if known else outer).split()
    bare = list(words)
    while len(bare) > 1 and bare[0] in table().classes:
        del bare[0]
    alias = plain(inner[1]) if inner else ""
    definite = sum(1 for _ in takewhile(lambda w: w.startswith("ال"), bare))
    return Name(_stems(words), _stems(bare), definite, alias if " " not in alias else "")


def unnamed(text: str) -> bool:
    """Whether a voice is none that could be met again: "a military source", "witnesses", "three doctors"."""
    words = plain(text).split()
    return not words or words[0] in table().unnamed or " ".join(words[:2]) in table().unnamed


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """Words without the article, alone or after li-; a name's "abd" is one word with the next."""
    out: list[str] = []
    for word in words:
        stem = word[2:] if word.startswith(("ال", "لل")) and len(word) > 4 else word
        if out and out[-1] == "عبد":
            out[-1] += stem
        else:
            out.append("عبد" + stem[5:] if stem.startswith("عبدال") else stem)
    return tuple(out)


def short_form(short: Name, long: Name) -> bool:
    """Whether ``short`` is a shorter way to write ``long``."""
    if short.words == long.words or len(short.bare) > len(long.bare):
        return False
    if short.alias == "" and short.key == long.alias:
        return True
    return _same_bare(short, long) or _head(short, long) or _last_name(short, long)


def _same_bare(short: Name, long: Name) -> bool:
    return short.bare == long.bare and len(short.words) < len(long.words) and short.words == short.bare


def _head(short: Name, long: Name) -> bool:
    """The same first word, and no word that the longer name does not have; one word alone only with the article."""
    if short.words[0] != long.words[0] or not set(short.words) < set(long.words):
        return False
    return len(short.words) > 1 or short.definite > 0


def _last_name(short: Name, long: Name) -> bool:
    """The end of a person's name."""
    first = long.bare[0]
    if not len(short.bare) < len(long.bare) <= _PERSON or len(short.bare[-1]) < 3 or long.outlet:
        return False
    bodies = _bodies()
    return long.bare[-len(short.bare) :] == short.bare and not {first, short.bare[0]} & bodies and long.definite < 2


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    return frozenset(stem for word in table().body for stem in _stems([word]))


def skeleton(name: Name) -> str:
    """The consonants of a name, one letter for letters that spell one foreign sound; empty for a short name."""
    bones = [_vowels.sub("", w).translate(_sounds) for w in name.bare]
    joined = " ".join(b for b in bones if b)
    return joined if len(name.bare) > 1 and len(joined) >= 7 else ""


class Names:
    """All names of a comparison; ``canonical`` gives the name that stands for a name."""

    def __init__(self, texts: Iterable[str], outlets: Collection[str] = ()) -> None:
        self._parsed = {text: replace(parse(text), outlet=text in outlets) for text in sorted(set(texts))}
        distinct = {n.key: n for n in self._parsed.values() if n.words}
        self._near: dict[str, list[Name]] = defaultdict(list)
        for name in distinct.values():
            for handle in _handles(name):
                self._near[handle].append(name)
        self._same = self._spellings(distinct)
        self._longest = {key: self._unique(name) for key, name in distinct.items()}

    def canonical(self, text: str, beside: Iterable[str] = ()) -> str:
        """The key of the longest name that ``text`` is a form of; names ``beside`` it, of its report, come first."""
        name = self._of(text)
        local = {n.key: n for n in map(self._of, beside) if n.words and short_form(name, n)}
        nearer = _maximal(list(local.values()))
        key = nearer[0].key if len(nearer) == 1 else name.key
        key = self._longest.get(key, key)
        return self._same.get(key, key)

    def _of(self, text: str) -> Name:
        known = self._parsed.get(text)
        return known if known is not None else parse(text)

    def _unique(self, name: Name) -> str:
        found = {n.key: n for h in _handles(name, short=True) for n in self._near.get(h, ()) if short_form(name, n)}
        longest = {self._same.get(n.key, n.key) for n in _maximal(list(found.values()))}
        return longest.pop() if len(longest) == 1 else name.key

    @staticmethod
    def _spellings(distinct: dict[str, Name]) -> dict[str, str]:
        """Spellings of one name of several words, each to the first in order."""
        first: dict[str, str] = {}
        for key in sorted(distinct):
            bones = skeleton(distinct[key])
            if bones:
                first.setdefault(bones, key)
        return {key: first[bones] for key, n in distinct.items() if (bones := skeleton(n))}


def _handles(name: Name, short: bool = False) -> list[str]:
    handles = [f"< {name.words[0]}", f"> {name.bare[-1]}"]
    alias = name.key if short else name.alias
    return [*handles, f"= {alias}"] if alias else handles


def _maximal(names: list[Name]) -> list[Name]:
    """The names that are no short form of another one among them."""
    return [n for n in names if not any(short_form(n, m) for m in names)]
