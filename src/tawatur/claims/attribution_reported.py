"""Where reported words begin: a verb's place in, the token after that, a colon or a preposition out."""

from __future__ import annotations

from tawatur.claims.attribution_words import BEFORE_THAT, COMMAS, IN, PREPOSITIONS, QUOTES, REGION, THAT_MARKS, View
from tawatur.claims.sources_role import ENDS

_INSERTED = frozenset({"as", "per", "participle"})
_WHO_OR_WHEN = frozenset({"when", "title", "unnamed", "rank"})
_NOTHING = frozenset({"،", ",", ".", "\n", ")", "»"})
_TOLD_OF = frozenset({"عن", "من", "بشان", "حول"})
_PASSED = frozenset({
    "له", "لها", "لهم", "سابق", "سابقه", "لاحق", "لاحقه", "مقتضب", "مشترك", "منفصل", "مسجل", "متلفز", "مصور",
})  # fmt: skip


class Reported(View):
    """Finds the that-clause, quotation or object of a reporting verb."""

    def _that_follows(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + REGION)):
            known = self.roles[k]
            if known.that or self.words[k].fold == ":":
                return True
            if known.opener or self.words[k].fold in COMMAS:
                return False
        return False

    def _that_soon(self, at: int, after: int) -> bool:
        for k in range(at, min(after, at + 24)):
            known = self.roles[k]
            if known.that or self.words[k].fold == ":":
                return True
            if known.opener or self.words[k].fold in ENDS:
                return False
        return False

    def _next_is_that(self, at: int, after: int) -> bool:
        return at < after and self.roles[at].that

    def _where(self, at: int, after: int, *, need: bool) -> int | None:
        """Where the reported words begin after a verb and its subject: after that, a colon or a preposition."""
        roles = self.roles
        for k in range(at, min(after, at + REGION)):
            if roles[k].halts:
                if roles[k].that or self.words[k].fold == ":":
                    return k + 1
                break
        if at >= after:
            return None
        if self.words[at].fold in PREPOSITIONS:
            return at + 1
        if self.words[at].fold in THAT_MARKS or roles[at].prefix.startswith("ب"):
            return at
        return None if need else at

    def _reported(self, at: int, end: int, after: int, frame: str) -> int | None:
        """Where the words that a verb with its subject reports begin, or None."""
        roles, words = self.roles, self.words
        if roles[at].stance == "denied" and end + 2 < after and words[end].fold == "ما":
            return self._of_what(end, after)
        paren = False
        for k in range(end, min(after, end + REGION)):
            known = roles[k]
            if not known.halts:
                continue
            fold = words[k].fold
            if (known.that and words[k - 1].fold not in BEFORE_THAT) or fold == ":":
                return k + 1
            if (fold in ENDS and not self._abbreviated(k - 1)) or words[k].kind == "line":
                break
            if known.opener and k > end and not ("medium" in known.classes and words[k - 1].fold in IN):
                paren_here = self._inserted_at(k, after)
                if not (paren or paren_here):
                    break
                paren = True
        if end >= after:
            return None
        while frame == "that" and end + 1 < after and "when" in roles[end].classes:
            end += 1
        past = frame == "free" or words[end].fold not in roles[at].prep
        return self._object(at, self._past_statement(end, after) if past else end, after, frame)

    def _of_what(self, end: int, after: int) -> int:
        """``denied what was told of``: where that begins."""
        return next((k + 1 for k in range(end + 1, min(after, end + 6)) if self.words[k].fold in _TOLD_OF), end)

    def _abbreviated(self, at: int) -> bool:
        """Whether a rank stands here of which only a letter or two are written."""
        return "rank" in self.roles[at].classes and len(self.words[at].fold) < 3

    def _inserted_at(self, at: int, after: int) -> bool:
        """Whether an opener stands at the head of an insertion between commas."""
        return (
            not self.roles[at].classes.isdisjoint(_INSERTED)
            and self.words[at - 1].fold in COMMAS
            and self._closes(at, after)
        )

    def _object(self, at: int, end: int, after: int, frame: str) -> int | None:
        """Where the object of a verb without a that-clause begins."""
        word = self.words[end]
        fold, allowed = word.fold, self.roles[at].prep
        if fold in COMMAS and end + 1 < after and self.words[end + 1].fold in allowed:
            return end + 2
        if fold in allowed:
            return end + 1
        if "ب" in allowed and fold.startswith("ب") and fold not in ("بين", "بعد"):
            return end
        if frame == "that" or (frame == "deed" and not self.roles[end].deed):
            return end if fold in QUOTES else None
        if fold in _NOTHING or word.kind == "line":
            return None if end + 1 >= after or fold != "،" else self._object_after_comma(end, after)
        return end

    def _past_statement(self, end: int, after: int) -> int:
        """Past ``in a statement to Reuters`` between a subject and its object."""
        if self.words[end].fold not in IN or end + 2 >= after or "medium" not in self.roles[end + 1].classes:
            return end
        k = end + 2
        while k + 1 < after and k < end + 6:
            told = self.reader.told(k)
            if told is not None:
                k = told[0]
            elif self.words[k].fold in _PASSED or (
                self.words[k].fold.endswith(("ي", "يه")) and not self.roles[k].definite
            ):
                k += 1
            else:
                break
        return k

    def _closes(self, at: int, after: int) -> bool:
        """Whether an insertion that begins here ends in a comma before ``that``."""
        comma = self.next_comma(at + 1, min(after, at + 12))
        return comma is not None and comma + 1 < after and self.roles[comma + 1].that

    def _object_after_comma(self, end: int, after: int) -> int | None:
        """``نفى X، في بيان، سقوط Y``: the object after an inserted phrase."""
        close = self.next_comma(end + 1, min(after, end + 14))
        if close is None or close + 1 >= after:
            return None
        head = self.roles[end + 1]
        inserted = not head.classes.isdisjoint(_WHO_OR_WHEN) or self.words[end + 1].fold in (*IN, "من", "الذي")
        return close + 1 if inserted and not self.roles[close + 1].opener else None
