"""A language pack: folders of TOML files and tables in, one compiled and hashed pack out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tawatur.errors import PackError
from tawatur.lang.language import LANGUAGES, Language, language_of
from tawatur.lang.lexicon import Lexicon
from tawatur.lang.plain import PlainLexicon
from tawatur.lang.schema import EntrySpec, PackFile, RuleSpec, read_file

HERE = Path(__file__).parent
FIRST = "ar"  # the language that users' folders are meant for when they do not say
#: Files of other forms in a pack's folder, read by loaders of their own.
OWN_FORM = frozenset({"language.toml", "page.toml", "sides.toml", "tables.toml"})
_LEXICONS = {"joined": Lexicon, "plain": PlainLexicon}


@dataclass(slots=True, eq=False)
class Pack:
    """Everything a reader knows of a language. ``hash`` names its exact content; every claim carries it."""

    language: str
    hash: str
    lexicon: Lexicon
    rules: dict[str, tuple[RuleSpec, ...]]  # dimension → rules in file order
    specs: dict[str, tuple[str, EntrySpec]]  # entry id → (dimension, spec)
    folders: tuple[Path, ...]
    about: Language
    cache: dict[str, object] = field(default_factory=dict)  # compiled grammars and tables, made on first use


def load(*overlays: Path, language: str = "ar") -> Pack:
    """The pack of a language with users' folders laid over it. Raises PackError, which names file and place."""
    return _load(language, tuple(Path(o).resolve() for o in overlays))


def load_for(language: str, overlays: Sequence[Path]) -> Pack:
    """The pack of a language with those of the users' folders that are meant for it.

    A folder named by a language's code (``mine/en``) is laid over that language's pack, any other over the first's.
    """
    return load(*_meant(language, overlays), language=language)


def hash_for(language: str, overlays: Sequence[Path]) -> str:
    """The hash of the pack that ``load_for`` gives, without loading it."""
    return hash_of((HERE / language, *_meant(language, overlays)))


def _meant(language: str, overlays: Sequence[Path]) -> list[Path]:
    folders = [Path(o).resolve() for o in overlays]
    for folder in folders:
        _check(folder)
    return [f for f in folders if (f.name if f.name in LANGUAGES else FIRST) == language]


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise PackError(f"{folder}: no such folder; --pack takes a folder of pack files")


@lru_cache(maxsize=8)
def _load(language: str, overlays: tuple[Path, ...]) -> Pack:
    base = HERE / language
    if language not in LANGUAGES:
        raise PackError(f"no language pack {language!r}; have {', '.join(languages())}")
    for folder in overlays:
        _check(folder)
    folders = (base, *overlays)
    files = [(path, read_file(path)) for folder in folders for path in _toml(folder)]
    specs, rules = _merge(files)
    about = language_of(language)
    lexicon = _LEXICONS[about.words]()
    for dimension, spec in specs.values():
        lexicon.add(dimension, spec)
    return Pack(language, hash_of(folders), lexicon, rules, specs, folders, about)


def languages() -> tuple[str, ...]:
    """The languages that packs exist for."""
    return tuple(LANGUAGES)


def folder_of(language: str) -> Path:
    """The folder of a language's own pack."""
    return HERE / language


def _toml(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.glob("*.toml")) if p.name not in OWN_FORM]


def hash_of(folders: Iterable[Path]) -> str:
    """Sixteen hexadecimal digits over the names and bytes of all pack files and tables of the folders, in order."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(p for p in folder.iterdir() if p.suffix in (".toml", ".tsv", ".json")):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _merge(
    files: list[tuple[Path, PackFile]],
) -> tuple[dict[str, tuple[str, EntrySpec]], dict[str, tuple[RuleSpec, ...]]]:
    specs: dict[str, tuple[str, EntrySpec]] = {}
    rules: dict[str, list[RuleSpec]] = {}
    owner: dict[str, Path] = {}
    for path, file in files:
        items: tuple[EntrySpec | RuleSpec, ...] = (*file.entry, *file.rule)
        for item in items:
            if owner.get(item.id, path).parent == path.parent and item.id in owner:
                raise PackError(f"{path.name}: {item.id} stands twice, first in {owner[item.id].name}")
            owner[item.id] = path
        for entry in file.entry:
            specs[entry.id] = (file.dimension, entry)  # an overlay's entry of the same id takes the place of the pack's
        for rule in file.rule:
            held = rules.setdefault(file.dimension, [])
            held[:] = [r for r in held if r.id != rule.id] + [rule]
    return specs, {dimension: tuple(held) for dimension, held in rules.items()}
