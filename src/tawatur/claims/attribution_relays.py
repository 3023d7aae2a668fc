"""Voices that carry other voices, and acts: relays, insertions, impersonal reports in, openings out."""

from __future__ import annotations

from tawatur.claims.attribution_sides import Sides
from tawatur.claims.attribution_words import Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_words import gives


class Relays(Sides):
    """Finds openings in which one voice passes on another, or none is named."""

    def _impersonal(self, at: int, after: int, *, act: bool) -> bool:
        raw = self.words[at].raw
        if not act and "\u064f" in raw[:3] and self._next_is_that(at + 1, after):
            return True
        if act or gives(self.roles[at], "say", "stance") != "believed":
            return False
        stem = self.words[at].fold[len(self.roles[at].prefix) :]
        if "relative" in self.roles[at - 1].classes:
            return False
        return stem.startswith("ي") and self._next_is_that(at + 1, after)

    def _passive_through(self, at: int, first: int, after: int) -> Opening | None:
        """``it is expected, according to X, that``."""
        if at + 1 >= after or self.words[at + 1].fold not in ("،", ",") or at > first + 1:
            return None
        mouth = self._inserted(at + 1, first, after)
        return self._through(at, at, None, mouth, None, after, False) if mouth is not None else None

    def _impersonal_opening(self, at: int) -> Opening:
        known = self.roles[at]
        return Opening(
            at,
            at + 2,
            "forward",
            "indirect",
            known.senses["say"].entry.id,
            gives(known, "say", "stance", "neutral"),
            verb=at,
            impersonal=True,
        )

    def _learnt(self, at: int, after: int) -> Opening | None:
        """``the observatory learnt from X that``: X speaks."""
        come = next((k for k in range(at + 1, min(after, at + 9)) if self.words[k].fold == "من"), None)
        source = self.reader.read(come + 1, after) if come is not None else None
        where = self._where(source.after, after, need=True) if source is not None else None
        if source is None or where is None:
            return None
        return Opening(at, where, "forward", "indirect", "say.learnt", sources=(source,), verb=at)

    def _telling(self, at: int, after: int) -> Opening | None:
        """``the announcement by X that``: a verbal noun, its subject and a that-clause close by."""
        known = self.roles[at]
        source = self.reader.read(at + 1, after) if at + 1 < after else None
        if known.definite or source is None or not source.like:
            return None
        near = range(source.after, min(after, source.after + 4))
        that = next((k for k in near if "that" in self.roles[k].classes), None)
        if that is None:
            return None
        stance = gives(known, "telling", "stance", "neutral")
        rule = known.senses["telling"].entry.id
        return Opening(at, that + 1, "forward", "indirect", rule, stance, (source,), verb=at, subject_first=at)

    def _own(self, at: int, after: int) -> Opening | None:
        """``our correspondent reported``: the publisher speaks."""
        where = self._where(at + 2, after, need=True)
        return Opening(at, where, "forward", "own", self._rule(at), verb=at) if where is not None else None

    def _inserted(self, end: int, first: int, after: int) -> tuple[Source, int, str] | None:
        """A source put between commas after a verb: (source, index after the closing comma, rule), or None."""
        if end + 2 >= after or self.words[end].fold not in ("،", ","):
            return None
        classes = self.roles[end + 1].classes
        found = (
            self._as(end + 1, first, after)
            if "as" in classes
            else self._per(end + 1, first, after)
            if "per" in classes
            else None
        )
        if found is None or not found.sources:
            return None
        close = next(
            (
                k
                for k in range(found.sources[-1].after, min(after, found.sources[-1].after + 10))
                if self.words[k].fold in ("،", ",")
            ),
            None,
        )
        return (found.sources[0], close + 1, found.rule) if close is not None else None

    def _through(
        self,
        at: int,
        begin: int,
        source: Source | None,
        mouth: tuple[Source, int, str],
        told: Source | None,
        after: int,
        nested: bool,
    ) -> Opening:
        """A report whose verb is followed by another voice: an outlet carries it, any other speaks for the subject."""
        inner, where, rule = mouth
        if where < after and "that" in self.roles[where].classes:
            where += 1
        carried = inner.kind == "outlet" and source is not None
        sources = (inner, source) if carried and source else (inner,)
        told = told or self._told_in(inner.after, where)
        known = self.roles[at]
        return Opening(
            begin,
            where,
            "forward",
            "indirect",
            self._rule(at),
            gives(known, "say", "stance", "neutral"),
            sources,
            None if carried else told,
            verb=at,
            subject_first=begin,
            nested=nested,
            extra=[rule],
        )

    def _duty(self, at: int, begin: int, source: Source | None, told: Source | None, nested: bool) -> Opening:
        """``stressed the need to``: a demand."""
        known = self.roles[at]
        return Opening(
            begin,
            begin,
            "forward",
            "speech_act",
            self._rule(at),
            gives(known, "say", "stance", "neutral"),
            (source,) if source else (),
            told,
            event="demand",
            verb=at,
            subject_first=begin,
            nested=nested,
        )

    def _relay(self, at: int, first: int, after: int) -> Opening | None:
        """``X passed on from Y that``; without ``from`` a that-clause or a quotation must follow."""
        known = self.roles[at]
        stop = min(after, at + 18)
        come = next((k for k in range(at + 1, stop) if "from" in self.roles[k].classes), None)
        outer = self.reader.read(at + 1, come or stop) if come != at + 1 else None
        inner = self.reader.read(come + 1, after, loose=True) if come is not None else None
        named = inner or outer
        where = self._where(named.after, after, need=True) if named is not None else None
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
        return Opening(
            begin,
            where,
            "forward",
            "indirect",
            known.senses["say"].entry.id,
            stance,
            sources,
            verb=at,
            subject_first=begin,
        )

    def _act(self, at: int, begin: int, source: Source | None, told: Source | None, nested: bool) -> Opening | None:
        known = self.roles[at]
        if (
            source is not None
            and not source.like
            and source.kind == "other"
            and not any(source.words <= words for words in self.heard)
        ):
            source = None
        return Opening(
            begin,
            begin,
            "forward",
            "speech_act",
            known.senses["act"].entry.id,
            sources=(source,) if source else (),
            told=told,
            event=gives(known, "act", "event"),
            verb=at,
            subject_first=begin,
            nested=nested,
        )
