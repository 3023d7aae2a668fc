"""Which claims come from one origin and which from two."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies_world import sentence, story
from tawatur.copies import trace
from tawatur.copies.independence import Origins
from tawatur.copies.names import Names, parse, short_form, unnamed
from tawatur.copies.table import _rows
from tawatur.errors import PackError
from tawatur.model import Claim, Lineage, Link, Report, Span

if TYPE_CHECKING:
    from pathlib import Path


def said(report: Report, *chain: Link | str, at: int = 0, words: str = "") -> Claim:
    links = tuple(Link(item) if isinstance(item, str) else item for item in chain)
    start = report.text.index(words) if words else at
    span = Span(start, start + max(1, len(words)))
    return Claim(Claim.key(report.id, span, "clash"), report.id, span, "clash", "occurred", links)


def reports(*outlets: str | None) -> list[Report]:
    return [
        Report.make(story(random.Random(n), 40), outlet=o, published=f"2017-01-{n + 1:02d}")
        for n, o in enumerate(outlets)
    ]


def same(a: Link | str | None, b: Link | str | None, *others: str) -> bool:
    """Whether two voices met in two reports are one origin; ``None`` is the publisher."""
    given = reports("صحيفة النهر", "موقع السهل", "قناة الجبل")
    claims = [said(r, *([v] if v else [])) for r, v in zip(given, (a, b), strict=False)]
    claims += [said(given[2], name, at=n) for n, name in enumerate(others)]
    return not Origins(given, claims, Lineage()).independent(claims[0].id, claims[1].id)


def test_a_name_that_begins_like_the_article_is_shown_as_written() -> None:
    given = reports("صحيفة النهر", "موقع السهل")
    claims = [said(given[0], Link("اليزابيث هوف", kind="person")), said(given[1], Link("هوف", kind="person"))]
    origins = Origins(given, claims, Lineage())
    assert {origins.name(origins.key(claim.id)) for claim in claims} == {"اليزابيث هوف"}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("المرصد السوري لحقوق الإنسان", "المرصد السورى لحقوق الانسان"),
        ("المرصد", "المرصد السوري لحقوق الإنسان"),
        ("هوف", "إليزابيث هوف"),
        ("الفريق الساعدي", "عبد الوهاب الساعدي"),
        ("عبد الرحمن", "رامي عبدالرحمن"),
        ("الصحة", "وزارة الصحة"),
        ("حركة النهضة", "النهضة"),
        ("أ ف ب", "وكالة فرانس برس"),
        ("Reuters", "رويترز"),
        ("لجنة الأطباء", "لجنة أطباء السودان المركزية"),
        ("ستيفان دي ميستورا", "ستافان دي ميستورا"),
        ("غريفيث مارتن", "جريفيث مارتن"),
        ("إدارة الكوارث والطوارئ (آفاد)", "آفاد"),
    ],
)
def test_forms_of_one_name(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("الأمم المتحدة", "برنامج الأغذية العالمي التابع للأمم المتحدة"),
        ("الأمم المتحدة", "مفوضية الأمم المتحدة لشؤون اللاجئين"),
        ("وزارة الدفاع الروسية", "وزارة الدفاع التركية"),
        ("وزارة الدفاع", "الدفاع المدني"),
        ("الهلال الأحمر السوري", "الهلال الأحمر العراقي"),
        ("محمد", "محمد عبد السلام"),
        ("إسرائيل", "جيش إسرائيل"),
        ("مصدر عسكري", "مصدر عسكري"),
        ("شهود", "شهود"),
    ],
)
def test_different_voices(a: str, b: str) -> None:
    assert not same(a, b)


def test_a_short_form_of_two_names_is_neither() -> None:
    assert not same("وزارة الدفاع", "وزارة الدفاع الروسية", "وزارة الدفاع التركية")
    assert not same("علي حسن", "محمد علي حسن", "أحمد علي حسن")


def test_names_never_join_by_a_third() -> None:
    voices = ["وزارة الدفاع الروسية", "وزارة الدفاع التركية", "وزارة الدفاع"]
    given = reports("أولى", "ثانية", "ثالثة")
    claims = [said(r, v) for r, v in zip(given, voices, strict=True)]
    origins = Origins(given, claims, Lineage())
    assert len({origins.key(c.id) for c in claims}) == 3


def test_a_short_form_is_first_what_its_own_report_says_in_full() -> None:
    given = reports("أولى", "ثانية")
    claims = [
        said(given[0], "وزارة الدفاع الروسية"),
        said(given[0], "وزارة الدفاع", at=5),
        said(given[1], "وزارة الدفاع التركية"),
    ]
    origins = Origins(given, claims, Lineage())
    assert not origins.independent(claims[0].id, claims[1].id)
    assert origins.independent(claims[1].id, claims[2].id)


def test_a_voice_and_its_body_are_one() -> None:
    speaker = Link("رامي عبد الرحمن", body="المرصد السوري لحقوق الإنسان")
    assert same(speaker, "المرصد")
    assert same(Link("مصدر في الوزارة", body="وزارة الصحة", kind="unnamed"), "وزارة الصحة")


def test_a_body_told_once_is_known_everywhere() -> None:
    given = reports("أولى", "ثانية", "ثالثة")
    claims = [
        said(given[0], Link("رامي عبد الرحمن", body="المرصد السوري لحقوق الإنسان")),
        said(given[1], "عبد الرحمن"),
        said(given[2], "المرصد السوري لحقوق الإنسان"),
    ]
    origins = Origins(given, claims, Lineage())
    assert len({origins.key(c.id) for c in claims}) == 1


def test_two_channels_that_forward_one_are_one_account() -> None:
    first, second, third, own = reports("قناة أولى", "قناة ثانية", "وكالة النهر", "قناة رابعة")
    first, second = (replace(report, relayed_from="وكالة النهر") for report in (first, second))
    given = [first, second, third, own]
    claims = [said(report) for report in given]
    origins = Origins(given, claims, Lineage())
    assert len({origins.key(claim.id) for claim in claims[:3]}) == 1
    assert origins.name(origins.key(claims[0].id)) == "وكالة النهر"
    assert origins.independent(claims[0].id, claims[3].id)
    named = said(own, "وكالة النهر", at=9)
    assert not Origins(given, [*claims, named], Lineage()).independent(claims[0].id, named.id)


def test_only_the_innermost_voice_counts() -> None:
    given = reports("أولى", "ثانية")
    claims = [said(given[0], "رويترز", "محمد عبد السلام"), said(given[1], "الأناضول", "محمد عبد السلام")]
    assert not Origins(given, claims, Lineage()).independent(*(c.id for c in claims))


def test_the_publisher_speaks_for_itself_and_is_the_voice_that_others_name() -> None:
    given = reports("وكالة الأنباء العراقية (واع)", "صحيفة النهر", None, None)
    claims = [said(given[0]), said(given[1], "واع"), said(given[1], at=9), said(given[2]), said(given[3])]
    origins = Origins(given, claims, Lineage())
    assert origins.key(claims[0].id) == origins.key(claims[1].id) == origins.publisher(given[0].id)
    assert len({origins.key(c.id) for c in claims}) == 4
    assert origins.name(origins.key(claims[2].id)) == "صحيفة النهر"


def test_the_shown_name_is_the_form_met_most_often() -> None:
    given = reports("أولى", "ثانية", "ثالثة")
    forms = ["المرصد السورى لحقوق الانسان", "المرصد السوري لحقوق الإنسان", "المرصد السوري لحقوق الإنسان"]
    claims = [said(r, f) for r, f in zip(given, forms, strict=True)]
    origins = Origins(given, claims, Lineage())
    assert origins.name(origins.key(claims[0].id)) == forms[1]
    with pytest.raises(KeyError):
        origins.key("no such claim")
    with pytest.raises(KeyError):
        origins.name("no such key")


class TestCopiedParagraphs:
    """A paragraph with an unnamed source, taken over without it; the taker has a line of its own."""

    def setup_method(self) -> None:
        rng = random.Random(12)
        self.lines = [sentence(rng).strip(".") for _ in range(3)]
        paragraph = ". ".join(self.lines) + "."
        self.wire = Report.make(f"{story(rng, 60)}\n{paragraph}", outlet="رويترز", published="2017-01-01")
        self.taker = Report.make(f"{story(rng, 60)}\n{paragraph}", outlet="صحيفة النهر", published="2017-01-03")
        self.third = Report.make(f"{paragraph}\n{story(rng, 80)}", outlet="قناة الجبل", published="2017-01-04")

    def origins(self, *claims: Claim) -> Origins:
        given = [self.third, self.wire, self.taker]
        return Origins(given, claims, trace(given, claims))

    def test_the_origin_goes_with_the_paragraph_that_drops_it(self) -> None:
        a = said(self.wire, "مصدر طبي", words=self.lines[1])
        b = said(self.taker, words=self.lines[1])
        c = said(self.third, "شهود", words=self.lines[1])
        origins = self.origins(a, b, c)
        assert origins.key(a.id) == origins.key(b.id) == origins.key(c.id)

    def test_the_wire_itself_is_the_origin_of_what_it_says_in_its_own_voice(self) -> None:
        a, b = said(self.wire, words=self.lines[0]), said(self.taker, "رويترز", words=self.lines[0])
        assert not self.origins(a, b).independent(a.id, b.id)

    def test_what_the_reader_missed_in_the_wire_still_comes_from_it(self) -> None:
        b, c = said(self.taker, words=self.lines[2]), said(self.third, words=self.lines[0])
        origins = self.origins(b, c)
        assert origins.key(b.id) == origins.key(c.id) == origins.publisher(self.wire.id)

    def test_the_takers_own_lines_are_its_own(self) -> None:
        own = self.taker.text.split("\n")[0].strip(".")
        a, b = said(self.wire, words=self.lines[1]), said(self.taker, words=own)
        assert self.origins(a, b).independent(a.id, b.id)


def test_equal_values_alone_are_no_common_origin() -> None:
    given = reports("أولى", "ثانية")
    claims = [said(r) for r in given]
    assert Origins(given, claims, Lineage()).independent(*(c.id for c in claims))


NAMES = [
    "المرصد",
    "المرصد السوري",
    "المرصد السوري لحقوق الإنسان",
    "هوف",
    "إليزابيث هوف",
    "وزارة الصحة",
    "الصحة",
    "رويترز",
]


def test_canonical_names_do_not_depend_on_order() -> None:
    known = [{n: Names(order).canonical(n) for n in NAMES} for order in list(permutations(NAMES))[::977]]
    assert all(k == known[0] for k in known)
    assert len(set(known[0].values())) == 4


@given(st.text("ابتعودلمن ()أ ", max_size=20), st.text("ابتعودلمن ()أ ", max_size=20))
def test_any_text_can_be_a_name(a: str, b: str) -> None:
    one, two = parse(a), parse(b)
    names = Names([a, b])
    assert names.canonical(a) in {n.key for n in (one, two)}
    assert not (one.words and two.words and short_form(one, two) and short_form(two, one))
    assert isinstance(unnamed(a), bool)


@pytest.mark.parametrize("line", ["agency", "agency\t", "agency\tأ||ب", "nonsense\tكلمة"])
def test_a_bad_table_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "origins.tsv"
    path.write_text(f"# head\ncredit\tوكالات\n{line}\n", "utf-8")
    with pytest.raises(PackError, match=r"origins\.tsv:3"):
        _rows(path)


def carried(*links: Link | None, outlets: tuple[str, ...], dates: tuple[str, ...] = ()) -> tuple[list[Claim], Origins]:
    """Claims of reports with the same words, each with its voice, and a claim of another report that names a source."""
    days = dates or ("2017-01-01",) * len(outlets)
    words = story(random.Random(5), 60)
    given = [Report.make(words, name=o, outlet=o, published=d) for o, d in zip(outlets, days, strict=True)]
    claims = [said(r, *([link] if link else [])) for r, link in zip(given, links, strict=True)]
    other = Report.make(story(random.Random(6), 40), outlet="موقع الهضبة", published="2017-01-03")
    voice = said(other, Link("مركز المدى للرصد", kind="body"))
    everything = [*given, other], [*claims, voice]
    return [*claims, voice], Origins(*everything, trace(*everything))


@pytest.mark.parametrize("turn", [0, 1])
def test_a_carrier_that_drops_the_source_is_not_the_source(turn: int) -> None:
    links = [None, Link("مركز المدى للرصد", kind="body")]
    outlets = ("صحيفة النهر", "موقع السهل")
    claims, origins = carried(*links[:: 1 - 2 * turn], outlets=outlets)
    assert len({origins.key(c.id) for c in claims}) == 1


def test_a_voice_without_a_name_is_no_source_of_those_before() -> None:
    claims, origins = carried(None, Link("مصادر محلية", kind="unnamed"), outlets=("صحيفة النهر", "موقع السهل"))
    assert origins.key(claims[0].id) == origins.key(claims[1].id) != origins.key(claims[2].id)


@pytest.mark.parametrize(
    ("dates", "one"),
    [(("2017-01-01", "2017-01-01"), True), (("2017-01-02", "2017-01-01"), True), (("2017-01-01", "2017-01-05"), False)],
)
def test_whom_others_name_as_source_is_the_source_unless_the_dates_speak_against_it(
    dates: tuple[str, ...], one: bool
) -> None:
    claims, origins = carried(None, None, outlets=("صحيفة النهر", "مركز المدى للرصد"), dates=dates)
    assert origins.key(claims[0].id) == origins.key(claims[1].id)
    assert (origins.key(claims[0].id) == origins.key(claims[2].id)) == one
