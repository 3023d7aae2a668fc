"""Arabic paradigms: a verb's or noun's dictionary forms in, its inflected folded forms out.

Only spelling matters here: forms that differ in vowels alone coincide. Weak verbs follow the classes of the school
grammars (hollow, defective, doubled); object pronouns and proclitics are taken off at look-up, not added here.
"""

from __future__ import annotations

from collections.abc import Iterator

from tawatur.lang.fold import fold_word


def verb(past: str, present: str) -> Iterator[tuple[str, str]]:
    """Folded forms of a verb with their tense: ``past``, ``present`` (indicative and subjunctive).

    Forms that lost a weak letter are many other verbs' own: ``jussive`` are those of the present, which stand only
    behind لم, لا and لـ, ``spoken`` those of the past, in which a speaker tells of himself.
    """
    base, form = fold_word(past), fold_word(present)
    yield from ((word, "past") for word in (_past_hamzated if past.endswith("أ") else _past)(base))
    if not past.endswith("أ"):
        yield from ((word, "spoken") for word in _past_shortened(base))
    yield from ((word, "present") for word in _present(form, first="ن" if _like_causative(base, form) else "نا"))
    yield from ((prefix + word, "jussive") for prefix in "يت" for word in _shortened(form[1:]))


def _past(base: str) -> Iterator[str]:
    if base[-1] in "ياو" and len(base) > 2 and base[-2] not in "اي":
        yield from _past_defective(base)
        return
    yield from (base + ending for ending in ("", "ت", "ا", "تا", "وا", "نا", "تم"))
    if len(base) > 2:  # two letters and this ending would be other words, see فرن
        yield base + "ن"


def _past_shortened(base: str) -> Iterator[str]:
    """The long vowel of a hollow verb goes before a consonant ending."""
    if len(base) > 2 and base[-2] == "ا":
        yield from (base[:-2] + base[-1] + ending for ending in ("ت", "نا", "ن", "تم"))


def _past_hamzated(base: str) -> Iterator[str]:
    """بدأ keeps its hamza before every ending, though folding makes it look like a long vowel."""
    yield from (base + ending for ending in ("", "ت", "تا", "نا", "تم", "ن", "وا"))
    yield base[:-1] + "ووا"


def _past_defective(base: str) -> Iterator[str]:
    stem = base[:-1]
    yield base
    yield from (stem + ending for ending in ("ت", "تا", "وا", "يت", "ينا", "ين", "يا", "وت", "ونا", "يتم"))
    if base[-1] == "ي":  # with a pronoun the ya of alif maqsura is written alif
        yield stem + "ا"
        yield stem + "يت"


def _like_causative(base: str, form: str) -> bool:
    """Whether "I do" is spelled like "he made do": أخرج، أعلم، أوضح."""
    return len(base) == 3 and len(form) == 4 and not set(form[2:]) & set("اوي")


def _present(form: str, first: str) -> Iterator[str]:
    rest = form[1:]
    yield from (prefix + rest for prefix in first)  # first person: only the indicative, the rest are other words too
    for prefix in "يت":
        yield from (prefix + body for body in _third_person(rest))


def _third_person(rest: str) -> Iterator[str]:
    if rest[-1] in "يوا":
        stem = rest[:-1]
        yield from (rest, stem + "ون", stem + "وا", stem + "يان", stem + "ين", stem + "ا")
        return
    yield from (rest + ending for ending in ("", "ون", "وا", "ان", "ا", "ن"))


def _shortened(rest: str) -> Iterator[str]:
    """The jussive of a defective verb without its last letter, of a hollow one without its long vowel."""
    if rest[-1] in "يوا":
        yield rest[:-1]
    elif len(rest) > 2 and rest[-2] in "اوي":
        yield rest[:-2] + rest[-1]


_BROKEN = "|"


def noun(spec: str) -> Iterator[tuple[str, str]]:
    """Folded forms of a noun with their number: ``singular``, ``dual``, ``plural``.

    ``spec`` is the singular, then plurals after ``|``: ``مدني|+ون`` takes the sound masculine plural,
    ``سيارة|+ات`` the sound feminine, anything else is a broken plural written out. A singular ``-`` leaves the singular
    and dual out.
    """
    singular, *plurals = (part.strip() for part in spec.split(_BROKEN))
    base = fold_word(singular)
    stem = base[:-1] + "ت" if singular.endswith("ة") else base
    if singular != "-":
        yield base, "singular"
        yield from ((stem + ending, "dual") for ending in ("ان", "ين", "ي"))
        if stem != base:  # the construct of a masculine dual is spelled like the singular with tanwin
            yield stem + "ا", "dual"
        if singular.endswith("ى") or singular.endswith("ا"):
            yield from ((base[:-1] + ending, "dual") for ending in ("يان", "يين"))
    for plural in plurals:
        yield from ((form, "plural") for form in _plural(base, singular, plural))


def _plural(base: str, singular: str, plural: str) -> Iterator[str]:
    if plural == "+ون":
        stem = base[:-1] if base.endswith("ي") and singular.endswith("ى") else base
        yield from (stem + ending for ending in ("ون", "ين", "و", "ي"))
    elif plural == "+ات":
        yield (base[:-1] if singular.endswith("ة") else base) + "ات"
    else:
        yield fold_word(plural)


_ENDINGS = ("هما", "ون", "ين", "ات", "ان", "هم", "ها", "هن", "يه", "وا", "نا", "ه", "ي", "ا", "ت")


def light_stem(fold: str) -> str:
    """A folded word without its inflectional ending, at least three letters long; no dictionary is asked."""
    for ending in _ENDINGS:
        if len(fold) - len(ending) >= 3 and fold.endswith(ending):
            return fold[: -len(ending)]
    return fold


_OPENINGS = ("است", "ان", "مت", "يت", "تت", "م", "ت", "ي", "ا", "ن")
_LONG_VOWELS = str.maketrans("", "", "اوي")


def skeleton(fold: str) -> str:
    """What the words of a root share, roughly: a folded word without endings, the letters of its pattern, long vowels.

    A guess by shape that joins قصف، قصفت، يقصف and مقصوف; it also joins words that only look alike.
    """
    stem = light_stem(fold)
    for opening in _OPENINGS:
        if len(stem) - len(opening) >= 3 and stem.startswith(opening):
            stem = stem[len(opening) :]
            break
    return stem[:1] + stem[1:].translate(_LONG_VOWELS)
