"""Numbers and times over whole paradigms: tables of phrases, spelled numbers in all forms, the same under noise."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutated import PRESENTED
from tawatur import lang
from tawatur.claims import phrases, times
from tawatur.claims.figures import find
from tawatur.claims.tokens import tokenise

PACK = lang.load()
HERE = Path(__file__).parent
THURSDAY = "2016-08-25T18:00:00+03:00"
Row = tuple[str, ...]


def rows(name: str) -> list[Row]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("# ")]


def figures(text: str) -> list[str]:
    return [hit.canonical() for hit in find(tokenise(text, PACK.lexicon), PACK)]


def dated(text: str) -> list[tuple[str | None, str | None]]:
    return phrases.when(text, PACK, THURSDAY)


QUANTITIES, DATES = rows("quantities.tsv"), rows("dates.tsv")


def test_the_tables_are_broad() -> None:
    assert len(QUANTITIES) + len(DATES) >= 600


@pytest.mark.parametrize("row", QUANTITIES, ids=lambda row: row[0])
def test_quantities(row: Row) -> None:
    assert ";".join(figures(row[0])) == row[1]


@pytest.mark.parametrize("row", DATES, ids=lambda row: row[0])
def test_dates(row: Row) -> None:
    assert [(a or "-", b or "-") for a, b in dated(f"وقع القصف {row[0]}")] == [row[1:]]


MALE = ["", "واحد", "اثن", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
FEMALE = ["", "إحدى", "اثنت", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"]
TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
SCALES = (("مليار", "مليارات", 10**9), ("مليون", "ملايين", 10**6), ("ألف", "آلاف", 10**3))


def spelled(n: int, female: bool, oblique: bool, hundred: str) -> str:
    """A number in words, as it counts a noun of a gender, in the nominative or oblique."""
    parts: list[str] = []
    for one, many, size in SCALES:
        count, n = divmod(n, size)
        two = one + ("ين" if oblique else "ان")
        if count:
            words = spelled(count, False, oblique, hundred)
            parts.append(one if count == 1 else two if count == 2 else f"{words} {many if count <= 10 else one}")
    hundreds, n = divmod(n, 100)
    if hundreds:
        dual = hundred[:-1] + ("تين" if oblique else "تان")
        units = FEMALE[hundreds].removesuffix("ي")
        parts.append(hundred if hundreds == 1 else dual if hundreds == 2 else units + hundred)
    if n:
        parts.append(below_hundred(n, female, oblique))
    return " و".join(parts)


def below_hundred(n: int, female: bool, oblique: bool) -> str:
    tens, units = divmod(n, 10)
    one = (FEMALE if female else MALE)[units]
    if tens == 1:
        end = "عشرة" if female else "عشر"
        if units == 0:
            return "عشر" if female else "عشرة"
        if units == 1:
            return f"{'إحدى' if female else 'أحد'} {end}"
        return f"{one}{'ي' if oblique else 'ا'} {end}" if units == 2 else f"{one} {end}"
    if units == 2:
        one += "ين" if oblique else "ان"
    ending = TENS[tens] + ("ين" if oblique else "ون")
    return (one if not tens else ending if not units else f"{one} و{ending}").strip()


@given(st.integers(3, 10**12), st.booleans(), st.booleans(), st.sampled_from(["مئة", "مائة"]))
def test_spelled_numbers_in_case_and_gender(n: int, female: bool, oblique: bool, hundred: str) -> None:
    text = spelled(n, female, oblique, hundred)
    assert phrases.number(text, PACK) == n, text


@pytest.mark.parametrize(
    ("text", "value"),
    [("صفر", 0), ("-5", -5), ("ناقص خمسة", -5), ("3 فاصلة 75", 3.75), ("خمسة وعشرون ومئة", 125), ("كتاب", None)],
)
def test_numbers_that_are_no_counts(text: str, value: float | None) -> None:
    assert phrases.number(text, PACK) == value


ORDINALS = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"]


@pytest.mark.parametrize("n", range(1, 100))
def test_ordinals(n: int) -> None:
    tens, units = divmod(n, 10)
    unit = "الحادي" if units == 1 and tens else ORDINALS[units - 1]
    ten = f"ال{TENS[tens]}ون"
    text = ORDINALS[n - 1] if n <= 10 else f"{unit} عشر" if n < 20 else ten if not units else f"{unit} و{ten}"
    assert phrases.ordinal(text, PACK) == n
    assert figures(f"خرجت الدفعة {text} من المدينة") == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("ثلاثة أيام", ("day", 3)),
        ("أسبوعين", ("week", 2)),
        ("72 ساعة", ("hour", 72)),
        ("عام", ("year", 1)),
        ("باب", None),
    ],
)
def test_durations(text: str, span: tuple[str, int] | None) -> None:
    assert phrases.duration(text, PACK) == span


def _tatweel(text: str, rng: random.Random) -> str:
    joins = "بتثجحخسشصضطظعغفقكلمنهي"
    return "".join(
        a + ("ـ" if a in joins and b.isalpha() and rng.random() < 0.5 else "")
        for a, b in zip(text, text[1:] + " ", strict=True)
    )


def _sprinkled(text: str, rng: random.Random) -> str:
    return " ".join(
        rng.choice("\u200f\u202b\u2067\ufeff") + word + rng.choice("\u200e\u202c\u2069") for word in text.split()
    )


NOISE: dict[str, Callable[[str, random.Random], str]] = {
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "presentation forms": lambda text, _: text.translate(PRESENTED),
    "tatweel": _tatweel,
    "no marks": lambda text, _: "".join(c for c in text if not unicodedata.combining(c)),
    "no hamza": lambda text, _: text.translate(str.maketrans("أإ", "اا")),
    "ha for ta marbuta": lambda text, _: text.replace("ة ", "ه "),
    "Egyptian ya": lambda text, _: text.replace("ي ", "ى "),
    "Persian letters": lambda text, _: text.translate(str.maketrans("يك", "یک")),
    "direction marks": _sprinkled,
    "hard spaces": lambda text, _: text.replace(" ", "\u00a0 "),
    "Arabic digits": lambda text, _: text.translate({ord("0") + d: chr(0x660 + d) for d in range(10)}),
    "Persian digits": lambda text, _: text.translate({ord("0") + d: chr(0x6F0 + d) for d in range(10)}),
    "tags and emoji": lambda text, _: f"🔴 #عاجل {text} 🔴 @user_1",
    "Latin around": lambda text, _: f"(SANA) {text} OCHA",
    "a menu around": lambda text, _: f"الرئيسية | رياضة\n{text}\nاقرأ أيضاً",
}
SENTENCES = (
    "قُتل أحد عشر شخصاً على الأقل وأُصيب 15 آخرون في غارة أمس الثلاثاء",
    "نزح ما لا يقل عن ثلاثة آلاف وخمسمئة عائلة منذ مطلع آذار 2016",
    "دخلت اثنتا عشرة شاحنة في 7 كانون الثاني/يناير 2015",
    "أُجلي نحو مئتي جريح خلال الساعات الأربع والعشرين الماضية",
    "قُتل شخصان وثلاثة أطفال مساء الجمعة قرب الجسر",
    "نزح نحو 40 في المئة من السكان قبل ثلاثة أيام",
)


@pytest.mark.parametrize("noise", sorted(NOISE))
@given(sentence=st.sampled_from(SENTENCES), seed=st.integers(0, 9))
def test_noise_changes_neither_figures_nor_times(noise: str, sentence: str, seed: int) -> None:
    spoiled = NOISE[noise](sentence, random.Random(seed))
    assert figures(spoiled) == figures(sentence) != []
    assert dated(spoiled) == dated(sentence)
    tokens = tokenise(spoiled, PACK.lexicon)
    hits = times.find(tokens, PACK, times.anchor_of(THURSDAY))
    assert all(spoiled[hit.start : hit.end] == hit.text for hit in hits)
