"""Voices that carry other voices, and acts: relays, insertions, impersonal reports in, openings out."""

from __future__ import annotations

from tawatur.claims.attribution_sides import Sides
from tawatur.claims.attribution_words import COMMAS, Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_words import gives

_THAT = frozenset({"that"})
_FROM = frozenset({"from"})
SINCE = frozenset({"اذ", "وهو", "وهي", "وهم", "هو", "هي"})  # behind which somebody spoken of is the subject
_OF_WHAT = frozenset({"عن", "من", "بشان", "حول"})
_SAYING = frozenset({"saying"})


class Relays(Sides):
    """Finds openings in which one voice passes on another, or none is named."""

    def _impersonal(self, at: int, after: int) -> bool:
        """Whether a verb of saying is a passive, or a belief of nobody, before a that-clause."""
        known = self.roles[at]
        damma = known.damma or known.vowelled
        if (not damma and known.stance != "believed") or self.words[at - 1].fold in SINCE:
            return False
        if not self._next_is_that(at + 1, after):
            return False
        return damma or ("relative" not in self.roles[at - 1].classes and known.stem.startswith("ي"))

    def _passive_through(self, at: int, first: int, after: int) -> Opening | None:
        """``it is expected, according to X, that``."""
        if at + 1 >= after or at > first + 1:
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
            known.rule,
            known.stance,
            verb=at,
            impersonal=True,
        )

    def _hedge(self, at: int, after: int) -> Opening:
        """``most likely``: what the speaker says there is a belief."""
        forward = self._next_is_that(at + 1, after)
        where, way = (at + 2, "forward") if forward else (at + 1, "both")
        rule = self.roles[at].senses["hedge"].entry.id
        return Opening(at, where, way, "indirect", rule, "believed", verb=at, impersonal=True)

    def _untrue(self, at: int, after: int) -> Opening | None:
        """``there is no truth in what is told of``: the speaker denies what follows."""
        for k in range(at + 1, min(after, at + 9)):
            if self.words[k].fold in _OF_WHAT:
                rule = self.roles[at].senses["untrue"].entry.id
                return Opening(at, k + 1, "forward", "indirect", rule, "denied", verb=at, impersonal=True)
        return None

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
        that = self.next_with(_THAT, source.after, min(after, source.after + 4))
        if that is None:
            return None
        stance = gives(known, "telling", "stance", "neutral")
        rule = known.senses["telling"].entry.id
        return Opening(at, that + 1, "forward", "indirect", rule, stance, (source,), verb=at, subject_first=at)

    def _own(self, at: int, after: int) -> Opening | None:
        """``our correspondent reported``: the publisher speaks."""
        where = self._where(at + 2, after, need=True)
        return Opening(at, where, "forward", "own", self.roles[at].rule, verb=at) if where is not None else None

    def _inserted(self, end: int, first: int, after: int) -> tuple[Source, int] | None:
        """A source put between commas after a verb: (source, index after the closing comma), or None."""
        if end + 2 >= after or self.words[end].fold not in COMMAS:
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
        behind = found.sources[-1].after
        close = self.next_comma(behind, min(after, behind + 10))
        return (found.sources[0], close + 1) if close is not None else None

    def _through(
        self,
        at: int,
        begin: int,
        source: Source | None,
        mouth: tuple[Source, int],
        told: Source | None,
        after: int,
        nested: bool,
    ) -> Opening:
        """A report whose verb is followed by another voice: an outlet carries it, any other speaks for the subject."""
        inner, where = mouth
        if where < after and self.roles[where].that:
            where += 1
        carried = inner.kind == "outlet" and source is not None
        sources = (inner, source) if carried and source else (inner,)
        told = told or self.told_in(inner.after, where)
        known = self.roles[at]
        return Opening(
            begin,
            where,
            "forward",
            "indirect",
            known.rule,
            known.stance,
            sources,
            None if carried else told,
            verb=at,
            subject_first=begin,
            nested=nested,
        )

    def _duty(self, at: int, begin: int, source: Source | None, told: Source | None, nested: bool) -> Opening:
        """``stressed the need to``: a demand."""
        known = self.roles[at]
        return Opening(
            begin,
            begin,
            "forward",
            "speech_act",
            known.rule,
            known.stance,
            (source,) if source else (),
            told,
            event="demand",
            verb=at,
            subject_first=begin,
            nested=nested,
        )

    def _relay(self, at: int, first: int, after: int) -> Opening | None:
        """``X passed on (a statement) from Y that``; without ``from`` a that-clause or a quotation must follow."""
        stop = min(after, at + 18)
        come = self.next_with(_FROM, at + 1, stop)
        outer = self.reader.read(at + 1, come or stop) if come != at + 1 else None
        inner = self.reader.read(come + 1, after, loose=True) if come is not None else self._document_of(outer, stop)
        named = inner or outer
        where = self._where(named.after, after, need=True) if named is not None else None
        if where is None and come is not None:
            said = self.next_with(_SAYING, come, stop)
            where = said + 1 if said is not None else None
        said = self.next_with(_SAYING, at, min(where or after, stop))
        stance = gives(self.roles[said], "saying", "stance", "neutral") if said is not None else "neutral"
        if where is None:
            if inner is None:
                return None
            where = inner.after
        begin = at
        if outer is None and come != at + 1:
            outer, begin, _ = self._before(at, first)
        if outer is None and inner is None:
            return None
        sources = tuple([s for s in (outer, inner) if s is not None])
        rule = self.roles[at].rule
        return Opening(begin, where, "forward", "indirect", rule, stance, sources, verb=at, subject_first=begin)

    def _document_of(self, outer: Source | None, stop: int) -> Source | None:
        """Whose statement or information somebody passes on: ``X passed on the statement of Y that``."""
        if outer is None or outer.after >= stop or not self.roles[outer.after].starts_document:
            return None
        source = self.reader.read(outer.after, stop)
        return source if source is not None and source.like and source.kind != "document" else None

    def _act(self, at: int, begin: int, source: Source | None, told: Source | None, nested: bool) -> Opening | None:
        known = self.roles[at]
        if source is not None and not source.like and source.kind == "other" and not self._heard_of(source):
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
