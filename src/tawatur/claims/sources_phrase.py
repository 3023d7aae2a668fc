"""Where a source's phrase ends, what its name is, and which outlet was told: the ground of the phrase reader."""

from __future__ import annotations

from tawatur.claims.sources_name import Source, comparable, words_of
from tawatur.claims.sources_role import CLOSE, OPEN, Role, deed_stem
from tawatur.claims.sources_words import Roles
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Body

LONGEST = 16  # tokens of a source's phrase
NAME = 5  # tokens of a person's name
FROM_TITLES = frozenset({"نايب", "ممثل", "مندوب", "نواب", "عضو", "نايبا", "ممثلا"})
_INSIDE = ("unnamed", "title")  # phrases that go on with "in" and "of"
HOLDERS = frozenset({"outlet", "org"})
_OFFICES = ("title", "unnamed", "org")
_NOUNS = frozenset({"org", "unnamed", "title", "state"})
_AFTER_IN = frozenset({"medium", "when"})
_OUTLETS = ("outlet", "agency")


class Phrases:
    """Ends, names and outlets of source phrases of one report."""

    def __init__(self, tokens: Tokens, known: Roles) -> None:
        self.tokens, self.known, self.bodies = tokens, known, known.bodies
        self.words = tokens.words
        self.roles, self.chars = known.all(tokens)
        self.lam = -1  # where a document's owner begins with the lam of possession

    def body_at(self, at: int, stop: int) -> tuple[int, Body] | None:
        """The longest known name that begins at a token: (index after it, body), or None."""
        start = self.roles[at].names
        return None if start is None else self.bodies.at(self.words, at, stop, start)

    def _medium_follows(self, at: int) -> bool:
        nxt = at + 1
        if nxt >= len(self.words):
            return True
        known = self.roles[nxt]
        if self.words[at].fold == "من" and (known.verb or (known.deed and not known.definite)):
            return True  # what is feared
        return not known.classes.isdisjoint(_AFTER_IN) or (not known.is_word and self.words[nxt].fold not in OPEN)

    def _ends(self, at: int, start: int, what: str) -> bool:
        """Whether a phrase of a kind that begins at ``start`` ends before a token."""
        known = self.roles[at]
        return known.ends if known.ends is not None else self._stands_off(at, start, what, known)

    def _stands_off(self, at: int, start: int, what: str, known: Role) -> bool:
        """As ``_ends`` for a word that does not tell of itself."""
        if known.inner:
            return self._is_apart(at, start, what, known)
        if self._breaks(at, start, what, known) or (known.hears and what != "told" and self.told(at) is not None):
            return True
        if known.prefix != "و" or at <= start:
            return False
        return not (known.definite or not known.classes.isdisjoint(_NOUNS) or self.words[at].bare.startswith("ال"))

    def _breaks(self, at: int, start: int, what: str, known: Role) -> bool:
        """Whether a word cannot go on a phrase, by what stands before it."""
        before = self.roles[at - 1]
        if at > start:
            if known.crowds and before.articled and what in _OFFICES:
                return True  # a second noun with the article: only adjectives may follow one
            if before.articled and what in _OFFICES and _of_many(self.words[at].fold, self.words[at - 1].fold):
                return True
            if known.verb and before.definite and not known.classes and (what != "name" or at > start + 1):
                return True
            if known.definite and before.plural and what != "name":
                return True
            if known.tanwin and not self.roles[start].tanwin:
                return True
        closed = before.closed or (before.adjective and at > start + 1)
        return known.deed and not known.definite and (closed or what == "name")

    def _is_apart(self, at: int, start: int, what: str, known: Role) -> bool:
        """Whether a phrase ends before ``in`` or ``of``."""
        if "from" in known.classes:
            return what != "title" or comparable(self.words[at - 1].fold) not in FROM_TITLES
        if what not in _INSIDE or known.stops or known.shut or self._breaks(at, start, what, known):
            return True
        word = self.words[at]
        return "places" not in word.by if " " in word.raw else self._medium_follows(at)

    def told(self, at: int) -> tuple[int, Source | None] | None:
        """The outlet told at a token: (index after it, the outlet or None for the publisher's own), or None."""
        word, known = self.words[at], self.roles[at]
        if not known.hears:
            return None
        if not word.fold.startswith("ل") or word.fold == "ل":
            return self._told_apart(at) if at + 1 < len(self.words) else None
        if "ours" in known.classes or "press" in known.classes:
            return at + 1, None
        if word.fold.startswith("لل") and "outlet" in known.classes and self._told_alone(at + 1, at):
            return at + 1, None
        inner = self.outlet(at)
        return (inner.after, inner) if inner else None

    def _told_apart(self, at: int) -> tuple[int, Source | None] | None:
        inner = self._quoted(at + 1, len(self.words)) if self.words[at + 1].fold in OPEN else self.outlet(at + 1)
        return (inner.after, inner) if inner else None

    def _told_alone(self, after: int, at: int) -> bool:
        """Whether nothing behind an outlet's word names the outlet."""
        if after >= len(self.words) or self._ends(after, at, "told"):
            return True
        return self.words[after].kind not in ("word", "number") and self.words[after].fold not in OPEN

    def outlet(self, at: int) -> Source | None:
        """The outlet named at a token, or None."""
        known = self.roles[at]
        body = self.body_at(at, len(self.words)) if known.names is not None else None
        if body and body[1].kind in _OUTLETS:
            return self._made(at, body[0], at, body[0], "outlet", body[1], like=True)
        return self._outlet_after(at) if "outlet" in known.classes and at + 1 < len(self.words) else None

    def _outlet_after(self, at: int) -> Source | None:
        """The outlet whose name follows ``channel``, ``agency`` or ``newspaper``."""
        if self.words[at + 1].kind == "number":
            more = at + 2 < len(self.words) and self.roles[at + 2].adjective
            return self._made(at, at + 2 + more, at, at + 2 + more, "outlet", None, like=True)
        stop = min(len(self.words), at + 6)
        if self.words[at + 1].fold in OPEN:
            inner = self._quoted(at + 1, stop)
            return self._made(at, inner.after, at, inner.after, "outlet", inner.body, like=True) if inner else None
        found = self.body_at(at + 1, stop)
        after = found[0] if found else at + 1
        while not found and after < stop and self.roles[after].is_word and not self._ends(after, at, "org"):
            after += 1
        if after < stop and self.words[after].fold == "(" and self.words[min(after + 2, stop - 1)].fold == ")":
            after += 3
        return self._made(at, after, at, after, "outlet", found[1] if found else None, like=True)

    def _outlet_body(self, at: int) -> bool:
        found = self.body_at(at, len(self.words))
        return found is not None and found[1].kind in _OUTLETS

    def _quoted(self, at: int, stop: int) -> Source | None:
        words = self.words
        for close in range(at + 1, min(stop, at + 7)):
            if words[close].fold in CLOSE:
                break
        else:
            return None
        if close == at + 1:
            return None
        found = self.body_at(at + 1, close)
        kind = "outlet" if found and found[1].kind in _OUTLETS else "body" if found else "other"
        return self._made(at, close + 1, at + 1, close, kind, found[1] if found else None, like=found is not None)

    def _kind(self, start: int) -> str:
        classes = self.roles[start].classes
        if "unnamed" in classes or "title" in classes:
            return "unnamed"
        return "outlet" if "outlet" in classes else "body" if "org" in classes or "state" in classes else "other"

    def _made(
        self, first: int, after: int, name_first: int, name_after: int, kind: str, body: Body | None, *, like: bool
    ) -> Source:
        roles = self.roles
        while name_after > name_first + 1 and roles[name_after - 1].kept:
            name_after -= 1
        while after < len(roles) and roles[after].same:
            after += 1
        return Source(self, first, after, name_first, name_after, kind, body, like, self.lam)

    def _name_end(self, at: int, stop: int) -> int:
        after, stop = at, min(stop, at + NAME)
        while after < stop:
            known = self.roles[after]
            if after > at and self.words[after - 1].fold == "عبد" and known.is_word:
                after += 1
                continue
            if not known.is_word or known.ends or (after > at and self._leaves_name(after, known)):
                break
            if known.ends is None and self._stands_off(after, at, "name", known):
                break
            after += 1
        return after

    def _leaves_name(self, at: int, known: Role) -> bool:
        """Whether a word after the first of a person's name belongs to something else."""
        classes, fold = known.classes, self.words[at].fold
        if fold.startswith("ال") and deed_stem(fold[2:]):
            return True
        if "given" not in classes:
            if not classes.isdisjoint(HOLDERS):
                return True
            if known.definite and "title" in classes and "rank" not in classes:
                return True
        if known.prefix in ("ب", "ل", "لل", "بال") and (classes or known.definite):
            return True
        if known.crowds and "given" not in classes and self._described(at):
            return True
        return known.preposition or (known.names is not None and self._outlet_body(at))

    def _described(self, at: int) -> bool:
        """Whether an adjective with the article follows a word with the article: a noun, not a family."""
        return at + 1 < len(self.roles) and self.roles[at + 1].articled and not self.roles[at + 1].crowds

    def spoken_for(self, first: int, after: int) -> Body | None:
        """The first known body named at these tokens that is no outlet."""
        roles = self.roles
        for at in range(first, after):
            found = self.body_at(at, after) if roles[at].names is not None else None
            if found and found[1].kind not in _OUTLETS:
                return found[1]
        return None

    def name(self, first: int, after: int, lam: int = -1) -> str:
        """The name that stands at these tokens, without proclitics; ``lam``: where one of possession is cut off."""
        raw = self.tokens.of(first, after)
        known = self.roles[first]
        lost = raw.lstrip("ـ")
        if first == lam:
            return lost[1:]
        if known.to_article:
            return "ال" + lost[known.to_article :]
        body = self.body_at(first, after) if known.names is not None else None
        if body is None:
            return lost[known.to_cut :]
        begins, of = self.bodies.begins, body[1]
        if begins(raw, of):
            return lost
        if known.to_cut:
            return lost[known.to_cut :]
        return next((lost[k:] for k in range(1, 4) if begins(lost[k:], of)), lost)

    def words_in(self, first: int, after: int, lam: int) -> frozenset[str]:
        """The comparable words of these tokens."""
        if first == lam:
            return self._words_in(first, after, lam)
        raw = self.tokens.of(first, after)
        return self.known.phrases.get(raw) or self.known.remember(raw, self._words_in(first, after, lam))

    def _words_in(self, first: int, after: int, lam: int) -> frozenset[str]:
        head = words_of(self.name(first, first + 1, lam))
        more = zip(self.roles[first + 1 : after], self.words[first + 1 : after], strict=True)
        return head.union(*[known.word_words or known.words(word) for known, word in more])


def _of_many(fold: str, before: str) -> bool:
    """Whether a plural with the article follows one that is feminine: no adjective of it."""
    return fold.endswith("ين") and before.endswith("ه") and not fold.endswith("يين")
