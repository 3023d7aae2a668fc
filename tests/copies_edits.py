"""Made-up reports that outlets copied as outlets do, and independent ones that look alike; the truth is known.

Copiers put other words in the place of some, drop and add some, turn two round, drop and move sentences, spell
hamza, ya, ta marbuta and digits their own way, write their own title, dateline and credit line. Dates are days or
minutes apart, the same day without a time, or missing on one side or on both. A fourth of the reports is English.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from copies_world import COUNTED, DAYS, STOCK, TIMES, TOWNS, pool
from copies_world import sentence as arabic
from tawatur.model import Report

WHO = pool(
    "Engineers Volunteers Farmers Traders Guards Doctors Drivers Teachers Fishermen Masons Nurses Clerks Miners",
    "Bakers Surveyors Divers Shepherds Porters Tailors Welders Painters Electricians",
)
OF_WHAT = pool(
    "municipal coastal northern rural hired armed retired local foreign young border army harbour river mountain",
    "village district private displaced railway",
)
DID = pool(
    "repaired emptied searched guarded crossed burned shelled opened closed visited photographed fenced flooded",
    "rebuilt surrounded abandoned unloaded cleared measured sealed swept painted",
)
WHAT = pool(
    "warehouse bridge clinic school mill well tunnel market station garage depot bakery farm tower chapel mosque",
    "quarry dam reservoir workshop barracks library",
)
WHERE = pool("near behind beyond beside inside above below around outside opposite")
PLACES = pool(
    "Ramleh Sidra Nakhla Sakhra Wardan Khuzama Difla Balut Lawza Shiha Zatar Anbar Hawra Safsaf Tuta Ghar",
    "Rihan Yasmin Karma Mishmish",
)
WHEN = pool("yesterday overnight secretly twice again hastily quietly briefly suddenly today openly early late")
THEN = pool("while although because after before until since whereas once")
MANY = pool("crates families trucks tents rifles cattle sacks patients shells prisoners barrels beds soldiers buses")
ENGLISH_STOCK = ("according to the United Nations humanitarian office", "who spoke on condition of anonymity")
SPELLINGS = (("أ", "ا"), ("إ", "ا"), ("ة ", "ه "), ("ي ", "ى "))
AGENCIES = (("رويترز", "Reuters"), ("وكالة فرانس برس", "AFP"))
SHARES = (0.1, 0.2, 0.3)


@dataclass
class World:
    """Reports; the pairs that share wording, by kind, the earlier one first; what is known of each pair's dates."""

    reports: list[Report] = field(default_factory=list)
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    dates: dict[tuple[str, str], str] = field(default_factory=dict)
    quoting: list[frozenset[str]] = field(default_factory=list)
    alone: set[str] = field(default_factory=set)  # independent of all others


class Tongue:
    """Sentences, words and lines of one language."""

    def __init__(self, rng: random.Random, *, english: bool) -> None:
        self.rng, self.english = rng, english

    def sentence(self) -> str:
        """A sentence of some fifteen to twenty words."""
        if not self.english:
            return arabic(self.rng)
        pick = self.rng.choice
        pieces = [
            f"{pick(OF_WHAT)} {pick(WHO)} {pick(DID)} the {pick(WHAT)} {pick(WHERE)} {pick(PLACES)} {pick(WHEN)}",
            f"{pick(THEN)} {pick(WHO)} {pick(DID)} a {pick(OF_WHAT)} {pick(WHAT)} {pick(WHERE)} {pick(PLACES)}",
            f"{pick(THEN)} {self.rng.randint(3, 990)} {pick(MANY)} {pick(WHERE)} the {pick(WHAT)} {pick(WHEN)}",
        ]
        self.rng.shuffle(pieces)
        return " ".join(pieces) + "."

    def story(self, words: int) -> str:
        """Paragraphs of together at least so many words."""
        lines: list[str] = []
        while sum(len(line.split()) for line in lines) < words:
            lines.append(" ".join(self.sentence() for _ in range(self.rng.randint(1, 3))))
        return "\n".join(lines)

    def passage(self, words: int) -> str:
        """A paragraph of so many words."""
        return " ".join(" ".join(self.sentence() for _ in range(9)).split()[:words]) + "."

    def word(self) -> str:
        """Any word."""
        return self.rng.choice(self.sentence().rstrip(".").split())

    def dateline(self, source: str = "") -> str:
        """Where and from whom a report starts."""
        if self.english:
            return f"{self.rng.choice(PLACES).upper()} ({source or 'own correspondent'}) - "
        return f"{self.rng.choice(TOWNS)} - {source or 'خاص'} - "

    def title(self) -> str:
        """A title of its own."""
        return " ".join(self.sentence().split()[:6])


def rewritten(tongue: Tongue, text: str, share: float) -> str:
    """A share of the words changed, dropped, added or turned round, sentences dropped and moved, spelled otherwise."""
    rng = tongue.rng
    out: list[str] = []
    for line in text.split("\n"):
        sentences = [_edited(tongue, one.split(), share) for one in line.removesuffix(".").split(". ")]
        if len(sentences) > 1 and rng.random() < share:
            rng.shuffle(sentences)
        if len(sentences) > 2 and rng.random() < share / 2:
            sentences.pop()
        out.append(". ".join(" ".join(words) for words in sentences) + ".")
    return spelled(rng, "\n".join(out))


def _edited(tongue: Tongue, words: list[str], share: float) -> list[str]:
    rng, out, at = tongue.rng, list[str](), 0
    while at < len(words):
        dice = rng.random() / share
        if dice < 0.4:
            out.append(tongue.word())
        elif dice < 0.6:
            pass
        elif dice < 0.8:
            out += [words[at], tongue.word()]
        elif dice < 0.9 and at + 1 < len(words):  # two words are edited at once
            out += [words[at + 1], words[at]]
            at += 1
        else:
            out.append(words[at])
        at += 1
    return out


def spelled(rng: random.Random, text: str) -> str:
    """The same words in the spelling of another outlet."""
    for careful, lax in SPELLINGS:
        if rng.random() < 0.6:
            text = text.replace(careful, lax)
    if rng.random() < 0.3:
        text = text.translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    return text


def world(seed: int, each: int = 40) -> World:
    """``each`` copies of every kind and as many pairs of every kind of independent reports."""
    rng = random.Random(seed)
    made = World()
    for n in range(each):
        tongue = Tongue(rng, english=n % 4 == 3)
        for kind, texts in _copied(tongue).items():
            _pair(made, tongue, kind, *texts)
        for texts in (_quoting(tongue), _same_event(tongue)):
            made.quoting.append(frozenset(_alone(made, tongue, texts)))
        _alone(made, tongue, [_phrases(tongue), _phrases(tongue)])
    rng.shuffle(made.reports)
    return made


def _copied(tongue: Tongue) -> dict[str, tuple[str, str]]:
    rng, found = tongue.rng, dict[str, tuple[str, str]]()
    for share in SHARES:
        text = tongue.story(rng.choice((60, 120, 200)))
        found[f"whole, {share:.0%} edited"] = text, rewritten(tongue, text, share)
    text = tongue.story(120)
    found["text before and after it"] = text, f"{tongue.story(60)}\n{spelled(rng, text)}\n{tongue.story(60)}"
    edits: dict[str, tuple[int, Callable[[str], str]]] = {
        "55 words": (55, lambda text: spelled(rng, text)),
        "55 words, 10% edited": (55, lambda text: rewritten(tongue, text, 0.1)),
        "28 words": (28, lambda text: spelled(rng, text)),
    }
    for kind, (words, edit) in edits.items():
        text = tongue.passage(words)
        found[kind] = (
            f"{tongue.story(90)}\n{text}\n{tongue.story(90)}",
            f"{tongue.story(60)}\n{edit(text)}\n{tongue.story(120)}",
        )
    return found


def _pair(made: World, tongue: Tongue, kind: str, first: str, second: str) -> None:
    """Two reports, the later of which has words of the earlier, with dates and credits as they come."""
    rng = tongue.rng
    agency = rng.random() < 0.5
    outlet = rng.choice(AGENCIES)[tongue.english] if agency else f"Daily {rng.randint(1, 10**9)}"
    agencies = "agencies" if tongue.english else "وكالات"
    credit = rng.choice((outlet, outlet, agencies, ""))
    day, minute = rng.randint(1, 27), rng.randint(0, 600)
    times, dates = (
        {
            "days apart": (f"2017-03-{day:02d}", f"2017-03-{day + 1:02d}"),
            "minutes apart": (_time(day, minute), _time(day, minute + rng.randint(1, 90))),
            "same day": (f"2017-03-{day:02d}", f"2017-03-{day:02d}"),
            "day and time": (f"2017-03-{day:02d}", _time(day, minute)),
            "first unknown": (None, f"2017-03-{day:02d}"),
            "second unknown": (f"2017-03-{day:02d}", None),
            "both unknown": (None, None),
        },
        made.dates,
    )
    name = rng.choice([*times])
    one, two = times[name]
    if rng.random() < 0.2:  # the first is as careless, and owns up to others' words
        first = f"{spelled(rng, first)}\n{agencies}"
    source = Report.make(tongue.dateline(outlet) + first, outlet=outlet, published=one, title=tongue.title())
    copy = Report.make(
        tongue.dateline(credit) + second, outlet=f"Post {rng.randint(1, 10**9)}", published=two, title=tongue.title()
    )
    made.reports += (source, copy)
    made.pairs.setdefault(kind, []).append((source.id, copy.id))
    dates[source.id, copy.id] = name


def _time(day: int, minute: int) -> str:
    return f"2017-03-{day:02d}T{6 + minute // 60:02d}:{minute % 60:02d}:00+02:00"


def _quoting(tongue: Tongue) -> list[str]:
    """Two reports with one statement in quotation marks."""
    quote = " ".join(tongue.sentence() for _ in range(2)).replace(".", ",")
    said = ("He said:", "She added:") if tongue.english else ("وقال:", "وجاء في البيان:")
    return [f"{tongue.story(80)}\n{tongue.sentence()} {verb} «{quote}» {tongue.story(60)}" for verb in said]


def _same_event(tongue: Tongue) -> list[str]:
    """Two reports of one event in words of their own: place, day, figures and a short quotation are the same."""
    rng = tongue.rng
    dead, hurt, quote = rng.randint(11, 99), rng.randint(100, 999), tongue.passage(14).replace(".", "")
    if tongue.english:
        place, when = rng.choice(PLACES), rng.choice(WHEN)
        leads = (
            f"A blast in {place} {when} killed {dead} people and wounded {hurt}, a hospital said, «{quote}», it added.",
            f"In {place}, doctors counted {dead} dead and {hurt} wounded {when}. «{quote}», their director told us.",
        )
    else:
        place, day, unit = rng.choice(TOWNS), rng.choice(DAYS), rng.choice(COUNTED)
        leads = (
            f"قتل {dead} شخصا وأصيب {hurt} آخرون في انفجار هز {place} يوم {day} ودمر {hurt} {unit}. "
            f"وقال مدير المشفى «{quote}».",
            f"ارتفعت حصيلة تفجير {place} إلى {dead} قتيلا و{hurt} جريحا، و{hurt} {unit} {rng.choice(TIMES)}، "
            f"«{quote}» بحسب مدير المشفى.",
        )
    return [f"{lead}\n{tongue.story(90)}" for lead in leads]


def _phrases(tongue: Tongue) -> str:
    stock = ENGLISH_STOCK if tongue.english else STOCK
    return " ".join(f"{tongue.sentence()[:-1]} {phrase} {tongue.sentence()}" for phrase in stock)


def _alone(made: World, tongue: Tongue, texts: list[str]) -> list[str]:
    rng = tongue.rng
    found = [
        Report.make(
            tongue.dateline() + text,
            outlet=f"Gazette {rng.randint(1, 10**9)}",
            published=rng.choice((None, _time(rng.randint(1, 28), rng.randint(0, 600)))),
            title=tongue.title(),
        )
        for text in texts
    ]
    made.reports += found
    made.alone.update(r.id for r in found)
    return [r.id for r in found]
