"""Reports made up from small pieces, with copies of known kinds among them. The same seed makes the same reports."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tawatur.model import Report


def pool(*lines: str) -> list[str]:
    return " ".join(lines).split()


HEADS = pool(
    "قوة دورية قافلة لجنة فرقة كتيبة جمعية نقابة عشيرة بلدية شركة بعثة رابطة مجموعة سرية حامية هيئة ورشة مفرزة",
    "جماعة إدارة عائلة زمرة خلية نخبة حملة شرطة مديرية جالية طليعة",
)
KINDS = pool(
    "محلية أممية مسلحة طبية زراعية ريفية جبلية ساحلية حدودية تطوعية شبابية نسائية تجارية هندسية إغاثية عسكرية",
    "مدنية بيطرية صحراوية نهرية ليلية سيارة صغيرة متنقلة منشقة موالية معارضة مستقلة أجنبية قديمة",
)
VERBS = pool(
    "أغلقت تسلمت فتشت أخلت رممت قصفت حاصرت عبرت وزعت أحرقت فككت استعادت راقبت غادرت زارت نهبت حفرت شيعت هاجمت",
    "سلمت اقتحمت حررت فقدت دمرت بنت باعت خزنت صادرت فجرت حرست دخلت طوقت جهزت سحبت نقلت استهدفت",
)
THINGS = pool(
    "مخزن طريق مدرسة جسر محطة مستودع مقر عيادة برج ساحة مطحنة مزرعة معبر مركز حاجز نفق ملعب مسجد كنيسة مصنع",
    "فرن بئر صومعة سد مرفأ مشفى مكتبة ثكنة ميناء معمل سوق حديقة",
)
OWNERS = pool(
    "الطحين المطار القرميد النهر المياه الوقود الفلاحين الأطفال الاتصالات البلدة الحبوب الزيتون القصب الخبز",
    "الحجارة الغزل السمك الملح الرخام الكهرباء القطن الغاز الأدوية الخيول الصوف التبغ الإسمنت الورق الزجاج",
    "الفحم",
)
NEAR = pool(
    "قرب شرقي داخل عند في خارج جنوب خلف بمحاذاة غربي وسط بين أسفل فوق شمالي تحت قبالة حول",
)
TOWNS = pool(
    "الرمان السدر النخيل الصخرة الورد الخزامى الدفلى النعناع البلوط السنديان العطارين اللوز الشيح الغرباء",
    "الزعتر العنبر الحور الصفصاف التوت الغار الريحان الياسمين الكرمة المشمش العوسج الطرفاء",
)
SITES = pool(
    "تل وادي حي مفرق بلدة سور قرية كفر سد خربة سوق مزرعة جبل مقبرة عين دير رأس بيت",
)
TIMES = pool(
    "فجرا صباحا ظهرا عصرا مساء ليلا أمس مؤخرا سرا علنا تباعا تدريجيا مرارا فجأة عنوة مجانا جزئيا عمدا خلسة",
    "سلميا متأخرة مبكرة مجددا وحدها",
)
DAYS = pool(
    "السبت الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة",
)
COUNTED = pool(
    "جريح عائلة قتيل ساعة بندقية ليرة نازح منزل شاحنة أسير حافلة خيمة طن لغم قذيفة كيلومتر راكب طالب عامل سرير",
)
JOINS = pool(
    "فيما بينما ثم كما بعدما وقد حيث إذ لكن غير",
)
STOCK = (
    "بحسب ما أفادت به وكالات الأنباء العالمية",
    "صلى الله عليه وسلم",
    "المرصد السوري لحقوق الإنسان ومقره بريطانيا",
    "في تصريحات خاصة أدلى بها للصحفيين اليوم",
    "الأمين العام للأمم المتحدة أنطونيو غوتيريش",
)


@dataclass
class World:
    """Reports, and by kind the pairs of report ids that share wording, the earlier one first."""

    reports: list[Report] = field(default_factory=list)
    pairs: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    quoting: list[frozenset[str]] = field(default_factory=list)  # independent reports with one quotation
    decoys: int = 0


def sentence(rng: random.Random) -> str:
    pick = rng.choice
    clause = f"{pick(VERBS)} {pick(HEADS)} {pick(KINDS)} {pick(THINGS)} {pick(OWNERS)}"
    where = f"{pick(NEAR)} {pick(SITES)} {pick(TOWNS)} {pick(TIMES)}"
    after = f"{pick(JOINS)} {pick(VERBS)} {pick(HEADS)} {pick(KINDS)} {rng.randint(3, 990)} {pick(COUNTED)}"
    pieces = [clause, where, after, f"يوم {pick(DAYS)}"]
    rng.shuffle(pieces)
    return " ".join(pieces) + "."


def story(rng: random.Random, words: int = 200) -> str:
    lines: list[str] = []
    while sum(len(line.split()) for line in lines) < words:
        lines.append(" ".join(sentence(rng) for _ in range(rng.randint(1, 3))))
    return "\n".join(lines)


def edited(rng: random.Random, text: str, share: float) -> str:
    """A share of the words changed, dropped or put in, and the letters made lax as some writers have them."""
    out: list[str] = []
    for word in text.split(" "):
        dice = rng.random()
        if dice < share * 0.7:
            out.append(rng.choice(rng.choice((HEADS, THINGS, SITES, TIMES))))
        elif dice < share * 0.85:
            out += [word, rng.choice(TIMES)]
        elif dice >= share:
            out.append(word)
    return " ".join(out).replace("أ", "ا").replace("إ", "ا").replace("في ", "فى ")


def passage(rng: random.Random, words: int) -> str:
    return " ".join(" ".join(sentence(rng) for _ in range(9)).split()[:words]) + "."


def report(rng: random.Random, text: str, day: int, outlet: str = "") -> Report:
    name = outlet or f"صحيفة {rng.randint(1, 10**9)}"
    return Report.make(text, outlet=name, published=f"2017-03-{day:02d}" if day else None, title="")


def world(seed: int, each: int = 60, *, dated: bool = True) -> World:
    """``each`` copies of every kind, and as many decoys of every kind.

    Undated, most copiers name the outlet or the agencies that they have it from; the others leave no such line.
    """
    rng = random.Random(seed)
    made = World()
    for share in (0.1, 0.2, 0.3):
        for _ in range(each):
            text = story(rng)
            copy = f"{sentence(rng)}\n{edited(rng, text, share)}\n{story(rng, 40)}"
            _pair(made, rng, f"whole, {share:.0%} edited", text, copy, dated=dated)
    for _ in range(each):
        text = story(rng)
        _pair(made, rng, "before and after it", text, f"{story(rng, 60)}\n{text}\n{story(rng, 60)}", dated=dated)
    for words, share in ((55, 0.0), (55, 0.1), (28, 0.0)):
        for _ in range(each):
            shared = passage(rng, words)
            pair = [f"{story(rng, 90)}\n{text}\n{story(rng, 90)}" for text in (shared, edited(rng, shared, share))]
            _pair(made, rng, f"{words} words, {share:.0%} edited", *pair, dated=dated)
    for _ in range(each):
        quote = " ".join(sentence(rng) for _ in range(2)).replace(".", "،")
        texts = [f"{story(rng, 100)}\n{sentence(rng)} وقال: «{quote}» {story(rng, 80)}" for _ in range(2)]
        made.quoting.append(frozenset(_decoys(made, rng, texts)))
        phrases = [f"{sentence(rng)} {s} {sentence(rng)}" for s in STOCK]
        _decoys(made, rng, [story(rng, 60) + "\n" + " ".join(phrases[:3]), story(rng, 60)])
        _decoys(made, rng, [" ".join(f"{sentence(rng)} {s} {sentence(rng)}" for s in STOCK) for _ in range(2)])
    rng.shuffle(made.reports)
    return made


def _pair(made: World, rng: random.Random, kind: str, first: str, second: str, *, dated: bool) -> None:
    source = report(rng, first, 3 if dated else 0)
    if not dated:
        credit = rng.choice((f"نقلا عن {source.outlet}", f"المصدر: {source.outlet}", "وكالات", ""))
        second = f"{second}\n{credit}"
    both = source, report(rng, second, 5 if dated else 0)
    made.reports += both
    made.pairs.setdefault(kind, []).append((both[0].id, both[1].id))


def _decoys(made: World, rng: random.Random, texts: list[str]) -> list[str]:
    found = [report(rng, text, rng.randint(1, 28)) for text in texts]
    made.reports += found
    made.decoys += len(texts)
    return [r.id for r in found]
