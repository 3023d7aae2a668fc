"""Every field of a claim corrected, its words and parts too: beside what the machine read, undone, over a re-run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from tawatur.archive.fold import fold
from tawatur.errors import LedgerError, NotFoundError
from tawatur.ledger import (
    Edit,
    Ledger,
    context,
    decide,
    export_decisions,
    import_decisions,
    open_ledger,
    redact,
    reviewed,
    unsettled,
    withdraw,
)
from tawatur.ledger.connect import writing
from tawatur.ledger.review_correcting import corrected
from tawatur.ledger.review_fields import value_of
from tawatur.ledger.review_told import resolved, span_of
from tawatur.ledger.schema import decisions
from tawatur.model import Claim, Figure, Link, Mention, Place, Span, Time
from two_claims import KILLED, MOVED, REPORT, TEXT, at, claim_at, comparison_of

FULL = replace(
    KILLED,
    attribution=(Link("المرصد", "neutral"), Link("رامي عبد الرحمن", "asserted", span=at("رامي عبد الرحمن"))),
    actors=(Mention("الطيران"),),
    affected=(Mention("مدنيين", at("مدنيين")),),
)


def _one(ledger: Ledger, claim: Claim = KILLED) -> Claim:
    (found,) = reviewed(ledger, [claim.id])
    assert found.claim is not None
    return found.claim


def _correct(ledger: Ledger, *pairs: tuple[str, Any], claim: Claim = KILLED) -> list[str]:
    made = decide(ledger, [Edit(claim.id, "correct", field, told) for field, told in pairs], author="ريم")
    return [one.id for one in made]


#: What is typed, and what of the claim is then otherwise.
FIGURE, PLACE, TIME = FULL.figures[0], FULL.places[0], FULL.times[0]
CORRECTED: list[tuple[str, Any, dict[str, Any]]] = [
    ("span", "7 مدنيين قتلوا في حلب", {"span": Span(at("7").start, at("في حلب").end)}),
    ("span", f"{at('7').start}-{at('قتلوا').end}", {"span": Span(at("7").start, at("قتلوا").end)}),
    ("span", {"start": 0, "end": len(TEXT)}, {"span": Span(0, len(TEXT))}),
    ("said", "2016-12-16", {"said": "2016-12-16"}),
    ("actors.0.name", "الجيش", {"actors": (Mention("الجيش"),)}),
    ("actors.0.text", "عبد الرحمن", {"actors": (Mention("عبد الرحمن", at("عبد الرحمن")),)}),
    ("affected.0.name", "أطفال", {"affected": (Mention("أطفال"),)}),
    ("affected.0", "", {"affected": ()}),
    ("affected", "", {"affected": ()}),
    ("actors", "رامي; الجيش", {"actors": (Mention("رامي", at("رامي")), Mention("الجيش"))}),
    ("actors.+", "رامي", {"actors": (Mention("رامي", at("رامي")), Mention("الطيران"))}),
    ("affected.+", "قتلوا; name=القتلى", {"affected": (FULL.affected[0], Mention("القتلى", at("قتلوا")))}),
    ("places.0.lat", "36.5", {"places": (replace(PLACE, lat=36.5),)}),
    ("places.0.lon", -12, {"places": (replace(PLACE, lon=-12.0),)}),
    ("places.0.radius_km", "4", {"places": (replace(PLACE, radius_km=4.0),)}),
    ("places.0.role", "from", {"places": (replace(PLACE, role="from"),)}),
    ("places.0.text", "في حلب", {"places": (replace(PLACE, text="في حلب", span=at("في حلب")),)}),
    ("places.0", None, {"places": ()}),
    ("places.+", "الإجلاء; name=معبر; lat=36; lon=37; role=to", {
        "places": (PLACE, Place("الإجلاء", "معبر", 36.0, 37.0, "to", span=at("الإجلاء")))
    }),
    ("times.0.kind", "since", {"times": (replace(TIME, kind="since"),)}),
    ("times.0.text", "الجمعة", {"times": (replace(TIME, text="الجمعة", span=at("الجمعة")),)}),
    ("times.+", "ثم; start=2016-12-17; kind=after", {
        "times": (TIME, Time("ثم", "2016-12-17", kind="after", span=at("ثم")))
    }),
    ("figures.0.approximate", "yes", {"figures": (replace(FIGURE, approximate=True),)}),
    ("figures.0.noun", "مدنيين", {"figures": (replace(FIGURE, noun="مدنيين"),)}),
    ("figures.0.text", "7 مدنيين", {"figures": (replace(FIGURE, text="7 مدنيين", span=at("7 مدنيين")),)}),
    ("figures.0", "", {"figures": ()}),
    ("figures.+", "قتلوا; low=3; population=children; outcome=killed; part_of=7", {
        "figures": (FIGURE, Figure("قتلوا", at("قتلوا"), 3.0, None, False, "children", "killed", part_of="7"))
    }),
    ("attribution", "رويترز > المرصد (doubted)", {"attribution": (Link("رويترز"), Link("المرصد", "doubted"))}),
    ("attribution", "رامي عبد الرحمن > المرصد", {"attribution": (FULL.attribution[1], FULL.attribution[0])}),
    ("attribution", "", {"attribution": ()}),
    ("attribution.0.stance", "believed", {"attribution": (Link("المرصد", "believed"), FULL.attribution[1])}),
    ("attribution.1.name", "رامي", {"attribution": (FULL.attribution[0], Link("رامي", "asserted"))}),
    ("attribution.0.kind", "monitor", {"attribution": (Link("المرصد", kind="monitor"), FULL.attribution[1])}),
    ("attribution.0", "", {"attribution": FULL.attribution[1:]}),
]  # fmt: skip


def test_each_field_is_corrected_beside_the_machines_and_undone(two_claims: Ledger) -> None:
    ledger = two_claims
    ledger.write(comparison_of(FULL, MOVED))
    for field, told, otherwise in CORRECTED:
        (key,) = _correct(ledger, (field, told))
        assert _one(ledger) == replace(FULL, **otherwise), field
        assert ledger.claims(reviewed=True) == (_one(ledger), MOVED)
        assert ledger.claims() == (FULL, MOVED)
        withdraw(ledger, [key], author="ريم")
        assert _one(ledger) == FULL


REFUSED: list[tuple[str, Any, str]] = [
    ("span", f"0-{len(TEXT) + 1}", "lies outside of the report"),
    ("span", "12-12", "lies outside"),
    ("span", "دمشق", "does not stand in the report"),
    ("span", "", "span cannot be"),
    ("span", [3], "is no stretch"),
    ("places.0.lat", 200, "from -90 to 90"),
    ("places.0.lon", "-181", "from -180 to 180"),
    ("places.0.lat", None, "half of its coordinates"),
    ("places.0.role", "inside", "give one of at, from"),
    ("places.+", "ثم; lat=36", "half of its coordinates"),
    ("places.+", "في حلب يوم; lat=x; lon=1", "from -90 to 90"),
    ("figures.0.low", 9, "lower bound above"),
    ("figures.+", "قتلوا; low=9; high=3; population=men; outcome=killed", "lower bound above"),
    ("figures.+", "قتلوا; population=men; outcome=killed", "without any bound"),
    ("figures.+", "قتلوا; low=3; outcome=killed", "without population"),
    ("figures.+", "قتلوا; low=3; population=goats; outcome=killed", "give one of people"),
    ("figures.+", "قتلوا; colour=red", "it has low"),
    ("figures.+", "قتلوا; low", "no name=value"),
    ("figures.+", "7; low=3; population=men; outcome=killed", "figures.0 stands on"),
    ("figures.+", "", "does not stand"),
    ("figures.0", 5, "give nothing"),
    ("figures.0.part_of", "40", "part of '40'"),
    ("figures.0.text", "دمشق", "does not stand"),
    ("figures.4", None, "has no field"),
    ("figures.1.low", 4, "has no field"),
    ("times.0.kind", "now", "give one of at, since"),
    ("times.+", "ثم; start=2016-12-18; end=2016-12-17", "ends before"),
    ("said", "Friday", "give a date"),
    ("attribution", "المرصد > ", "give a name"),
    ("attribution", '[{"name": "x", "stance": "sure"}]', "give one of neutral"),
    ("attribution", '[{"name": "x", "age": 3}]', "each has"),
    ("actors", "الجيش; ", "give a name"),
    ("actors", 5, "the army; its allies"),
    ("attribution", "[7", "no JSON"),
    ("attribution", {"name": "x"}, "outermost first"),
    ("attribution.0.stance", "sure", "give one of neutral"),
    ("attribution.0.name", "", "give a name"),
    ("attribution.+", "x", "has no field"),
    ("actors.0.name", "x", "has no field"),
    ("event_type", "raid", "give one of clash"),
    ("colour", "red", "has no field"),
]


@given(st.lists(st.sampled_from(range(len(CORRECTED))), max_size=12))
def test_corrections_in_any_order_make_a_claim_and_leave_the_machines_as_it_was(chosen: list[int]) -> None:
    values = []
    for field, told, _ in (CORRECTED[n] for n in chosen):
        name, value = resolved(FULL, TEXT, field, told)
        values.append((name, value_of(name, value)))
    before = repr(FULL)
    made = corrected(FULL, values)
    assert repr(FULL) == before
    assert (made.id, made.report) == (FULL.id, FULL.report)
    for part in ("attribution", "actors", "affected", "figures", "places", "times"):
        for one in getattr(made, part):
            assert one.span is None or 0 <= one.span.start < one.span.end <= len(TEXT)
    out = [field for field, value in values if value is None and field.count(".") == 1]
    added = [field for field, value in values if isinstance(value, dict) and "-" in field]
    whole = [field for field, _ in values if field in ("actors", "affected", "attribution", "origin")]
    if not (out or added or whole):
        assert [len(getattr(made, part)) for part in ("figures", "places", "times")] == [1, 1, 1]
    assert corrected(FULL, [*values, *values]).span == made.span


def test_what_cannot_be_is_refused_in_one_line_and_nothing_changes(two_claims: Ledger) -> None:
    before = two_claims.anchor()
    for field, told, why in REFUSED:
        with pytest.raises((LedgerError, NotFoundError), match=why) as refusal:
            _correct(two_claims, ("status", "began"), (field, told))
        assert "\n" not in str(refusal.value)
        assert two_claims.anchor() == before, field


def test_a_part_that_was_taken_out_is_not_corrected(two_claims: Ledger) -> None:
    (key,) = _correct(two_claims, ("figures.0", ""))
    with pytest.raises(LedgerError, match=f"took figures.0 out.*{key}"):
        _correct(two_claims, ("figures.0.low", 5))
    withdraw(two_claims, [key], author="ريم")
    _correct(two_claims, ("figures.0.low", 5))
    assert _one(two_claims).figures[0].low == 5


def test_what_is_added_again_at_the_same_words_takes_the_place_of_the_first(two_claims: Ledger) -> None:
    told = "قتلوا; low={}; population=men; outcome=killed"
    _correct(two_claims, ("figures.+", told.format(2)))
    _correct(two_claims, ("figures.+", told.format(3)))
    assert [figure.low for figure in _one(two_claims).figures] == [7.0, 3.0]


def test_corrections_of_one_claim_hold_in_the_order_in_which_they_came(two_claims: Ledger) -> None:
    _correct(two_claims, ("attribution", "رويترز > رامي عبد الرحمن"), ("origin", "شاهد"), ("places.0.name", "حمص"))
    _correct(two_claims, ("places.0.lat", 34.7), ("places.0.lon", 36.7))
    found = _one(two_claims)
    assert [link.name for link in found.attribution] == ["رويترز", "شاهد"]
    assert (found.places[0].name, found.places[0].lat) == ("حمص", 34.7)
    _correct(two_claims, ("attribution", "رويترز"), ("places.0.name", "حماة"))
    found = _one(two_claims)
    assert [link.name for link in found.attribution] == ["رويترز"]
    assert (found.places[0].name, found.places[0].lat) == ("حماة", None)


ADDED = "قتلوا; low=3; high=3; population=children; outcome=killed"


def _shorter(**otherwise: Any) -> Claim:
    """The claim as another reader has it: with other bounds, and a figure more at its beginning."""
    first = Figure("عبد", at("عبد"), 1.0, 1.0, False, "people", "none")
    made = claim_at(REPORT, "قال", "حلب", "casualties", attribution=KILLED.attribution, places=KILLED.places,
                    times=KILLED.times, figures=(first, *KILLED.figures))  # fmt: skip
    return replace(made, **otherwise)


def test_corrections_go_with_their_words_to_a_later_run(two_claims: Ledger) -> None:
    ledger = two_claims
    span = Span(at("7").start, at("في حلب").end)
    _correct(ledger, ("span", span), ("figures.+", ADDED), ("places.0.role", "near"), ("times.0", ""))
    shorter = _shorter()
    ledger.write(comparison_of(shorter, MOVED))
    found = _one(ledger, shorter)
    assert (found.span, found.places[0].role, found.times) == (span, "near", ())
    assert [figure.low for figure in found.figures] == [1.0, 7.0, 3.0]
    assert [made.unsettled for made in unsettled(ledger)] == [
        f"the machine now reads span as {_json(shorter.span)}, not {_json(KILLED.span)}"
    ]
    assert ledger.claims(reviewed=True, as_of=1)[0].span == span
    ledger.write(comparison_of(KILLED, MOVED))
    assert unsettled(ledger) == ()


def _json(span: Span) -> str:
    return f'{{"end":{span.end},"start":{span.start}}}'


def test_what_a_later_run_reads_where_people_added_is_not_doubled(two_claims: Ledger) -> None:
    ledger = two_claims
    _correct(ledger, ("figures.+", ADDED))
    same = Figure("قتلوا", at("قتلوا"), 3.0, 3.0, False, "children", "killed")
    ledger.write(comparison_of(replace(KILLED, figures=(*KILLED.figures, same)), MOVED))
    assert [figure.low for figure in _one(ledger).figures] == [7.0, 3.0]
    assert unsettled(ledger) == ()
    ledger.write(comparison_of(replace(KILLED, figures=(*KILLED.figures, replace(same, low=2.0))), MOVED))
    assert [figure.low for figure in _one(ledger).figures] == [7.0, 3.0]
    (made,) = unsettled(ledger)
    assert "2.0" in made.unsettled
    withdraw(ledger, [made.id], author="ريم")
    assert [figure.low for figure in _one(ledger).figures] == [7.0, 2.0]


def test_what_people_took_out_and_no_run_reads_any_more_is_settled(two_claims: Ledger) -> None:
    _correct(two_claims, ("figures.0", ""))
    two_claims.write(comparison_of(replace(KILLED, figures=()), MOVED))
    assert unsettled(two_claims) == ()
    two_claims.write(comparison_of(replace(KILLED, figures=(replace(FIGURE, low=6.0),)), MOVED))
    (made,) = unsettled(two_claims)
    assert made.unsettled.startswith("the machine now reads figures.0 as ")


def test_an_accepted_claim_comes_back_when_its_voices_are_read_otherwise(two_claims: Ledger) -> None:
    decide(two_claims, [Edit(KILLED.id, "accept")], author="a")
    two_claims.write(comparison_of(replace(KILLED, attribution=(Link("رامي عبد الرحمن", "doubted"),)), MOVED))
    (made,) = unsettled(two_claims)
    assert "doubted" in made.unsettled


def test_what_was_accepted_when_fewer_fields_were_looked_at_is_not_unsettled_by_the_others(two_claims: Ledger) -> None:
    (made,) = decide(two_claims, [Edit(KILLED.id, "accept")], author="a")
    with writing(two_claims.engine) as connection:
        body = json.loads(connection.execute(decisions.select()).mappings().one()["body"])
        body["seen"] = {
            name: value
            for name, value in body["seen"].items()
            if name not in ("said", "attribution", "actors", "affected") and not name.endswith("role")
        }
        connection.execute(update(decisions).values(body=json.dumps(body)))
    two_claims.write(comparison_of(replace(KILLED, actors=(Mention("الطيران"),)), MOVED))
    assert unsettled(two_claims) == ()
    two_claims.write(comparison_of(replace(KILLED, status="planned"), MOVED))
    assert [one.id for one in unsettled(two_claims)] == [made.id]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_corrections_of_every_kind_go_through_files(two_claims: Ledger, tmp_path: Path, form: str) -> None:
    _correct(
        two_claims, ("span", "7 مدنيين قتلوا في حلب"), ("figures.+", ADDED), ("attribution", "رويترز > =cmd (doubted)"),
        ("places.0.text", "في حلب"), ("times.0", ""), ("places.0.lat", 36.1),
    )  # fmt: skip
    path = tmp_path / f"d.{form}"
    assert export_decisions(two_claims, path) == 6
    assert import_decisions(two_claims, path, author="carrier").known == 6
    other = open_ledger(f"sqlite:///{tmp_path / 'other.db'}", create=True)
    other.write(comparison_of(KILLED, MOVED))
    done = import_decisions(other, path, author="carrier")
    assert (done.new, done.issues) == (6, [])
    assert other.claims(reviewed=True) == two_claims.claims(reviewed=True)
    assert other.verify() == []
    text, end = path.read_text("utf-8-sig"), f"end{{}}:{at('في حلب').end}"
    for quotes in ('"', '""'):  # in the lines, in the cells
        text = text.replace(end.format(quotes), f"end{quotes}:9999")
    path.write_text(text, "utf-8")
    done = import_decisions(other, path, author="carrier")
    assert {issue.reason.partition(" of ")[0].partition(" ")[2] for issue in done.issues} == {"lies outside"}
    assert len(done.issues) == 2
    other.close()


def test_a_correction_shows_in_its_report_with_the_claims_beside_it(two_claims: Ledger) -> None:
    _correct(two_claims, ("span", "7 مدنيين قتلوا في حلب"))
    shown = context(two_claims, KILLED.id)
    assert shown.claim.span.of(shown.report.text) == "7 مدنيين قتلوا في حلب"
    assert (shown.before, shown.after and shown.after.machine) == (None, MOVED)
    decide(two_claims, [Edit(MOVED.id, "reject")], author="a")
    assert context(two_claims, MOVED.id).claim == MOVED
    with pytest.raises(NotFoundError):
        context(two_claims, "0" * 16)


def test_redaction_covers_names_in_corrections(two_claims: Ledger) -> None:
    _correct(two_claims, ("attribution", "رويترز > رامي عبد الرحمن"), ("actors.+", "رامي عبد الرحمن"))
    redact(two_claims, ["رامي عبد الرحمن"])
    assert "رامي" not in repr(reviewed(two_claims))


def test_words_that_stand_several_times_are_told_with_their_places() -> None:
    first, last = at("حلب"), Span(TEXT.rindex("حلب"), TEXT.rindex("حلب") + 3)
    with pytest.raises(LedgerError, match=f"2 times .* {first.start}-{first.end}, {last.start}-{last.end}"):
        span_of(TEXT, "حلب")
    assert span_of(TEXT, "«حلب»", MOVED.span) == last
    assert span_of("في حَلَب الآن", "حلب") == Span(3, 8)


LETTERS = st.text("ابتةأ7 \u064e\u0640.", min_size=1, max_size=30)


@given(LETTERS, st.integers(0, 40), st.integers(0, 40))
def test_offsets_are_taken_as_they_are_or_refused(text: str, start: int, end: int) -> None:
    try:
        span = span_of(text, f"{start}-{end}")
    except LedgerError:
        assert not (start < end <= len(text)) or not text[start:end].strip()
    else:
        assert span == Span(start, end)
        assert 0 <= start < end <= len(text)


@given(LETTERS)
def test_a_whole_text_is_found_in_itself(text: str) -> None:
    words = text.strip()
    if fold(words).text.strip():
        found = span_of(text, words)
        assert fold(found.of(text)).text.strip() == fold(words).text.strip()


def test_what_would_make_no_sense_without_a_correction_is_not_taken_back_alone(two_claims: Ledger) -> None:
    (high,) = _correct(two_claims, ("figures.0.high", "20"))
    (low,) = _correct(two_claims, ("figures.0.low", "10"))
    with pytest.raises(LedgerError, match=r"^without that, claim .* would have .*; take back the later"):
        withdraw(two_claims, [high], author="ريم")
    assert (_one(two_claims).figures[0].low, _one(two_claims).figures[0].high) == (10.0, 20.0)
    withdraw(two_claims, [high, low], author="ريم")
    assert _one(two_claims) == KILLED
