"""Encodings: right for four at sixty characters, flagged for the others, and nothing else than text passes."""

import random
import unicodedata
from functools import cache

import pytest

from tawatur.archive.encodings import check_encoding, damage, decode
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


@cache
def samples(size: int) -> tuple[str, ...]:
    chosen = random.Random(7)
    drawn = []
    for _ in range(200):
        text = " ".join(chosen.sample(SENTENCES, 4))
        start = chosen.randrange(len(text) - size)
        drawn.append(text[start : start + size])
    return tuple(drawn)


@pytest.mark.parametrize("size", [60, 90, 300])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso8859_6"]
)
def test_right_from_sixty_characters_on(encoding: str, size: int) -> None:
    for text in samples(size):
        found = decode(text.encode(encoding))
        assert found.text == text
        assert found.encoding.split("-")[0] == encoding.split("-")[0]


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


@pytest.mark.parametrize(
    ("written", "read_as"), [("utf-8", "latin-1"), ("utf-8", "cp1252"), ("cp1256", "cp1252"), ("utf-8", "cp1256")]
)
def test_text_that_was_decoded_wrongly_before_is_flagged(written: str, read_as: str) -> None:
    for text in samples(90):
        wrong = text.encode(written).decode(read_as, "ignore")
        assert damage(wrong)
        assert decode(wrong.encode()).doubt
    assert not any(damage(text) for text in samples(90))


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
