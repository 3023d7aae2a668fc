"""Reporting expressions of one sentence: tokens in, openings out (who is reported, where, in which direction)."""

from __future__ import annotations

from dataclasses import dataclass, field

from tawatur.claims.sources import Reader, Source
from tawatur.claims.sources_words import Role, gives
from tawatur.claims.tokens import Tokens

_REGION = 34  # tokens between a reporting verb and what it reports
_SUBJECT = 14  # tokens a subject may stand before its verb
_THAT_MARKS = frozenset({":", "«", "“", '"'})
_PREPOSITIONS = frozenset({"الي", "عن", "علي", "من", "ب", "حول", "بشان", "في"})
_PRONOUNS = frozenset({"به", "بها", "عنه", "عنها", "له", "لها", "لهم", "عليه", "عليها", "عليهم", "لنا", "فيه", "فيها", "ايضا"})
_BEFORE_THAT = frozenset({"قبل", "بعد", "منذ", "دون", "رغم", "بدون", "يمكن", "يجب", "ينبغي", "شرط", "بشرط", "المقرر", "المنتظر", "المتوقع", "كان", "شان", "لولا", "الا", "خشيه"})
_CLOSERS = frozenset({"»", "”", '"'})
_MASCULINE = ("مجلس", "جيش", "مكتب", "مركز", "حزب", "تحالف", "وفد", "فريق", "برلمان", "جهاز", "نادي", "لواء", "تنظيم", "فيلق", "مرصد", "صندوق", "برنامج", "اتحاد", "ايتلاف", "مصرف", "مستشفي", "مشفي")
_ENDS = frozenset({".", "!", "؟", "?", "…", "؛", ";"})


@dataclass(slots=True)
class Opening:
    """One reporting expression. ``sources`` are outermost first; empty means that the last speaker goes on."""

    first: int
    after: int  # where what is reported begins, for a forward opening
    way: str  # forward, back, both
    kind: str  # indirect, direct, preposed, postposed, continuation, speech_act, participle, self
    rule: str
    stance: str = "neutral"
    sources: tuple[Source, ...] = ()
    told: Source | None = None
    event: str | None = None
    verb: int = -1
    subject_first: int = -1  # where the clause of the expression begins, for verbs after their subject
    nested: bool = False
    relay: bool = False  # the source only carries what another one says
    impersonal: bool = False
    spread: str = ""  # lines, paragraph: how far beyond the sentence
    extra: list[str] = field(default_factory=list)


class Scanner:
    """Finds the openings of sentences of one report."""

    def __init__(self, tokens: Tokens, roles: list[Role], reader: Reader) -> None:
        self.tokens, self.roles, self.reader = tokens, roles, reader
        self.words = tokens.words
        self.heard: list[frozenset[str]] = []  # words of the voices heard so far, kept by the caller

    def sentence(self, first: int, after: int) -> list[Opening]:
        """The openings of the sentence that holds these tokens, from left to right."""
        out: list[Opening] = []
        head = self._line_head(first, after)
        if head is not None:
            out.append(head)
        at = head.after if head else first
        while at < after:
            if self.roles[at].opener or self.words[at].fold in ("(", "المصدر"):
                found = self._at(at, first, after, out)
                if found is not None:
                    out.append(found)
                    at = max(at + 1, found.after if found.way == "forward" and found.kind != "speech_act" else found.verb + 1 if found.verb > at else at + 1)
                    if found.way != "forward" and found.sources:
                        at = max(at, found.sources[-1].after)
                    continue
            at += 1
        return out

    def _at(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        classes = self.roles[at].classes
        if self.words[at].fold in ("(", "المصدر"):
            return self._credit(at, after)
        if "perself" in classes:
            subject = self._subject(at, after)[0] if self.words[at].fold.startswith("كما ") else None
            return self._postposed(at, at, subject, first, after) if subject is not None else self._self(at)
        found: Opening | None = None
        if "as" in classes:
            found = self._as(at, first, after)
        if found is None and "per" in classes:
            found = self._per(at, first, after)
        if found is None and "came" in classes:
            found = self._came(at, first, after)
        if found is None and "participle" in classes:
            found = self._participle(at, first, after)
        if found is not None:
            return found
        if classes & {"say", "act"}:
            return self._verb(at, first, after, out)
        return None

    # -- a line that begins with its speaker and a colon

    def _line_head(self, first: int, after: int) -> Opening | None:
        start = first
        while start < after and (self.words[start].kind in ("mark", "number", "line") and self.words[start].fold not in ("«", '"', "“", "(")):
            start += 1
        colon = next((k for k in range(start, min(after, start + 16)) if self.words[k].fold == ":"), None)
        if colon is None or colon == start or colon + 1 >= after:
            return None
        if any("ours" in self.roles[k].classes and not self.words[k].fold.startswith("ل") for k in range(start, colon)):
            return None
        if any(self.roles[k].classes & {"say", "act", "per", "as", "came", "perself"} and self.roles[k].verb for k in range(start, colon)):
            return None
        for at in range(start, colon):
            source = self.reader.read(at, colon)
            if source is None or not source.like:
                if at > start + 2 and self.words[at].kind == "word":
                    break
                continue
            if source.kind in ("other", "document") or "state" in self.roles[source.first].classes and source.after - source.first == 1 and at > start:
                continue
            told = self._told_in(source.after, colon)
            dash = any(self.words[k].fold in ("-", "–", "ـ", "—") for k in range(start, colon))
            if dash and (source.kind == "outlet" or source.after < colon - 1) or source.kind == "outlet" and not told:
                return None
            return Opening(start, colon + 1, "forward", "direct", "head.colon", sources=(source,), told=told, verb=colon, subject_first=start, spread="line")
        return None

    def _told_in(self, at: int, stop: int) -> Source | None:
        for k in range(at, stop):
            found = self.reader.told(k)
            if found is not None:
                return found[1]
        return None

    def _credit(self, at: int, after: int) -> Opening | None:
        if self.words[at].fold == "المصدر":
            if at + 2 >= after or self.words[at + 1].fold != ":" or at == 0 or self.words[at - 1].fold not in _ENDS:
                return None
            source = self.reader.read(at + 2, after)
            if source is None or not source.like:
                return None
            return Opening(at, source.after, "back", "postposed", "credit.source", sources=(source,), verb=at, spread="paragraph")
        close = next((k for k in range(at + 1, min(after, at + 8)) if self.words[k].fold == ")"), None)
        if close is None or close + 2 < after and self.words[min(close + 1, after - 1)].kind == "word":
            return None
        if close + 1 < after and self.words[close + 1].fold not in ("\n", ".", "،"):
            return None
        source = self.reader.read(at + 1, close)
        if source is None or not source.like or source.kind == "outlet" or source.after != close or at < 4:
            return None
        if source.body is not None and source.body.kind in ("group", "army", "alliance", "party") and source.kind == "body":
            return None
        return Opening(at, close + 1, "back", "postposed", "credit.brackets", sources=(source,), verb=at)

    # -- prepositions

    def _self(self, at: int) -> Opening:
        known = self.roles[at]
        return Opening(at, at + 1, "back", "self", known.senses["perself"].entry.id, gives(known, "perself", "stance", "neutral"), verb=at)

    def _per(self, at: int, first: int, after: int) -> Opening | None:
        known = self.roles[at]
        start = at + 1
        if start < after and "as" in self.roles[start].classes:
            return None
        source = self.reader.read(start, after, loose=True)
        if source is None or source.after <= start:
            return None
        told = self._told_in(source.after, min(after, source.after + 4)) or self._carrier(source.after, after)
        way, where = self._direction(at, source.after, first, after)
        stance = gives(known, "per", "stance", "neutral")
        return Opening(at, where, way, "preposed" if way == "forward" else "postposed", known.senses["per"].entry.id, stance, (source,), told, verb=at, relay="نقل" in self.words[at].fold)

    def _carrier(self, at: int, after: int) -> Source | None:
        """``according to Y, whom X quoted``: X."""
        for k in range(at, min(after, at + 4)):
            if gives(self.roles[k], "say", "frame") == "relay" and k + 1 < after and self.words[k + 1].fold in ("عنه", "عنها", "عنهم"):
                return self.reader.read(k + 2, after)
        return None

    def _direction(self, at: int, end: int, first: int, after: int) -> tuple[str, int]:
        """Whether a prepositional source looks forward (at the head of its clause), back, or both ways."""
        begun = at
        while begun > first and (self.words[begun - 1].kind == "mark" and self.words[begun - 1].fold not in _ENDS or self.words[begun - 1].kind == "line"):
            begun -= 1
        where = end
        comma = next((k for k in range(end, min(after, end + 14)) if self.words[k].fold in ("،", ",", ":", "؛") or "that" in self.roles[k].classes), None)
        if begun <= first + 1 or "contrast" in self.roles[at - 1].classes:
            return "forward", comma + 1 if comma is not None else where
        rest = any(self.words[k].kind == "word" for k in range(end, after))
        return ("both" if rest else "back"), where

    def _as(self, at: int, first: int, after: int) -> Opening | None:
        """``as X said``: a verb must follow; at the head of a sentence كما is only "also"."""
        at_verb = next((k for k in range(at + 1, min(after, at + 4)) if self.roles[k].classes & {"say", "act", "came"}), None)
        if at_verb is None:
            begin = at + 3 if at + 3 < after and self.words[at + 2].fold == "من" else at + 2
            source = self.reader.read(begin, after, loose=True) if at + 2 < after and self.words[at + 1].kind == "word" else None
            if source is None or not self.words[at].fold.endswith(" ما"):
                return None
            return self._postposed(at, at + 1, source, first, after)
        if self.words[at].fold.endswith("كما") and (at <= first + 2 or self._that_follows(at_verb + 1, after)):
            return None
        known = self.roles[at_verb]
        if "came" in known.classes:
            owner = self._owner(at_verb + 1, after)
            return self._postposed(at, at_verb, owner, first, after) if owner else None
        subject, told, via = self._subject(at_verb, after)
        if subject is None:
            return None
        if gives(known, "say", "frame") == "relay" or subject.kind == "outlet":
            via = via or self._quoting(subject.after, after)
        return self._postposed(at, at_verb, subject, first, after, told, via)

    def _quoting(self, at: int, after: int) -> Source | None:
        """``as X passed on from Y``: Y."""
        return self.reader.read(at + 1, after, loose=True) if at < after and "from" in self.roles[at].classes else None

    def _postposed(self, at: int, verb: int, source: Source, first: int, after: int, told: Source | None = None, via: Source | None = None) -> Opening:
        known = self.roles[verb]
        stance = gives(known, "say", "stance", "neutral") if "say" in known.classes else "neutral"
        end = (via or source).after
        way, where = self._direction(at, end, first, after)
        relay = gives(known, "say", "frame") == "relay" or source.kind == "outlet"
        chain = (source, via) if via else (source,)
        return Opening(at, where, way, "preposed" if way == "forward" else "postposed", self._rule(verb), stance, chain, told, verb=verb, relay=relay and not via)

    def _rule(self, verb: int) -> str:
        senses = self.roles[verb].senses
        return next((senses[c].entry.id for c in ("say", "act", "participle", "came") if c in senses), "frame.as")

    def _that_follows(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + _REGION)):
            if "that" in self.roles[k].classes or self.words[k].fold == ":":
                return True
            if self.roles[k].opener or self.words[k].fold in ("،", ","):
                return False
        return False

    def _came(self, at: int, first: int, after: int) -> Opening | None:
        """``it says in a statement of X that``."""
        owner = self._owner(at + 1, after)
        if owner is None:
            return None
        k = next((k for k in range(owner.after, min(after, owner.after + 12)) if "that" in self.roles[k].classes or self.words[k].fold == ":" or self.roles[k].opener), None)
        k = None if k is None or self.roles[k].opener else k
        rule = self.roles[at].senses["came"].entry.id
        if k is not None:
            return Opening(at, k + 1, "forward", "indirect", rule, sources=(owner,), verb=at)
        return Opening(at, owner.after, "back", "postposed", rule, sources=(owner,), verb=at, spread="paragraph" if at <= first + 2 else "")

    def _owner(self, at: int, after: int) -> Source | None:
        if at < after and "from" in self.roles[at].classes:
            return self.reader.read(at + 1, after)
        for k in range(at, min(after, at + 4)):
            if self.words[k].fold in ("في", "فى", "علي", "لسان", "ذلك", "ما") or "per" in self.roles[k].classes:
                if k + 1 < after and ("doc" in self.roles[k + 1].classes or "per" in self.roles[k].classes):
                    return self.reader.read(k + 1, after, loose="per" in self.roles[k].classes)
        return None

    # -- participles: the same speaker goes on

    def _participle(self, at: int, first: int, after: int) -> Opening | None:
        known = self.roles[at]
        sense = known.senses["participle"]
        event = gives(known, "participle", "event") or None
        fold = self.words[at].fold
        if not event and known.prefix in ("ال", "لل", "ب"):
            return None
        where = self._where(at + 1, after, need=event is None and not fold.endswith("ا"))
        if event:
            if known.prefix in ("ال", "لل", "ب", "ل") or not (fold.endswith(("ا", "ه")) or fold.endswith("ين")):
                return None
            return Opening(at, at, "forward", "speech_act", sense.entry.id, event=event, verb=at)
        if where is None:
            return None
        stance = gives(known, "participle", "stance", "neutral")
        if stance == "asserted" and not self._that_follows(at + 1, after):
            stance = "asserted"
        return Opening(at, where, "forward", "participle", sense.entry.id, stance, verb=at)

    def _where(self, at: int, after: int, *, need: bool) -> int | None:
        """Where the reported words begin after a verb and its subject: after that, a colon or a preposition."""
        for k in range(at, min(after, at + _REGION)):
            if "that" in self.roles[k].classes:
                return k + 1
            if self.words[k].fold == ":":
                return k + 1
            if self.roles[k].opener or self.words[k].fold in _ENDS or self.words[k].kind == "line":
                break
        if at >= after:
            return None
        if self.words[at].fold in _PREPOSITIONS:
            return at + 1
        if self.words[at].fold in _THAT_MARKS or self.roles[at].prefix.startswith("ب"):
            return at
        return None if need else at

    # -- verbs

    def _verb(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        known = self.roles[at]
        if self._negated(at, first) or known.plural_we and not out or at + 1 < after and self.words[at].fold == "كتب" and self.words[at + 1].kind == "mark":
            return None
        known_raw = self.words[at].raw
        act = "act" in known.classes and "say" not in known.classes
        frame = gives(known, "say", "frame") if not act else "free"
        passive = self._passive_through(at, first, after) if not act else None
        if passive is not None:
            return passive
        if self._impersonal(at, after, frame, act):
            return self._impersonal_opening(at, after)
        if frame == "relay":
            return self._relay(at, first, after)
        if known.prefix == "ل" and not act and known.verb:
            where = self._where(at + 1, after, need=True)
            return Opening(at, where, "forward", "participle", self._rule(at), gives(known, "say", "stance", "neutral"), verb=at) if where is not None else None
        if known.prefix.startswith(("ال", "ب", "ل", "لل")) or not known.verb:
            return None
        if known.pronoun and not ("relative" in self.roles[at - 1].classes if act else self._rule(at) == "say.admitted"):
            return None
        if "\u064f" in known_raw[:3] and not self._next_is_that(at + 1, after):
            return None
        if at + 1 < after and "ours" in self.roles[at + 1].classes:
            return self._own(at, after)
        if frame == "learnt":
            return self._learnt(at, after)
        goes_on = self._goes_on(at, first, out) or known.plural_we
        lone = known.plural_we or act and goes_on and not self._two_follow(at, after) or self._had(at, first)
        lone = lone or act and "relative" in self.roles[at - 1].classes and not known.pronoun
        subject, told, via = (None, None, None) if lone else self._subject(at, after)
        if subject is not None and not self._agrees(at, subject):
            subject, via = None, None
        if subject is not None and subject.kind in ("outlet", "other") and self._rule(at) == "say.admitted" and self.words[subject.first].fold in ("«", "“", '"'):
            told, subject = subject, None
        begin, before, nested = at, None, False
        if subject is None and not goes_on:
            before, begin, nested = self._before(at, first)
        if told is None and not out and at - first < 9:
            told = self._told_in(first, at)
        source = subject or before
        end = (via or subject).after if subject else at + 1
        if act:
            return self._act(at, begin, source, told, first, nested)
        if subject is not None and self._after_quote(at, first):
            return self._quoted_before(at, subject, told, first, after)
        if end < after and self.words[end].fold == "علي" and end + 1 < after and "duty" in self.roles[end + 1].classes:
            return self._duty(at, begin, source, told, nested)
        if self._rule(at) == "say.admitted" and end < after:
            end, told = self._informed(end, told)
        if subject is not None and end < after and self.words[end].fold.startswith("ل") and self.roles[end].prefix[:1] != "ال" and "that" not in self.roles[end].classes:
            hearer = self.reader.read(end, after) if self.roles[end].classes or self.reader.bodies.at(self.words, end, after) else None
            end = hearer.after if hearer is not None and hearer.like else end
        mouth = self._inserted(end, first, after)
        if mouth is not None and (source is None or source.kind != "person" or mouth[0].kind == "outlet"):
            return self._through(at, begin, source, mouth, told, after, nested)
        where = self._reported(at, end, after, frame)
        if where is None:
            return self._quoted_before(at, subject, told, first, after) if subject else None
        if frame == "strict" and (source is None or not source.like):
            return None
        if told is None:
            told = self._told_in(end, where)
        sources = tuple(s for s in (source, via) if s is not None)
        stance = gives(known, "say", "stance", "neutral")
        if stance == "neutral" and any("fear" in self.roles[k].classes for k in range(end, min(where, len(self.words)))):
            stance = "believed"
        kind = "direct" if where < after and self.words[where - 1].fold == ":" else "indirect" if sources else "continuation"
        return Opening(begin, where, "forward", kind, known.senses["say"].entry.id, stance, sources, told, verb=at, subject_first=begin, nested=nested)

    def _negated(self, at: int, first: int) -> bool:
        if at > first and "not" in self.roles[at - 1].classes and self.words[at - 1].fold != "دون":
            return True
        return at > first and self.words[at - 1].fold in ("لما", "مما", "عما", "بما", "وما", "ما")

    def _passive_through(self, at: int, first: int, after: int) -> Opening | None:
        """``it is expected, according to X, that``."""
        if at + 1 >= after or self.words[at + 1].fold not in ("،", ",") or at > first + 1:
            return None
        mouth = self._inserted(at + 1, first, after)
        return self._through(at, at, None, mouth, None, after, False) if mouth is not None else None

    def _impersonal(self, at: int, after: int, frame: str, act: bool) -> bool:
        raw = self.words[at].raw
        if not act and "\u064f" in raw[:3] and self._next_is_that(at + 1, after):
            return True
        if act or gives(self.roles[at], "say", "stance") != "believed":
            return False
        stem = self.words[at].fold[len(self.roles[at].prefix) :]
        if "relative" in self.roles[at - 1].classes:
            return False
        return stem.startswith("ي") and self._next_is_that(at + 1, after)

    def _next_is_that(self, at: int, after: int) -> bool:
        return at < after and "that" in self.roles[at].classes

    def _impersonal_opening(self, at: int, after: int) -> Opening:
        known = self.roles[at]
        return Opening(at, at + 2, "forward", "indirect", known.senses["say"].entry.id, gives(known, "say", "stance", "neutral"), verb=at, impersonal=True)

    def _subject(self, at: int, after: int) -> tuple[Source | None, Source | None, Source | None]:
        """The subject after a verb, the outlet told, and whom the subject quotes in turn."""
        told: Source | None = None
        k = at + 1
        while k < min(after, at + 9):
            found = self.reader.told(k)
            if found is not None:
                told, k = found[1] or told, found[0]
                continue
            classes = self.roles[k].classes
            if self.words[k].fold in _PRONOUNS or classes & {"when"} and not (classes & {"title"}):
                k += 1
                continue
            if "adjunct" in classes:
                k = self._past_medium(k - 1, after, found=after)
            break
        if k >= after or self.words[k].prefix in ("ب", "بال") and self.reader.bodies.at(self.words, k, after) is None and "given" not in self.roles[k].classes:
            return None, told, None
        if "that" in self.roles[k].classes or self.words[k].kind == "mark" and self.words[k].fold not in ("«", "“", '"'):
            return None, told, None
        if self.words[k].fold in _THAT_MARKS and k > at + 1 and self.words[k - 1].fold == ":":
            return None, told, None
        if self.words[k].fold in ("في", "فى") and k + 1 < after and "medium" in self.roles[k + 1].classes:
            k = self._past_medium(k, after)
        source = self.reader.read(k, after, loose=not self.reader.deed(k) and self._plausible(k, after))
        if source is None or source.after <= k:
            return None, told, None
        quoted = at > 1 and (self.words[at - 1].fold in _CLOSERS or self.words[at - 1].fold in ("،", ",") and self.words[at - 2].fold in _CLOSERS)
        known = any(source.words <= words for words in self.heard)
        if source.kind == "other" and source.body is None and not source.like and not quoted and not known and not self._that_soon(source.after, after):
            return None, told, None
        after_source = source.after
        extra = self._told_in(after_source, min(after, after_source + 1))
        return source, told or extra, self._via(after_source, after)

    def _past_medium(self, k: int, after: int, found: int | None = None) -> int:
        """Past ``in a statement``, to an office, a body or an unnamed source; never to the outlet that was told."""
        j = k + 2
        while j < min(after, k + 9):
            classes = self.roles[j].classes
            if "that" in classes or self.words[j].fold in (":", "."):
                break
            told = self.reader.told(j)
            if told is not None:
                j = told[0]
                continue
            if classes & {"title", "unnamed", "org", "rank"} and not classes & {"medium", "doc"} and not self.roles[j].prefix.startswith(("ب", "ل")):
                return j
            j += 1
        return k if found is None else found

    def _plausible(self, k: int, after: int) -> bool:
        return (self.words[k].fold not in _PREPOSITIONS or self.words[k].raw == "علي") and not self.roles[k].verb

    def _that_soon(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + 24)):
            if "that" in self.roles[k].classes or self.words[k].fold == ":":
                return True
            if self.roles[k].opener or self.words[k].fold in _ENDS:
                return False
        return False

    def _via(self, at: int, after: int) -> Source | None:
        for k in range(at, min(after, at + 6)):
            if "per" in self.roles[k].classes and self.words[k].fold.startswith("نقل"):
                return self.reader.read(k + 1, after, loose=True)
            if "that" in self.roles[k].classes:
                return None
        return None

    def _two_follow(self, at: int, after: int) -> bool:
        """Whether two noun phrases follow a verb, the first of which is then its subject."""
        source = self.reader.read(at + 1, after, loose=True)
        if source is None or source.after >= after:
            return False
        nxt = self.words[source.after]
        return nxt.kind == "word" and nxt.fold.startswith("ال") and not nxt.fold.endswith(("ي", "يه"))

    def _goes_on(self, at: int, first: int, out: list[Opening]) -> bool:
        """Whether a verb after و or ف has the speaker of the sentence before it; أما names a new one."""
        prefix = self.roles[at].prefix
        if not prefix.startswith(("و", "ف")) or not any(o.sources for o in out):
            return False
        return prefix[0] == "و" or not any("topic" in self.roles[k].classes for k in range(max(first, at - _SUBJECT), at))

    def _own(self, at: int, after: int) -> Opening | None:
        """``our correspondent reported``: the publisher speaks."""
        where = self._where(at + 2, after, need=True)
        return Opening(at, where, "forward", "own", self._rule(at), verb=at) if where is not None else None

    def _had(self, at: int, first: int) -> bool:
        """``كان X قد قال``: the subject stands before the verb."""
        return at > first and "qad" in self.roles[at - 1].classes and any("was" in self.roles[k].classes for k in range(max(first, at - _SUBJECT), at - 2))

    def _agrees(self, at: int, subject: Source) -> bool:
        """Whether verb and subject agree in gender, as far as the spelling shows: an object must not pass for a subject."""
        known, head = self.roles[at], self.roles[subject.first]
        fold = self.words[subject.first].fold
        office = head.senses.get("title") or head.senses.get("unnamed") or head.senses.get("org")
        if office is not None and office.form == "plural" and fold.endswith("ات") and len(fold) > 5:
            return self._feminine(at)
        if office is None or office.form != "singular":
            return True
        body = fold[: -len("ها")] if head.pronoun and fold.endswith(("ها", "هم")) else fold[:-1] if head.pronoun else fold
        female = body.endswith("ت") if head.pronoun else body.endswith(("ه", "ت"))
        if female and not head.pronoun and body.endswith("ه") and "ه" in self.words[subject.first].suffixes:
            return True
        if office.entry.cls == "org" and not female and not body.endswith(_MASCULINE):
            return True
        stem = self.words[at].fold[len(known.prefix) :]
        return self._feminine(at) == female or stem in ("لفت", "يلفت")

    def _feminine(self, at: int) -> bool:
        known = self.roles[at]
        stem = self.words[at].fold[len(known.prefix) :]
        sense = known.senses.get("say") or known.senses.get("act")
        past = sense is not None and sense.form == "past"
        return stem.endswith("ت") and not stem.endswith("لفت") if past else stem.startswith("ت")

    def _learnt(self, at: int, after: int) -> Opening | None:
        """``the observatory learnt from X that``: X speaks."""
        come = next((k for k in range(at + 1, min(after, at + 9)) if self.words[k].fold == "من"), None)
        source = self.reader.read(come + 1, after) if come is not None else None
        where = self._where(source.after, after, need=True) if source is not None else None
        if source is None or where is None:
            return None
        return Opening(at, where, "forward", "indirect", "say.learnt", sources=(source,), verb=at)

    def _before(self, at: int, first: int) -> tuple[Source | None, int, bool]:
        """The subject before its verb: (source or None, where its clause begins, whether it stands inside a that-clause)."""
        low = max(first, at - _SUBJECT)
        anchor, nested = None, False
        for k in range(at - 1, low - 1, -1):
            classes = self.roles[k].classes
            if "relative" in classes:
                return self._antecedent(k, low), k, False
            if classes & {"contrast", "topic", "leave"} or "was" in classes:
                anchor = k + 1
                break
            if "that" in classes:
                anchor, nested = k + 1, not (k > first and "contrast" in self.roles[k - 1].classes)
                break
            if self.words[k].fold in _ENDS or self.words[k].fold == ":":
                anchor = k + 1
                break
        if anchor is None:
            if low > first:
                return None, at, False
            anchor = first
        while anchor < at and (self.words[anchor].kind == "mark" and self.words[anchor].fold not in ("«", "“") or self.words[anchor].kind == "line"):
            anchor += 1
        if anchor >= at or self.roles[anchor].opener:
            return None, at, False
        source = self.reader.read(anchor, at)
        if source is None or not source.like:
            for k in range(anchor + 1, at):
                if self.words[k - 1].fold in ("،", ",") or self.words[k - 1].kind == "number":
                    source = self.reader.read(k, at)
                    if source is not None and source.like:
                        break
        if source is None and self.words[anchor].kind == "word" and (anchor + 1 == at or "adjunct" in self.roles[anchor + 1].classes):
            source = self.reader.read(anchor, at, loose=True)
        if source is None or source.kind == "other" and not source.like and source.after < at or not self._reaches(source, at):
            return None, at, False
        return source, anchor, nested

    def _reaches(self, source: Source, at: int) -> bool:
        """Whether nothing but insertions stands between a subject and its verb, and the subject is no amount."""
        if source.first and self.words[source.first - 1].kind == "number":
            return False
        gap = source.after
        if gap >= at or "qad" in self.roles[gap].classes or self.roles[gap].classes & {"relative", "when", "adjunct"}:
            return True
        if self.roles[gap].definite and not self.roles[gap].classes and self.words[gap].fold.endswith(("ه", "ي", "ين", "ون")):
            return True
        return self.words[gap].fold in ("،", ",", "(", ")", "»", "”", '"', "في", "فى", "-", "–") or self.roles[gap].verb

    def _antecedent(self, relative: int, low: int) -> Source | None:
        for k in range(low, relative):
            source = self.reader.read(k, relative)
            if source is not None and source.like and relative - source.after <= 1:
                return source
        return None

    def _reported(self, at: int, end: int, after: int, frame: str) -> int | None:
        k = end
        paren = False
        while k < min(after, end + _REGION):
            classes = self.roles[k].classes
            fold = self.words[k].fold
            if ("that" in classes and self.words[k - 1].fold not in _BEFORE_THAT) or fold == ":":
                return k + 1
            if fold in _ENDS and not ("rank" in self.roles[k - 1].classes and len(self.words[k - 1].fold) < 3) or self.words[k].kind == "line":
                break
            if self.roles[k].opener and k > end:
                if classes & {"as", "per", "participle"} and self.words[k - 1].fold in ("،", ",") and self._closes(k, after):
                    paren = True
                elif not paren:
                    break
            k += 1
        if end >= after:
            return None
        end = self._past_statement(end, after) if frame == "free" else end
        fold = self.words[end].fold
        allowed = gives(self.roles[at], "say", "prep").split()
        if fold in allowed:
            return end + 1
        if "ب" in allowed and fold.startswith("ب") and fold not in ("بين", "بعد"):
            return end
        if frame == "that":
            return end if fold in ("«", "“", '"') else None
        if fold in ("،", ",", ".", "\n", ")", "»") or self.words[end].kind == "line":
            return None if end + 1 >= after or fold != "،" else self._object_after_comma(end, after)
        return end

    def _past_statement(self, end: int, after: int) -> int:
        """Past ``in a statement to Reuters`` between a subject and its object."""
        if self.words[end].fold not in ("في", "فى") or end + 2 >= after or "medium" not in self.roles[end + 1].classes:
            return end
        k = end + 2
        while k + 1 < after and k < end + 6:
            told = self.reader.told(k)
            if told is not None:
                k = told[0]
            elif self.words[k].fold.endswith(("ي", "يه")) and not self.roles[k].definite or self.words[k].fold in ("له", "لها", "لهم"):
                k += 1
            else:
                break
        return k

    def _closes(self, at: int, after: int) -> bool:
        """Whether an insertion that begins here ends in a comma before ``that``."""
        for k in range(at + 1, min(after, at + 12)):
            if self.words[k].fold in ("،", ","):
                return k + 1 < after and "that" in self.roles[k + 1].classes
        return False

    def _object_after_comma(self, end: int, after: int) -> int | None:
        """``نفى X، في بيان، سقوط Y``: the object after an inserted phrase."""
        close = next((k for k in range(end + 1, min(after, end + 14)) if self.words[k].fold in ("،", ",")), None)
        if close is None or close + 1 >= after:
            return None
        inserted = self.roles[end + 1].classes & {"when", "title", "unnamed", "rank"} or self.words[end + 1].fold in ("في", "فى", "من", "الذي")
        return close + 1 if inserted and not self.roles[close + 1].opener else None

    def _after_quote(self, at: int, first: int) -> bool:
        k = at - 1
        if k > first and self.words[k].fold in ("،", ","):
            k -= 1
        return k > first + 1 and self.words[k].fold in ("»", "”", '"')

    def _informed(self, end: int, told: Source | None) -> tuple[int, Source | None]:
        """``informed Reuters that``: past the one informed."""
        while end < len(self.words) - 1 and self.words[end].fold in ("،", ",") and "participle" in self.roles[end + 1].classes:
            close = next((k for k in range(end + 1, min(len(self.words), end + 9)) if self.words[k].fold in ("،", ",")), None)
            if close is None:
                return end, told
            end = close + 1
        if end < len(self.words) and "ours" in self.roles[end].classes:
            return end + 1, told
        outlet = self.reader.outlet(end) if end < len(self.words) else None
        return (outlet.after, outlet) if outlet is not None else (end, told)

    def _inserted(self, end: int, first: int, after: int) -> tuple[Source, int, str] | None:
        """A source put between commas after a verb: (source, index after the closing comma, rule), or None."""
        if end + 2 >= after or self.words[end].fold not in ("،", ","):
            return None
        classes = self.roles[end + 1].classes
        found = self._as(end + 1, first, after) if "as" in classes else self._per(end + 1, first, after) if "per" in classes else None
        if found is None or not found.sources:
            return None
        close = next((k for k in range(found.sources[-1].after, min(after, found.sources[-1].after + 10)) if self.words[k].fold in ("،", ",")), None)
        return (found.sources[0], close + 1, found.rule) if close is not None else None

    def _through(self, at: int, begin: int, source: Source | None, mouth: tuple[Source, int, str], told: Source | None, after: int, nested: bool) -> Opening:
        """A report whose verb is followed by another voice: an outlet carries it, any other speaks for the subject."""
        inner, where, rule = mouth
        if where < after and "that" in self.roles[where].classes:
            where += 1
        carried = inner.kind == "outlet" and source is not None
        sources = (inner, source) if carried and source else (inner,)
        told = told or self._told_in(inner.after, where)
        known = self.roles[at]
        return Opening(begin, where, "forward", "indirect", self._rule(at), gives(known, "say", "stance", "neutral"), sources, None if carried else told, verb=at, subject_first=begin, nested=nested, extra=[rule])

    def _duty(self, at: int, begin: int, source: Source | None, told: Source | None, nested: bool) -> Opening:
        """``stressed the need to``: a demand."""
        known = self.roles[at]
        return Opening(begin, begin, "forward", "speech_act", self._rule(at), gives(known, "say", "stance", "neutral"), (source,) if source else (), told, event="demand", verb=at, subject_first=begin, nested=nested)

    def _quoted_before(self, at: int, subject: Source, told: Source | None, first: int, after: int) -> Opening | None:
        """``"…", says X``: the verb and its subject stand after what they report."""
        if at <= first + 2:
            return None
        before = self.words[at - 1].fold
        if before not in ("،", ",", "»", "”", '"') and "as" not in self.roles[at - 1].classes:
            return None
        known = self.roles[at]
        return Opening(at, subject.after, "back", "postposed", known.senses["say"].entry.id, gives(known, "say", "stance", "neutral"), (subject,), told, verb=at)

    def _relay(self, at: int, first: int, after: int) -> Opening | None:
        """``X passed on from Y that``; without ``from`` the verb is no report unless a that-clause or quotation follows."""
        known = self.roles[at]
        stop = min(after, at + 18)
        come = next((k for k in range(at + 1, stop) if "from" in self.roles[k].classes), None)
        outer = self.reader.read(at + 1, come or stop) if come != at + 1 else None
        inner = self.reader.read(come + 1, after, loose=True) if come is not None else None
        where = self._where((inner or outer).after if (inner or outer) else at + 1, after, need=True) if inner or outer else None
        if where is None:
            said = next((k for k in range(come, stop) if "saying" in self.roles[k].classes), None) if come else None
            where = said + 1 if said is not None else None
        said = next((k for k in range(at, min(where or after, stop)) if "saying" in self.roles[k].classes), None)
        stance = gives(self.roles[said], "saying", "stance", "neutral") if said is not None else "neutral"
        if where is None and inner is not None:
            where = inner.after
        if where is None:
            return None
        begin = at
        if outer is None and come != at + 1:
            outer, begin, _ = self._before(at, first)
        if outer is None and inner is None:
            return None
        sources = tuple(s for s in (outer, inner) if s is not None)
        return Opening(begin, where, "forward", "indirect", known.senses["say"].entry.id, stance, sources, verb=at, subject_first=begin)

    def _act(self, at: int, begin: int, source: Source | None, told: Source | None, first: int, nested: bool) -> Opening | None:
        known = self.roles[at]
        if source is not None and not source.like and source.kind == "other" and not any(source.words <= words for words in self.heard):
            source = None
        return Opening(begin, begin, "forward", "speech_act", known.senses["act"].entry.id, sources=(source,) if source else (), told=told, event=gives(known, "act", "event"), verb=at, subject_first=begin, nested=nested)
