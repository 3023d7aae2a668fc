"""Encodings: right for four at sixty characters, flagged for the others, and nothing else than text passes."""

import os
import random
import unicodedata
from functools import cache

import pytest

from tawatur.archive.encodings import check_encoding, decode, decode_as_said
from tawatur.archive.garbled import damage
from tawatur.errors import EncodingError

SENTENCES = (
    "أعلن المجلس المحلي في البلدة أن أكثر من ثلاثمئة عائلة نزحت خلال اليومين الماضيين نحو القرى الغربية",
    "قال ناطق باسم الهلال الأحمر إن 48 جريحا وصلوا إلى المشفى الميداني، بينهم تسعة أطفال وامرأتان، ووصف حالتهم بالحرجة",
    "نفت قيادة اللواء ما تناقلته صفحات محلية عن انسحاب مقاتليها من التلة المطلة على الطريق الدولي",
    "ووصلت مساء الأحد قافلة مساعدات تضم 22 شاحنة محملة بالطحين والأدوية إلى مدخل المدينة، غير أنها لم تدخل حتى الآن",
    "وأفاد شهود عيان بأن الطيران المروحي ألقى خمسة براميل على السوق القديمة عند الظهيرة؛ وقد احترقت محال كثيرة",
    "دعت المنظمة الدولية جميع الأطراف إلى هدنة تمتد أسبوعا كاملا كي يتسنى إجلاء المرضى وكبار السن من الأحياء المحاصرة",
    "تأجلت جولة المفاوضات التي كان مقررا أن تبدأ الثلاثاء في العاصمة، من غير أن يحدد الوسطاء موعدا جديدا لها",
    "وكان وزير الصحة قد تحدث عن خروج ثلاثة مستشفيات من الخدمة، وعن نقص شديد في أكياس الدم ومواد التخدير",
)

MIXED = (
    *SENTENCES,
    "مقتل 14 شخصاً وإصابة 32 آخرين، بينهم 9 أطفال، في قصف استهدف سوقاً شعبياً عند الساعة 10:30 صباحاً",
    "أعلنت منظمة أطباء بلا حدود (MSF) أن مستشفى «الشفاء» استقبل 1,250 جريحاً منذ 13/12/2016",
    "جمعية «Médecins du Monde» الفرنسية: العيادة في Béja أُغلقت، والقافلة عادت إلى Sfax عبر الطريق رقم 5",
    "وتفقّد رئيس البعثة François Lefèvre المخيّم، وقال إنّ 3 آلاف عائلة لم تتلقّ شيئاً؛ لا ماء ولا كهرباء",
    "هل وصلت الحافلات؟ لا، لم تصل إلّا 4 من أصل 20، كما قال مدير الإغاثة عبدالرحمن آل ياسين لإذاعة محلية",
    "سجّلت وزارة الصحة ١٢٠ إصابة جديدة و٤ وفيات، ليرتفع الإجمالي إلى ٢٣٤٥ حالة، أي نحو ٨٥٪ من السكّان",
)
LATIN = (
    "According to the agency, 14 people left", "L’hôpital a reçu 32 blessés, à côté de Béja", "https://www.example.org/news/2016/12/13?id=42",
    "(UNHCR, WFP & UNICEF, 2016)", "Tel. +963 11 555-0100; fax -0101", "e-mail: desk@example.org",
)  # fmt: skip
COUNT = max(200, int(os.environ.get("TAWATUR_SOAK", "0")) // 4)


def cut(text: str, size: int, chosen: random.Random) -> str:
    start = chosen.randrange(max(1, len(text) - size))
    return text[start : start + size]


@cache
def samples(size: int) -> tuple[str, ...]:
    chosen = random.Random(7)
    return tuple(cut(" ".join(chosen.sample(SENTENCES, 4)), size, chosen) for _ in range(200))


@cache
def mixed(size: int) -> tuple[str, ...]:
    """Stretches of Arabic with Latin words, accents, addresses, figures of both kinds, lines and cells among it."""
    chosen = random.Random(size)
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    drawn = []
    for n in range(COUNT):
        parts = [chosen.choice(LATIN) if chosen.random() < 0.3 else chosen.choice(MIXED) for _ in range(6)]
        text = cut(chosen.choice((" ", "\n", "\r\n", " | ", "\t")).join(parts), size, chosen)
        drawn.append(text.translate(digits) if n % 2 else text)
    return tuple(drawn)


def arabic(text: str) -> int:
    return sum("ء" <= char <= "ي" for char in text)


@pytest.mark.parametrize("size", [60, 90, 300])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6"]
)
def test_right_from_sixty_characters_on(encoding: str, size: int) -> None:
    for text in samples(size):
        found = decode(text.encode(encoding))
        assert found.text == text
        assert found.encoding.split("-")[0] == encoding.split("-")[0]


@pytest.mark.parametrize("size", [60, 90, 150, 300])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6"])
def test_right_among_latin_words_figures_and_accents(encoding: str, size: int) -> None:
    for text in mixed(size):
        held = text.encode(encoding, "ignore").decode(encoding)  # without what the encoding cannot hold
        if len(held) >= 60 and arabic(held) >= 12:
            assert decode(held.encode(encoding)).text == held


@pytest.mark.parametrize("encoding", ["mac_arabic", "cp720"])
@pytest.mark.parametrize("size", [60, 300])
def test_no_figure_is_silently_wrong(encoding: str, size: int) -> None:
    for text in mixed(size):
        data = text.encode(encoding, "ignore")
        found = decode(data)
        assert found.doubt or found.text == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6"])
def test_long_texts_are_sure(encoding: str) -> None:
    assert all(decode(text.encode(encoding)).doubt == "" for text in samples(300))


def test_few_letters_are_a_guess() -> None:
    assert "guessed" in decode("حلب الآن".encode("cp1256")).doubt


def test_mac_arabic_is_flagged() -> None:
    for text in samples(300):
        marked = text.replace(" ", "\u00a0", 3) + " «٤٥»"
        data = marked.encode("mac_arabic", "ignore")
        assert decode(data).doubt or decode(data).text == data.decode("mac_arabic")


def shaped(text: str) -> bytes:
    forms = {}
    for byte in range(128, 256):
        char = bytes([byte]).decode("cp864", "ignore")
        forms.setdefault(unicodedata.normalize("NFKC", char), bytes([byte]))
    return b"".join(forms.get(char, b"") if char > "\x7f" else char.encode() for char in text)


def test_cp864_is_flagged() -> None:
    assert all(decode(shaped(text)).doubt for text in samples(300))


READ_WRONGLY = (
    *(
        ("utf-8", name)
        for name in ("latin-1", "cp1252", "cp1256", "mac_roman", "cp437", "cp850", "cp720", "cp1251", "koi8_r")
    ),
    *(("cp1256", name) for name in ("cp1252", "latin-1", "iso8859_6", "cp1251", "cp437")),
    *(("iso8859_6", name) for name in ("cp1252", "cp1256", "latin-1")),
)


def wrongly(text: str, written: str, read_as: str) -> str:
    return text.encode(written, "ignore").decode(read_as, "ignore")


@pytest.mark.parametrize(("written", "read_as"), READ_WRONGLY)
def test_text_that_was_decoded_wrongly_before_is_flagged(written: str, read_as: str) -> None:
    for text in (*samples(90), *mixed(300)):
        wrong = wrongly(text, written, read_as)
        if arabic(text) >= 60:
            assert damage(wrong), wrong
            assert decode(wrong.encode()).doubt


@pytest.mark.parametrize("read_as", ["latin-1", "cp1252", "cp1256"])
@pytest.mark.parametrize("times", [2, 3])
def test_text_that_was_decoded_wrongly_several_times_is_flagged(read_as: str, times: int) -> None:
    for text in mixed(150):
        wrong = text
        for _ in range(times):
            wrong = wrongly(wrong, "utf-8", read_as)
        if arabic(text) >= 12:
            assert damage(wrong), wrong


def test_a_part_that_was_decoded_wrongly_is_enough() -> None:
    for text in samples(90):
        assert damage(text[:45] + wrongly(text[45:], "utf-8", "cp1252"))


def test_letters_that_became_question_marks_are_flagged() -> None:
    assert all(damage(text.encode("cp1252", "replace").decode("cp1252")) for text in samples(90))


@pytest.mark.parametrize(
    "text",
    [
        "L’armée a déclaré que les réfugiés étaient arrivés; où sont-ils passés? Ça dépend, répète François à Béja.",
        "Türkiye'nin güneydoğusunda çıkan çatışmalarda üç asker öldü; ÇALIŞMA BÖLGESİ, İÇİŞLERİ AÇIKLAMASI",
        "В результате обстрела погибли 14 человек, ещё 32 ранены. Щит и шхуна, объезд, мышь, съезд.",
        "به گفته پلیس ۱۴ نفر در این حمله کشته و ۳۲ نفر زخمی شدند؛ چهار نفر گم شده‌اند.",
        "Τουλάχιστον 14 νεκροί και 32 τραυματίες στην αγορά της πόλης",
        "Ødegård på Østlandet: Øyvind og Åsne Østby så Ørsta.",
        "قال: ماذا؟؟ ماذا??? لا أحد يعلم؟؟ أين هم??",
        "جاء زيدٌ إلى كتابٍ قديمٍ فيه أخبارٌ كثيرةٌ عن حربٍ طويلةٍ وسلامٍ قصيرٍ",
        "ظهر الظابط في طريق الطائف وظل ينتظر؛ ظن أن الظلام حل على الطرق والطوابق، وطلب الطبيب طعاماً",
        "🔴 عاجل‼️ ▪️ قصف ▪️ نزوح ╔═══╗ مقتل 14 ╚═══╝ ─────── ┃",
        "袭击造成14人死亡，32人受伤。 Hà Nội: Bộ trưởng Bộ Ngoại giao đã gặp đại sứ",
    ],
)
def test_good_text_of_any_language_is_no_suspect(text: str) -> None:
    assert damage(text) == ""


def test_good_arabic_is_no_suspect() -> None:
    assert not any(damage(text) for text in (*samples(90), *mixed(60), *mixed(300)))


def test_lost_characters_are_counted() -> None:
    assert "2 characters" in damage("مقتل \ufffd\ufffd شخصا")


def test_western_text_is_a_guess_and_not_arabic() -> None:
    text = "L’armée a déclaré que les réfugiés étaient arrivés à l’hôpital de la ville"
    found = decode(text.encode("cp1252"))
    assert found.text == text
    assert found.doubt


def test_the_users_word_decides() -> None:
    text = samples(90)[0]
    assert decode(text.encode("mac_arabic"), "mac_arabic").text == text
    assert decode(text.encode("utf-8-sig"), "utf8").text == text
    with pytest.raises(EncodingError, match="byte 0"):
        decode(text.encode("cp1256"), "ascii")


@pytest.mark.parametrize("name", ["", "klingon", "base64", "rot13", "utf-8\0", "حلب"])
def test_unknown_encodings(name: str) -> None:
    with pytest.raises(EncodingError, match="unknown encoding"):
        check_encoding(name)


@pytest.mark.parametrize(
    ("said", "written", "words"),
    [
        ("gb2312", "gb18030", "朱镕基访问了安理会"),
        ("GBK", "gb18030", "㐀字与一般的汉字"),
        ("Shift_JIS", "cp932", "髙橋さんは①と書いた"),
        ("euc-kr", "cp949", "똠방각하 펲시콜라"),
        ("iso-8859-1", "cp1252", "The mayor said: “twelve – no more”"),
        ("iso-8859-9", "cp1254", "İstanbul’da “altı yaralı”"),
        ("tis-620", "cp874", "“สวัสดี”"),
    ],
)
def test_what_is_written_in_a_wider_encoding_than_it_says(said: str, written: str, words: str) -> None:
    data = words.encode(written)
    found = decode_as_said(data, said)
    assert found is not None
    assert (found.text, found.encoding, found.doubt) == (words, written, "")
