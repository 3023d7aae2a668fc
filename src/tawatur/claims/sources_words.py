"""What the pack's ``sources`` dimension says of a word: classes and values, remembered on the word itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tawatur.lang.lexicon import Lexicon, Sense, Word

_ARTICLES = ("ال", "لل")
_DEFINITE = re.compile("[وف]?(?:[بك]?ال|لل)...*")
#: Classes at which a reporting expression may begin.
OPENERS = frozenset({"say", "act", "participle", "per", "perself", "as", "came", "telling"})
_NOT_THAT = ("ل", "ول", "فل", "ك")
_ENCLITICS = frozenset({"ه", "ها", "هم", "هما", "هن", "نا", "كم", "ك", "ي"})


@dataclass(slots=True, eq=False)
class Role:
    """The classes a word may have in a reporting expression, with the sense behind each."""

    classes: frozenset[str]
    senses: dict[str, Sense]
    prefix: str  # proclitics of the first sense, or those that an article shows
    definite: bool
    opener: bool
    verb: bool  # a finite verb of any dimension, and no noun of a source
    plural_we: bool  # first person plural of a reporting verb
    pronoun: bool  # carries a pronoun


def role(word: Word) -> Role:
    """The role of a word; worked out once a distinct word."""
    known = word.role
    if known is None:
        known = word.role = _role(word)
    return known  # type: ignore[return-value]  # only roles are put there


def roles_of(words: list[Word], lexicon: Lexicon) -> list[Role]:
    """The roles of a report's tokens; a phrase that another dimension joined has the role of its first word."""
    return [word.role or _first_look(word, lexicon) for word in words]  # type: ignore[misc]


def _first_look(word: Word, lexicon: Lexicon) -> Role:
    return _joined(word, lexicon) if " " in word.raw else role(word)


def _joined(word: Word, lexicon: Lexicon) -> Role:
    known = word.role
    if known is None:
        known = _role(word)
        if not known.classes:
            first = role(lexicon.word(word.raw.split()[0]))
            last = role(lexicon.word(word.raw.rsplit(maxsplit=1)[-1]))
            taken = last if last.classes & {"that", "duty"} else first
            known = replace(taken, opener=False, verb=first.verb or known.verb, definite=known.definite)
        word.role = known
    return known  # type: ignore[return-value]


def _role(word: Word) -> Role:
    senses: dict[str, Sense] = {}
    prefix, pronoun, verb, we = word.prefix, False, False, False
    noun = False
    for sense, cut, suffix in zip(word.senses, word.prefixes, word.suffixes, strict=True):
        if sense.entry.dimension != "sources":
            verb = verb or (sense.pos == "verb" and cut in ("", "و", "ف", "س"))
            continue
        if sense.entry.cls == "given" and word.fold.endswith("علي") and not word.raw.endswith("ي"):
            continue
        if sense.pos == "verb" and not _fits(word, cut, sense.form, suffix):
            continue
        cls = sense.entry.cls
        if (cls == "that" and cut in _NOT_THAT) or (cls == "given" and cut not in ("", "و", "ف")):
            continue
        if cls not in senses:
            senses[cls] = sense
            noun = noun or sense.pos != "verb"
            prefix = cut if len(senses) == 1 else prefix
            pronoun = suffix in _ENCLITICS and (pronoun or len(senses) == 1)
        if sense.pos == "verb":
            verb = True
            stem = word.fold[len(cut) :]
            we = we or (sense.form == "present" and stem[:1] in ("ن", "ا") and stem[:2] != "ان")
    if "given" in senses:
        for cls in ("say", "act", "participle"):
            verb = verb and senses.pop(cls, None) is None
    classes = frozenset(senses)
    definite = pronoun or (
        bool(_DEFINITE.match(word.fold.rsplit(" ", 1)[-1])) and not (senses and prefix in ("ل", "ول", "فل"))
    )
    definite = definite or bool(classes & {"given", "state"})
    opener = bool(classes & OPENERS)
    return Role(classes, senses, prefix, definite, opener, verb and not (noun and not opener), we, pronoun)


def gives(known: Role, cls: str, key: str, default: str = "") -> str:
    """A value of the role's sense in a class."""
    sense = known.senses.get(cls)
    return str(sense.entry.gives.get(key, default)) if sense else default


#: Verbs that another, commoner word is spelled like: only with the doubling written are they taken.
_DOUBLED = ("بين", "عبر", "كذب", "علق", "حمل")


def _fits(word: Word, cut: str, form: str, suffix: str) -> bool:
    """Whether proclitics and spelling suit a verb: the future goes with the present, some need their shadda."""
    if (form == "past" and cut[-1:] in ("س", "ل")) or (suffix and word.fold[len(cut) :].startswith("امرا")):
        return False
    stem = word.fold[len(cut) :]
    stem = stem[1:] if form == "present" else stem
    raw = word.raw[len(cut) :]
    if raw.startswith("ال") or (stem.startswith("راي") and "أ" not in raw and not raw.endswith("ى")):
        return False  # the article, and ra'a without its hamza, are other words
    if cut.endswith("ف") and stem.startswith("رو"):
        return False
    return not (
        stem.startswith(_DOUBLED) and ((suffix not in ("", "ا") and not stem.startswith("حمل")) or "ّ" not in word.raw)
    ) and not word.fold[len(cut) :].startswith("تبين")


_MASDAR = re.compile(r"است.{2,3}ا?.ه?|ا[^ل]?..ا.|ان..ا.|ا.ا.ه|ت..ي.|ت[^ا]..ه|ا.ت.ا.")


def deed_stem(stem: str) -> bool:
    """Whether a folded stem of five letters or more has the shape of a verbal noun."""
    return len(stem) > 4 and _MASDAR.fullmatch(stem) is not None


def deed(word: Word) -> bool:
    """Whether a word looks like a verbal noun without an article, perhaps after a preposition: إطلاق، بإحالة، تدمير."""
    known = word.notes.get("deed")
    if known is None:
        stems = (word.fold, word.fold[1:]) if word.fold[:1] in ("ب", "ل") else (word.fold,)
        known = word.notes["deed"] = any(_MASDAR.fullmatch(stem) is not None for stem in stems)
    return bool(known)
