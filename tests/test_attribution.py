"""Who says what: scopes and chains of reporting expressions, on texts of our own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.claims.attribution import chain_of, find
from tawatur.claims.attribution_fired import canonical, fired
from tawatur.claims.tokens import tokenise
from tawatur.lang.bodies import KINDS, bodies
from tawatur.lang.pack import load
from tawatur.model import Span, Story

PACK = load()


def chain(text: str, words: str, outlet: str | None = None) -> str:
    """The chain of the first place where words stand in a text."""
    tokens = tokenise(text, PACK.lexicon)
    start = 0
    sentences = []
    for line in text.split("\n"):
        for part in line.split(". "):
            sentences.append(Span(start, start + len(part)))
            start += len(part) + 2
        start -= 1
    scopes = find(tokens, sentences, PACK, outlet=outlet)
    at = text.index(words)
    return canonical(chain_of(scopes, tokens.at(at), tokens.at(at + len(words) - 1) + 1))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("قال وزير الصحة سمير حداد إن ستة مدنيين قتلوا في البلدة", "ستة مدنيين قتلوا", "سمير حداد"),
        ("وأكد المتحدث باسم الشرطة نبيل عيسى أن الطريق مفتوح", "الطريق مفتوح", "نبيل عيسى/asserted"),
        ("قتل ستة مدنيين في غارة على السوق، وفق الهلال الأحمر", "قتل ستة مدنيين", "الهلال الأحمر"),
        ("انسحب الرتل من القرية، على ما ذكر شهود", "انسحب الرتل من القرية", "شهود"),
        ("نفت وزارة الدفاع أن تكون طائراتها قصفت المخيم", "تكون طائراتها قصفت المخيم", "وزارة الدفاع/denied"),
        ("رجّح دبلوماسي غربي أن يبدأ الهجوم الشهر المقبل", "يبدأ الهجوم", "دبلوماسي غربي/believed"),
        ("زعم قيادي في الجماعة أن البلدة خالية", "البلدة خالية", "قيادي في الجماعة/doubted"),
        ("▪ ناشطون: القصف مستمر على الحي", "القصف مستمر", "ناشطون"),
        ("غير أن مصدراً أمنياً ذكر أن المعبر مغلق", "المعبر مغلق", "مصدراً أمنياً"),
        ("«المياه مقطوعة منذ أسبوع»، تقول ليلى حسن", "المياه مقطوعة", "ليلى حسن"),
    ],
)
def test_the_forms_of_a_report(text: str, words: str, expected: str) -> None:
    assert chain(text, words) == expected


def test_a_relay_and_a_hearer_are_links_of_their_own() -> None:
    assert chain("نقلت رويترز عن ضابط قوله إن الجسر دمر", "الجسر دمر") == "رويترز < ضابط"
    assert chain("قال القائد سامر حداد لرويترز إن الجسر دمر", "الجسر دمر") == "رويترز < سامر حداد"
    assert chain("ونقلت رويترز بيان وزارة الصحة أن الجسر دمر", "الجسر دمر") == "رويترز < وزارة الصحة"
    assert chain("ونقل الموقع معلومات صادرة الشرطة أن الجسر دمر", "الجسر دمر") == "الموقع < الشرطة"
    assert chain("ونقلت رويترز أن الجسر دمر", "الجسر دمر") == "رويترز"


def test_the_publisher_is_no_link() -> None:
    text = "قال القائد سامر حداد لرويترز إن الجسر دمر"
    assert chain(text, "الجسر دمر", outlet="رويترز") == "سامر حداد"
    assert chain("وأفاد مراسلنا بأن الطريق مقطوع", "الطريق مقطوع") == ""


def test_a_verb_without_subject_goes_on_with_the_last_speaker() -> None:
    text = "قال الطبيب سامر حداد إن الجرحى كثر. وأضاف أن الدواء نفد"
    assert chain(text, "الدواء نفد") == "سامر حداد"


@pytest.mark.parametrize(("cut_off", "speaker"), [(True, "unknown"), (False, "")])
def test_no_speaker_goes_on_into_the_next_story(cut_off: bool, speaker: str) -> None:
    first, second = "قال الطبيب سامر حداد إن الجرحى كثر.", "حالة حرجة، مشيرة إلى أن الدواء نفد."
    text = f"{first}\n{second}"
    spans = [Span(0, len(first)), Span(len(first) + 1, len(text))]
    stories = [Story(spans[0], None, False), Story(spans[1], None, cut_off)]
    tokens = tokenise(text, PACK.lexicon)
    at = tokens.at(text.index("الدواء"))
    scopes = find(tokens, spans, PACK, outlet=None, stories=stories)
    assert [link.name for link in chain_of(scopes, at, at + 2)] == ([speaker] if speaker else [])
    scopes = find(tokens, spans, PACK, outlet=None, stories=[Story(Span(0, len(text)), None, False)])
    assert [link.name for link in chain_of(scopes, at, at + 2)] == ["سامر حداد"]


def test_a_second_mention_gets_the_full_name() -> None:
    text = "قال مدير المستشفى سامر الحلبي إن الجرحى كثر. وأوضح الحلبي أن الدواء نفد"
    assert chain(text, "الدواء نفد") == "سامر الحلبي"


def test_a_sentence_without_attribution_goes_back_to_the_publisher() -> None:
    assert chain("قال الطبيب سامر حداد إن الجرحى كثر. وعاد الهدوء إلى الحي", "وعاد الهدوء") == ""


def test_a_participle_has_its_own_stance() -> None:
    text = "قال الوزير سامر حداد إن المعبر مغلق، نافياً أن تكون قواته قصفت الحي"
    assert chain(text, "المعبر مغلق") == "سامر حداد"
    assert chain(text, "تكون قواته قصفت الحي") == "سامر حداد/denied"


def test_doubt_at_the_end_marks_the_speaker() -> None:
    assert chain("قال الضابط سامر حداد إن الهدنة صامدة، حسب زعمه", "الهدنة صامدة") == "سامر حداد/doubted"


def test_a_speech_act_keeps_its_verb_and_knows_its_type() -> None:
    text = "دعت الأمم المتحدة الطرفين إلى وقف القتال"
    tokens = tokenise(text, PACK.lexicon)
    (scope,) = find(tokens, [Span(0, len(text))], PACK, outlet=None)
    assert (scope.kind, scope.event_type, scope.first) == ("speech_act", "demand", 0)
    assert scope.chain[0].name == "الأمم المتحدة"
    assert scope.chain[0].body == "الأمم المتحدة"


def test_names_drop_proclitics() -> None:
    assert chain("استؤنف التوزيع، وفقاً للهلال الأحمر", "استؤنف التوزيع") == "الهلال الأحمر"


@pytest.mark.parametrize("text", ["سقطت قذيفة على الحي", "لم يقل الوزير إن المعبر مغلق", "نقلت الحافلات مئة جريح"])
def test_plain_reports_have_no_scopes(text: str) -> None:
    assert find(tokenise(text, PACK.lexicon), [Span(0, len(text))], PACK, outlet=None) == []


def test_every_example_of_the_pack_holds() -> None:
    failures = []
    for dimension, spec in PACK.specs.values():
        if dimension != "sources":
            continue
        for example in spec.examples:
            found = [value for name, value in fired(example.text, PACK) if name == spec.id]
            if not found or (example.gives is not None and example.gives not in found):
                failures.append((spec.id, example.text, found))
        failures += [(spec.id, t) for t in spec.counter if spec.id in dict(fired(t, PACK))]
    assert failures == []


def test_enough_words_and_bodies_are_known() -> None:
    known = bodies(PACK).all
    verbs = [v for d, s in PACK.specs.values() if d == "sources" for v in s.verbs]
    assert len(known) >= 1500
    english = [b.english.casefold() for b in known]
    assert all(english)
    assert len(english) == len(set(english))
    assert len(verbs) >= 100
    assert {b.kind for b in known} <= KINDS
    names = [n for b in known for n in b.names]
    assert len(names) == len(set(names))


_PIECES = [
    "قال",
    "أن",
    "إن",
    "وزير",
    "الصحة",
    "،",
    ":",
    "«",
    "»",
    '"',
    "وفق",
    "رويترز",
    "نفى",
    "\n",
    "مضيفاً",
    "لـ",
    "(",
    ")",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=25), st.sampled_from([None, "رويترز"]))
@settings(deadline=None, max_examples=200)
def test_any_order_of_words_gives_scopes_inside_the_text(pieces: list[str], outlet: str | None) -> None:
    text = " ".join(pieces)
    tokens = tokenise(text, PACK.lexicon)
    scopes = find(tokens, [Span(0, len(text))] if text else [], PACK, outlet=outlet)
    assert all(0 <= s.first < s.after <= len(tokens) for s in scopes)
    assert scopes == find(tokens, [Span(0, len(text))] if text else [], PACK, outlet=outlet)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("يُرجّح مهندسون أن ينهار السد", "ينهار السد", "مهندسون/believed"),
        ("وطالب الرئيس بإعادة فتح الميناء", "بإعادة فتح الميناء", "الرئيس"),
        ("قال الحارس إن الباب كان على الأرجح مفتوحا", "كان على الأرجح مفتوحا", "الحارس/believed"),
        ("أكد المدير أنه لا صحة لما يشاع عن نقص الدواء", "نقص الدواء", "المدير/denied"),
        ("أبلغ ضابط، طالبا عدم ذكر اسمه، رويترز بأن الرتل عاد", "الرتل عاد", "رويترز < ضابط"),
        ("أخبرت ممرضة رويترز بأن العنبر أخلي", "العنبر أخلي", "رويترز < ممرضة"),
        ("ينفي ناشطون ما تردد عن سقوط الجسر: السيارات تعبره", "سقوط الجسر", "ناشطون/denied"),
        ("ينفي ناشطون ما تردد عن سقوط الجسر: السيارات تعبره", "السيارات تعبره", "ناشطون"),
        ("وعرض الوسيط تبادل الجثامين", "تبادل الجثامين", "الوسيط"),
        ("عرض المتحف لوحات قديمة", "لوحات قديمة", ""),
        ("انتقد المدير الخطة، إذ يرى أن السد آمن", "السد آمن", "المدير/believed"),
        ("وتشير سجلاتنا إلى أن الجرحى تسعة", "الجرحى تسعة", ""),
        ("عدد الجرحى تسعة، قال المدير", "عدد الجرحى تسعة", "المدير"),
        ("أحصى ناشطون تسعة حرائق، كما أغلق حراس السوق بابه", "أغلق حراس السوق بابه", ""),
        ("أحصى ناشطون تسعة حرائق، كما أغلق حراس السوق بابه", "تسعة حرائق", "ناشطون"),
        ("سيفتح الجسر على الأغلب غدا، حسب تقدير مهندس", "سيفتح الجسر على الأغلب غدا", "مهندس/believed"),
        ("واتهمت الطبيبة كتائب الحي بإحراق المخزن", "واتهمت الطبيبة كتائب الحي", "الطبيبة"),
        ("فيروي ثلاثة من الصيادين أن الزورق غرق", "الزورق غرق", "ثلاثة من الصيادين"),
        ("شكا المدير في حديث إلى «رويترز» من أن القسم أغلق", "القسم أغلق", "رويترز < المدير"),
        ("وقال الرئيس سامر حداد المجتمع الدولي غائب", "غائب", "سامر حداد"),
    ],
)
def test_stance_and_speaker_of_rarer_forms(text: str, words: str, expected: str) -> None:
    assert chain(text, words) == expected


def test_a_condition_is_no_that_clause() -> None:
    text = "تعهد الوزير بفتح الطريق إن لم تسقط الثلوج"
    assert chain(text, "بفتح الطريق") == "الوزير"


def test_a_list_behind_a_colon_is_said_by_who_opened_it() -> None:
    text = "وأوضح المدير سمير جابر ما يلي:\n1- نفد الوقود.\n2- أغلق القسم."
    assert chain(text, "نفد الوقود") == chain(text, "أغلق القسم") == "سمير جابر"
