"""Who had the words first, which reports are one account, and which claim a copied claim repeats."""

from __future__ import annotations

import random

import pytest

from copies_world import edited, sentence, story
from tawatur.copies import trace
from tawatur.copies.dates import first, moment
from tawatur.copies.direction import is_agency, outlet_forms
from tawatur.model import Claim, Link, Report, Span


def made(text: str, outlet: str | None, published: str | None) -> Report:
    return Report.make(text, outlet=outlet, published=published)


def claim(report: Report, words: str, event: str = "clash", source: str = "") -> Claim:
    start = report.text.index(words)
    span = Span(start, start + len(words))
    chain = (Link(source),) if source else ()
    return Claim(Claim.key(report.id, span, event), report.id, span, event, "occurred", chain)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "way"),
    [
        ("2018-06-08T20:15:00+02:00", "2018-06-09", 1),
        ("2018-06-08", "2018-06-09", 1),
        ("2018-06-09", "2018-06-08T20:15:00Z", 0),
        ("2018-06-09", "2018-06-08T19:59:00Z", -1),
        ("2018-06-08T23:00:00Z", "2018-06-09T01:00:00+03:00", -1),
        ("2018-06-08T10:00:00", "2018-06-08T11:00:00", 1),
        ("2018-06-08T10:00:00", "2018-06-08T07:00:00Z", 0),
        ("2018-06-08", "2018-06-08", 0),
        ("2018-06-08", None, 0),
        ("gestern", "2018-06-08", 0),
    ],
)
def test_dates_decide_only_where_no_offset_could_turn_them(a: str | None, b: str | None, way: int) -> None:
    one, two = made("x", "o", a), made("y", "o", b)
    assert first(one, two) == way
    assert first(two, one) == -way


def test_a_date_that_is_none_is_unknown() -> None:
    assert moment("2018-13-45") is None
    assert moment("") is None


def test_agencies_go_by_many_names() -> None:
    assert is_agency("وكالة الأنباء العراقية (واع)")
    assert is_agency("AFP")
    assert not is_agency("صحيفة النهر")
    assert outlet_forms("أ ف ب") == outlet_forms("ا.ف.ب")
    assert "رويترز" in outlet_forms("Reuters")


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize(
    ("source", "taker", "edit"),
    [
        ("منصة السهل", "صحيفة النهر", lambda t: t + "\nنقلا عن منصة السهل"),
        ("منصة السهل", "صحيفة النهر", lambda t: "عواصم - وكالات\n" + t),
        ("رويترز", "صحيفة النهر", lambda t: t),
        ("منصة السهل", "صحيفة النهر", lambda t: t.replace("أ", "ا").replace("ي ", "ى ")),
    ],
    ids=["named", "agencies", "agency", "lax letters"],
)
def test_traces_of_copying_tell_who_was_first(source: str, taker: str, edit, swap: bool) -> None:  # type: ignore[no-untyped-def]
    text = story(random.Random(1))
    one, two = made(text, source, None), made(edit(text) + " ", taker, None)
    (link,) = trace([two, one] if swap else [one, two]).links
    assert (link.earlier, link.later, link.directed) == (one.id, two.id, True)


def test_nothing_told_is_not_directed_and_known_dates_go_first() -> None:
    text = story(random.Random(2))
    one, two = made(text, "أولى", None), made(text + " ", "ثانية", "2017-01-01")
    (link,) = trace([one, two]).links
    assert (link.earlier, link.later, link.directed) == (two.id, one.id, False)


def test_an_undated_original_still_leads_its_group() -> None:
    rng = random.Random(3)
    text = story(rng)
    origin = made(text, "رويترز", None)
    takers = [made(f"متابعات\n{edited(rng, text, 0.05)}", f"موقع {n}", f"2017-01-0{n}") for n in (1, 2, 3)]
    lineage = trace([*takers, origin])
    (group,) = lineage.groups
    assert group.reports[0] == origin.id
    assert set(group.reports) == {origin.id, *(t.id for t in takers)}


def test_a_part_taker_is_grouped_with_the_earliest_carrier() -> None:
    rng = random.Random(4)
    paragraph = " ".join(sentence(rng) for _ in range(2))
    wire = made(f"{story(rng, 70)}\n{paragraph}", "رويترز", "2017-01-01")
    whole = made(f"{wire.text}\n{story(rng, 30)}", "صحيفة النهر", "2017-01-03")
    part = made(f"{story(rng, 90)}\n{paragraph}", "قناة السهل", "2017-01-05")
    groups = trace([part, whole, wire]).groups
    assert {(g.reports, g.kind) for g in groups} == {((wire.id, whole.id), "whole"), ((wire.id, part.id), "part")}


def test_a_part_that_only_the_copy_has_is_grouped_with_the_copy() -> None:
    rng = random.Random(5)
    added = " ".join(sentence(rng) for _ in range(2))
    wire = made(story(rng, 90), "رويترز", "2017-01-01")
    whole = made(f"{wire.text}\n{added}", "صحيفة النهر", "2017-01-03")
    part = made(f"{story(rng, 90)}\n{added}", "قناة السهل", "2017-01-05")
    groups = trace([part, whole, wire]).groups
    assert {(g.reports, g.kind) for g in groups} == {((wire.id, whole.id), "whole"), ((whole.id, part.id), "part")}


def test_three_that_share_a_paragraph_are_one_group() -> None:
    rng = random.Random(6)
    paragraph = " ".join(sentence(rng) for _ in range(2))
    three = [made(f"{story(rng, 90)}\n{paragraph}\n{story(rng, 20)}", f"موقع {n}", f"2017-01-0{n}") for n in (1, 2, 3)]
    (group,) = trace(three).groups
    assert (group.reports, group.kind) == (tuple(r.id for r in three), "part")


class TestCopiedClaims:
    """A wire, a copy of it with edits and a copy of that copy's words elsewhere."""

    def setup_method(self) -> None:
        rng = random.Random(7)
        self.lines = [sentence(rng) for _ in range(8)]
        self.wire = made("\n".join(self.lines), "رويترز", "2017-01-01")
        changed = [line.replace("يوم", "أمس يوم") for line in self.lines]
        self.copy = made(story(rng, 20) + "\n" + "\n".join(changed), "صحيفة النهر", "2017-01-02")
        self.other = made("\n".join([*changed[:4], story(rng, 20)]), "موقع السهل", "2017-01-03")
        self.reports = [self.wire, self.copy, self.other]

    def line(self, report: Report, n: int) -> str:
        words = self.lines[n].split()
        at = next(k for k, line in enumerate(report.text.split("\n")) if " ".join(words[-3:]) in line)
        return report.text.split("\n")[at].strip(".")

    def test_each_repeats_the_earliest_claim(self) -> None:
        claims = [claim(r, self.line(r, 2)) for r in self.reports]
        assert dict(trace(self.reports, claims).copied_claims) == {c.id: claims[0].id for c in claims[1:]}

    def test_another_event_type_is_no_repeat(self) -> None:
        claims = [claim(self.wire, self.line(self.wire, 2)), claim(self.copy, self.line(self.copy, 2), "siege")]
        assert trace(self.reports, claims).copied_claims == ()

    def test_what_the_reader_missed_in_the_wire_is_repeated_from_the_first_copy(self) -> None:
        claims = [claim(r, self.line(r, 1)) for r in (self.copy, self.other)]
        assert trace(self.reports, claims).copied_claims == ((claims[1].id, claims[0].id),)

    def test_claims_outside_the_passage_repeat_nothing(self) -> None:
        own = self.copy.text.split("\n")[0].strip(".")
        claims = [claim(self.copy, own), *(claim(self.wire, self.line(self.wire, n)) for n in range(8))]
        assert trace(self.reports, claims).copied_claims == ()

    def test_claims_of_reports_that_are_not_given_are_left_out(self) -> None:
        claims = [claim(r, self.line(r, 2)) for r in self.reports]
        assert trace(self.reports[1:], claims).copied_claims == ((claims[2].id, claims[1].id),)
