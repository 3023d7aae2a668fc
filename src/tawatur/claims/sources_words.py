"""What the pack's ``sources`` dimension says of a word: classes and values, remembered on the word itself."""

from __future__ import annotations

import re
from operator import attrgetter

from tawatur.claims.sources_role import OPENERS, Role
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import bodies
from tawatur.lang.lexicon import Sense, Word
from tawatur.lang.pack import Pack

_NAME = "roles"
_ROLE = attrgetter("role")
_REMEMBERED = 65_536  # phrases; beyond that the memory is emptied
_DEFINITE = re.compile("[وف]?(?:[بك]?ال|لل)...*")
_NOT_THAT = ("ل", "ول", "فل", "ك")
#: What a condition (``if not``) is to a reporting expression.
_NOTHING = dict.fromkeys(("definite", "opener", "verb", "plural_we", "pronoun"), False)
_ENCLITICS = frozenset({"ه", "ها", "هم", "هما", "هن", "نا", "كم", "ك", "ي"})


class Roles:
    """The roles of a pack's words. A phrase that another dimension joined has the role of its first word."""

    def __init__(self, pack: Pack) -> None:
        self.bodies = bodies(pack)
        self.phrases: dict[str, frozenset[str]] = {}  # what phrases are compared by, by how they are written
        self._lexicon = pack.lexicon
        self._column = pack.lexicon.column(_NAME, lambda word: self.of(word).char(word))

    def all(self, tokens: Tokens) -> tuple[list[Role], str]:
        """The roles of a report's tokens, and for each the character that tells what it may be."""
        string = tokens.column(self._column, self._lexicon)
        return list(map(_ROLE, tokens.words)), string  # every word that has a character has its role by now

    def remember(self, phrase: str, words: frozenset[str]) -> frozenset[str]:
        """Keep what a phrase is compared by."""
        if len(self.phrases) >= _REMEMBERED:
            self.phrases.clear()
        self.phrases[phrase] = words
        return words

    def of(self, word: Word) -> Role:
        """The role of a word; worked out once a distinct word."""
        known = word.role
        if known is None:
            known = word.role = self._made(word, _Reading(word))
        return known  # type: ignore[return-value]

    def _made(self, word: Word, reading: _Reading) -> Role:
        if " " in word.raw and not reading.senses:
            return self._joined(word, reading)
        definite, opener = reading.definite, not OPENERS.isdisjoint(reading.senses)
        return Role(
            word,
            reading.senses,
            self.bodies.start(word),
            prefix=reading.prefix,
            definite=definite,
            opener=opener,
            verb=reading.verb and not (reading.noun and not opener),
            plural_we=reading.we,
            pronoun=reading.pronoun,
        )

    def _joined(self, word: Word, reading: _Reading) -> Role:
        first, last = (self.of(self._lexicon.word(raw)) for raw in (word.raw.split()[0], word.raw.split()[-1]))
        if word.fold == "ان لم":
            return Role(word, {}, None, prefix="", **_NOTHING)
        taken = first if last.classes.isdisjoint(("that", "duty")) else last
        return Role(
            word,
            taken.senses,
            self.bodies.start(word),
            prefix=taken.prefix,
            definite=reading.definite,
            opener=False,
            verb=first.verb or reading.verb,
            plural_we=taken.plural_we,
            pronoun=taken.pronoun,
        )


def roles(pack: Pack) -> Roles:
    """The roles of a pack, made once."""
    known = pack.cache.get(_NAME)
    if not isinstance(known, Roles):
        known = pack.cache[_NAME] = Roles(pack)
    return known


class _Reading:
    """What the senses of a word in the dimension of sources say together, its spelling being considered."""

    def __init__(self, word: Word) -> None:
        self.senses: dict[str, Sense] = {}
        self.prefix, self.pronoun, self.verb, self.we, self.noun = word.prefix, False, False, False, False
        if not word.senses:
            self.definite = _DEFINITE.match(word.fold) is not None
            return
        for sense, cut, suffix in zip(word.senses, word.prefixes, word.suffixes, strict=True):
            if sense.entry.dimension != "sources":
                self.verb = self.verb or (sense.pos == "verb" and cut in ("", "و", "ف", "س"))
            elif _taken(word, sense, cut, suffix):
                self._take(word, sense, cut, suffix)
        if "given" in self.senses:
            self._name_or_verb()
        self.definite = self._definite(word)

    def _take(self, word: Word, sense: Sense, cut: str, suffix: str) -> None:
        cls = sense.entry.cls
        if cls not in self.senses:
            self.senses[cls] = sense
            self.noun = self.noun or sense.pos != "verb"
            self.prefix = cut if len(self.senses) == 1 else self.prefix
            self.pronoun = suffix in _ENCLITICS and (self.pronoun or len(self.senses) == 1)
        if sense.pos == "verb":
            self.verb = True
            stem = word.fold[len(cut) :]
            first = not suffix and sense.form == "present" and stem[:1] in ("ن", "ا")
            self.we = self.we or (first and stem[:2] != "ان")

    def _name_or_verb(self) -> None:
        """A name spelled like a verb is the name, but for the past of what one does by speaking (طالب)."""
        act = self.senses.get("act")
        if act is not None and act.form == "past":
            del self.senses["given"]
            self.noun = False
            return
        for cls in ("say", "act", "participle"):
            self.verb = self.verb and self.senses.pop(cls, None) is None

    def _definite(self, word: Word) -> bool:
        if self.pronoun or "given" in self.senses or "state" in self.senses:
            return True
        shown = _DEFINITE.match(word.fold.rsplit(" ", 1)[-1]) is not None
        return shown and not (self.senses and self.prefix in ("ل", "ول", "فل"))


def _taken(word: Word, sense: Sense, cut: str, suffix: str) -> bool:
    """Whether a sense of the dimension holds for a word with these proclitics and this pronoun."""
    cls = sense.entry.cls
    if cls == "given" and word.fold.endswith("علي") and not word.raw.endswith("ي"):
        return False
    if (cls == "given" and " " in word.raw) or (cls == "participle" and _his(word)):
        return False
    if sense.pos == "verb" and not _fits(word, cut, sense.form, suffix):
        return False
    return not ((cls == "that" and cut in _NOT_THAT) or (cls == "given" and cut not in ("", "و", "ف")))


def _his(word: Word) -> bool:
    """Whether a pronoun, not ta marbuta, ends a word that names an office: "his spokesman"."""
    titled = any(sense.entry.cls == "title" for sense in word.senses)
    return titled and word.raw.endswith("ه")


def gives(known: Role, cls: str, key: str, default: str = "") -> str:
    """A value of the role's sense in a class."""
    sense = known.senses.get(cls)
    return str(sense.entry.gives.get(key, default)) if sense else default


#: Verbs that another, commoner word is spelled like: only with the doubling written are they taken.
_DOUBLED = ("بين", "عبر", "كذب", "علق", "حمل", "عدد", "دون", "عقب", "فصل", "قص", "عمم")


def _fits(word: Word, cut: str, form: str, suffix: str) -> bool:
    """Whether proclitics and spelling suit a verb: the future goes with the present, some need their shadda."""
    if (form == "past" and cut[-1:] in ("س", "ل")) or (suffix and word.fold[len(cut) :].startswith("امرا")):
        return False
    stem = word.fold[len(cut) :]
    stem = stem[1:] if form == "present" else stem
    raw = word.raw[len(cut) :]
    if raw.endswith(("اً", "ًا")) or raw.startswith("آمر"):
        return False  # a noun with tanwin; a commander
    if raw.startswith("ال") or (stem.startswith("راي") and "أ" not in raw and not raw.endswith("ى")):
        return False  # the article, and ra'a without its hamza, are other words
    if form == "past" and cut.endswith("ف") and stem.startswith("رو"):
        return False
    if form == "past" and cut == "و" and stem == "بين":
        return True  # and said, or and between: what follows tells
    return not (
        stem.startswith(_DOUBLED) and ((suffix not in ("", "ا") and not stem.startswith("حمل")) or "ّ" not in word.raw)
    ) and not word.fold[len(cut) :].startswith("تبين")
