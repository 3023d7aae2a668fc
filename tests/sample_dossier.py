"""A small comparison written for the tests: two sides, a copy, a variant, doubts, hidden characters, an issue."""

from __future__ import annotations

from dataclasses import replace

from tawatur.model import (
    Account,
    Claim,
    Comparison,
    CopyGroup,
    CopyLink,
    Estimate,
    Event,
    Figure,
    Finding,
    Issue,
    Lineage,
    Link,
    Mention,
    Place,
    Report,
    Span,
    Time,
)

TEXTS = (
    "🚑🚑 قالت هيئة الإغاثة إن نحو 300 عائلة غادرت بلدة النهر حتى مساء الأحد، وإن الخروج توقف بعدها.\r\n"
    "وأضافت أن 12 جريحاً نُقلوا إلى المشفى.",
    "أكد قائد المنطقة اكتمال خروج المدنيين من بلدة النهر، وقال إن أكثر من 900 عائلة غادرتها حتى مساء الأحد.",
    "قالت هيئة الإغاثة إن نحو 300 عائلة غادرت بلدة النهر حتى مساء الأحد، وإن 21 جريحاً نُقلوا \u202eإلى\u202c المشفى.",
    "Officials say between 9 and 11 buses left the town on Monday & 2,000 people remain inside <the old quarter>.",
)
OUTLETS = ("وكالة الضفة", "إذاعة الجبل", None, "River Daily")
DATES = ("2020-05-03T18:00:00+03:00", "2020-05-03", None, "2020-05-04T09:30:00Z")


def _reports() -> tuple[Report, ...]:
    return tuple(
        Report.make(
            text, name=f"n{i}", outlet=outlet, published=published, title=f"عنوان {i}", origin_file=f"in/{i}.txt"
        )
        for i, (text, outlet, published) in enumerate(zip(TEXTS, OUTLETS, DATES, strict=True))
    )


REPORTS = _reports()


def _span(report: int, words: str) -> Span:
    start = TEXTS[report].index(words)
    return Span(start, start + len(words))


def _figure(report: int, words: str, low: float | None, high: float | None, **other: object) -> Figure:
    fields: dict[str, object] = {"approximate": False, "population": "families", "outcome": "evacuated"} | other
    return Figure(words, _span(report, words), low, high, **fields)  # type: ignore[arg-type]


def _claim(report: int, words: str, kind: str, status: str, links: tuple[Link, ...], *figures: Figure) -> Claim:
    span = _span(report, words)
    return Claim(
        id=Claim.key(REPORTS[report].id, span, kind + status),
        report=REPORTS[report].id,
        span=span,
        event_type=kind,  # type: ignore[arg-type]
        status=status,  # type: ignore[arg-type]
        attribution=links,
        actors=(Mention("فرق الإغاثة"),),
        affected=(Mention("الأهالي"),),
        figures=figures,
        places=(Place("بلدة النهر", "River Town", 33.1, 36.2, "from"),),
        times=(Time("مساء الأحد", "2020-05-03", "2020-05-03"),),
        rules=("words:غادر",),
        reader="sample",
        pack="0" * 16,
    )


AID, CHIEF = Link("هيئة الإغاثة"), Link("قائد المنطقة", "asserted")
OFFICIALS = Link("Officials", "doubted")
CLAIMS = (
    _claim(0, "نحو 300 عائلة غادرت بلدة النهر حتى مساء الأحد", "evacuation", "occurred", (AID,),
           _figure(0, "نحو 300 عائلة", 300, 300, approximate=True, cumulative=True)),
    _claim(0, "الخروج توقف بعدها", "evacuation", "suspended", (AID,)),
    _claim(0, "12 جريحاً نُقلوا إلى المشفى", "evacuation", "occurred", (AID,),
           _figure(0, "12 جريحاً", 12, 12, population="wounded")),
    _claim(1, "اكتمال خروج المدنيين من بلدة النهر", "evacuation", "completed", (CHIEF,)),
    _claim(1, "أكثر من 900 عائلة غادرتها حتى مساء الأحد", "evacuation", "occurred", (CHIEF,),
           _figure(1, "أكثر من 900 عائلة", 900, None, cumulative=True)),
    _claim(2, "نحو 300 عائلة غادرت بلدة النهر حتى مساء الأحد", "evacuation", "occurred", (AID,),
           _figure(2, "نحو 300 عائلة", 300, 300, approximate=True, cumulative=True)),
    _claim(2, "21 جريحاً نُقلوا \u202eإلى\u202c المشفى", "evacuation", "occurred", (AID,),
           _figure(2, "21 جريحاً", 21, 21, population="wounded")),
    _claim(3, "between 9 and 11 buses left the town on Monday", "evacuation", "occurred", (OFFICIALS,),
           _figure(3, "between 9 and 11 buses", 9, 11, population="buses", outcome="carried_out")),
    _claim(3, "2,000 people remain inside <the old quarter>", "siege", "ongoing", (OFFICIALS,),
           _figure(3, "2,000 people", 2000, 2000, population="people", outcome="remaining")),
)  # fmt: skip
LEAVING, INSIDE = "1" * 16, "2" * 16


def _ids(*places: int) -> tuple[str, ...]:
    return tuple(CLAIMS[i].id for i in places)


def _account(event: str, name: str, side: str | None, *places: int) -> Account:
    reports = tuple(dict.fromkeys(CLAIMS[i].report for i in places))
    relays = tuple(dict.fromkeys(r.outlet or "?" for r in REPORTS if r.id in reports))
    return Account(event, "o:" + name, name, side, _ids(*places), reports, relays)


def _finding(relation: str, a: int, b: int, words: tuple[str, str], slots: tuple[tuple[str, str, str], ...]) -> Finding:
    return Finding(
        id=f"{relation}-{a}-{b}",
        event=LEAVING,
        relation=relation,  # type: ignore[arg-type]
        a=CLAIMS[a].id,
        b=CLAIMS[b].id,
        aspect="figure" if CLAIMS[a].figures else "status",
        a_words=words[0],
        b_words=words[1],
        slots=slots,
        reason_en=f"the two differ ({relation})",
        reason_ar="القولان مختلفان",
    )


FAMILIES = (("population", "families", "families"), ("interval", "[270, 330]", "[900, ∞)"))
FINDINGS = (
    _finding("contradict", 0, 4, ("نحو 300 عائلة", "أكثر من 900 عائلة"), FAMILIES),
    _finding("contradict", 1, 3, ("suspended", "completed"), (("status", "suspended", "completed"),)),
    _finding("variant", 2, 6, ("12 جريحاً", "21 جريحاً"), (("population", "wounded", "wounded"), ("value", "12", "21"))),
    _finding("agree", 0, 5, ("نحو 300 عائلة", "نحو 300 عائلة"), ()),
    _finding("not_comparable", 0, 7, ("نحو 300 عائلة", "between 9 and 11 buses"), ()),
)
ESTIMATE = Estimate(
    LEAVING, "families", "evacuated", "2020-05-03", 270, 300, None,
    ("o:هيئة الإغاثة",), ("o:هيئة الإغاثة",), ("o:قائد المنطقة",), "contested",
    "two origins that cannot both be right", "مصدران لا يصحّان معاً", ("no date in one report",), ("تقرير بلا تاريخ",),
)  # fmt: skip


def short() -> Comparison:
    """The part of the sample that still has something in every field."""
    found, kept = sample(), {CLAIMS[i].id for i in (0, 4, 5)}
    return replace(
        found,
        reports=found.reports[:3],
        claims=tuple(c for c in found.claims if c.id in kept),
        findings=(found.findings[0], replace(found.findings[0], id="v", relation="variant")),
        events=found.events[:1],
    )


def sample() -> Comparison:
    """The comparison."""
    first, third = REPORTS[0].id, REPORTS[2].id
    return Comparison(
        reports=REPORTS,
        claims=CLAIMS,
        lineage=Lineage(
            (CopyLink(first, third, "part", 14, 0.7, True, ((Span(0, 60), Span(0, 60)),)),),
            (CopyGroup((first, third), "part"),),
            ((CLAIMS[5].id, CLAIMS[0].id),),
        ),
        events=(
            Event(LEAVING, "خروج الأهالي من بلدة النهر", "evacuation", _ids(0, 1, 2, 3, 4, 5, 6, 7)),
            Event(INSIDE, "Inside the town", "siege", _ids(8)),
        ),
        accounts=(
            _account(LEAVING, "هيئة الإغاثة", None, 0, 1, 2, 5, 6),
            _account(LEAVING, "قائد المنطقة", "الجيش", 3, 4),
            _account(LEAVING, "Officials", None, 7),
            _account(INSIDE, "Officials", None, 8),
        ),
        findings=FINDINGS,
        estimates=(ESTIMATE,),
        issues=(Issue("in/9.txt", "line 3", "this line is no JSON", "mend the line and read again", "refused"),),
        record={"dossier": "بلدة النهر", "version": "0", "options": {"seed": 7}, "packs": ["ar"]},
    )
