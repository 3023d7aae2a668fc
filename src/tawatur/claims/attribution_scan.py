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
            return self._self(at)
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
            if source.kind == "other" or "state" in self.roles[source.first].classes and source.after - source.first == 1 and at > start:
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
            if at + 2 < after and self.words[at + 1].fold == ":" and self.words[at - 1].fold in (".", "…", "..") :
                source = self.reader.read(at + 2, after)
                return Opening(at, source.after, "back", "postposed", "credit.source", sources=(source,), verb=at) if source and source.like else None
            return None
        close = next((k for k in range(at + 1, min(after, at + 8)) if self.words[k].fold == ")"), None)
        if close is None or close + 2 < after and self.words[min(close + 1, after - 1)].kind == "word":
            return None
        if close + 1 < after and self.words[close + 1].fold not in ("\n", ".", "،"):
            return None
        source = self.reader.read(at + 1, close)
        if source is None or not source.like or source.kind == "outlet" or source.after != close or at < 4:
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
        told = self._told_in(source.after, min(after, source.after + 4))
        way, where = self._direction(at, source.after, first, after)
        stance = gives(known, "per", "stance", "neutral")
        return Opening(at, where, way, "preposed" if way == "forward" else "postposed", known.senses["per"].entry.id, stance, (source,), told, verb=at, relay="نقل" in self.words[at].fold)

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
            source = self.reader.read(at + 2, after, loose=True) if at + 1 < after and self.roles[at + 1].verb else None
            if source is None or self.words[at].fold == "كما":
                return None
            at_verb = at + 1
        if self.words[at].fold.endswith("كما") and (at <= first + 2 or self._that_follows(at_verb + 1, after)):
            return None
        known = self.roles[at_verb]
        if "came" in known.classes:
            owner = self._owner(at_verb + 1, after)
            return self._postposed(at, at_verb, owner, first, after) if owner else None
        subject, told, via = self._subject(at_verb, after)
        if subject is None:
            return None
        return self._postposed(at, at_verb, subject, first, after, told, via)

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
        k = next((k for k in range(owner.after, min(after, owner.after + 12)) if "that" in self.roles[k].classes or self.words[k].fold == ":"), None)
        rule = self.roles[at].senses["came"].entry.id
        if k is not None:
            return Opening(at, k + 1, "forward", "indirect", rule, sources=(owner,), verb=at)
        return Opening(at, owner.after, "back", "postposed", rule, sources=(owner,), verb=at, spread="paragraph" if at <= first + 2 else "")

    def _owner(self, at: int, after: int) -> Source | None:
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
        if self._negated(at, first) or known.plural_we and not out:
            return None
        act = "act" in known.classes and "say" not in known.classes
        frame = gives(known, "say", "frame") if not act else "free"
        if self._impersonal(at, after, frame, act):
            return self._impersonal_opening(at, after)
        if frame == "relay":
            return self._relay(at, first, after)
        if known.prefix.startswith(("ال", "ب", "ل", "لل")) or not known.verb:
            return None
        if frame == "learnt":
            return self._learnt(at, after)
        subject, told, via = (None, None, None) if known.plural_we else self._subject(at, after)
        if subject is not None and not self._agrees(at, subject):
            subject, via = None, None
        begin, before, nested = at, None, False
        goes_on = known.prefix.startswith(("و", "ف")) and any(o.sources for o in out) or known.plural_we
        if subject is None and not goes_on:
            before, begin, nested = self._before(at, first)
        if told is None and not out and at - first < 9:
            told = self._told_in(first, at)
        source = subject or before
        end = (via or subject).after if subject else at + 1
        if act:
            return self._act(at, begin, source, told, first, nested)
        where = self._reported(at, end, after, frame)
        if where is None:
            return self._quoted_before(at, subject, told, first, after) if subject else None
        if frame == "strict" and (source is None or not source.like):
            return None
        if told is None:
            told = self._told_in(end, where)
        sources = tuple(s for s in (source, via) if s is not None)
        kind = "direct" if where < after and self.words[where - 1].fold == ":" else "indirect" if sources else "continuation"
        return Opening(begin, where, "forward", kind, known.senses["say"].entry.id, gives(known, "say", "stance", "neutral"), sources, told, verb=at, subject_first=begin, nested=nested)

    def _negated(self, at: int, first: int) -> bool:
        for k in range(max(first, at - 2), at):
            if "not" in self.roles[k].classes and self.words[k].fold not in ("دون",):
                return k == at - 1
        return at > first and self.words[at - 1].fold in ("لما", "مما", "عما", "بما", "وما", "ما")

    def _impersonal(self, at: int, after: int, frame: str, act: bool) -> bool:
        raw = self.words[at].raw
        if not act and "\u064f" in raw[:3] and self._next_is_that(at + 1, after):
            return True
        if act or gives(self.roles[at], "say", "stance") != "believed":
            return False
        stem = self.words[at].fold[len(self.roles[at].prefix) :]
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
            break
        if k >= after or "that" in self.roles[k].classes or self.words[k].kind == "mark" and self.words[k].fold not in ("«", "“", '"'):
            return None, told, None
        if self.words[k].fold in _THAT_MARKS and k > at + 1 and self.words[k - 1].fold == ":":
            return None, told, None
        if self.words[k].fold in ("في", "فى") and k + 1 < after and "medium" in self.roles[k + 1].classes:
            k = self._past_medium(k, after)
        source = self.reader.read(k, after, loose=not self.reader.deed(k) and self._plausible(k, after))
        if source is None or source.after <= k:
            return None, told, None
        if source.kind == "other" and source.body is None and not source.like and not self._that_soon(source.after, after):
            return None, told, None
        after_source = source.after
        extra = self._told_in(after_source, min(after, after_source + 1))
        return source, told or extra, self._via(after_source, after)

    def _past_medium(self, k: int, after: int) -> int:
        for j in range(k + 1, min(after, k + 8)):
            if self.reader.read(j, after) is not None and not (self.roles[j].classes & {"medium", "doc"}):
                return j
        return k

    def _plausible(self, k: int, after: int) -> bool:
        return (self.words[k].fold not in _PREPOSITIONS or self.words[k].raw == "علي") and not self.roles[k].verb

    def _that_soon(self, at: int, after: int) -> bool:
        return self._that_follows(at, min(after, at + 8))

    def _via(self, at: int, after: int) -> Source | None:
        for k in range(at, min(after, at + 6)):
            if "per" in self.roles[k].classes and self.words[k].fold.startswith("نقل"):
                return self.reader.read(k + 1, after, loose=True)
            if "that" in self.roles[k].classes:
                return None
        return None

    def _agrees(self, at: int, subject: Source) -> bool:
        """Whether verb and subject agree in gender, as far as the spelling shows: an object must not pass for a subject."""
        known, head = self.roles[at], self.roles[subject.first]
        office = head.senses.get("title") or head.senses.get("unnamed")
        if office is None or office.form != "singular":
            return True
        stem = self.words[at].fold[len(known.prefix) :]
        sense = known.senses.get("say") or known.senses.get("act")
        past = sense is not None and sense.form == "past"
        feminine = stem.endswith("ت") and not stem.endswith("لفت") if past else stem.startswith("ت")
        return feminine == self.words[subject.first].fold.endswith(("ه", "ت", "ها")) or stem in ("لفت", "يلفت")

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
            if "contrast" in classes or "topic" in classes or "was" in classes:
                anchor = k + 1
                break
            if "that" in classes:
                anchor, nested = k + 1, not (k > first and "contrast" in self.roles[k - 1].classes)
                break
            if self.words[k].fold in _ENDS:
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
        if source is None and self.words[anchor].kind == "word" and anchor + 1 == at:
            source = self.reader.read(anchor, at, loose=True)
        if source is None or source.kind == "other" and not source.like and source.after < at:
            return None, at, False
        return source, anchor, nested

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
            if fold in _ENDS or self.words[k].kind == "line":
                break
            if self.roles[k].opener and k > end:
                if classes & {"as", "per", "participle"} and self.words[k - 1].fold in ("،", ",") and self._closes(k, after):
                    paren = True
                elif not paren:
                    break
            k += 1
        if end >= after:
            return None
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
        return Opening(begin, where, "forward", "indirect", known.senses["say"].entry.id, sources=sources, verb=at, subject_first=begin)

    def _act(self, at: int, begin: int, source: Source | None, told: Source | None, first: int, nested: bool) -> Opening | None:
        known = self.roles[at]
        if source is not None and not source.like and source.kind == "other":
            source = None
        return Opening(begin, begin, "forward", "speech_act", known.senses["act"].entry.id, sources=(source,) if source else (), told=told, event=gives(known, "act", "event"), verb=at, subject_first=begin, nested=nested)
