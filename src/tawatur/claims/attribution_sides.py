"""Sources that stand beside what they say: after according-to, as-X-said, in brackets, before a colon."""

from __future__ import annotations

from bisect import bisect_left

from tawatur.claims.attribution_subjects import Subjects
from tawatur.claims.attribution_words import ENDS, Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_words import gives


class Sides(Subjects):
    """Finds openings without a governing verb."""

    def _line_head(self, first: int, after: int) -> Opening | None:
        if not self.colons:
            return None
        start = first
        while start < after and (
            self.words[start].kind in ("mark", "number", "line") and self.words[start].fold not in ("«", '"', "“", "(")
        ):
            start += 1
        number = bisect_left(self.colons, start)
        colon = self.colons[number] if number < len(self.colons) else after
        if colon >= start + 16 or colon == start or colon + 1 >= after:
            return None
        if any("ours" in self.roles[k].classes and not self.words[k].fold.startswith("ل") for k in range(start, colon)):
            return None
        if any(
            self.roles[k].classes & {"say", "act", "per", "as", "came", "perself"} and self.roles[k].verb
            for k in range(start, colon)
        ):
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
            told = self._told_in(source.after, colon)
            dash = any(self.words[k].fold in ("-", "–", "ـ", "—") for k in range(start, colon))
            inner = self._quoting(source.after, colon)
            outlet = source.kind == "outlet" and not told and inner is None
            if (dash and (source.kind == "outlet" or source.after < colon - 1)) or outlet:
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
        return None

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
        close = next((k for k in range(at + 1, min(after, at + 8)) if self.words[k].fold == ")"), None)
        if close is None or (close + 2 < after and self.words[min(close + 1, after - 1)].kind == "word"):
            return None
        if close + 1 < after and self.words[close + 1].fold not in ("\n", ".", "،"):
            return None
        source = self.reader.read(at + 1, close)
        if source is None or not source.like or source.kind == "outlet" or source.after != close or at < 4:
            return None
        if (
            source.body is not None
            and source.body.kind in ("group", "army", "alliance", "party")
            and source.kind == "body"
        ):
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
        told = self._told_in(source.after, min(after, source.after + 4)) or self._carrier(source.after, after)
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
            if (
                gives(self.roles[k], "say", "frame") == "relay"
                and k + 1 < after
                and self.words[k + 1].fold in ("عنه", "عنها", "عنهم")
            ):
                return self.reader.read(k + 2, after)
        return None

    def _direction(self, at: int, end: int, first: int, after: int) -> tuple[str, int]:
        """Whether a prepositional source looks forward (at the head of its clause), back, or both ways."""
        begun = at
        while begun > first and (
            (self.words[begun - 1].kind == "mark" and self.words[begun - 1].fold not in ENDS)
            or self.words[begun - 1].kind == "line"
        ):
            begun -= 1
        where = end
        comma = next(
            (
                k
                for k in range(end, min(after, end + 14))
                if self.words[k].fold in ("،", ",", ":", "؛") or "that" in self.roles[k].classes
            ),
            None,
        )
        if begun <= first + 1 or "contrast" in self.roles[at - 1].classes:
            return "forward", comma + 1 if comma is not None else where
        rest = any(self.words[k].kind == "word" for k in range(end, after))
        return ("both" if rest else "back"), where

    def _as(self, at: int, first: int, after: int) -> Opening | None:
        """``as X said``: a verb must follow; at the head of a sentence كما is only "also"."""
        at_verb = next(
            (k for k in range(at + 1, min(after, at + 4)) if self.roles[k].classes & {"say", "act", "came"}), None
        )
        if at_verb is None:
            begin = at + 3 if at + 3 < after and self.words[at + 2].fold == "من" else at + 2
            source = (
                self.reader.read(begin, after, loose=True)
                if at + 2 < after and self.words[at + 1].kind == "word"
                else None
            )
            if source is None or not self.words[at].fold.endswith(" ما"):
                return None
            return self._postposed(at, at + 1, source, first, after)
        if self.words[at].fold.endswith("كما") and (at <= first + 1 or self._that_follows(at_verb + 1, after)):
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
        stance = gives(known, "say", "stance", "neutral") if "say" in known.classes else "neutral"
        end = (via or source).after
        way, where = self._direction(at, end, first, after)
        relay = gives(known, "say", "frame") == "relay" or source.kind == "outlet"
        chain = (source, via) if via else (source,)
        return Opening(
            at,
            where,
            way,
            "preposed" if way == "forward" else "postposed",
            self._rule(verb),
            stance,
            chain,
            told,
            verb=verb,
            relay=relay and not via,
        )

    def _came(self, at: int, first: int, after: int) -> Opening | None:
        """``it says in a statement of X that``."""
        owner = self._owner(at + 1, after)
        if owner is None:
            return None
        k = next(
            (
                k
                for k in range(owner.after, min(after, owner.after + 12))
                if "that" in self.roles[k].classes or self.words[k].fold == ":" or self.roles[k].opener
            ),
            None,
        )
        k = None if k is None or self.roles[k].opener else k
        rule = self.roles[at].senses["came"].entry.id
        if k is not None:
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
            inner = self.words[k].fold in ("في", "علي", "لسان", "ذلك", "ما")
            if k + 1 < after and (mouth or (inner and "doc" in self.roles[k + 1].classes)):
                return self.reader.read(k + 1, after, loose="per" in self.roles[k].classes)
        return None
