"""Who takes part in a claim: what the tables were trained on, how they weigh, and the actor named outside a clause."""

from __future__ import annotations

import pytest

from gold import GOLD, contract_scorer, dossiers, load_dossier
from participants_taught import data_hash, rows, stories
from tawatur.claims.models import model
from tawatur.claims.participants import Participants, Tables, tables
from tawatur.claims.participants_cast import Asked, Cast, Named
from tawatur.claims.participants_features import Head, of_head, of_outside
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import load
from tawatur.model import EventType, Link, Status
from training import OLD

PACK = load(language="ar")
NAMES = ["participants", "participants_outside"]
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="the gold dossiers are not here")


class Checking:
    """The tables in use; what their rows add up to must be what the named features do."""

    def __init__(self, by: Tables) -> None:
        self.by, self.seen = by, 0

    def inside(self, at: int, head: Head, asked: Asked, /) -> tuple[str, complex]:
        self.seen += 1
        weights, kind = self.by.heads, asked.event_type
        assert weights.head(head, kind) == pytest.approx(weights.sum(("bias", *of_head(head)), kind))
        return self.by.inside(at, head, asked)

    def outside(self, found: list[Named], asked: Asked, /) -> tuple[Named | None, float]:
        weights, kind = self.by.others, asked.event_type
        for one, _ in found:
            self.seen += 1
            assert weights.outside(one, kind) == pytest.approx(weights.sum(("bias", *of_outside(one)), kind).real)
        return self.by.outside(found, asked)


@needs_gold
@pytest.mark.parametrize("name", NAMES)
def test_a_table_was_trained_on_what_lies_here(name: str) -> None:
    made = dict(part.split(":", 1) for part in model(name).signature.split("|"))
    assert made["data"] == data_hash(dossiers("train")), OLD


@needs_gold
def test_rows_add_up_to_the_named_features() -> None:
    by = Checking(tables("ar"))
    for story in stories(load_dossier(GOLD / "train" / "afrin-2018"), PACK, contract_scorer()):
        list(story.taken(PACK, by))
    assert by.seen > 100


def test_what_we_wrote_names_its_participants_as_written() -> None:
    held = rows()
    assert len(held) > 300
    for event_type, status, text, actors, affected in held:
        assert event_type in EventType.__args__  # type: ignore[attr-defined]
        assert status in Status.__args__  # type: ignore[attr-defined]
        assert all(name in text for name in f"{actors}|{affected}".split("|"))


def test_the_speaker_acts_in_a_demand_that_names_no_actor() -> None:
    text = "نطالب بوقف القصف فوراً"
    tokens = tokenise(text, PACK.lexicon)
    asked = Asked(0, len(tokens), "demand", (Link("الهلال الأحمر"),), None, ())
    choice = Participants(tokens, PACK, (), ()).of(asked)
    assert [mention.name for mention in choice.actors] == ["الهلال الأحمر"]
    assert choice.outside is not None


@pytest.mark.parametrize("opens_first", [True, False])
def test_a_word_weighs_by_its_place_whichever_place_was_met_first(opens_first: bool) -> None:
    weights, parts = tables("ar").others, Cast(tokenise("الجيش يعلن", PACK.lexicon), PACK, (), ()).parts
    key = ("before", 0, "", 0, "", "body", True, "", False, False)
    ones = [(part, other, None, None, key) for part, other in (parts, parts[::-1])]
    for one in ones if opens_first else ones[::-1]:
        assert weights.outside(one, "clash") == pytest.approx(weights.sum(("bias", *of_outside(one)), "clash").real)


def test_the_subject_of_the_clause_before_goes_on() -> None:
    text = "سيطرت القوات الحكومية على البلدة واعتقلت عشرة شبان"
    tokens = tokenise(text, PACK.lexicon)
    border = next(at for at, word in enumerate(tokens.words) if word.raw == "واعتقلت")
    by = Participants(tokens, PACK, (), ())
    first = by.of(Asked(0, border, "capture", (), None, ()))
    second = by.of(Asked(border, len(tokens), "detention", (), None, ()))
    assert [mention.name for mention in first.actors] == ["القوات الحكومية"]
    assert [mention.name for mention in second.actors] == ["القوات الحكومية"]
    assert [mention.name for mention in second.affected] == ["شبان"]


def test_a_name_ends_before_a_verb_and_before_words_that_take_some_out_of_many() -> None:
    text = "قدّر موفد دولي عدد الباقين في الحي بنحو تسعة آلاف شخص بينهم 40 طفلا أُخرجوا قبل الظهر"
    tokens = tokenise(text, PACK.lexicon)
    cast = Cast(tokens, PACK, (), ())
    at = {word.raw: n for n, word in enumerate(tokens.words)}
    ends = {word: cast.end(at[word], len(tokens)) for word in ("شخص", "طفلا")}
    assert ends == {"شخص": at["شخص"] + 1, "طفلا": at["طفلا"] + 1}
