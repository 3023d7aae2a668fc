"""Sources that stand beside what they say: after according-to, as-X-said, in brackets, before a colon."""

from __future__ import annotations

from bisect import bisect_left

from tawatur.claims.attribution_subjects import Subjects
from tawatur.claims.attribution_words import COMMAS, Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_role import ENDS
from tawatur.claims.sources_words import gives

_REPORTING = frozenset({"say", "act", "per", "as", "came", "perself"})
_VERBS = frozenset({"say", "act", "came"})
_OF = ("في", "علي", "لسان", "ذلك", "ما")
_FIGHTING = ("group", "army", "alliance", "party")
_PAUSES = (*COMMAS, ":", "؛")
_DASHES = ("-", "–", "ـ", "—")
_QUOTED = ("«", '"', "“", "(")


class Sides(Subjects):
    """Finds openings without a governing verb."""

    def _line_head(self, first: int, after: int) -> Opening | None:
        """The source before the colon at the head of a line."""
        number = bisect_left(self.colons, first)
        if number >= len(self.colons) or self.colons[number] >= after - 1:
            return None
        start = first
        while start < after and self._is_bullet(start):
            start += 1
        number = bisect_left(self.colons, start)
        colon = self.colons[number] if number < len(self.colons) else after
        if colon >= start + 16 or colon == start or colon + 1 >= after or self._is_told(start, colon):
            return None
        for at in range(start, colon):
            source = self.reader.read(at, colon)
            if source is None or not source.like:
                if at > start + 2 and self.words[at].kind == "word":
                    break
                continue
            if source.kind in ("other", "document") or (
                "state" in self.roles[source.first].classes and source.after - source.first == 1 and at > start
            ):
                continue
            return self._headed(source, start, colon)
        return None

    def _is_bullet(self, at: int) -> bool:
        word = self.words[at]
        return word.kind in ("mark", "number", "line") and word.fold not in _QUOTED

    def _is_told(self, start: int, colon: int) -> bool:
        """Whether the words before a colon have a reporting verb or are the publisher's own."""
        for k in range(start, colon):
            known = self.roles[k]
            if known.verb and not known.classes.isdisjoint(_REPORTING):
                return True
            if "ours" in known.classes and not self.words[k].fold.startswith("ل"):
                return True
        return False

    def _headed(self, source: Source, start: int, colon: int) -> Opening | None:
        """The opening of a line whose head names a source; None for an outlet's own line."""
        told = self.told_in(source.after, colon)
        inner = self._quoting(source.after, colon)
        if source.kind == "outlet" and not told and inner is None:
            return None
        if source.kind == "outlet" or source.after < colon - 1:
            for k in range(start, colon):
                if self.words[k].fold in _DASHES:
                    return None
        return Opening(
            start,
            colon + 1,
            "forward",
            "direct",
            "head.colon",
            sources=(source, inner) if inner is not None else (source,),
            told=told,
            verb=colon,
            subject_first=start,
            spread="line",
        )

    def _credit(self, at: int, after: int) -> Opening | None:
        if self.words[at].fold == "المصدر":
            if at + 2 >= after or self.words[at + 1].fold != ":" or at == 0 or self.words[at - 1].fold not in ENDS:
                return None
            source = self.reader.read(at + 2, after)
            if source is None or not source.like:
                return None
            return Opening(
                at, source.after, "back", "postposed", "credit.source", sources=(source,), verb=at, spread="paragraph"
            )
        return self._in_brackets(at, after)

    def _in_brackets(self, at: int, after: int) -> Opening | None:
        """A source in brackets behind what it says."""
        close = next((k for k in range(at + 1, min(after, at + 8)) if self.words[k].fold == ")"), None)
        if close is None or (close + 2 < after and self.words[min(close + 1, after - 1)].kind == "word"):
            return None
        if close + 1 < after and self.words[close + 1].fold not in ("\n", ".", "،"):
            return None
        source = self.reader.read(at + 1, close)
        if source is None or not source.like or source.kind == "outlet" or source.after != close or at < 4:
            return None
        if source.kind == "body" and source.body is not None and source.body.kind in _FIGHTING:
            return None
        return Opening(at, close + 1, "back", "postposed", "credit.brackets", sources=(source,), verb=at)

    def _self(self, at: int) -> Opening:
        known = self.roles[at]
        return Opening(
            at,
            at + 1,
            "back",
            "self",
            known.senses["perself"].entry.id,
            gives(known, "perself", "stance", "neutral"),
            verb=at,
        )

    def _per(self, at: int, first: int, after: int) -> Opening | None:
        known = self.roles[at]
        start = at + 1
        if start < after and "as" in self.roles[start].classes:
            return None
        source = self.reader.read(start, after, loose=True)
        if source is None or source.after <= start:
            return None
        told = self.told_in(source.after, min(after, source.after + 4)) or self._carrier(source.after, after)
        way, where = self._direction(at, source.after, first, after)
        stance = gives(known, "per", "stance", "neutral")
        return Opening(
            at,
            where,
            way,
            "preposed" if way == "forward" else "postposed",
            known.senses["per"].entry.id,
            stance,
            (source,),
            told,
            verb=at,
            relay="نقل" in self.words[at].fold,
        )

    def _carrier(self, at: int, after: int) -> Source | None:
        """``according to Y, whom X quoted``: X."""
        for k in range(at, min(after, at + 4)):
            if self.roles[k].frame == "relay" and k + 1 < after and self.words[k + 1].fold in ("عنه", "عنها", "عنهم"):
                return self.reader.read(k + 2, after)
        return None

    def _direction(self, at: int, end: int, first: int, after: int) -> tuple[str, int]:
        """Whether a prepositional source looks forward (at the head of its clause), back, or both ways."""
        words, roles = self.words, self.roles
        begun = at
        while begun > first and (
            words[begun - 1].kind == "line" or (words[begun - 1].kind == "mark" and words[begun - 1].fold not in ENDS)
        ):
            begun -= 1
        joined = roles[at].prefix == "و" and at > first and words[at - 1].fold in COMMAS
        if begun <= first + 1 or joined or "contrast" in roles[at - 1].classes:
            for k in range(end, min(after, end + 14)):
                if roles[k].that or words[k].fold in _PAUSES:
                    return "forward", k + 1
                if "not" in roles[k].classes and k == end:
                    break
            return "forward", end
        for k in range(end, after):
            if roles[k].is_word:
                return "both", end
        return "back", end

    def _as(self, at: int, first: int, after: int) -> Opening | None:
        """``as X said``: a verb must follow; at the head of a sentence كما is only "also"."""
        verb = self.next_with(_VERBS, at + 1, min(after, at + 4))
        if verb is None:
            return self._as_ever(at, first, after)
        if self.words[at].fold.endswith("كما") and (at <= first + 1 or self._that_follows(verb + 1, after)):
            return None
        known = self.roles[verb]
        if "came" in known.classes:
            owner = self._owner(verb + 1, after)
            return self._postposed(at, verb, owner, first, after) if owner else None
        subject, told, via = self._subject(verb, after, sure=True)
        if subject is None:
            return self._as_he_says(at, verb, after)
        if known.frame == "relay" or subject.kind == "outlet":
            via = via or self._quoting(subject.after, after)
        return self._postposed(at, verb, subject, first, after, told, via)

    def _as_he_says(self, at: int, verb: int, after: int) -> Opening | None:
        """``as she tells``: whoever was spoken of."""
        known = self.roles[verb]
        behind = verb + 1
        alone = behind >= after or not self.roles[behind].is_word or self.roles[behind].hears
        if verb != at + 1 or not alone or known.frame == "relay":
            return None
        return Opening(at, behind, "back", "self", known.rule, known.stance, verb=verb)

    def _as_ever(self, at: int, first: int, after: int) -> Opening | None:
        """As ``_as`` for a verb that no entry knows."""
        if at + 2 >= after or self.words[at + 1].kind != "word":
            return None
        begin = at + 3 if at + 3 < after and self.words[at + 2].fold == "من" else at + 2
        source = self.reader.read(begin, after, loose=True)
        if source is None or not self.words[at].fold.endswith(" ما"):
            return None
        return self._postposed(at, at + 1, source, first, after)

    def _quoting(self, at: int, after: int) -> Source | None:
        """``as X passed on from Y``: Y."""
        return self.reader.read(at + 1, after, loose=True) if at < after and "from" in self.roles[at].classes else None

    def _postposed(
        self,
        at: int,
        verb: int,
        source: Source,
        first: int,
        after: int,
        told: Source | None = None,
        via: Source | None = None,
    ) -> Opening:
        known = self.roles[verb]
        way, where = self._direction(at, (via or source).after, first, after)
        relay = known.frame == "relay" or source.kind == "outlet"
        return Opening(
            at,
            where,
            way,
            "preposed" if way == "forward" else "postposed",
            known.rule,
            known.stance,
            (source, via) if via else (source,),
            told,
            verb=verb,
            relay=relay and not via,
        )

    def _came(self, at: int, first: int, after: int) -> Opening | None:
        """``it says in a statement of X that``."""
        owner = self._owner(at + 1, after)
        if owner is None:
            return None
        rule = self.roles[at].senses["came"].entry.id
        for k in range(owner.after, min(after, owner.after + 12)):
            known = self.roles[k]
            if known.opener:
                break
            if known.that or self.words[k].fold == ":":
                return Opening(at, k + 1, "forward", "indirect", rule, sources=(owner,), verb=at)
        return Opening(
            at,
            owner.after,
            "back",
            "postposed",
            rule,
            sources=(owner,),
            verb=at,
            spread="paragraph" if at <= first + 2 else "",
        )

    def _owner(self, at: int, after: int) -> Source | None:
        if at < after and "from" in self.roles[at].classes:
            return self.reader.read(at + 1, after)
        for k in range(at, min(after, at + 4)):
            mouth = "per" in self.roles[k].classes
            inner = self.words[k].fold in _OF
            if k + 1 < after and (mouth or (inner and "doc" in self.roles[k + 1].classes)):
                return self.reader.read(k + 1, after, loose=mouth)
        return None
