"""Reporting verbs and participles in, openings of what they report out."""

from __future__ import annotations

from tawatur.claims.attribution_relays import Relays
from tawatur.claims.attribution_words import Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_words import gives


class Verbs(Relays):
    """Finds openings that a verb governs."""

    def _verb(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        known = self.roles[at]
        if (
            self._negated(at, first)
            or (known.plural_we and not out)
            or (at + 1 < after and self.words[at].fold == "كتب" and self.words[at + 1].kind == "mark")
        ):
            return None
        act = "act" in known.classes and "say" not in known.classes
        frame = gives(known, "say", "frame") if not act else "free"
        passive = self._passive_through(at, first, after) if not act else None
        if passive is not None:
            return passive
        if self._impersonal(at, after, act=act):
            return self._impersonal_opening(at)
        if frame == "relay":
            return self._relay(at, first, after)
        if known.prefix == "ل" and not act and known.verb:
            return self._purpose(at, after)
        if not self._governs(at, after, act=act):
            return None
        if at + 1 < after and "ours" in self.roles[at + 1].classes and self.words[at + 1].fold.endswith("نا"):
            return self._own(at, after)
        if frame == "learnt":
            return self._learnt(at, after)
        return self._told_by(at, first, after, out, act, frame)

    def _purpose(self, at: int, after: int) -> Opening | None:
        """``to say that``: the last speaker goes on."""
        where = self._where(at + 1, after, need=True)
        if where is None:
            return None
        stance = gives(self.roles[at], "say", "stance", "neutral")
        return Opening(at, where, "forward", "participle", self._rule(at), stance, verb=at)

    def _governs(self, at: int, after: int, *, act: bool) -> bool:
        """Whether a word is spelled as a finite verb that may govern a report."""
        known = self.roles[at]
        if known.prefix.startswith(("ال", "ب", "ل", "لل")) or not known.verb:
            return False
        relative = "relative" in self.roles[at - 1].classes if act else self._rule(at) == "say.admitted"
        if known.pronoun and not relative:
            return False
        return "\u064f" not in self.words[at].raw[:3] or self._next_is_that(at + 1, after)

    def _told_by(self, at: int, first: int, after: int, out: list[Opening], act: bool, frame: str) -> Opening | None:
        """The opening of a verb with its subject after it, before it, or gone on with."""
        known = self.roles[at]
        goes_on = self._goes_on(at, first, out) or known.plural_we
        lone = known.plural_we or (act and goes_on and not self._two_follow(at, after)) or self._had(at, first)
        lone = lone or (act and "relative" in self.roles[at - 1].classes and not known.pronoun)
        subject, told, via = (None, None, None) if lone else self._subject(at, after)
        if subject is not None and not self._agrees(at, subject):
            subject, via = None, None
        if (
            subject is not None
            and subject.kind in ("outlet", "other")
            and self._rule(at) == "say.admitted"
            and self.words[subject.first].fold in ("«", "“", '"')
        ):
            told, subject = subject, None
        begin, before, nested = at, None, False
        if subject is None and not goes_on:
            before, begin, nested = self._before(at, first)
        if told is None and not out and at - first < 9:
            told = self._told_in(first, at)
        source = subject or before
        end = (via or subject).after if subject else at + 1
        if act:
            return self._act(at, begin, source, told, nested)
        if subject is not None and self._after_quote(at, first):
            return self._quoted_before(at, subject, told, first)
        if self._is_duty(end, after):
            return self._duty(at, begin, source, told, nested)
        if self._rule(at) == "say.admitted" and end < after:
            end, told = self._informed(end, told)
        if subject is not None:
            end = self._past_hearer(end, after)
        mouth = self._inserted(end, first, after)
        if mouth is not None and (source is None or source.kind != "person" or mouth[0].kind == "outlet"):
            return self._through(at, begin, source, mouth, told, after, nested)
        where = self._reported(at, end, after, frame)
        if where is None:
            return self._quoted_before(at, subject, told, first) if subject else None
        if frame == "strict" and (source is None or not source.like):
            return None
        told = told or self._told_in(end, where)
        sources = tuple(s for s in (source, via) if s is not None)
        direct = where < after and self.words[where - 1].fold == ":"
        kind = "direct" if direct else "indirect" if sources else "continuation"
        rule, stance = known.senses["say"].entry.id, self._stance(at, end, where)
        return Opening(
            begin, where, "forward", kind, rule, stance, sources, told, verb=at, subject_first=begin, nested=nested
        )

    def _past_hearer(self, end: int, after: int) -> int:
        """Past the one to whom something is said with lam."""
        if end >= after or not self.words[end].fold.startswith("ل"):
            return end
        known = self.roles[end]
        if "that" in known.classes or not (known.classes or self.reader.bodies.at(self.words, end, after)):
            return end
        hearer = self.reader.read(end, after)
        return hearer.after if hearer is not None and hearer.like else end

    def _stance(self, at: int, end: int, where: int) -> str:
        """The verb's stance; a word of fear before what is reported makes it a belief."""
        stance = gives(self.roles[at], "say", "stance", "neutral")
        feared = any("fear" in self.roles[k].classes for k in range(end, min(where, len(self.words))))
        return "believed" if stance == "neutral" and feared else stance

    def _is_duty(self, at: int, after: int) -> bool:
        joined = at < after and "duty" in self.roles[at].classes
        return joined or (at + 1 < after and self.words[at].fold == "علي" and "duty" in self.roles[at + 1].classes)

    def _quoted_before(self, at: int, subject: Source, told: Source | None, first: int) -> Opening | None:
        """``"…", says X``: the verb and its subject stand after what they report."""
        if at <= first + 2:
            return None
        before = self.words[at - 1].fold
        if before not in ("،", ",", "»", "”", '"') and "as" not in self.roles[at - 1].classes:
            return None
        known = self.roles[at]
        return Opening(
            at,
            subject.after,
            "back",
            "postposed",
            known.senses["say"].entry.id,
            gives(known, "say", "stance", "neutral"),
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
