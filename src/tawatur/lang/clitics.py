"""What is written onto Arabic words: a folded word in, the ways to take proclitics and pronouns off it out."""

from __future__ import annotations

from collections.abc import Iterator

JUSSIVE = "jussive"
#: Words behind which a verb stands in the jussive.
NEGATORS = frozenset({"لم", "ولم", "فلم", "الم", "اولم", "افلم", "لا", "ولا", "فلا"})
SUFFIXES = ("هما", "هم", "هن", "ها", "كم", "نا", "ه", "ك", "ي")
#: (proclitics, what may follow): nouns take all, verbs only conjunctions, the future and lam.
_NOUN_PREFIXES = tuple(
    a + b
    for a in ("", "و", "ف")
    for b in ("ال", "بال", "كال", "لل", "ب", "ل", "ك", "")
)  # fmt: skip
_VERB_PREFIXES = tuple(a + b for a in ("", "و", "ف") for b in ("س", "ل", ""))
_WORD_PREFIXES = tuple(a + b for a in ("", "و", "ف") for b in ("ال", "بال", "لل", "ب", "ل", ""))
_ALL_PREFIXES = sorted({*_NOUN_PREFIXES, *_VERB_PREFIXES, *_WORD_PREFIXES}, key=len)
#: Those that a word may begin with, by its first letter; other words begin with none.
_PREFIXES = {
    letter: [prefix for prefix in _ALL_PREFIXES if prefix[:1] in ("", letter)]
    for letter in {prefix[:1] for prefix in _ALL_PREFIXES}
}
ALLOWED = {
    "noun": frozenset(_NOUN_PREFIXES),
    "verb": frozenset(_VERB_PREFIXES),
    "word": frozenset(_WORD_PREFIXES),
}


def cuts(fold: str) -> Iterator[tuple[str, str]]:
    """The ways to take proclitics off a folded word: (proclitics, rest), the least taken off first."""
    for prefix in _PREFIXES.get(fold[:1], _PREFIXES[""]):
        if fold.startswith(prefix) and len(fold) - len(prefix) >= (1 if not prefix else 2):
            rest = fold[len(prefix) :]
            yield prefix, rest
            if prefix.endswith("لل") or prefix == "لل":  # للاجئين: lam and an article that lost its alif before a lam
                yield prefix, "ل" + rest


def article(fold: str) -> str:
    """The proclitics of a word that no entry knows: only those that an article shows to be proclitics."""
    for prefix in ("وبال", "فبال", "وال", "بال", "فال", "كال", "وكال", "ولل", "فلل", "ال", "لل"):
        if fold.startswith(prefix) and len(fold) - len(prefix) >= 3:
            return prefix
    return ""


def tails(rest: str) -> Iterator[tuple[str, str]]:
    """A stem with nothing taken off, without tanwin alif, or without a pronoun."""
    yield rest, ""
    if len(rest) > 3 and rest[-1] == "ا":
        yield rest[:-1], "ا"
    for suffix in SUFFIXES:
        if len(rest) - len(suffix) >= 2 and rest.endswith(suffix):
            body = rest[: -len(suffix)]
            yield body, suffix
            if body[-1] == "ت":
                yield body[:-1] + "ه", suffix  # ta marbuta before a pronoun
            elif body[-1] == "و":
                yield body + "ا", suffix  # the silent alif of the plural goes before a pronoun
            elif body[-1] == "ا":
                yield body[:-1] + "ي", suffix  # alif maqsura before a pronoun
