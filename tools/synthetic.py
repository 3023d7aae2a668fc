"""Synthetic Arabic reports for the benchmark: seeded, about 2.5 KB of UTF-8 each, no two alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

SIZE = 2500
PLACES = (
    "حلب", "إدلب", "حمص", "حماة", "درعا", "الرقة", "دير الزور", "اللاذقية", "الموصل", "تكريت", "الرمادي",
    "الفلوجة", "بعقوبة", "صنعاء", "تعز", "عدن", "مأرب", "الحديدة", "صعدة", "غزة", "رفح", "خان يونس", "جنين",
    "نابلس", "الخرطوم", "أم درمان", "الفاشر", "نيالا", "بنغازي", "سرت", "درنة", "مصراتة", "طرابلس", "صيدا",
    "صور", "النبطية", "بعلبك",
)  # fmt: skip
QUARTERS = (
    "حي المشهد", "حي السكري", "حي التضامن", "حي الزهور", "حي الوحدة", "منطقة المستودعات",
    "ريف المدينة الجنوبي", "الضاحية الشرقية", "أطراف المطار", "محيط السوق القديم", "بلدة الزيتونة",
    "قرية العين", "المدخل الشمالي", "طريق الساحل",
)  # fmt: skip
GIVEN = (
    "أحمد", "محمود", "سامر", "ليلى", "نادر", "خالد", "هدى", "رامي", "يوسف", "منى", "طارق", "سعاد", "عمر",
    "بشير", "رنا", "حسام",
)  # fmt: skip
FAMILY = (
    "العلي", "الخطيب", "منصور", "الحسن", "درويش", "سليمان", "الأحمد", "شاهين", "النجار", "عبد الكريم",
    "الراوي", "بركات", "حداد",
)  # fmt: skip
BODIES = (
    "الدفاع المدني", "الهلال الأحمر", "وزارة الصحة", "المجلس المحلي",
    "مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية", "اللجنة الدولية للصليب الأحمر",
    "المرصد السوري لحقوق الإنسان", "وزارة الدفاع", "قيادة الشرطة", "منظمة الصحة العالمية",
)  # fmt: skip
OUTLETS = ("وكالة الساحل", "صحيفة الميدان", "شبكة النهر", "إذاعة المدينة", "موقع الأفق", "قناة الضفة")
DAYS = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
BOUNDS = ("أكثر من", "نحو", "ما لا يقل عن", "قرابة", "حوالي", "ما يزيد على", "")
WEAPONS = ("قذائف هاون", "صواريخ", "قذائف مدفعية", "رشاشات ثقيلة")
OPENINGS = (
    "أعلن {body} في {place} يوم {day} مقتل {bound} {n} مدنيين وإصابة {m} آخرين جراء غارة جوية استهدفت {quarter}.",
    "أفاد {body} بأن {bound} {big} شخص غادروا {quarter} في {place} منذ صباح {day}.",
    "توقفت يوم {day} عملية إجلاء الجرحى من {quarter} قرب {place} بعد إطلاق نار على القافلة، بحسب {body}.",
    "اندلعت اشتباكات عنيفة فجر {day} في {quarter} بمدينة {place} بين قوات الجيش ومسلحين.",
)
SENTENCES = (
    "وقال المتحدث باسم {body} {name} إن {bound} {m} جريحاً نُقلوا إلى مستشفيات {place}، بينهم {n} أطفال.",
    "وأضاف {name} أن القصف بـ{weapon} طال {quarter} وألحق أضراراً بعشرات المنازل.",
    "من جهته أكد {name}، وهو مسؤول محلي في {place}، أن عدد المحاصرين لا يتجاوز {big} مدني.",
    "ونفى مصدر عسكري أن تكون الطائرات قد استهدفت {quarter}، مشيراً إلى أن العملية جرت خارج {place}.",
    "وزعمت وسائل إعلام محلية أن {bound} {m} مقاتلاً انسحبوا من {quarter} ليل {day}.",
    "وذكر {body} أن {big} عائلة نازحة وصلت إلى {place} خلال الأيام الماضية وتحتاج إلى مأوى وغذاء.",
    "ودخلت قافلة مساعدات مؤلفة من {m} شاحنة إلى {quarter} يوم {day} للمرة الأولى منذ أشهر.",
    "وطالب {name} المجتمع الدولي بالضغط من أجل فتح ممر آمن للمدنيين في {place}.",
    "وأوضح {body} أن {n} من المشافي في {place} خرجت عن الخدمة بسبب نقص الوقود.",
    "واعتقلت قوات الأمن {m} شخصاً في {quarter} على خلفية الاحتجاجات التي شهدتها {place} مساء {day}.",
    "وأُفرج عن {n} محتجزين بموجب اتفاق لتبادل الأسرى بين الطرفين جرى التوصل إليه في {place}.",
    "وتوقع {name} أن تُستأنف المفاوضات بشأن وقف إطلاق النار في {quarter} خلال اليومين المقبلين.",
    "ولم ترد أنباء عن وقوع إصابات في {quarter}، فيما تحدث شهود عيان عن دوي انفجارات قرب {place}.",
    "وقُتل جندي وأصيب {n} آخرون بانفجار عبوة ناسفة على الطريق بين {place} و{quarter}، وفق {body}.",
    "وأشار بيان صادر عن {body} إلى أن حصيلة القتلى منذ بداية الشهر ارتفعت إلى {big} قتيل.",
    "ويعيش سكان {quarter} ظروفاً صعبة مع انقطاع الماء والكهرباء وارتفاع أسعار المواد الأساسية.",
    "وعقد وفد من {body} اجتماعاً مع وجهاء {place} لبحث سبل إيصال الأدوية إلى المرضى.",
    "وسيطرت القوات على {quarter} بعد معارك استمرت {n} أيام، بحسب ما قال القائد الميداني {name}.",
)  # fmt: skip


def reports(count: int, seed: int) -> Iterator[dict[str, str]]:
    """That many reports as rows of a .jsonl file; the same seed gives the same rows."""
    rng = random.Random(seed)
    for number in range(count):
        day = date(2016, 1, 1) + timedelta(days=rng.randrange(3000))
        yield {
            "id": f"s{number:06d}",
            "outlet": rng.choice(OUTLETS),
            "published": day.isoformat(),
            "title": f"تطورات {rng.choice(PLACES)} {number}",
            "text": _text(rng),
        }


def _text(rng: random.Random) -> str:
    lines = [f"{rng.choice(PLACES)} - {rng.choice(OUTLETS)}", _filled(rng, rng.choice(OPENINGS))]
    size = sum(len(line.encode()) for line in lines)
    while size < SIZE:
        lines.append(_filled(rng, rng.choice(SENTENCES)))
        size += len(lines[-1].encode()) + 1
    return "\n".join(lines)


def _filled(rng: random.Random, template: str) -> str:
    return " ".join(
        template.format(
            body=rng.choice(BODIES),
            place=rng.choice(PLACES),
            quarter=rng.choice(QUARTERS),
            name=f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}",
            day=rng.choice(DAYS),
            bound=rng.choice(BOUNDS),
            weapon=rng.choice(WEAPONS),
            n=rng.randint(3, 10),
            m=rng.randint(11, 99),
            big=rng.randint(100, 20000),
        ).split()
    )
