"""Reporting verbs and participles in, openings of what they report out."""

from __future__ import annotations

from tawatur.claims.attribution_relays import SINCE, Relays
from tawatur.claims.attribution_words import BEFORE_THAT, CLOSERS, COMMAS, QUOTES, Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_role import FEAR, Role, having
from tawatur.claims.sources_words import gives

_INFORMED = "say.informed"
_ADMITTED = ("say.admitted", _INFORMED)
_FEAR = having(FEAR)
_IN_WHICH = frozenset({"فيه", "فيها", "خلاله", "خلالها"})


class Verbs(Relays):
    """Finds openings that a verb governs."""

    def _verb(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        known = self.roles[at]
        if "not" in known.classes or self._negated(at, first):
            return None
        if (known.plural_we and not out) or self._written_by(at, after):
            return None
        if known.stem == "بين" and "ّ" not in self.words[at].raw and not self._clause_follows(at, after):
            return None
        act = known.act
        if not act:
            passive = self._passive_through(at, first, after)
            if passive is not None:
                return passive
            if self._impersonal(at, after):
                return self._impersonal_opening(at)
            if known.frame == "relay":
                return self._relay(at, first, after)
            if known.prefix == "ل" and known.verb:
                return self._purpose(at, after)
        if not self._governs(at, after, act=act):
            return None
        if known.rule != _INFORMED and self._ours_follow(at, after):
            return self._own(at, after)
        if known.frame == "learnt":
            return self._learnt(at, after)
        return self._told_by(at, first, after, out)

    def _clause_follows(self, at: int, after: int) -> bool:
        """Whether a source and a that-clause follow a word that may be "between"."""
        source = self.reader.read(at + 1, after) if at + 1 < after else None
        return source is not None and source.like and self._next_is_that(source.after, after)

    def _ours_follow(self, at: int, after: int) -> bool:
        return at + 1 < after and "ours" in self.roles[at + 1].classes and self.words[at + 1].fold.endswith("نا")

    def _written_by(self, at: int, after: int) -> bool:
        """Whether the line of an author stands here: "wrote" and a mark."""
        return self.words[at].fold == "كتب" and at + 1 < after and self.words[at + 1].kind == "mark"

    def _purpose(self, at: int, after: int) -> Opening | None:
        """``to say that``: the last speaker goes on."""
        where = self._where(at + 1, after, need=True)
        if where is None:
            return None
        known = self.roles[at]
        return Opening(at, where, "forward", "participle", known.rule, known.stance, verb=at)

    def _governs(self, at: int, after: int, *, act: bool) -> bool:
        """Whether a word is spelled as a finite verb that may govern a report."""
        known = self.roles[at]
        if not known.finite:
            return False
        if known.pronoun and not ("relative" in self.roles[at - 1].classes if act else known.rule in _ADMITTED):
            return False
        return not known.damma or self._next_is_that(at + 1, after)

    def _told_by(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        """The opening of a verb with its subject after it, before it, or gone on with."""
        known = self.roles[at]
        goes_on = known.plural_we or self._goes_on(at, first, out)
        alone = self._stands_alone(at, first, after, goes_on=goes_on)
        subject, told, via = (None, None, None) if alone else self._subject(at, after)
        if subject is not None and not self._agrees(at, subject):
            subject, via = None, None
        if subject is not None and known.rule in _ADMITTED and self._is_object(subject):
            told, subject = subject, None
        if subject is not None and known.rule == _INFORMED and subject.kind == "unnamed":
            subject, told = self._hearer_apart(subject, told)
        begin, before, nested = at, None, False
        hearer: Source | None = None
        if subject is None and not goes_on:
            before, begin, nested = self._before(at, first)
        elif subject is not None and known.rule == _INFORMED:
            before, begin, nested = self._before(at, first)
            if before is not None:
                hearer, subject = subject, None
                told = hearer if hearer.kind == "outlet" else told
        if told is None and not out and at - first < 9:
            told = self.told_in(first, at)
        source = subject or before
        if known.act:
            return self._act(at, begin, source, told, nested)
        if subject is not None and self._after_quote(at, first):
            return self._quoted_before(at, subject, told, first)
        end = (via or subject).after if subject else hearer.after if hearer else at + 1
        if end < after and self.roles[end].clear and self.words[end - 1].fold not in BEFORE_THAT:
            return self._said(at, begin, end + 1, known.stance, source, via, told, nested=nested)
        if self._is_duty(end, after):
            return self._duty(at, begin, source, told, nested)
        if known.rule in _ADMITTED and end < after:
            end, told = self._informed(end, told)
        if subject is not None:
            end = self._past_hearer(end, after)
        mouth = self._inserted(end, first, after)
        if mouth is not None and (source is None or source.kind != "person" or mouth[0].kind == "outlet"):
            return self._through(at, begin, source, mouth, told, after, nested)
        where = self._reported(at, end, after, known.frame)
        if where is None:
            return self._quoted_before(at, subject, told, first) if subject else None
        direct = self.words[where - 1].fold == ":"
        stance, told = self._stance(known, end, where), told or self.told_in(end, where)
        return self._said(at, begin, where, stance, source, via, told, nested=nested, direct=direct)

    def _said(
        self,
        at: int,
        begin: int,
        where: int,
        stance: str,
        source: Source | None,
        via: Source | None,
        told: Source | None,
        *,
        nested: bool,
        direct: bool = False,
    ) -> Opening | None:
        """The opening of a verb, all parts of which are found; some verbs report only what a recognised source says."""
        known = self.roles[at]
        if known.frame in ("strict", "deed") and (source is None or not source.like):
            return None
        sources = (source, via) if source and via else (source,) if source else ()
        since = (at > 0 and self.words[at - 1].fold in SINCE) or self.words[at + 1].fold in _IN_WHICH
        kind = "direct" if direct else "indirect" if sources else "participle" if since else "continuation"
        found = Opening(begin, where, "forward", kind, known.rule, stance, sources, told, None, at, begin, nested)
        found.nominal = not direct and not self.roles[where - 1].that
        return found

    def _stands_alone(self, at: int, first: int, after: int, *, goes_on: bool) -> bool:
        """Whether no subject stands behind a verb."""
        known = self.roles[at]
        if known.plural_we or self._had(at, first):
            return True
        if not known.act:
            return False
        if "relative" in self.roles[at - 1].classes and not known.pronoun:
            return True
        return goes_on and not self._two_follow(at, after)

    def _is_object(self, subject: Source) -> bool:
        """Whether what stands in quotation marks behind a verb is what it has for an object."""
        return subject.kind in ("outlet", "other") and self.words[subject.first].fold in QUOTES

    def _hearer_apart(self, subject: Source, told: Source | None) -> tuple[Source, Source | None]:
        """A subject without the outlet that is the object behind it: ``a nurse informed Reuters``."""
        for k in range(subject.first + 1, subject.after):
            outlet = self.reader.outlet(k)
            alone = self.reader.read(subject.first, k) if outlet is not None and outlet.after == subject.after else None
            if alone is not None:
                return alone, outlet
        return subject, told

    def _past_hearer(self, end: int, after: int) -> int:
        """Past the one to whom something is said with lam."""
        if end >= after or not self.words[end].fold.startswith("ل"):
            return end
        known = self.roles[end]
        told = self.reader.told(end) if known.hears else None
        if told is not None:
            return told[0]
        if known.that or not (known.classes or self.reader.body_at(end, after)):
            return end
        hearer = self.reader.read(end, after)
        return hearer.after if hearer is not None and hearer.like else end

    def _stance(self, known: Role, end: int, where: int) -> str:
        """The verb's stance; a word of fear before what is reported makes it a belief."""
        feared = known.stance == "neutral" and end < where and _FEAR.search(self.chars, end, where)
        return "believed" if feared else known.stance

    def _is_duty(self, at: int, after: int) -> bool:
        joined = at < after and "duty" in self.roles[at].classes
        return joined or (at + 1 < after and self.words[at].fold == "علي" and "duty" in self.roles[at + 1].classes)

    def _quoted_before(self, at: int, subject: Source, told: Source | None, first: int) -> Opening | None:
        """``"…", says X``: the verb and its subject stand after what they report."""
        if at <= first + 2:
            return None
        before = self.words[at - 1].fold
        if before not in COMMAS and before not in CLOSERS and "as" not in self.roles[at - 1].classes:
            return None
        known = self.roles[at]
        return Opening(
            at,
            subject.after,
            "back",
            "postposed",
            known.rule,
            known.stance,
            (subject,),
            told,
            verb=at,
        )

    def _participle(self, at: int, after: int) -> Opening | None:
        known = self.roles[at]
        sense = known.senses["participle"]
        event = gives(known, "participle", "event") or None
        fold = self.words[at].fold
        if not event and known.prefix in ("ال", "لل", "ب"):
            return None
        clause = gives(known, "participle", "frame") == "that" or not fold.endswith("ا")
        where = self._where(at + 1, after, need=event is None and clause)
        if event:
            if known.prefix in ("ال", "لل", "ب", "ل") or not (fold.endswith(("ا", "ه")) or fold.endswith("ين")):
                return None
            return Opening(at, at, "forward", "speech_act", sense.entry.id, event=event, verb=at)
        if where is None:
            return None
        stance = gives(known, "participle", "stance", "neutral")
        return Opening(at, where, "forward", "participle", sense.entry.id, stance, verb=at)
