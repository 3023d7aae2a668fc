"""Whose verb it is: a reporting verb in, its subject before or after it, or nobody, out."""

from __future__ import annotations

from tawatur.claims.attribution_reported import Reported
from tawatur.claims.attribution_words import (
    CLOSERS,
    ENDS,
    MASCULINE,
    PREPOSITIONS,
    PRONOUNS,
    SUBJECT,
    THAT_MARKS,
    Opening,
)
from tawatur.claims.sources import Source


class Subjects(Reported):
    """Finds the subject of a verb, and whether it goes on with the last one."""

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
            if self.words[k].fold in PRONOUNS or (classes & {"when"} and not (classes & {"title"})):
                k += 1
                continue
            if "adjunct" in classes:
                k = self._past_medium(k - 1, after, found=after)
            break
        if k >= after or (
            self.words[k].prefix in ("ب", "بال")
            and self.reader.bodies.at(self.words, k, after) is None
            and "given" not in self.roles[k].classes
        ):
            return None, told, None
        if "that" in self.roles[k].classes or (
            self.words[k].kind == "mark" and self.words[k].fold not in ("«", "“", '"')
        ):
            return None, told, None
        if self.words[k].fold in THAT_MARKS and k > at + 1 and self.words[k - 1].fold == ":":
            return None, told, None
        if self.words[k].fold in ("في", "فى") and k + 1 < after and "medium" in self.roles[k + 1].classes:
            k = self._past_medium(k, after)
        source = self.reader.read(k, after, loose=not self.reader.deed(k) and self._plausible(k))
        if source is None or source.after <= k:
            return None, told, None
        quoted = at > 1 and (
            self.words[at - 1].fold in CLOSERS
            or (self.words[at - 1].fold in ("،", ",") and self.words[at - 2].fold in CLOSERS)
        )
        known = any(source.words <= words for words in self.heard)
        if (
            source.kind == "other"
            and source.body is None
            and not source.like
            and not quoted
            and not known
            and not self._that_soon(source.after, after)
        ):
            return None, told, None
        after_source = source.after
        extra = self._told_in(after_source, min(after, after_source + 1))
        return source, told or extra, self._via(after_source, after)

    def _past_medium(self, k: int, after: int, found: int | None = None) -> int:
        """Past ``in a statement``, to an office, a body or an unnamed source; never to the outlet that was told."""
        j = k + 2
        while j < min(after, k + 9):
            classes = self.roles[j].classes
            if "that" in classes or self.words[j].fold in (":", "."):
                break
            told = self.reader.told(j)
            if told is not None:
                j = told[0]
                continue
            if (
                classes & {"title", "unnamed", "org", "rank"}
                and not classes & {"medium", "doc"}
                and not self.roles[j].prefix.startswith(("ب", "ل"))
            ):
                return j
            j += 1
        return k if found is None else found

    def _plausible(self, k: int) -> bool:
        return (self.words[k].fold not in PREPOSITIONS or self.words[k].raw == "علي") and not self.roles[k].verb

    def _via(self, at: int, after: int) -> Source | None:
        for k in range(at, min(after, at + 6)):
            if "per" in self.roles[k].classes and self.words[k].fold.startswith("نقل"):
                return self.reader.read(k + 1, after, loose=True)
            if "that" in self.roles[k].classes:
                return None
        return None

    def _negated(self, at: int, first: int) -> bool:
        if at > first and "not" in self.roles[at - 1].classes and self.words[at - 1].fold != "دون":
            return True
        return at > first and self.words[at - 1].fold in ("لما", "مما", "عما", "بما", "وما", "ما")

    def _agrees(self, at: int, subject: Source) -> bool:
        """Whether verb and subject agree in gender, as far as the spelling shows: an object is no subject."""
        known, head = self.roles[at], self.roles[subject.first]
        fold = self.words[subject.first].fold
        office = head.senses.get("title") or head.senses.get("unnamed") or head.senses.get("org")
        if office is not None and office.form == "plural" and fold.endswith("ات") and len(fold) > 5:
            return self._feminine(at)
        if office is None or office.form != "singular":
            return True
        body = (
            fold[: -len("ها")] if head.pronoun and fold.endswith(("ها", "هم")) else fold[:-1] if head.pronoun else fold
        )
        female = body.endswith("ت") if head.pronoun else body.endswith(("ه", "ت"))
        if female and not head.pronoun and body.endswith("ه") and "ه" in self.words[subject.first].suffixes:
            return True
        if office.entry.cls == "org" and not female and not body.endswith(MASCULINE):
            return True
        stem = self.words[at].fold[len(known.prefix) :]
        return self._feminine(at) == female or stem in ("لفت", "يلفت")

    def _feminine(self, at: int) -> bool:
        known = self.roles[at]
        stem = self.words[at].fold[len(known.prefix) :]
        sense = known.senses.get("say") or known.senses.get("act")
        past = sense is not None and sense.form == "past"
        return stem.endswith("ت") and not stem.endswith("لفت") if past else stem.startswith("ت")

    def _before(self, at: int, first: int) -> tuple[Source | None, int, bool]:
        """The subject before its verb: (source, where its clause begins, whether in a that-clause)."""
        low = max(first, at - SUBJECT)
        anchor, nested = None, False
        for k in range(at - 1, low - 1, -1):
            classes = self.roles[k].classes
            if "relative" in classes:
                return self._antecedent(k, low), k, False
            if classes & {"contrast", "topic", "leave"} or "was" in classes:
                anchor = k + 1
                break
            if "that" in classes:
                anchor, nested = k + 1, not (k > first and "contrast" in self.roles[k - 1].classes)
                break
            if self.words[k].fold in ENDS or self.words[k].fold == ":":
                anchor = k + 1
                break
        if anchor is None:
            if low > first:
                return None, at, False
            anchor = first
        while anchor < at and (
            (self.words[anchor].kind == "mark" and self.words[anchor].fold not in ("«", "“"))
            or self.words[anchor].kind == "line"
        ):
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
        if (
            source is None
            and self.words[anchor].kind == "word"
            and (anchor + 1 == at or "adjunct" in self.roles[anchor + 1].classes)
        ):
            source = self.reader.read(anchor, at, loose=True)
        if (
            source is None
            or (source.kind == "other" and not source.like and source.after < at)
            or not self._reaches(source, at)
        ):
            return None, at, False
        return source, anchor, nested

    def _reaches(self, source: Source, at: int) -> bool:
        """Whether nothing but insertions stands between a subject and its verb, and the subject is no amount."""
        if source.first and self.words[source.first - 1].kind == "number":
            return False
        gap = source.after
        if gap >= at or "qad" in self.roles[gap].classes or self.roles[gap].classes & {"relative", "when", "adjunct"}:
            return True
        if (
            self.roles[gap].definite
            and not self.roles[gap].classes
            and self.words[gap].fold.endswith(("ه", "ي", "ين", "ون"))
        ):
            return True
        return self.words[gap].fold in ("،", ",", "(", ")", "»", "”", '"', "في", "فى", "-", "–") or self.roles[gap].verb

    def _antecedent(self, relative: int, low: int) -> Source | None:
        for k in range(low, relative):
            source = self.reader.read(k, relative)
            if source is not None and source.like and relative - source.after <= 1:
                return source
        return None

    def _goes_on(self, at: int, first: int, out: list[Opening]) -> bool:
        """Whether a verb after و or ف has the speaker of the sentence before it; أما names a new one."""
        prefix = self.roles[at].prefix
        if not prefix.startswith(("و", "ف")) or not any(o.sources for o in out):
            return False
        return prefix[0] == "و" or not any(
            "topic" in self.roles[k].classes for k in range(max(first, at - SUBJECT), at)
        )

    def _two_follow(self, at: int, after: int) -> bool:
        """Whether two noun phrases follow a verb, the first of which is then its subject."""
        source = self.reader.read(at + 1, after, loose=True)
        if source is None or source.after >= after:
            return False
        nxt = self.words[source.after]
        return nxt.kind == "word" and nxt.fold.startswith("ال") and not nxt.fold.endswith(("ي", "يه"))

    def _had(self, at: int, first: int) -> bool:
        """``كان X قد قال``: the subject stands before the verb."""
        return (
            at > first
            and "qad" in self.roles[at - 1].classes
            and any("was" in self.roles[k].classes for k in range(max(first, at - SUBJECT), at - 2))
        )

    def _after_quote(self, at: int, first: int) -> bool:
        k = at - 1
        if k > first and self.words[k].fold in ("،", ","):
            k -= 1
        return k > first + 1 and self.words[k].fold in ("»", "”", '"')

    def _informed(self, end: int, told: Source | None) -> tuple[int, Source | None]:
        """``informed Reuters that``: past the one informed."""
        while (
            end < len(self.words) - 1
            and self.words[end].fold in ("،", ",")
            and "participle" in self.roles[end + 1].classes
        ):
            close = next(
                (k for k in range(end + 1, min(len(self.words), end + 9)) if self.words[k].fold in ("،", ",")), None
            )
            if close is None:
                return end, told
            end = close + 1
        if end < len(self.words) and "ours" in self.roles[end].classes:
            return end + 1, told
        outlet = self.reader.outlet(end) if end < len(self.words) else None
        return (outlet.after, outlet) if outlet is not None else (end, told)
