"""Names of places in languages that set words side by side: a pack's tables in, the longest name at a token out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tawatur.claims.places_pick import Kin, kin_of
from tawatur.lang.gazetteer import Site, rows_of
from tawatur.lang.lexicon import Word
from tawatur.lang.pack import Pack, folder_of
from tawatur.lang.plain import TOKEN, fold_plain

DIMENSION = "places"
_CACHE = "plain places"
_ALIASES = "aliases.tsv"
_LEAST = 4  # letters of a name that is not from our own table
_NOUNS = ("camp", "crossing", "airbase", "base", "dam")
ARTICLES = ("al", "ad", "an", "ar", "as", "ash", "at", "az", "el", "ed", "es", "ez", "the")


class Names:
    """The names of a pack's gazetteer by their first folded word, those of most words first."""

    def __init__(self, rows: Iterable[tuple[str, Site]], common: frozenset[str]) -> None:
        held: dict[tuple[str, ...], list[Site]] = {}
        short: dict[tuple[str, ...], list[Site]] = {}
        for name, site in rows:
            for key in _keys(name):
                if not (len(key) == 1 and (key[0] in common or (not site.own and len(key[0]) < _LEAST))):
                    _keep(held, key, site)
                    if len(key) > 1 and key[-1] in _NOUNS and key[0] not in common:
                        _keep(short, key[:-1], site)
        held = {**short, **held}  # Kerem Shalom, where no place is called so but the crossing
        self._alone: dict[str, Kin] = {}
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], Kin]]] = {}
        for key, sites in held.items():
            if len(key) == 1:
                self._alone[key[0]] = kin_of(tuple(sites))
            else:
                self._longer.setdefault((key[0], key[1]), []).append((key, kin_of(tuple(sites))))
        for tails in self._longer.values():
            tails.sort(key=lambda tail: -len(tail[0]))
        self._begins = frozenset(self._alone) | {first for first, _ in self._longer}

    def at(self, words: Sequence[Word], at: int) -> tuple[int, Kin] | None:
        """The longest name that begins at a token: (token after it, sites); its first letter is a capital."""
        first = words[at].fold
        if first not in self._begins or not (words[at].raw[0].isupper() or first in ARTICLES):
            return None
        second = words[at + 1].fold if at + 1 < len(words) else ""
        for key, kin in self._longer.get((first, second), ()):
            meant = words[at : at + len(key)]
            if [word.fold for word in meant] == list(key) and any(word.raw[0].isupper() for word in meant):
                return at + len(key), kin
        alone = self._alone.get(first) if words[at].raw[0].isupper() else None
        return (at + 1, alone) if alone is not None else None


def _keep(held: dict[tuple[str, ...], list[Site]], key: tuple[str, ...], site: Site) -> None:
    sites = held.setdefault(key, [])
    if site not in sites:
        sites.append(site)


def names_of(pack: Pack) -> Names:
    """The names of a pack, made once."""
    held = pack.cache.get(_CACHE)
    if not isinstance(held, Names):
        shared = (folder_of(code) for code in pack.about.shares_tables)
        rows = [row for folder in shared for path in sorted(folder.glob("places*.tsv")) for row in rows_of(path, 1)]
        rows += [
            row for folder in pack.folders for path in sorted(folder.glob("places*.tsv")) for row in rows_of(path, 0)
        ]
        rows += _aliased(rows, [folder / _ALIASES for folder in pack.folders])
        specs = (spec for dimension, spec in pack.specs.values() if dimension == DIMENSION and spec.cls == "common")
        common = frozenset(fold_plain(word) for spec in specs for word in spec.words)
        held = pack.cache[_CACHE] = Names(rows, common)
    return held


def _aliased(rows: list[tuple[str, Site]], paths: Iterable[Path]) -> list[tuple[str, Site]]:
    """Other spellings of names: each with the sites of the name that it stands for, own sites before others."""
    sites: dict[str, list[Site]] = {}
    for name, site in rows:
        for key in _keys(name):
            sites.setdefault(" ".join(key), []).append(site)
    out = []
    for path in paths:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        for spellings, name in (line.split("\t") for line in lines if line and line[0] != "#"):
            meant = sites.get(" ".join(fold_plain(piece) for piece in TOKEN.findall(name)), [])
            kept = [site for site in meant if site.own] or meant
            out += [(spelling, site) for spelling in spellings.split("|") for site in kept]
    return out


def _keys(name: str) -> Iterator[tuple[str, ...]]:
    """A name's folded words; a name with an article is known without its hyphen and, if long enough, without it."""
    plain = re.sub(r"\([^)]*\)|,.*", "", name).strip()
    parts = tuple(fold_plain(piece) for piece in TOKEN.findall(plain))
    if not parts:
        return
    yield parts
    inner = tuple(part for part in parts if part != "-" and part not in ARTICLES[:-1])
    if 1 < len(inner) < len(parts):
        yield inner
    if parts[0] in ARTICLES and len(parts) > 1:
        rest = parts[2:] if parts[1] == "-" else parts[1:]
        if rest:
            yield (parts[0], *rest)
            yield (parts[0], "-", *rest)
            yield ("al", "-", *rest)
            yield ("al", *rest)
            if len(rest) > 1 or len(rest[0]) >= _LEAST:
                yield rest
