"""Reporting expressions of one sentence: tokens in, openings out (who is reported, where, in which direction)."""

from __future__ import annotations

from tawatur.claims.attribution_verbs import Verbs
from tawatur.claims.attribution_words import BEFORE_NOUN, Opening
from tawatur.claims.sources_role import CREDIT, CREDITS, OPENER, having

_TRIGGER = having(OPENER | CREDIT)
_BESIDE = frozenset({"as", "per", "came", "telling", "participle", "hedge", "untrue"})


class Scanner(Verbs):
    """Finds the openings of sentences of one report."""

    def sentence(self, first: int, after: int) -> list[Opening]:
        """The openings of the sentence that holds these tokens, from left to right."""
        out: list[Opening] = []
        head = self._line_head(first, after) if self.colons else None
        if head is not None:
            out.append(head)
        free = head.after if head else first
        for match in _TRIGGER.finditer(self.chars, free, after):
            at = match.start()
            found = self._at(at, first, after, out) if at >= free else None
            if found is not None:
                out.append(found)
                free = _past(found, at)
        return out

    def _at(self, at: int, first: int, after: int, out: list[Opening]) -> Opening | None:
        classes = self.roles[at].classes
        if self.words[at].fold in CREDITS:
            return self._credit(at, after)
        if "perself" in classes:
            subject = self._subject(at, after)[0] if self.words[at].fold.startswith("كما ") else None
            return self._postposed(at, at, subject, first, after) if subject is not None else self._self(at)
        found = self._beside(at, first, after) if not classes.isdisjoint(_BESIDE) else None
        if found is not None:
            return found
        return self._verb(at, first, after, out) if "say" in classes or "act" in classes else None

    def _beside(self, at: int, first: int, after: int) -> Opening | None:
        """The opening of an expression without a governing verb."""
        known = self.roles[at]
        classes = known.classes
        found: Opening | None = None
        if "as" in classes:
            found = self._as(at, first, after)
        if found is None and "per" in classes:
            found = self._per(at, first, after)
        if found is None and "came" in classes:
            found = self._came(at, first, after)
        if found is None and "telling" in classes and (not known.verb or self.words[at - 1].fold in BEFORE_NOUN):
            found = self._telling(at, after)
        if found is None and "hedge" in classes:
            found = self._hedge(at, after)
        if found is None and "untrue" in classes:
            found = self._untrue(at, after)
        if found is None and "participle" in classes:
            found = self._participle(at, after)
        return found


def _past(found: Opening, at: int) -> int:
    """The token after what an opening that begins at a token has taken."""
    if found.way == "forward" and found.kind != "speech_act":
        return found.after if found.after > at else at + 1
    free = max(at, found.verb) + 1
    return max(free, found.sources[-1].after) if found.way != "forward" and found.sources else free
