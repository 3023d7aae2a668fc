"""What one word shows of sources and their verbs: classes and senses in, every answer that needs no other word out."""

from __future__ import annotations

import re

from tawatur.claims.sources_name import words_of
from tawatur.lang.bodies import Start
from tawatur.lang.lexicon import Sense, Word

HEADS = frozenset({"unnamed", "title", "rank", "org", "given", "outlet", "state", "doc"})
STOPS = frozenset({
    "that", "relative", "not", "qad", "as", "per", "perself", "contrast", "leave", "saying", "when", "adjunct",
    "from", "was", "topic",
})  # fmt: skip
OPEN, CLOSE = "«“\"'(", "»”\"')"
KEPT_PREPOSITIONS = frozenset({"في", "فى", "فی", "من", "باسم", "بلسان"})
OTHER_PREPOSITIONS = frozenset({
    "في", "الي", "علي", "حول", "ضد", "بين", "مع", "من", "نحو", "لدي", "وسط", "حتي", "بسبب", "جراء", "اذا", "كي",
    "حيث", "فيها", "فيه", "فيهم", "لها", "له", "لهم", "منهم", "منها", "عنها", "عنه",
})  # fmt: skip
CREDITS = frozenset({"(", "المصدر"})
ENDS = frozenset({".", "!", "؟", "?", "…", "؛", ";"})
_GROUPS = frozenset({"org", "title", "unnamed", "rank", "given", "state"})
_FORCES = frozenset({"who_army", "who_aid", "attack_gunmen", "mobil_forces", "air_craft"})
_HURT = ("killed", "injured")
_MASDAR = re.compile(r"است.{2,3}ا?.ه?|ا[^ل]?..ا.|ان..ا.|ا.ا.ه|ت..ي.|ت[^ا]..ه|ا.ت.ا.|ت.ا[^يو].")
#: A verbal noun without an article, perhaps after a preposition: إطلاق، بإحالة، تدمير.
_DEED = re.compile(f"[بل]?(?:{_MASDAR.pattern})")
#: Classes at which a reporting expression may begin.
OPENERS = frozenset({"say", "act", "participle", "per", "perself", "as", "came", "telling", "hedge", "untrue"})
_NONE: frozenset[str] = frozenset()
_DOCUMENTS = frozenset({"doc", "latest", "issued"})
_IN = ("في", "فى", "من")
_CLITICS = ("ولل", "فلل", "لل", "وبال", "بال", "وال", "فال")  # all of which hide an article
_CUT = frozenset({"و", "ف", "ب", "ل", "ول", "وب"})
_SHUT = frozenset({"participle", "anonymous"})
_SIMPLE = frozenset({"quality", "rank", "given", "same"})  # second nouns with the article that may follow a first
_HEARD = frozenset({"ours", "press", "outlet"})
_TO = frozenset({"ل", "الي", "مع", "ول"})
_PRONOUNS = frozenset({
    "به", "بها", "عنه", "عنها", "اليه", "اليها", "منه", "منها", "له", "لها", "لهم", "عليه", "عليها",
    "عليهم", "لنا", "فيه", "فيها", "ايضا",
})  # fmt: skip
_BOUNDS = frozenset({"relative", "contrast", "topic", "leave", "was", "that"})
_OFFICES = ("title", "unnamed", "org")
_MASCULINE = (
    "مجلس", "جيش", "مكتب", "مركز", "حزب", "تحالف", "وفد", "فريق", "برلمان", "جهاز", "نادي", "لواء", "تنظيم", "فيلق",
    "مرصد", "صندوق", "برنامج", "اتحاد", "ايتلاف", "مصرف", "مستشفي", "مشفي",
)  # fmt: skip

#: Which verbs a noun can be the subject of: any, or those of its gender; PLURAL_FEMININE knows no exception.
ANY, MASCULINE, FEMININE, PLURAL_FEMININE = range(4)

#: What a group of people may begin with: a known kind of body, one of the population, a name in the table of bodies.
KNOWN, PERSON, NAMED = 1, 2, 4
#: What stands behind the word: something governed by it, one who did it, what it counts.
GOVERNED, DOER, COUNTED = 1, 2, 4
#: What the character of a word in the column of sources says of it.
OPENER, CREDIT, COLON, FEAR, HEARS, LEAVE, TOPIC, CONTRAST, GROUP = (1 << n for n in range(9))
_FIRST = 0xE000  # the private use area
_LEADS = {
    **dict.fromkeys(("على", "الي", "علي", "من", "في", "عن", "مع", "ضد", "بين", "نحو", "حتي", "منذ"), GOVERNED),
    **dict.fromkeys(("يد", "ايدي", "قبل", "بقياده", "برييسه", "يدي", "بنيران", "بغارات", "برصاص", "بقصف"), DOER),
}
_MARKS = {":": COLON, **dict.fromkeys(CREDITS, CREDIT)}
_CLASSES = {"fear": FEAR, "leave": LEAVE, "topic": TOPIC, "contrast": CONTRAST}


def having(bits: int) -> re.Pattern[str]:
    """The pattern of one character that says any of these things."""
    return re.compile("[" + "".join(chr(_FIRST + n) for n in range(512) if n & bits) + "]")


class Role:
    """The classes a word may have in a reporting expression, the sense behind each, and what follows from the word.

    Made once a distinct word; all that a loop over tokens asks of a word is an attribute.
    """

    __slots__ = (
        "act", "adjective", "articled", "bounds", "by", "classes", "clear", "closed", "counts", "crowds", "damma",
        "deed", "definite", "ends", "feminine", "finite", "fore", "frame", "gender", "group", "halts", "heads", "hears",
        "inner", "is_word", "kept", "leads", "names", "opener", "passed", "passes_on", "plural", "plural_we",
        "prefix", "prep", "preposition", "pronoun", "rule", "same", "senses", "shut", "stance", "starts_document",
        "stem", "stops", "tanwin", "that", "to_article", "to_cut", "verb", "vowelled", "word_words",
    )  # fmt: skip
    word_words: frozenset[str] | None
    prep: tuple[str, ...]

    def __init__(
        self,
        word: Word,
        senses: dict[str, Sense],
        names: Start | None,
        *,
        prefix: str,
        definite: bool,
        opener: bool,
        verb: bool,
        plural_we: bool,
        pronoun: bool,
    ) -> None:
        self.classes = frozenset(senses) if senses else _NONE
        self.senses = senses
        self.names = names  # where known names may begin here
        self.prefix = prefix  # proclitics of the first sense, or those that an article shows
        self.definite = definite
        self.opener = opener
        self.verb = verb  # a finite verb of any dimension, and no noun of a source
        self.plural_we = plural_we  # first person plural of a reporting verb
        self.pronoun = pronoun  # carries a pronoun
        self.is_word = word.kind == "word"
        self.word_words = None  # what the word is compared by inside a phrase, once it was asked for
        self._spelling(word.fold, word)
        self._of_classes(word.fold, word)
        if OPENERS.isdisjoint(self.classes):
            self._silent()
        else:
            self._saying(word)
        self._naming(word)
        self.group = self._group(word) if self.is_word and not opener and not verb else 0
        self.ends = self._ends(word)

    def _spelling(self, fold: str, word: Word) -> None:
        self.articled = fold.startswith(("ال", "وال", "بال", "لل"))
        self.by = word.prefix in ("ب", "بال")
        self.kept = fold in KEPT_PREPOSITIONS
        self.preposition = fold in OTHER_PREPOSITIONS and word.raw != "علي"
        self.tanwin = word.raw.endswith("اً")
        nun = len(fold) > 4 and fold.endswith(("ون", "ين", "ان"))
        self.plural = nun and not self.definite and self.is_word and "given" not in self.classes
        #: Whether it cannot be followed by a genitive: it is definite, or a plural or dual with its nun.
        self.closed = self.definite or (nun and not fold.endswith("ين"))
        self.crowds = fold.startswith("ال") and not fold.endswith(("ي", "يه", "يين", "يون"))
        self.passed = fold in _PRONOUNS  # goes between a verb and its subject
        self.bounds = fold in ENDS or fold == ":"
        self.halts = self.bounds or word.kind == "line"
        counts = word.kind == "number" or "numbers" in word.cls
        self.leads = _LEADS.get(fold, 0) | COUNTED * counts
        #: Whether "of the" and those who speak may follow: a number of, three of.
        self.counts = any(s.entry.id.startswith("number.") or s.entry.cls == "deed" for s in word.senses)

    def _of_classes(self, fold: str, word: Word) -> None:
        """What the classes show. ``bounds``: a subject before its verb stands behind it; ``halts``: nothing beyond it
        is reported; ``fore``: it may stand between a verb and its subject; ``deed``: no source begins with it."""
        classes = self.classes
        lam = fold[:1] == "ل"
        self.hears = (lam and self.names is not None) or fold in _TO
        if not classes:
            self.heads = self.stops = self.that = self.clear = self.same = self.starts_document = self.passes_on = False
            self.deed = not self.definite and _DEED.fullmatch(fold) is not None
            self.adjective = self.is_word and not lam and len(fold) > 3 and fold.endswith(("ي", "يه", "ين", "ه"))
            self.gender = ANY
        else:
            self.heads = not classes.isdisjoint(HEADS)
            self.stops = not classes.isdisjoint(STOPS)
            self.that = "that" in classes
            self.same = "same" in classes
            #: Whether what is reported begins right behind it, whatever else it may be.
            self.clear = classes == {"that"} and not lam and self.names is None and fold != "علي"
            self.starts_document = not classes.isdisjoint(_DOCUMENTS)
            self.passes_on = "per" in classes and fold.startswith("نقل")
            shaped = not self.heads and not self.definite and _DEED.fullmatch(fold) is not None
            self.deed = shaped or ("deed" in classes and not self.heads)
            self.leads |= COUNTED * ("deed" in classes)
            self.adjective = False
            self.gender = self._gender(word)
            self.crowds = self.crowds and classes.isdisjoint(_SIMPLE)
            self.hears = self.hears or (lam and not classes.isdisjoint(_HEARD))
            self.passed = self.passed or ("when" in classes and "title" not in classes)
            self.bounds = self.bounds or not classes.isdisjoint(_BOUNDS)
            self.halts = self.halts or self.that or self.opener
        self.fore = self.passed or self.hears or "adjunct" in classes

    def _silent(self) -> None:
        self.frame = self.stem = ""
        self.stance, self.rule, self.prep = "neutral", "frame.as", ()
        self.act = self.finite = self.damma = self.vowelled = self.feminine = False

    def _saying(self, word: Word) -> None:
        """What matters of a reporting verb: its values and the entry that an expression with it is named after."""
        senses = self.senses
        say = senses.get("say")
        values = say.entry.gives if say else {}
        self.frame = str(values.get("frame", ""))
        self.stance = str(values.get("stance", "neutral"))
        self.prep = tuple(str(values.get("prep", "")).split())
        rule = say or senses.get("act") or senses.get("participle") or senses.get("came")
        self.rule = rule.entry.id if rule else "frame.as"
        self.act = say is None and "act" in senses
        self.finite = self.verb and not self.prefix.startswith(("ال", "ب", "ل", "لل"))
        self.stem = stem = word.fold[len(self.prefix) :]
        verb = say or senses.get("act")
        past = verb is not None and verb.form == "past"
        at = len(self.prefix)
        self.damma = past and "\u064f" in word.raw[at : at + 3]  # written as a passive
        #: Written with the damma of a passive present, which active ones of the derived forms have as well.
        self.vowelled = not past and "\u064f" in word.raw[at : at + 3]
        self.feminine = stem.endswith("ت") and not stem.endswith("لفت") if past else stem.startswith("ت")

    def _gender(self, word: Word) -> int:
        """As far as the spelling shows: an office, a body or an unnamed source agrees with its verb."""
        fold = word.fold
        office = next((self.senses[cls] for cls in _OFFICES if cls in self.senses), None)
        if office is None:
            return ANY
        if office.form == "plural" and fold.endswith("ات") and len(fold) > 5:
            return PLURAL_FEMININE
        if office.form != "singular" or (fold.endswith("ه") and not self.pronoun):
            return ANY  # a verb at a distance may be masculine
        if self.pronoun:
            fold = fold[: -2 if fold.endswith(("ها", "هم")) else -1]
        female = fold.endswith("ت")
        if office.entry.cls == "org" and not female and not fold.endswith(_MASCULINE):
            return ANY
        return FEMININE if female else MASCULINE

    def _naming(self, word: Word) -> None:
        """How many letters a name at whose head the word stands loses to proclitics: those of an article, others."""
        cut, other = self.prefix, "" if self.classes else word.prefix
        self.to_cut = len(cut) if cut in _CUT else 0
        self.to_article = 0
        if cut in _CLITICS or other in _CLITICS:
            self.to_article = next(len(c) for c in _CLITICS if c in (cut, other))

    def _group(self, word: Word) -> int:
        """What the word says of a group of people that begins with it; 0 when none does."""
        people = word.by.get("populations")
        if people is not None and people.entry.gives.get("outcome") in _HURT:
            return 0
        known = not self.classes.isdisjoint(_GROUPS) or word.cls.get("events", "") in _FORCES
        person = people is not None and bool(people.entry.gives.get("person"))
        return KNOWN * known + PERSON * person or NAMED * (self.names is not None)

    def _ends(self, word: Word) -> bool | None:
        """Whether a source's phrase ends before the word; None where that depends on the words around it."""
        self.shut = (self.opener and self.verb and not self.heads) or self.same or not self.classes.isdisjoint(_SHUT)
        self.inner = "from" in self.classes or word.fold in _IN or word.fold.startswith("في ")
        if self.inner:
            return None
        if self.stops or self.shut or self.preposition or ("ours" in self.classes and word.fold.endswith("نا")):
            return True
        unsure = self.crowds or self.tanwin or self.verb or self.definite or self.deed or self.hears
        return None if unsure or self.prefix == "و" else False

    def char(self, word: Word) -> str:
        """The character of the word in the column of sources."""
        bits = _MARKS.get(word.fold, 0) | HEARS * self.hears | GROUP * (self.group != 0)
        if self.classes:
            bits |= OPENER * self.opener | sum(_CLASSES.get(cls, 0) for cls in self.classes)
        return chr(_FIRST + bits)

    def words(self, word: Word) -> frozenset[str]:
        """What the word is compared by inside a phrase."""
        if self.word_words is None:
            self.word_words = words_of(word.raw)
        return self.word_words


def deed_stem(stem: str) -> bool:
    """Whether a folded stem of five letters or more has the shape of a verbal noun."""
    return len(stem) > 4 and _MASDAR.fullmatch(stem) is not None
