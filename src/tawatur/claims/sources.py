"""Noun phrases that name a source: tokens in, who it is out, with the name as written."""

from __future__ import annotations

from dataclasses import replace

from tawatur.claims.sources_name import Source, comparable, words_of
from tawatur.claims.sources_phrase import (
    CLOSE,
    HEADS,
    KEPT_PREPOSITIONS,
    LONGEST,
    NAME,
    OPEN,
    OTHER_PREPOSITIONS,
    STOPS,
    Phrases,
)
from tawatur.claims.sources_words import deed_stem

__all__ = ["Reader", "Source", "comparable", "words_of"]


class Reader(Phrases):
    """Reads source phrases of one report."""

    def read(self, first: int, stop: int, *, loose: bool = False) -> Source | None:
        """The source phrase that begins at a token, or None; ``loose`` takes any noun for a head."""
        at = self._past_documents(first, stop)
        if at >= stop or at < 0:
            return self._document(first, stop) if first < stop and "doc" in self.roles[first].classes else None
        owned = (
            at > first
            and self.words[at].fold[:1] == "ل"
            and not self.words[at].fold.startswith("لل")
            and not self.roles[at].classes
        )
        self.lam = at if owned and self.bodies.at(self.words, at, stop) is None else -1
        found = self._body(at, stop) or self._phrase(at, stop, loose or owned)
        if owned and found is not None and not found.like:
            found = replace(found, like=True, kind="person")
        if (found is None or not found.like) and at > first:
            return self._document(first, stop)
        return found

    def _past_documents(self, at: int, stop: int) -> int:
        while (
            at < stop
            and (self.roles[at].classes & {"doc", "latest", "issued"})
            and not self.bodies.at(self.words, at, stop)
        ):
            document = bool(self.roles[at].classes & {"doc"})
            at += 1
            skipped = 0
            while document and at < stop and skipped < 2 and self._adjective(at):
                at, skipped = at + 1, skipped + 1
            if at < stop and "issued" in self.roles[at].classes:
                at += 1
                if at < stop and "from" in self.roles[at].classes:
                    at += 1
        if at < stop and (self.roles[at].opener or self.words[at].kind != "word") and self.words[at].fold not in OPEN:
            return -1
        return at

    def _document(self, first: int, stop: int) -> Source | None:
        after = first + 1
        while after < min(stop, first + 5) and self.words[after].kind != "mark" and not self._ends(after, first, "doc"):
            after += 1
        return self._made(first, after, first, after, "document", None, like=True)

    def _body(self, at: int, stop: int) -> Source | None:
        opened = at < stop and self.words[at].fold in OPEN
        start = at + 1 if opened else at
        if start >= stop:
            return None
        found = self.bodies.at(self.words, start, stop)
        if found is None:
            return None
        after, body = found
        if self._office_follows(after, stop):
            return None
        while after < stop and self._extends(after):
            after += 1
        inner = after
        if opened and after < stop and self.words[after].fold in CLOSE:
            after += 1
        kind = "outlet" if body.kind in ("outlet", "agency") else "body"
        return self._made(at, after, start, inner, kind, body, like=True)

    def _office_follows(self, after: int, stop: int) -> bool:
        return False if after >= stop else "given" in self.roles[after].classes and not self.words[after].prefix

    def _extends(self, at: int) -> bool:
        known = self.roles[at]
        fold = self.words[at].fold
        return (
            known.prefix.startswith("ال")
            and fold.startswith("ال")
            and fold.endswith(("ي", "يه"))
            and not (known.classes & {"title", "rank", "when", "unnamed"})
            and not known.opener
        )

    def _phrase(self, at: int, stop: int, loose: bool) -> Source | None:
        start = at
        if self.words[at].fold in OPEN:
            return self._quoted(at, stop)
        if self.words[at].kind != "word":
            return None
        known = self.roles[at]
        if (
            "deed" in known.classes
            and at + 2 < stop
            and self.words[at + 1].fold == "من"
            and "unnamed" in self.roles[at + 2].classes
        ):
            counted = self._plain(at + 2, stop)
            return (
                self._made(at, counted.after, at, counted.name_after, "unnamed", None, like=True) if counted else None
            )
        if (known.opener and not (known.classes & HEADS)) or known.classes & STOPS or self.deed(at):
            return None
        if not (known.classes & HEADS) and (
            not loose or self.words[at].fold in OTHER_PREPOSITIONS or self.words[at].fold[:4] in ("عليه", "اليه")
        ):
            return None
        if "rank" in known.classes and not (known.classes & {"title", "unnamed"}):
            at = self._skip_ranks(at, stop)
            if at < stop and "title" in self.roles[at].classes and "given" not in self.roles[at].classes:
                return self._office(at, stop)
            return self._person(start, at, stop) or self._plain(start, stop)
        if "given" in known.classes and "state" not in known.classes:
            return self._person(start, at, stop)
        return self._office(start, stop) if "title" in known.classes else self._plain(start, stop)

    def _person(self, start: int, at: int, stop: int) -> Source | None:
        after = self._name_end(at, stop)
        return self._made(start, after, at, after, "person", None, like=True) if after > at else None

    def _name_end(self, at: int, stop: int) -> int:
        after = at
        while after < min(stop, at + NAME):
            known = self.roles[after]
            if after > at and self.words[after - 1].fold == "عبد" and self.words[after].kind == "word":
                after += 1
                continue
            if after > at and self.words[after].fold.startswith("ال") and deed_stem(self.words[after].fold[2:]):
                break
            if after > at and (
                (known.classes & {"outlet", "org"} and "given" not in known.classes) or self._outlet_body(after)
            ):
                break
            if (
                self.words[after].kind != "word"
                or self._ends(after, at, "name")
                or (
                    after > at and "title" in known.classes and known.definite and not known.classes & {"given", "rank"}
                )
            ):
                break
            if after > at and (
                (known.prefix in ("ب", "ل", "لل", "بال") and (known.classes or known.definite))
                or (self.words[after].fold in OTHER_PREPOSITIONS and self.words[after].raw != "علي")
            ):
                break
            after += 1
        return after

    def _office(self, start: int, stop: int) -> Source | None:
        at = start + 1
        definite = self.roles[start].definite
        in_body = False
        while at < min(stop, start + LONGEST):
            known, word = self.roles[at], self.words[at]
            if self.told(at) is not None:
                break
            body = (
                self.bodies.at(self.words, at, stop)
                if not ("given" in known.classes and not in_body and definite)
                else None
            )
            if body is not None and body[0] > at:
                definite, in_body, at = True, False, body[0]
                continue
            if word.kind != "word":
                break
            if "rank" in known.classes and "org" not in known.classes:
                named = self._skip_ranks(at, stop)
                person = (
                    self._person(start, named, stop)
                    if named < stop and self.words[named].fold not in KEPT_PREPOSITIONS
                    else None
                )
                if person is not None:
                    return person
                definite, at = True, named
                continue
            if "given" in known.classes and not in_body and word.prefix == "" and not self._ends(at, start, "name"):
                return self._person(start, at, stop)
            if self._ends(at, start, "title"):
                break
            if (
                definite
                and not known.definite
                and not known.prefix
                and word.fold not in KEPT_PREPOSITIONS
                and not self._governed(at, stop)
                and not (known.classes & HEADS)
            ):
                return self._person(start, at, stop)
            in_body = "org" in known.classes and not known.definite
            definite = known.definite or (word.fold in ("باسم",) and definite)
            if word.fold in KEPT_PREPOSITIONS:
                definite = False
            at += 1
        return self._apposed(start, at, stop) or self._made(start, at, start, at, self._kind(start), None, like=True)

    def _governed(self, at: int, stop: int) -> bool:
        """Whether an unknown word in ب or ل is a place before a given name rather than a name itself."""
        return self.words[at].fold[0] in "بل" and at + 1 < stop and "given" in self.roles[at + 1].classes

    def _skip_ranks(self, at: int, stop: int) -> int:
        while at < stop and ("rank" in self.roles[at].classes or self.words[at].fold == "."):
            at += 1
        return at

    def _apposed(self, start: int, at: int, stop: int) -> Source | None:
        if (
            at + 1 < stop
            and self.words[at].fold in ("،", ",")
            and "given" in self.roles[at + 1].classes
            and self.roles[start].definite
        ):
            return self._person(start, at + 1, stop)
        return None

    def _plain(self, start: int, stop: int) -> Source | None:
        at, definite = start + 1, self.roles[start].definite
        head = self.roles[start].classes
        depth = 0
        while at < min(stop, start + LONGEST):
            known, word = self.roles[at], self.words[at]
            if word.fold in "«“(" or (word.fold == '"' and not depth):
                depth, at = 1, at + 1
                continue
            if word.fold in CLOSE and depth:
                depth, definite, at = 0, True, at + 1
                if "org" in head or "outlet" in head:
                    break
                continue
            if depth:
                at += 1
                continue
            if word.kind == "number" and at == start + 1 and "outlet" in head:
                at += 1
                continue
            if word.kind != "word" or self._ends(at, start, "unnamed" if "unnamed" in head else "org"):
                break
            body = self.bodies.at(self.words, at, stop)
            if body is not None:
                definite, at = True, body[0]
                continue
            if self.roles[start].definite and word.prefix in ("ب", "بال"):
                break
            if (
                definite
                and not known.definite
                and not known.prefix
                and not self._place_of(at, head)
                and word.fold not in ("شبه", "غير")
            ):
                break
            if word.fold in ("شبه", "غير"):
                at += 1
                continue
            if (
                known.definite
                and at > start + 1
                and self._adjective(at - 1)
                and "unnamed" in head
                and not self.roles[start].definite
            ):
                break
            definite = known.definite
            at += 1
        return self._made(start, at, start, at, self._kind(start), None, like=bool(head & HEADS))

    def _place_of(self, at: int, head: frozenset[str]) -> bool:
        return self.words[at].fold in ("في", "من") and "unnamed" in head
