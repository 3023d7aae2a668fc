"""Where reported words begin: a verb's place in, the token after that, a colon or a preposition out."""

from __future__ import annotations

from tawatur.claims.attribution_words import BEFORE_THAT, ENDS, PREPOSITIONS, REGION, THAT_MARKS, View
from tawatur.claims.sources import Source
from tawatur.claims.sources_words import gives


class Reported(View):
    """Finds the that-clause, quotation or object of a reporting verb."""

    def _that_follows(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + REGION)):
            if "that" in self.roles[k].classes or self.words[k].fold == ":":
                return True
            if self.roles[k].opener or self.words[k].fold in ("،", ","):
                return False
        return False

    def _that_soon(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + 24)):
            if "that" in self.roles[k].classes or self.words[k].fold == ":":
                return True
            if self.roles[k].opener or self.words[k].fold in ENDS:
                return False
        return False

    def _next_is_that(self, at: int, after: int) -> bool:
        return at < after and "that" in self.roles[at].classes

    def _where(self, at: int, after: int, *, need: bool) -> int | None:
        """Where the reported words begin after a verb and its subject: after that, a colon or a preposition."""
        for k in range(at, min(after, at + REGION)):
            if "that" in self.roles[k].classes:
                return k + 1
            if self.words[k].fold == ":":
                return k + 1
            if self.roles[k].opener or self.words[k].fold in ENDS or self.words[k].kind == "line":
                break
        if at >= after:
            return None
        if self.words[at].fold in PREPOSITIONS:
            return at + 1
        if self.words[at].fold in THAT_MARKS or self.roles[at].prefix.startswith("ب"):
            return at
        return None if need else at

    def _reported(self, at: int, end: int, after: int, frame: str) -> int | None:
        k = end
        paren = False
        while k < min(after, end + REGION):
            classes = self.roles[k].classes
            fold = self.words[k].fold
            if ("that" in classes and self.words[k - 1].fold not in BEFORE_THAT) or fold == ":":
                return k + 1
            if (
                fold in ENDS and not ("rank" in self.roles[k - 1].classes and len(self.words[k - 1].fold) < 3)
            ) or self.words[k].kind == "line":
                break
            if self.roles[k].opener and k > end:
                if (
                    classes & {"as", "per", "participle"}
                    and self.words[k - 1].fold in ("،", ",")
                    and self._closes(k, after)
                ):
                    paren = True
                elif not paren:
                    break
            k += 1
        if end >= after:
            return None
        end = self._past_statement(end, after) if frame == "free" else end
        fold = self.words[end].fold
        allowed = gives(self.roles[at], "say", "prep").split()
        if fold in ("،", ",") and end + 1 < after and self.words[end + 1].fold in allowed:
            return end + 2
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
            elif (self.words[k].fold.endswith(("ي", "يه")) and not self.roles[k].definite) or self.words[k].fold in (
                "له",
                "لها",
                "لهم",
            ):
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
        inserted = self.roles[end + 1].classes & {"when", "title", "unnamed", "rank"} or self.words[end + 1].fold in (
            "في",
            "فى",
            "من",
            "الذي",
        )
        return close + 1 if inserted and not self.roles[close + 1].opener else None

    def _told_in(self, at: int, stop: int) -> Source | None:
        for k in range(at, stop):
            found = self.reader.told(k)
            if found is not None:
                return found[1]
        return None

    def _rule(self, verb: int) -> str:
        senses = self.roles[verb].senses
        return next((senses[c].entry.id for c in ("say", "act", "participle", "came") if c in senses), "frame.as")
