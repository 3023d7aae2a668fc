"""Names of places in Latin or Persian letters to the Arabic form that the press usually gives them.

Four ways of writing are known: the romanisation of Arabic by BGN/PCGN (``Al Ḩamīdīyah``), which nearly keeps the Arabic
letters; Persian; Turkish; and the French-like spelling of the Maghreb and the Sahel, which leaves h, t, s, d and most
vowels open and is therefore a guess. What is written and how each rule reads is tested in ``tests/test_gazetteer.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping


def _pairs(text: str) -> dict[str, str]:
    """A table written as Latin and Arabic in turn; an underscore in the Arabic is a space."""
    cells = text.split()
    return {latin: arabic.replace("_", " ") for latin, arabic in zip(cells[::2], cells[1::2], strict=True)}


_ARTICLES = frozenset(
    (
        "ad",
        "adh",
        "al",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "ath",
        "az",
        "aş",
        "aţ",
        "aḑ",
        "aẓ",
        "ech",
        "ed",
        "el",
        "en",
        "er",
        "es",
        "et",
        "ez",
    )
)
_BGN = _pairs(
    """
    kh خ  gh غ  sh ش  th ث  dh ذ  ḩ ح  ḥ ح  ţ ط  ṭ ط  ş ص  ṣ ص  ḑ ض  ḍ ض  z̧ ظ  ẓ ظ  b ب  t ت  j ج  d د
    r ر  z ز  s س  f ف  q ق  k ك  l ل  m م  n ن  h ه  w و  y ي  g ق  p ب  v ف  ‘ ع  ʿ ع  ` ع  ' ع  ā ا
    â ا  ī ي  î ي  ū و  û و  á ى  ē ي  ō و
    """
)
_TURKISH = _pairs(
    """
    b ب  c ج  ç تش  d د  f ف  g غ  ğ غ  h ه  j ج  l ل  m م  n ن  p ب  r ر  s س  ş ش  t ت  v ف  y ي  z ز
    w و  x كس  q ق  a ا  â ا  ı ي  i ي  î ي  o و  ö و  u و  ü و  û و
    """
)
_FRENCH = _pairs(
    """
    tch تش  kh خ  gh غ  ch ش  sh ش  dh ذ  th ث  dj ج  ou و  ph ف  qu ك  b ب  c ك  d د  f ف  g ق  h ه
    j ج  k ك  l ل  m م  n ن  p ب  q ق  r ر  s س  t ت  v ف  w و  x كس  y ي  z ز  a ا  i ي  o و  u و  é ي
    """
)
#: Whole words of names in the Maghreb, in the Arabic that they stand for.
_MAGHREB = _pairs(
    """
    sidi سيدي  beni بني  bni بني  ain عين  oued وادي  wad واد  ouled أولاد  oulad أولاد  ouad وادي
    bou بو  ait آيت  ksar قصر  ksour قصور  souk سوق  bordj برج  borj برج  hammam حمام  menzel منزل
    dar دار  douar دوار  bir بئر  bab باب  khemis خميس  had حد  tnine اثنين  tnin اثنين  tleta ثلاثاء
    arbaa أربعاء  arba أربعاء  djemaa جمعة  jemaa جمعة  jamaa جمعة  sebt سبت  mohamed محمد
    mohammed محمد  ali علي  ahmed أحمد  abdallah عبد_الله  moulay مولاي  tizi تيزي  kalaa قلعة
    kelaa قلعة  kalaat قلعة  ras رأس  zaouia زاوية  zaouiat زاوية  hassi حاسي  lalla لالة  ben بن
    djebel جبل  jbel جبل  jebel جبل  chott شط  sakiet ساقية  mechra مشرع  om أم  oum أم  umm أم
    abou أبو  abu أبو  fedj فج  draa ذراع  medina مدينة  zemmour زمور  amar عمار  amor عمر  aissa عيسى
    moussa موسى  said سعيد  kebir كبير  sghir صغير  youssef يوسف  brahim إبراهيم  yahia يحيى
    slimane سليمان  haj حاج  hadj حاج  hajj حاج  cheikh شيخ  chikh شيخ  khalifa خليفة  salah صالح
    """
)
_PERSIAN = str.maketrans({"پ": "ب", "چ": "تش", "گ": "غ", "ژ": "ج", "ک": "ك", "ی": "ي", "ۀ": "ة", "\u200c": " "})
_HAMZA = "’ʼʾ"
_SUFFIXES = {"kale": "قلعة", "şehir": "شهر", "hisar": "حصار"}  # of Turkish names
_FRONT, _BACK = "eiöü", "aıou"
_WORDS = re.compile(r"[\s\-–]+")


def persian(name: str) -> str:
    """A name in Persian letters in Arabic ones: گ becomes غ and چ becomes تش, as the Arabic press writes them."""
    return " ".join(name.translate(_PERSIAN).split())


def romanised(name: str) -> str:
    """A name by BGN/PCGN in Arabic letters; without its marks long vowels stay open, so prefer the marked form."""
    return _joined(_lower(name), _bgn_word)


def turkish(name: str) -> str:
    """A Turkish name in Arabic letters: k and a vowel's place tell ق from ك; e is written only at the ends."""
    plain = _lower(name.replace("I", "ı").replace("İ", "i"))
    return " ".join(_turkish_word(word) for word in _WORDS.split(plain) if word)


def french(name: str) -> str:
    """A name of the Maghreb or the Sahel in Arabic letters: known words by a table, others letter by letter."""
    kept = re.sub("['’‘]", "", _lower(name)).replace("é", "\0")
    plain = "".join(c for c in unicodedata.normalize("NFD", kept) if not _mark(c))
    return _joined(plain.replace("\0", "é"), _french_word)


def marked(name: str) -> bool:
    """Whether a romanised name carries the marks that tell its Arabic letters."""
    return any(c in "āīūḩţşḑ‘ḥṭṣḍẓ" for c in _lower(name))


def _lower(name: str) -> str:
    return unicodedata.normalize("NFC", name.lower()).replace("z̧", "ẓ").replace("i\u0307", "i")


def _mark(char: str) -> bool:
    return unicodedata.combining(char) > 0


def _joined(name: str, spell: Callable[[str, bool], str]) -> str:
    words = [word for word in _WORDS.split(name) if word]
    out, article = [], ""
    for at, word in enumerate(words):
        if word in _ARTICLES and at < len(words) - 1:
            article = "ال"
        else:
            out.append(article + spell(word, at == len(words) - 1))
            article = ""
    return " ".join(out)


def _letters(word: str, table: Mapping[str, str]) -> str:
    """Letter by letter, the longest entries of the table first, doubled consonants once."""
    out, at = [], 0
    while at < len(word):
        part = next((word[at : at + n] for n in (3, 2, 1) if word[at : at + n] in table), word[at])
        doubled = at and word[at : at + len(part)] == word[max(0, at - len(part)) : at] and part not in "aeiou"
        if not doubled:
            out.append(table.get(part, ""))
        at += len(part)
    return "".join(out)


def _bgn_word(word: str, last: bool) -> str:
    opens = "أ" if word[0] in "aou" else "إ" if word[0] in "ie" else ""
    end = re.search("(?<=[^aāīūou])(?:ah?)$", word) or (None if last else re.search("(?<=[^aāīūou])at$", word))
    body = (word[: end.start()] if end else word).replace("īy", "ī").replace("ūw", "ū")
    return opens + _hamzas(body) + ("ة" if end else "")


def _hamzas(word: str) -> str:
    """The letters of a word with its hamzas: on alif after a, on ya after i, alone at the end."""
    out, start = [], 0
    for at, char in enumerate(word):
        if char in _HAMZA:
            before, last = word[at - 1 : at], at == len(word) - 1
            seat = "ء" if last else "أ" if before == "a" else "ؤ" if before in "uū" and before else "ئ"
            out += [_letters(word[start:at], _BGN), seat if at else ""]
            start = at + 1
    return "".join((*out, _letters(word[start:], _BGN)))


def _turkish_word(word: str) -> str:
    for latin, arabic in _SUFFIXES.items():
        if word.endswith(latin) and len(word) > len(latin):
            return _turkish_word(word.removesuffix(latin)) + arabic
    opens = "أو" if word[0] in "oöuü" else "أ" if word[0] == "a" else "إ" if word[0] in "iıe" else ""
    return opens + "".join(_turkish_letter(word, at) for at in range(1 if opens else 0, len(word)))


def _turkish_letter(word: str, at: int) -> str:
    char, around = word[at], word[max(0, at - 1) : at] + word[at + 1 : at + 2]
    if char == "k":
        return "ك" if any(c in _FRONT for c in around) or not any(c in _BACK for c in around) else "ق"
    if char == "e":
        return "ه" if at == len(word) - 1 else ""
    return "" if at and char == word[at - 1] else _TURKISH.get(char, "")


def _french_word(word: str, _last: bool) -> str:
    known = _MAGHREB.get(word.replace("é", "e"))
    if known:
        return known
    ends = "ة" if word.endswith("a") and len(word) > 3 else ""
    body = word.removesuffix("a") if ends else word
    opens = "أو" if body.startswith("ou") else "أ" if body[0] in "aou" else "إ" if body[0] in "ieé" else ""
    rest = body[2:] if body.startswith("ou") else body[1:] if body[0] in "ae" else body
    return opens + _letters(rest, _FRENCH) + ends
