"""Where a source's phrase ends, what its name is, and which outlet was told: the ground of the phrase reader."""

from __future__ import annotations

from tawatur.claims.sources_name import Source, comparable, words_of
from tawatur.claims.sources_words import Role, deed
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Bodies, Body

LONGEST = 16  # tokens of a source's phrase
NAME = 5  # tokens of a person's name
HEADS = frozenset({"unnamed", "title", "rank", "org", "given", "outlet", "state", "doc"})
STOPS = frozenset(
    {
        "that",
        "relative",
        "not",
        "qad",
        "as",
        "per",
        "perself",
        "contrast",
        "leave",
        "saying",
        "when",
        "adjunct",
        "from",
        "was",
        "topic",
    }
)
OPEN, CLOSE = "«“\"'(", "»”\"')"
FROM_TITLES = frozenset({"نايب", "ممثل", "مندوب", "نواب", "عضو", "نايبا", "ممثلا"})
KEPT_PREPOSITIONS = frozenset({"في", "فى", "فی", "من", "باسم", "بلسان"})
OTHER_PREPOSITIONS = frozenset(
    {
        "في",
        "الي",
        "علي",
        "حول",
        "ضد",
        "بين",
        "مع",
        "من",
        "نحو",
        "لدي",
        "وسط",
        "حتي",
        "بسبب",
        "جراء",
        "اذا",
        "كي",
        "حيث",
        "فيها",
        "فيه",
        "فيهم",
        "لها",
        "له",
        "لهم",
        "منهم",
        "منها",
        "عنها",
        "عنه",
    }
)


class Phrases:
    """Ends, names and outlets of source phrases of one report."""

    def __init__(self, tokens: Tokens, roles: list[Role], bodies: Bodies) -> None:
        self.tokens, self.roles, self.bodies = tokens, roles, bodies
        self.words = tokens.words
        self.lam = -1  # where a document's owner begins with the lam of possession

    def _closed(self, at: int) -> bool:
        """Whether a word cannot be followed by a genitive: it is definite, or a plural or dual with its nun."""
        return self.roles[at].definite or (len(self.words[at].fold) > 4 and self.words[at].fold.endswith(("ون", "ان")))

    def crowded(self, at: int, start: int) -> bool:
        """Whether a second noun with the article follows one: only adjectives may follow one."""
        word, before = self.words[at], self.words[at - 1]
        if at == start or not word.fold.startswith("ال") or not before.fold.startswith(("ال", "وال", "بال", "لل")):
            return False
        known = self.roles[at].classes
        return not (known & {"quality", "rank", "given", "same"}) and not word.fold.endswith(("ي", "يه", "يين", "يون"))

    def deed(self, at: int) -> bool:
        """Whether a verbal noun or an amount stands here, which no source begins with."""
        known = self.roles[at]
        if known.classes & HEADS:
            return False
        return "deed" in known.classes or (not known.definite and deed(self.words[at]))

    def _medium_follows(self, at: int) -> bool:
        nxt = at + 1
        return (
            nxt >= len(self.words)
            or bool(self.roles[nxt].classes & {"medium", "when"})
            or (self.words[nxt].kind != "word" and self.words[nxt].fold not in OPEN)
        )

    def _ends(self, at: int, start: int, what: str) -> bool:
        known, word = self.roles[at], self.words[at]
        if "from" in known.classes and what == "title" and comparable(self.words[at - 1].fold) in FROM_TITLES:
            return False
        if (
            known.classes & STOPS
            or (what in ("title", "unnamed", "org") and self.crowded(at, start))
            or (word.raw.endswith("اً") and at > start and not self.words[start].raw.endswith("اً"))
        ):
            return True
        if known.opener and known.verb and not (known.classes & HEADS):
            return True
        if "participle" in known.classes:
            return True
        if (
            known.verb
            and at > start
            and not known.classes
            and self.roles[at - 1].definite
            and (what != "name" or at > start + 1)
        ) or "same" in known.classes:
            return True
        if (
            known.definite
            and at > start
            and not self.roles[at - 1].definite
            and len(self.words[at - 1].fold) > 4
            and self.words[at - 1].fold.endswith(("ون", "ين", "ان"))
            and self.words[at - 1].kind == "word"
            and "given" not in self.roles[at - 1].classes
            and what != "name"
        ):
            return True
        if self.deed(at) and (self._closed(at - 1) or what == "name") and not known.definite:
            return True
        if " " in word.raw and word.fold.startswith("في "):
            return what not in ("unnamed", "title") or "places" not in word.by
        if word.fold in ("في", "فى", "من"):
            return what not in ("unnamed", "title") or self._medium_follows(at)
        if word.fold in OTHER_PREPOSITIONS and word.raw != "علي":
            return True
        if what != "told" and self.told(at) is not None:
            return True
        if known.prefix == "و" and at > start:
            return not (
                known.definite or known.classes & {"org", "unnamed", "title", "state"} or word.bare.startswith("ال")
            )
        return False

    def told(self, at: int) -> tuple[int, Source | None] | None:
        """The outlet told at a token: (index after it, the outlet or None for the publisher's own), or None."""
        word, known = self.words[at], self.roles[at]
        if word.fold in ("ل", "الي", "مع", "ول") and at + 1 < len(self.words):
            inner = self._quoted(at + 1, len(self.words)) if self.words[at + 1].fold in OPEN else self.outlet(at + 1)
            return (inner.after, inner) if inner else None
        if not word.fold.startswith("ل"):
            return None
        if known.classes & {"ours", "press"}:
            return at + 1, None
        if (
            word.fold.startswith("لل")
            and "outlet" in known.classes
            and (
                at + 1 >= len(self.words)
                or self._ends(at + 1, at, "told")
                or (self.words[at + 1].kind not in ("word", "number") and self.words[at + 1].fold not in OPEN)
            )
        ):
            return at + 1, None
        inner = self.outlet(at)
        return (inner.after, inner) if inner else None

    def outlet(self, at: int) -> Source | None:
        """The outlet named at a token, or None."""
        body = self.bodies.at(self.words, at, len(self.words))
        if body and body[1].kind in ("outlet", "agency"):
            return self._made(at, body[0], at, body[0], "outlet", body[1], like=True)
        if "outlet" in self.roles[at].classes and at + 1 < len(self.words):
            if self.words[at + 1].kind == "number":
                more = at + 2 < len(self.words) and self._adjective(at + 2)
                return self._made(at, at + 2 + more, at, at + 2 + more, "outlet", None, like=True)
            stop = min(len(self.words), at + 6)
            if self.words[at + 1].fold in OPEN:
                inner = self._quoted(at + 1, stop)
                return self._made(at, inner.after, at, inner.after, "outlet", inner.body, like=True) if inner else None
            found = self.bodies.at(self.words, at + 1, stop)
            after = found[0] if found else at + 1
            while not found and after < stop and self.words[after].kind == "word" and not self._ends(after, at, "org"):
                after += 1
            if after < stop and self.words[after].fold == "(" and self.words[min(after + 2, stop - 1)].fold == ")":
                after += 3
            return self._made(at, after, at, after, "outlet", found[1] if found else None, like=True)
        return None

    def _outlet_body(self, at: int) -> bool:
        found = self.bodies.at(self.words, at, len(self.words))
        return found is not None and found[1].kind in ("outlet", "agency")

    def _quoted(self, at: int, stop: int) -> Source | None:
        close = next((k for k in range(at + 1, min(stop, at + 7)) if self.words[k].fold in CLOSE), None)
        if close is None or close == at + 1:
            return None
        found = self.bodies.at(self.words, at + 1, close)
        kind = "outlet" if found and found[1].kind in ("outlet", "agency") else "body" if found else "other"
        return self._made(at, close + 1, at + 1, close, kind, found[1] if found else None, like=found is not None)

    def _adjective(self, at: int) -> bool:
        known = self.roles[at]
        word = self.words[at]
        return (
            word.kind == "word"
            and len(word.fold) > 3
            and not known.classes
            and word.fold.endswith(("ي", "يه", "ين", "ه"))
            and word.fold[:1] != "ل"
        )

    def _kind(self, start: int) -> str:
        classes = self.roles[start].classes
        if classes & {"unnamed", "title"}:
            return "unnamed"
        return "outlet" if "outlet" in classes else "body" if classes & {"org", "state"} else "other"

    def made_at(self, first: int, after: int) -> str:
        """The name that stands at these tokens, without proclitics."""
        return self._name(first, after)

    def _made(
        self, first: int, after: int, name_first: int, name_after: int, kind: str, body: Body | None, *, like: bool
    ) -> Source:
        while name_after > name_first + 1 and self.words[name_after - 1].fold in KEPT_PREPOSITIONS:
            name_after -= 1
        after = self._past_same(after)
        return Source(
            first,
            after,
            name_first,
            name_after,
            self._name(name_first, name_after),
            kind,
            body or self._spoken_for(first, after),
            self._words(first, after),
            like,
        )

    def _past_same(self, after: int) -> int:
        while after < len(self.words) and "same" in self.roles[after].classes:
            after += 1
        return after

    def _spoken_for(self, first: int, after: int) -> Body | None:
        for at in range(first, after):
            found = self.bodies.at(self.words, at, after)
            if found and found[1].kind not in ("outlet", "agency"):
                return found[1]
        return None

    def _name(self, first: int, after: int) -> str:
        raw = self.tokens.of(first, after)
        word = self.words[first]
        cut = self.roles[first].prefix
        lost = raw.lstrip("ـ")
        if first == self.lam:
            return lost[1:]
        for clitic in ("ولل", "فلل", "لل", "وبال", "بال", "وال", "فال"):
            if cut == clitic or (not self.roles[first].classes and word.prefix == clitic):
                return "ال" + lost[len(clitic) :]
        body = self.bodies.at(self.words, first, after)
        known_start = body is not None and self.bodies.begins(raw, body[1])
        if cut in ("و", "ف", "ب", "ل", "ول", "وب") and not known_start:
            return lost[len(cut) :]
        if body and not known_start:
            return next(
(lost[k:] for k in range(1, 4) if self.bodies.begins(lost[k:], body[1])), lost
            )
        return lost

    def _words(self, first: int, after: int) -> frozenset[str]:
        head = words_of(self._name(first, first + 1))
        return head.union(*(words_of(word.raw) for word in self.words[first + 1 : after]))
