"""Views of who says what on small written cases: blame, what would settle it, profiles, relays."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import test_findings_worked as worked
from making import ALEPPO, claim, event, figure, report
from tawatur import findings
from tawatur.model import FIRST_HAND, Lineage, Link
from viewed import compared
from written_views import aleppo, the_operation, until

if TYPE_CHECKING:
    from tawatur.findings.nouns import Gap, Profile
    from tawatur.model import Claim, Comparison


def shelled(*rows: tuple[str, str, str, str, str]) -> Comparison:
    """Claims of one shelling: origin, actor, status, stance, and who publishes."""
    homes = [report(f"قال {by} خبرا عن قصف {n}", outlet) for n, (by, _, _, _, outlet) in enumerate(rows)]
    claims = [
        claim(home, f"خبرا عن قصف {n}", "shelling", status, by=by, stance=stance, actors=(actor,) if actor else (),
              places=(ALEPPO,))
        for n, (home, (by, actor, status, stance, _)) in enumerate(zip(homes, rows, strict=True))
    ]  # fmt: skip
    return compared(claims, homes)


def standing(found: Comparison) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    (told,) = findings.responsibility(found)
    return {a.name: (a.standing, sorted((v.name, v.says) for v in a.voices)) for a in told.actors}


def test_who_is_named_by_whom_and_denies_it() -> None:
    found = shelled(
        ("المرصد", "الجيش", "occurred", "neutral", "صحيفة"),
        ("الأهالي", "الجيش", "occurred", "neutral", "إذاعة"),
        ("الجيش", "", "not_occurred", "denied", "وكالة"),
    )
    told = standing(found)
    assert told["الجيش"] == ("disputed", [("الأهالي", "names"), ("الجيش", "denies_itself"), ("المرصد", "names")])
    (view,) = findings.responsibility(found)
    wanted = "الجيش: origins that name it: 2, that deny it: 1; those who name it: their sides are not known"
    assert view.actors[0].words.en == wanted
    assert [f for f in found.findings if f.id in view.findings]


def test_who_owns_up_and_who_is_only_expected_to() -> None:
    admitted = standing(shelled(("الجيش", "الجيش", "occurred", "neutral", "صحيفة")))
    assert admitted == {"الجيش": ("admitted", [("الجيش", "owns")])}
    expected = standing(shelled(("المرصد", "الجيش", "planned", "neutral", "صحيفة")))
    assert expected == {"الجيش": ("expected", [("المرصد", "expects")])}


def test_what_nobody_is_named_for_is_listed() -> None:
    found = shelled(
        ("المرصد", "الجيش", "occurred", "neutral", "صحيفة"),
        ("الأهالي", "", "occurred", "neutral", "إذاعة"),
        ("المجلس", "", "not_occurred", "neutral", "وكالة"),
    )
    (view,) = findings.responsibility(found)
    quotes = {c.id: c.origin.name for c in found.claims if c.origin}
    assert [quotes[c] for c in view.unnamed] == ["الأهالي"]
    assert [quotes[c] for c in view.denials] == ["المجلس"]


def gaps(a: Claim, b: Claim) -> dict[str, Gap]:
    """What would settle the contradiction of two worked claims, by kind; of two of one kind the last."""
    views = findings.settling(aleppo())
    return {g.kind: g for s in views if {*s.claims} == {a.id, b.id} for g in s.gaps}


def test_what_would_settle_more_than_9500_against_no_more_than_7000() -> None:
    told = gaps(worked.RUSSIA_ALL, worked.LOCAL_ALL)
    assert {"as_of", "population", "bound", "monitor"} <= {*told}
    assert told["bound"].names == ("وزارة الدفاع",)
    assert "شخص" in told["population"].words.ar
    assert "مدني" in told["population"].words.ar


def test_those_who_speak_of_it_without_saying_it_are_to_be_asked() -> None:
    told = gaps(worked.RUSSIA_FIGHTERS, worked.OBSERVER_FIGHTERS)
    assert "المنظمة" in told["ask_others"].names
    assert not {"وزارة الدفاع", "المرصد"} & {*told["ask_others"].names}


def test_the_widest_contradiction_comes_first() -> None:
    sizes = [s.size for s in findings.settling(aleppo())]
    assert sizes == sorted(sizes, reverse=True)
    wide = next(s for s in findings.settling(aleppo()) if worked.LOCAL_ALL.id in s.claims and s.size < math.log(2))
    assert wide.latest == "2016-12-16"


def profile(found: Comparison, name: str) -> Profile:
    return next(p for p in findings.profiles(found) if p.name == name)


def test_a_profile_counts_what_is_alone_agreed_with_and_contradicted() -> None:
    state = profile(aleppo(), "التلفزيون الرسمي")
    assert (state.alone.count, state.corroborated.count, state.contradicted.of) == (0, 1, 1)
    assert not state.bias.enough
    assert "too few" in state.bias.words.en
    assert "قليلة جداً" in state.bias.words.ar


def tolls(*pairs: tuple[int, int], say: str = "المرصد") -> Comparison:
    """One event a pair: what one origin counts and what another says of the same."""
    homes, claims, events = [], [], []
    for n, (one, other) in enumerate(pairs):
        both = []
        for by, count in ((say, one), ("الوزارة", other)):
            home = report(f"قال {by} إن {count} شخص قتلوا في القصف {n}", f"صحيفة {by}", f"2016-12-{10 + n}")
            dead = figure(f"{count} شخص", count, count, "people", "killed")
            times = until(str(10 + n), f"2016-12-{10 + n}")
            both.append(claim(home, f"{count} شخص قتلوا", "shelling", by=by, figures=(dead,), times=times))
            homes.append(home)
        claims += both
        events.append(replace(event(*both), id=f"e{n}"))
    return compared(claims, homes, events=tuple(events))


def test_bias_is_the_median_log_ratio_with_an_interval_from_six_counts_on() -> None:
    doubled = [(2 * n, n) for n in (11, 13, 17, 19, 23, 31)]
    bias = profile(tolls(*doubled), "المرصد").bias
    assert bias.enough
    assert (bias.count, bias.log_ratio) == (6, round(math.log(2), 4))
    assert "2 times those of others" in bias.words.en
    assert not profile(tolls(*doubled[:5]), "المرصد").bias.enough


def test_open_bounds_and_zeros_have_no_ratio() -> None:
    assert profile(tolls((0, 7), (12, 12)), "المرصد").bias.count == 1
    assert profile(aleppo(), "وزارة الدفاع").bias.count == 1  # only its fighters: the total is open


def relayed(changed: Any) -> Comparison:
    """A claim and its copy in another outlet, which something changes."""
    first = report("قالت الوزارة إن نحو 337 جريحا خرجوا", "وكالة", "2016-12-16")
    second = report("قالت الوزارة إن نحو 377 جريحا خرجوا", "قناة", "2016-12-16")
    wounded = figure("نحو 337 جريحا", 337, 337, "wounded", "evacuated", about=True)
    a = claim(first, "نحو 337 جريحا خرجوا", "evacuation", by="الوزارة", figures=(wounded,))
    other = replace(wounded, text="نحو 377 جريحا")
    b = claim(second, "نحو 377 جريحا خرجوا", "evacuation", by="الوزارة", figures=(other,))
    b = changed(b)
    return compared([a, b], [first, second], Lineage((), (), ((b.id, a.id),)))


def changes(changed: Any) -> list[tuple[str, str, str]]:
    return [(v.changed, v.before, v.after) for v in findings.variants(relayed(changed))]


def counted(**fields: Any) -> Any:
    return lambda c: replace(c, figures=(replace(c.figures[0], **fields),))


def test_what_a_relay_changed_is_told_by_kind() -> None:
    texts = ("نحو 337 جريحا", "نحو 377 جريحا")
    assert changes(lambda c: c) == []
    assert changes(counted(low=377, high=377)) == [("figure", *texts)]
    assert changes(counted(high=None)) == [("bound", *texts)]
    assert changes(counted(approximate=False)) == [("hedge", *texts)]
    assert changes(counted(population="civilians")) == [("population", *texts)]
    assert changes(lambda c: replace(c, attribution=())) == [("attribution", "الوزارة", "its own voice")]
    assert changes(lambda c: replace(c, attribution=(Link("الجيش"),))) == [("attribution", "الوزارة", "الجيش")]
    assert changes(lambda c: replace(c, status="completed")) == [("status", "has happened", "completed")]


def test_a_variant_names_the_relay_and_both_claims() -> None:
    (found,) = findings.variants(relayed(counted(low=377, high=377)))
    assert (found.relay, found.name) == ("قناة", "الوزارة")
    assert found.words.en == "قناة gives «نحو 377 جريحا» where وكالة has «نحو 337 جريحا»"


def test_the_worked_variant_is_the_channels() -> None:
    found = compared([worked.RUSSIA_WOUNDED, worked.RELAY_WOUNDED], worked.HOMES)
    (variant,) = findings.variants(found)
    assert {variant.before, variant.after} == {"337 جريحا", "377 جريحا"}
    assert variant.finding == found.findings[0].id


def test_first_hand_claims_need_nobody_beside_the_parties() -> None:
    home = report("عد 951 شخصا خرجوا", "الراصد")
    other = report("قالت الوزارة إن 2003 شخص خرجوا", "الوكالة")
    seen = figure("951 شخصا", 951, 951, "people", "evacuated")
    counted_ = claim(home, "951 شخصا خرجوا", "evacuation", by="ر-07", figures=(seen,), times=until("16", "2016-12-16"))
    said = claim(
        other, "2003 شخص خرجوا", "evacuation", by="الوزارة", times=until("16", "2016-12-16"),
        figures=(figure("2003 شخص", 2003, 2003, "people", "evacuated"),),
    )  # fmt: skip
    found = compared([replace(counted_, rules=(FIRST_HAND,)), said], [home, other])
    kinds = {g.kind for s in findings.settling(found) for g in s.gaps}
    assert not kinds & {"monitor", "non_party"}
    assert [m.relation for m in the_operation(found).monitored] == ["contradict"]


def test_statuses_without_a_day_and_of_other_people_can_be_asked_after() -> None:
    told = gaps(worked.COMPLETED, worked.SUSPENDED)
    assert "does not say when" in told["as_of"].words.en
    fighters = gaps(worked.RUSSIA_FIGHTERS, worked.LOCAL_NO_FIGHTER)
    assert {*fighters} >= {"as_of"}


def test_our_forces_are_the_speakers_and_his_forces_nobodys_that_is_sure() -> None:
    found = shelled(
        ("قائد الجيش", "قواتنا", "occurred", "neutral", "صحيفة"),
        ("قائد الفصائل", "قواته", "occurred", "neutral", "إذاعة"),
        ("رئيس المجلس", "قواته", "not_occurred", "neutral", "وكالة"),
    )
    (view,) = findings.responsibility(found)
    told = sorted((a.name, a.standing, a.voices[0].name) for a in view.actors)
    assert told == [
        ("قواتنا", "admitted", "قائد الجيش"),
        ("قواته", "denied", "رئيس المجلس"),
        ("قواته", "named", "قائد الفصائل"),
    ]


def test_an_origin_of_the_same_side_does_not_corroborate() -> None:
    def agreed(body: str) -> int:
        homes = [report(f"قال {by} إن 1203 شخص قتلوا", f"وكالة {by}") for by in ("الناطق", "القائد")]
        claims = [
            claim(home, "1203 شخص قتلوا", "shelling", by=by, body=side,
                  figures=(figure("1203 شخص", 1203, 1203, "people", "killed"),))
            for home, by, side in zip(homes, ("الناطق", "القائد"), ("الجيش الأول", body), strict=True)
        ]  # fmt: skip
        found = compared(claims, homes)
        one = tuple(replace(a, side="الجيش") if "الجيش" in (a.side or "") else a for a in found.accounts)
        return max(p.corroborated.count for p in findings.profiles(replace(found, accounts=one)))

    assert agreed("المجلس المحلي") == 1
    assert agreed("الجيش الثاني") == 0


def test_a_body_speaks_for_those_under_it_and_not_for_its_siblings() -> None:
    centre = ("وزارة الدفاع الروسية", "مركز المصالحة الروسي", "occurred", "neutral", "صحيفة")
    sibling = ("منظمة الصحة العالمية", "برنامج الأغذية العالمي", "occurred", "neutral", "إذاعة")
    assert [s for s, _ in standing(shelled(centre)).values()] == ["admitted"]
    assert [s for s, _ in standing(shelled(sibling)).values()] == ["named"]


def test_two_figures_of_one_word_and_a_refused_one_keep_their_places() -> None:
    home = report("قال المرصد إن 40 شخص خرجوا أو أفرج عنهم")
    kinds = (("40 شخص", 50, 40, "evacuated"), ("40 شخص", 40, 40, "evacuated"), ("40 شخص", 40, 40, "released"))
    both = tuple(figure(text, low, high, "people", outcome) for text, low, high, outcome in kinds)
    told = claim(home, "40 شخص خرجوا أو أفرج عنهم", "evacuation", by="المرصد", figures=both)
    other = claim(home, "قال المرصد", "evacuation", by="المرصد")
    operation = the_operation(compared([told, other], [home]))
    assert sorted((c.outcome, c.figure) for c in operation.batches) == [("evacuated", 1), ("released", 2)]
