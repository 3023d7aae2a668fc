"""Noun phrases that name a source: tokens in, who it is out, with the name as written."""

from __future__ import annotations

from tawatur.claims.sources_name import Source, comparable, words_of
from tawatur.claims.sources_phrase import HOLDERS, LONGEST, Phrases
from tawatur.claims.sources_role import CLOSE, OPEN, OTHER_PREPOSITIONS, Role, deed_stem
from tawatur.claims.sources_words import roles
from tawatur.claims.tokens import Tokens
from tawatur.lang.pack import Pack

__all__ = ["Reader", "Source", "comparable", "reader_of", "words_of"]

_CACHE = "sources"
_OFFICES = frozenset({"title", "unnamed"})
_FOLLOWERS = frozenset({"title", "rank", "when", "unnamed"})
_TELLERS = ("outlet", "agency")
_NO_NAMES = frozenset({"state", "title"})
_HEDGES = ("شبه", "غير")
_QUOTES = '«“("'


class Reader(Phrases):
    """Reads source phrases of one report."""

    def read(self, first: int, stop: int, *, loose: bool = False) -> Source | None:
        """The source phrase that begins at a token, or None; ``loose`` takes any noun for a head."""
        if first >= stop:
            return None
        known = self.roles[first]
        if not known.starts_document:
            self.lam = -1
            if (known.opener or not known.is_word) and self.words[first].fold not in OPEN:
                return None
            return (self._body(first, stop) if known.names is not None or not known.is_word else None) or self._phrase(
                first, stop, loose
            )
        return self._of_document(first, stop, loose)

    def _of_document(self, first: int, stop: int, loose: bool) -> Source | None:
        """The source whose document is named at a token; the document itself when nobody follows."""
        at = self._past_documents(first, stop)
        if at >= stop or at < 0:
            return self._document(first, stop) if "doc" in self.roles[first].classes else None
        owned = (
            at > first
            and self.words[at].fold[:1] == "ل"
            and not self.words[at].fold.startswith("لل")
            and not self.roles[at].classes
        )
        self.lam = at if owned and self.body_at(at, stop) is None else -1
        found = self._body(at, stop) or self._phrase(at, stop, loose or owned)
        if owned and found is not None and not found.like:
            found.like, found.kind = True, "person"
        if (found is None or not found.like) and at > first:
            return self._document(first, stop)
        return found

    def _past_documents(self, at: int, stop: int) -> int:
        roles = self.roles
        while at < stop and roles[at].starts_document and not self.body_at(at, stop):
            document = "doc" in roles[at].classes
            at += 1
            skipped = 0
            while document and at < stop and skipped < 2 and roles[at].adjective:
                at, skipped = at + 1, skipped + 1
            if at < stop and "issued" in roles[at].classes:
                at += 1
                if at < stop and "from" in roles[at].classes:
                    at += 1
        if at < stop and (roles[at].opener or not roles[at].is_word) and self.words[at].fold not in OPEN:
            return -1
        return at

    def _document(self, first: int, stop: int) -> Source | None:
        after = first + 1
        while after < min(stop, first + 5) and self.words[after].kind != "mark":
            counted = self.words[after - 1].kind == "number" and not self.roles[after].opener
            if not counted and self._ends(after, first, "doc"):
                break
            after += 1
        return self._made(first, after, first, after, "document", None, like=True)

    def _body(self, at: int, stop: int) -> Source | None:
        """The known body whose name begins at a token, perhaps in quotation marks."""
        opened = self.words[at].fold in OPEN
        start = at + 1 if opened else at
        if start >= stop:
            return None
        found = self.body_at(start, stop)
        if found is None:
            return None
        after, body = found
        roles = self.roles
        if after < stop and "given" in roles[after].classes and not self.words[after].prefix:
            return None
        while after < stop and self._extends(after):
            after += 1
        inner = after
        if opened and after < stop and self.words[after].fold in CLOSE:
            after += 1
        kind = "outlet" if body.kind in ("outlet", "agency") else "body"
        return self._made(at, after, start, inner, kind, body, like=True)

    def _extends(self, at: int) -> bool:
        known = self.roles[at]
        fold = self.words[at].fold
        return (
            known.prefix.startswith("ال")
            and fold.startswith("ال")
            and fold.endswith(("ي", "يه"))
            and known.classes.isdisjoint(_FOLLOWERS)
            and not known.opener
        )

    def _phrase(self, at: int, stop: int, loose: bool) -> Source | None:
        known = self.roles[at]
        if self.words[at].fold in OPEN:
            return self._quoted(at, stop)
        if not known.is_word:
            return None
        if known.counts and self._counted(at, stop):
            counted = self._plain(at + 2, stop)
            return self._made(at, counted.after, at, counted.name_after, "unnamed", None, like=True)
        if not self._may_head(at, known, loose):
            return None
        classes = known.classes
        if "rank" in classes and classes.isdisjoint(_OFFICES):
            return self._ranked(at, stop)
        if "given" in classes and classes.isdisjoint(_NO_NAMES):
            return self._person(at, at, stop)
        return self._office(at, stop) if "title" in classes else self._plain(at, stop)

    def _may_head(self, at: int, known: Role, loose: bool) -> bool:
        """Whether a source's phrase may begin with a word; ``loose``: with any noun."""
        if known.heads:
            return not known.stops
        if known.opener or known.stops or known.deed or not loose:
            return False
        fold = self.words[at].fold
        return fold not in OTHER_PREPOSITIONS and fold[:4] not in ("عليه", "اليه")

    def _counted(self, at: int, stop: int) -> bool:
        """Whether ``a number of`` is followed by those who speak unnamed."""
        return at + 2 < stop and self.words[at + 1].fold == "من" and not self.roles[at + 2].classes.isdisjoint(_OFFICES)

    def _ranked(self, start: int, stop: int) -> Source | None:
        at = self._skip_ranks(start, stop)
        if at < stop and "title" in self.roles[at].classes and "given" not in self.roles[at].classes:
            return self._office(at, stop)
        return self._person(start, at, stop) or self._plain(start, stop)

    def _person(self, start: int, at: int, stop: int) -> Source | None:
        after = self._name_end(at, stop)
        return self._made(start, after, at, after, "person", None, like=True) if after > at else None

    def _office(self, start: int, stop: int) -> Source | None:
        """Somebody by title: the office, or the person who is named behind it."""
        at, last = start + 1, min(stop, start + LONGEST)
        roles, words = self.roles, self.words
        definite = roles[start].definite and (roles[start].articled or "given" not in roles[start].classes)
        in_body = False
        while at < last:
            known, word = roles[at], words[at]
            classes = known.classes
            if known.hears and self.told(at) is not None:
                break
            if known.names is not None and ("given" not in classes or in_body or not definite):
                body = self.body_at(at, stop)
                if body is not None:
                    definite, in_body, at = True, False, body[0]
                    continue
            if not known.is_word:
                break
            if "rank" in classes and "org" not in classes:
                named = self._skip_ranks(at, stop)
                person = self._person(start, named, stop) if named < stop and not roles[named].kept else None
                if person is not None:
                    return person
                definite, at = True, named
                continue
            if "given" in classes and not in_body and word.prefix == "" and not self._ends(at, start, "name"):
                return self._person(start, at, stop)
            if known.ends is not False and self._ends(at, start, "title"):
                break
            if "from" in classes:
                definite, at = False, at + 1
                continue
            if (definite or roles[at - 1].closed) and "org" in classes and not known.definite and not known.prefix:
                break  # whom the act is about
            if (
                definite
                and not known.definite
                and not known.prefix
                and not known.kept
                and not known.heads
                and not self._governed(at, stop)
            ):
                return self._person(start, at, stop)
            in_body = "org" in classes and not known.definite
            definite = not known.kept and known.definite
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

    def _plain(self, start: int, stop: int) -> Source:
        """A noun with what belongs to it."""
        at, last = start + 1, min(stop, start + LONGEST)
        roles, words = self.roles, self.words
        head, definite = roles[start], roles[start].definite
        unnamed = "unnamed" in head.classes
        what = "unnamed" if unnamed else "org"
        while at < last:
            known = roles[at]
            if not known.is_word:
                past = self._past_mark(at, start, last)
                definite = definite or past < 0
                if past == at or (past < 0 and not HOLDERS.isdisjoint(head.classes)):
                    at = abs(past)
                    break
                at = abs(past)
                continue
            if known.ends is not False and self._ends(at, start, what):
                break
            body = self.body_at(at, stop) if known.names is not None else None
            if body is not None and body[1].kind in _TELLERS and unnamed and roles[at - 1].adjective:
                break  # a noun with an adjective takes no genitive: who was told
            if body is not None:
                definite, at = True, body[0]
                continue
            if known.by and (head.definite or (definite and deed_stem(words[at].fold[3:]))):
                break
            if words[at].fold in _HEDGES:
                at += 1
                continue
            if roles[at - 1].plural and "org" in known.classes and not known.definite and not known.prefix:
                break
            if known.definite:
                if unnamed and at > start + 1 and roles[at - 1].adjective and not head.definite:
                    break
            elif definite and not known.prefix and not (unnamed and words[at].fold in ("في", "من")):
                break
            definite = known.definite
            at += 1
        return self._made(start, at, start, at, self._kind(start), None, like=head.heads)

    def _past_mark(self, at: int, start: int, last: int) -> int:
        """The token after a quotation that begins at a mark, negative when it is closed; a mark that ends a phrase."""
        if self.words[at].fold in _QUOTES:
            for k in range(at + 1, last):
                fold = self.words[k].fold
                if fold and fold in CLOSE:
                    return -k - 1
            return last
        number = self.words[at].kind == "number" and at == start + 1 and "outlet" in self.roles[start].classes
        return at + 1 if number else at


def reader_of(tokens: Tokens, pack: Pack) -> Reader:
    """The reader of a report's phrases; the last one is kept, so that all who read a report share it."""
    held = pack.cache.get(_CACHE)
    if not isinstance(held, Reader) or held.tokens is not tokens:
        held = pack.cache[_CACHE] = Reader(tokens, roles(pack))
    return held
