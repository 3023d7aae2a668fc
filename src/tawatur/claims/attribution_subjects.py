"""Whose verb it is: a reporting verb in, its subject before or after it, or nobody, out."""

from __future__ import annotations

from tawatur.claims.attribution_reported import Reported
from tawatur.claims.attribution_words import CLOSERS, COMMAS, IN, PREPOSITIONS, QUOTES, SUBJECT, THAT_MARKS, Opening
from tawatur.claims.sources import Source
from tawatur.claims.sources_role import ANY, FEMININE, PLURAL_FEMININE

_ASIDES = frozenset({"participle", "anonymous"})
_SPEAKERS = frozenset({"title", "unnamed", "org", "rank"})
_MEDIA = frozenset({"medium", "doc"})
_TURNS = frozenset({"contrast", "topic", "leave", "was"})
_INSERTIONS = frozenset({"qad", "relative", "when", "adjunct"})
_ASIDE = frozenset({"،", ",", "(", ")", "»", "”", '"', "في", "فى", "-", "–"})
_WHAT = ("لما", "مما", "عما", "بما", "وما", "ما")


class Subjects(Reported):
    """Finds the subject of a verb, and whether it goes on with the last one."""

    def _subject(
        self, at: int, after: int, *, sure: bool = False
    ) -> tuple[Source | None, Source | None, Source | None]:
        """The subject after a verb, the outlet told, and whom the subject quotes in turn; ``sure``: one must follow."""
        k, told = self._past_hearers(at, after)
        if k >= after or not self._may_be_subject(k, at, after):
            return None, told, None
        if self.words[k].fold in IN and k + 1 < after and "medium" in self.roles[k + 1].classes:
            k = self._past_medium(k, after)
        known = self.roles[k]
        source = self.reader.read(k, after, loose=not known.deed and not known.verb and self._plausible(k))
        if source is None or source.after <= k or not (sure or self._speaks(source, at, after)):
            return None, told, None
        end = source.after
        if told is None and end < after and self.roles[end].hears:
            told = self.told_in(end, end + 1)
        return source, told, self._via(end, after)

    def _past_hearers(self, at: int, after: int) -> tuple[int, Source | None]:
        """Past who was told, where and when behind a verb: (the token after that, the outlet told)."""
        told: Source | None = None
        k = at + 1
        while k < min(after, at + 9):
            known = self.roles[k]
            if not known.fore:
                break
            found = self.reader.told(k)
            if found is not None:
                told, k = found[1] or told, found[0]
            elif known.passed:
                k += 1
            else:
                return (self._past_medium(k - 1, after, found=after) if "adjunct" in known.classes else k), told
        return k, told

    def _may_be_subject(self, k: int, at: int, after: int) -> bool:
        word, known = self.words[k], self.roles[k]
        if known.prefix in ("ب", "بال") and self.reader.body_at(k, after) is None and "given" not in known.classes:
            return False
        if known.that or (word.kind == "mark" and word.fold not in QUOTES):
            return False
        return known.is_word or not (word.fold in THAT_MARKS and k > at + 1 and self.words[k - 1].fold == ":")

    def _speaks(self, source: Source, at: int, after: int) -> bool:
        """Whether a noun phrase behind a verb is one who speaks: recognised, heard before, or shown by what it says."""
        if source.kind != "other" or source.like or source.body is not None:
            return True
        if at > 1:
            before = self.words[at - 1].fold
            if before in CLOSERS or (before in COMMAS and self.words[at - 2].fold in CLOSERS):
                return True
        return self._heard_of(source) or self._that_soon(source.after, after)

    def _heard_of(self, source: Source) -> bool:
        words = source.words
        return any(words <= heard for heard in self.heard)

    def _past_medium(self, k: int, after: int, found: int | None = None) -> int:
        """Past ``in a statement``, to an office, a body or an unnamed source; never to the outlet that was told."""
        j = k + 2
        while j < min(after, k + 9):
            known = self.roles[j]
            if known.that or self.words[j].fold in (":", "."):
                break
            told = self.reader.told(j) if known.hears else None
            if told is not None:
                j = told[0]
                continue
            if (
                not known.classes.isdisjoint(_SPEAKERS)
                and known.classes.isdisjoint(_MEDIA)
                and not known.prefix.startswith(("ب", "ل"))
            ):
                return j
            j += 1
        return k if found is None else found

    def _plausible(self, k: int) -> bool:
        if self.words[k].fold not in PREPOSITIONS or self.words[k].raw == "علي":
            return True
        name = self.words[k].raw == "على" and k + 1 < len(self.words)  # as Egypt writes the name
        return name and ("given" in self.roles[k + 1].classes or self.words[k + 1].raw.endswith("ى"))

    def _via(self, at: int, after: int) -> Source | None:
        for k in range(at, min(after, at + 6)):
            if self.roles[k].passes_on:
                return self.reader.read(k + 1, after, loose=True)
            if self.roles[k].that:
                return None
        return None

    def _negated(self, at: int, first: int) -> bool:
        if at <= first:
            return False
        before = self.words[at - 1].fold
        return before in _WHAT or ("not" in self.roles[at - 1].classes and before != "دون")

    def _agrees(self, at: int, subject: Source) -> bool:
        """Whether verb and subject agree in gender, as far as the spelling shows: an object is no subject."""
        gender, verb = self.roles[subject.first].gender, self.roles[at]
        if gender == ANY or verb.feminine == (gender >= FEMININE):
            return True
        return gender != PLURAL_FEMININE and verb.stem in ("لفت", "يلفت")

    def _before(self, at: int, first: int) -> tuple[Source | None, int, bool]:
        """The subject before its verb: (source, where its clause begins, whether in a that-clause)."""
        low = max(first, at - SUBJECT)
        bound = at - 1
        while bound >= low and not self.roles[bound].bounds:
            bound -= 1
        if bound < low:
            return self._subject_from(first, at, nested=False) if low <= first else (None, at, False)
        known = self.roles[bound]
        if "relative" in known.classes:
            return self._antecedent(bound, low), bound, False
        nested = known.that and known.classes.isdisjoint(_TURNS)
        nested = nested and not (bound > first and "contrast" in self.roles[bound - 1].classes)
        return self._subject_from(bound + 1, at, nested=nested)

    def _subject_from(self, anchor: int, at: int, *, nested: bool) -> tuple[Source | None, int, bool]:
        """The subject of a verb whose clause begins at a token, marks aside: as ``_before``."""
        words, roles = self.words, self.roles
        while anchor < at and self._is_aside(anchor):
            anchor += 1
        if anchor >= at or roles[anchor].opener:
            return None, at, False
        source = self.reader.read(anchor, at)
        if source is None or not source.like:
            source = self._behind_comma(anchor, at, source)
        alone = anchor + 1 == at or "adjunct" in roles[anchor + 1].classes
        if source is None and words[anchor].kind == "word" and alone:
            source = self.reader.read(anchor, at, loose=True)
        if source is None or (source.kind == "other" and not source.like and source.after < at):
            return None, at, False
        return (source, anchor, nested) if self._reaches(source, at) else (None, at, False)

    def _is_aside(self, at: int) -> bool:
        word = self.words[at]
        if word.kind == "number" and at + 1 < len(self.words) and self.words[at + 1].fold == "|":
            return True  # the hour of a post
        return word.kind == "line" or (word.kind == "mark" and word.fold not in ("«", "“"))

    def _behind_comma(self, anchor: int, at: int, source: Source | None) -> Source | None:
        """The recognised source behind a comma or a number before a verb; else the last phrase looked at."""
        for k in range(anchor + 1, at):
            if self.words[k - 1].fold in COMMAS or self.words[k - 1].kind == "number":
                source = self.reader.read(k, at)
                if source is not None and source.like:
                    break
        return source

    def _reaches(self, source: Source, at: int) -> bool:
        """Whether nothing but insertions stands between a subject and its verb, and the subject is no amount."""
        if source.first and self.words[source.first - 1].kind == "number":
            return False
        gap = source.after
        if gap >= at:
            return True
        known, fold = self.roles[gap], self.words[gap].fold
        if not known.classes.isdisjoint(_INSERTIONS) or known.verb or fold in _ASIDE:
            return True
        return known.definite and not known.classes and fold.endswith(("ه", "ي", "ين", "ون"))

    def _antecedent(self, relative: int, low: int) -> Source | None:
        for k in range(low, relative):
            source = self.reader.read(k, relative)
            if source is not None and source.like and relative - source.after <= 1:
                return source
        return None

    def _goes_on(self, at: int, first: int, out: list[Opening]) -> bool:
        """Whether a verb after و or ف has the speaker of the sentence before it; أما names a new one."""
        prefix = self.roles[at].prefix
        if not out or prefix[:1] not in ("و", "ف") or not any(o.sources for o in out):
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
        if k > first and self.words[k].fold in COMMAS:
            k -= 1
        return k > first + 1 and self.words[k].fold in CLOSERS

    def _informed(self, end: int, told: Source | None) -> tuple[int, Source | None]:
        """``informed Reuters that``: past the one informed."""
        while (
            end < len(self.words) - 1
            and self.words[end].fold in COMMAS
            and not self.roles[end + 1].classes.isdisjoint(_ASIDES)
        ):
            close = self.next_comma(end + 1, end + 9)
            if close is None:
                return end, told
            end = close + 1
        if end < len(self.words) and "ours" in self.roles[end].classes:
            return end + 1, told
        outlet = self.reader.outlet(end) if end < len(self.words) else None
        return (outlet.after, outlet) if outlet is not None else (end, told)
