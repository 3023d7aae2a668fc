"""Figures: numbers, phrases, bounds, and what is no figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import lang
from tawatur.claims.figures import find, settle
from tawatur.claims.figures_features import Seen
from tawatur.claims.figures_fired import DIMENSIONS, fired
from tawatur.claims.figures_models import SAME, Scorer
from tawatur.claims.linear import Linear
from tawatur.claims.numbers import quantity, read
from tawatur.claims.tokens import tokenise
from tawatur.lang.schema import EntrySpec, RuleSpec
from tawatur.model import Figure

PACK = lang.load()
UNITS = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
TENS = ["", "عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]


def spelled(n: int) -> str:
    """A number below a million in words."""
    if n >= 1000:
        thousands, rest = divmod(n, 1000)
        head = {1: "ألف", 2: "ألفان"}.get(thousands) or spelled(thousands) + (" آلاف" if thousands <= 10 else " ألف")
        return f"{head} و{spelled(rest)}" if rest else head
    if n >= 100:
        return f"{HUNDREDS[n // 100]} و{spelled(n % 100)}" if n % 100 else HUNDREDS[n // 100]
    tens, units = divmod(n, 10)
    if tens == 1 and units:
        return {1: "أحد عشر", 2: "اثنا عشر"}.get(units) or f"{UNITS[units]} عشر"
    return " و".join(w for w in (UNITS[units], TENS[tens]) if w)


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[h.start : h.end], h.canonical()) for h in find(tokenise(text, PACK.lexicon), PACK)]


def settled(text: str, event: str) -> tuple[Figure, ...]:
    tokens = tokenise(text, PACK.lexicon)
    return settle(find(tokens, PACK), tokens, 0, len(tokens), event, "occurred", PACK)  # type: ignore[arg-type]


@given(st.integers(2, 999_999))
def test_a_number_in_words_is_read_whole(n: int) -> None:
    tokens = tokenise(spelled(n), PACK.lexicon)
    number = read(tokens, 0)
    assert number is not None
    assert (number.low, number.high, number.after) == (n, n, len(tokens))


@given(st.integers(0, 10**9), st.sampled_from([",", "٬"]))
def test_separated_thousands_are_thousands(n: int, separator: str) -> None:
    assert quantity(f"{n:,}".replace(",", separator)) == n


@pytest.mark.parametrize(
    ("digits", "value"), [("9.500", 9500), ("4.35", 4.35), ("1,4", 1.4), ("7.11.2019", None), ("0.125", 0.125)]
)
def test_a_dot_is_decimal_unless_three_digits_follow(digits: str, value: float | None) -> None:
    assert quantity(digits) == value


@pytest.mark.parametrize(
    ("text", "phrase", "bounds"),
    [
        ("غادر أكثر من 9500 شخص المدينة", "أكثر من 9500 شخص", "9500.."),
        ("سقط ما لا يقل عن 40 قتيلاً", "ما لا يقل عن 40 قتيلاً", "40.."),
        ("من بقي لا يتعدى 7000 مدني", "لا يتعدى 7000 مدني", "..7000"),
        ("وصل قرابة 18 ألف نازح", "قرابة 18 ألف نازح", "18000~"),
        ("أصيب بين 20 و30 شخصاً", "بين 20 و30 شخصاً", "20..30"),
        ("بين أربعة وخمسة آلاف شخص", "بين أربعة وخمسة آلاف شخص", "4000..5000"),
        ("سقوط قتيلين", "قتيلين", "2"),
        ("مقتل طفلة", "طفلة", "1"),
        ("نزوح مئات العائلات", "مئات العائلات", "200..999~"),
        ("فرار عشرات الآلاف", "عشرات الآلاف", "20000..99999~"),
        ("وصلت ثلاثة أطنان ونصف الطن", "ثلاثة أطنان ونصف الطن", "3.5"),
        ("غادرت ست حافلات على الأقل", "ست حافلات على الأقل", "6.."),
        ("ثلاثة أرباع المباني", "ثلاثة أرباع المباني", "75"),
        ("لا تتسع لأكثر من 600 أسرة", "أكثر من 600 أسرة", "..600"),
        ("مليون ونصف المليون شخص نزحوا", "مليون ونصف المليون شخص", "1500000"),
    ],
)
def test_phrase_and_bounds(text: str, phrase: str, bounds: str) -> None:
    assert (phrase, bounds) in shown(text)


@pytest.mark.parametrize(
    "text",
    [
        "وصل الوفد في 15 مارس",
        "القرار رقم 2254",
        "منذ ثلاثة أيام",
        "عند الساعة 10 صباحاً",
        "في الدفعة السادسة عشرة",
        "بلدتا كفريا والفوعة",
        "خلال الساعات الأربع والعشرين الماضية",
        "في عام 2016",
        "رشاش عيار 23",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert shown(text) == []


def test_parts_name_the_figure_that_includes_them() -> None:
    whole, women, children = settled("غادر 303 أشخاص، بينهم 79 امرأة و162 طفلاً", "evacuation")
    assert whole.part_of is None
    assert (women.part_of, children.part_of) == (whole.text, whole.text)
    assert [f.outcome for f in (whole, women, children)] == ["evacuated"] * 3


def test_dead_and_hurt_are_people() -> None:
    figures = settled("سقوط ستة قتلى و11 جريحاً", "shelling")
    assert [(f.population, f.outcome) for f in figures] == [("people", "killed"), ("people", "injured")]


@pytest.mark.parametrize(
    ("text", "phrase", "population"),
    [
        ("سقوط 3 جرحى مدنيين في القصف", "3 جرحى مدنيين", "civilians"),
        ("نقل 3 جرحى مدنيين إلى المستشفى", "3 جرحى مدنيين", "wounded"),
        ("سقوط 5 قتلى عسكريين", "5 قتلى عسكريين", "soldiers"),
        ("ارتفع عدد قتلى التنظيم إلى 45", "45", "fighters"),
        ("ارتفع عدد ضحايا التنظيم إلى 45", "45", "people"),
        ('مقتل 35 "مسلحاً" في العملية', '35 "مسلحاً"', "fighters"),
        ("مقتل الأطباء الثلاثة (أمس) في العملية", "الأطباء الثلاثة", "staff"),
    ],
)
def test_words_beside_the_dead_and_the_hurt_tell_who_they_are(text: str, phrase: str, population: str) -> None:
    assert [(f.text, f.population) for f in settled(text, "casualties")] == [(phrase, population)]


def test_offsets_hold_the_words() -> None:
    text = "وأصيب ما يزيد على خمسين مدنياً"
    (figure,) = settled(text, "shelling")
    assert figure.span.of(text) == figure.text == "ما يزيد على خمسين مدنياً"


def test_a_relation_counts_for_the_outcome_that_it_names() -> None:
    weights = {"bias": ((0, 0.5),), "any": ((2, 0.8),), "any=injured": ((0, -0.1),)}
    model = Scorer(Linear(("killed", "injured", SAME), weights, "test"))
    assert model.labels == ("killed", "injured")
    assert model.best(Seen([], [])) == "killed"
    assert model.best(Seen([("any", True, True, ("injured",))], [])) == "injured"
    assert model.best(Seen([("any", True, True, ("killed",))], [])) == "killed"


SPECS = [spec for dimension, spec in PACK.specs.values() if dimension in DIMENSIONS]
RULES = [rule for dimension in DIMENSIONS for rule in PACK.rules.get(dimension, ())]


@pytest.mark.parametrize("item", [*SPECS, *RULES], ids=lambda item: item.id)
def test_examples_fire_and_counter_examples_do_not(item: EntrySpec | RuleSpec) -> None:
    for example in item.examples:
        found = [canonical for name, canonical in fired(example.text, PACK) if name == item.id]
        assert found, example.text
        assert example.gives is None or example.gives in found, example.text
    for text in item.counter:
        assert item.id not in {name for name, _ in fired(text, PACK)}, text
