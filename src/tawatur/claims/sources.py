"""Noun phrases that name a source: tokens in, who it is out (person, body, outlet or unnamed), with the name as written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tawatur.claims.sources_words import Role, deed, deed_stem
from tawatur.claims.tokens import Tokens
from tawatur.lang.bodies import Bodies, Body
from tawatur.lang.fold import fold_word

_LONGEST = 16  # tokens of a source's phrase
_NAME = 5  # tokens of a person's name
_HEADS = frozenset({"unnamed", "title", "rank", "org", "given", "outlet", "state", "doc"})
_STOPS = frozenset({"that", "relative", "not", "qad", "as", "per", "perself", "contrast", "leave", "saying", "when", "adjunct", "from", "was", "topic"})
_OPEN, _CLOSE = "«“\"'(", "»”\"')"
_FROM_TITLES = frozenset({"نايب", "ممثل", "مندوب", "نواب", "عضو", "نايبا", "ممثلا"})
_KEPT_PREPOSITIONS = frozenset({"في", "فى", "فی", "من", "باسم", "بلسان"})
_OTHER_PREPOSITIONS = frozenset({"في", "الي", "علي", "حول", "ضد", "بين", "مع", "من", "نحو", "لدي", "وسط", "حتي", "بسبب", "جراء", "اذا", "كي", "حيث", "فيها", "فيه", "فيهم", "لها", "له", "لهم", "منهم", "منها", "عنها", "عنه"})


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: tokens ``first`` to ``after`` hold the phrase, ``name_first`` to ``name_after`` the name within it."""

    first: int
    after: int
    name_first: int
    name_after: int
    name: str
    kind: str  # person, body, outlet, unnamed, other
    body: Body | None
    words: frozenset[str]  # comparable words of the whole phrase
    like: bool  # recognised as a source by its head, not by its place alone


def comparable(fold: str) -> str:
    """A folded word without its article, for comparing names."""
    return fold[2:] if fold.startswith("ال") and len(fold) > 4 else fold


def words_of(name: str) -> frozenset[str]:
    """The comparable words of a name."""
    cleaned = "".join(c if c.isalnum() else " " for c in fold_word(name.replace("اً", "")))
    return frozenset(comparable(w) for w in cleaned.split())


class Reader:
    """Reads source phrases of one report."""

    def __init__(self, tokens: Tokens, roles: list[Role], bodies: Bodies) -> None:
        self.tokens, self.roles, self.bodies = tokens, roles, bodies
        self.words = tokens.words
        self.lam = -1  # where a document's owner begins with the lam of possession

    def read(self, first: int, stop: int, *, loose: bool = False) -> Source | None:
        """The source phrase that begins at a token, or None; ``loose`` takes any noun for a head."""
        at = self._past_documents(first, stop)
        if at >= stop or at < 0:
            return self._document(first, stop) if first < stop and "doc" in self.roles[first].classes else None
        owned = at > first and self.words[at].fold[:1] == "ل" and not self.words[at].fold.startswith("لل") and not self.roles[at].classes
        self.lam = at if owned and self.bodies.at(self.words, at, stop) is None else -1
        found = self._body(at, stop) or self._phrase(at, stop, loose or owned)
        if owned and found is not None and not found.like:
            found = replace(found, like=True, kind="person")
        if (found is None or not found.like) and at > first:
            return self._document(first, stop)
        return found

    # -- documents: the owner of a statement speaks, or the document itself

    def _past_documents(self, at: int, stop: int) -> int:
        while at < stop and (self.roles[at].classes & {"doc", "latest", "issued"}) and not self.bodies.at(self.words, at, stop):
            document = bool(self.roles[at].classes & {"doc"})
            at += 1
            skipped = 0
            while document and at < stop and skipped < 2 and self._adjective(at):
                at, skipped = at + 1, skipped + 1
            if at < stop and "issued" in self.roles[at].classes:
                at += 1
                if at < stop and "from" in self.roles[at].classes:
                    at += 1
        if at < stop and (self.roles[at].opener or self.words[at].kind != "word") and self.words[at].fold not in _OPEN:
            return -1
        return at

    def _adjective(self, at: int) -> bool:
        known = self.roles[at]
        word = self.words[at]
        return word.kind == "word" and len(word.fold) > 3 and not known.classes and word.fold.endswith(("ي", "يه", "ين", "ه")) and word.fold[:1] != "ل"

    def _document(self, first: int, stop: int) -> Source | None:
        after = first + 1
        while after < min(stop, first + 5) and self.words[after].kind != "mark" and not self._ends(after, first, "doc"):
            after += 1
        return self._made(first, after, first, after, "document", None, like=True)

    # -- known bodies

    def _body(self, at: int, stop: int) -> Source | None:
        opened = at < stop and self.words[at].fold in _OPEN
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
        if opened and after < stop and self.words[after].fold in _CLOSE:
            after += 1
        kind = "outlet" if body.kind in ("outlet", "agency") else "body"
        return self._made(at, after, start, inner, kind, body, like=True)

    def _office_follows(self, after: int, stop: int) -> bool:
        return False if after >= stop else "given" in self.roles[after].classes and not self.words[after].prefix

    def _extends(self, at: int) -> bool:
        known = self.roles[at]
        fold = self.words[at].fold
        return known.prefix.startswith("ال") and fold.startswith("ال") and fold.endswith(("ي", "يه")) and not (known.classes & {"title", "rank", "when", "unnamed"}) and not known.opener

    # -- phrases

    def _phrase(self, at: int, stop: int, loose: bool) -> Source | None:
        start = at
        if self.words[at].fold in _OPEN:
            return self._quoted(at, stop)
        if self.words[at].kind != "word":
            return None
        known = self.roles[at]
        if "deed" in known.classes and at + 2 < stop and self.words[at + 1].fold == "من" and "unnamed" in self.roles[at + 2].classes:
            counted = self._plain(at + 2, stop)
            return self._made(at, counted.after, at, counted.name_after, "unnamed", None, like=True) if counted else None
        if known.opener and not (known.classes & _HEADS) or known.classes & _STOPS or self.deed(at):
            return None
        if not (known.classes & _HEADS) and (not loose or self.words[at].fold in _OTHER_PREPOSITIONS or self.words[at].fold[:4] in ("عليه", "اليه")):
            return None
        if "rank" in known.classes and not (known.classes & {"title", "unnamed"}):
            at = self._skip_ranks(at, stop)
            if at < stop and "title" in self.roles[at].classes and "given" not in self.roles[at].classes:
                return self._office(at, stop)
            return self._person(start, at, stop) or self._plain(start, stop)
        if "given" in known.classes and "state" not in known.classes:
            return self._person(start, at, stop)
        return self._office(start, stop) if "title" in known.classes else self._plain(start, stop)

    def _quoted(self, at: int, stop: int) -> Source | None:
        close = next((k for k in range(at + 1, min(stop, at + 7)) if self.words[k].fold in _CLOSE), None)
        if close is None or close == at + 1:
            return None
        found = self.bodies.at(self.words, at + 1, close)
        kind = "outlet" if found and found[1].kind in ("outlet", "agency") else "body" if found else "other"
        return self._made(at, close + 1, at + 1, close, kind, found[1] if found else None, like=found is not None)

    def _person(self, start: int, at: int, stop: int) -> Source | None:
        after = self._name_end(at, stop)
        return self._made(start, after, at, after, "person", None, like=True) if after > at else None

    def _name_end(self, at: int, stop: int) -> int:
        after = at
        while after < min(stop, at + _NAME):
            known = self.roles[after]
            if after > at and self.words[after - 1].fold == "عبد" and self.words[after].kind == "word":
                after += 1
                continue
            if after > at and self.words[after].fold.startswith("ال") and deed_stem(self.words[after].fold[2:]):
                break
            if after > at and (known.classes & {"outlet", "org"} and "given" not in known.classes or self._outlet_body(after)):
                break
            if self.words[after].kind != "word" or self._ends(after, at, "name") or (after > at and "title" in known.classes and known.definite and not known.classes & {"given", "rank"}):
                break
            if after > at and (known.prefix in ("ب", "ل", "لل", "بال") and (known.classes or known.definite) or self.words[after].fold in _OTHER_PREPOSITIONS and self.words[after].raw != "علي"):
                break
            after += 1
        return after

    def _outlet_body(self, at: int) -> bool:
        found = self.bodies.at(self.words, at, len(self.words))
        return found is not None and found[1].kind in ("outlet", "agency")

    def _office(self, start: int, stop: int) -> Source | None:
        at = start + 1
        definite = self.roles[start].definite
        in_body = False
        while at < min(stop, start + _LONGEST):
            known, word = self.roles[at], self.words[at]
            if self.told(at) is not None:
                break
            body = self.bodies.at(self.words, at, stop) if not ("given" in known.classes and not in_body and definite) else None
            if body is not None and body[0] > at:
                definite, in_body, at = True, False, body[0]
                continue
            if word.kind != "word":
                break
            if "rank" in known.classes and not ("org" in known.classes):
                named = self._skip_ranks(at, stop)
                person = self._person(start, named, stop) if named < stop and self.words[named].fold not in _KEPT_PREPOSITIONS else None
                if person is not None:
                    return person
                definite, at = True, named
                continue
            if "given" in known.classes and not in_body and word.prefix == "" and not self._ends(at, start, "name"):
                return self._person(start, at, stop)
            if self._ends(at, start, "title"):
                break
            if definite and not known.definite and not known.prefix and word.fold not in _KEPT_PREPOSITIONS and not self._governed(at, stop) and not (known.classes & _HEADS):
                return self._person(start, at, stop)
            in_body = "org" in known.classes and not known.definite
            definite = known.definite or word.fold in ("باسم",) and definite
            if word.fold in _KEPT_PREPOSITIONS:
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
        if at + 1 < stop and self.words[at].fold in ("،", ",") and "given" in self.roles[at + 1].classes and self.roles[start].definite:
            return self._person(start, at + 1, stop)
        return None

    def _plain(self, start: int, stop: int) -> Source | None:
        at, definite = start + 1, self.roles[start].definite
        head = self.roles[start].classes
        depth = 0
        while at < min(stop, start + _LONGEST):
            known, word = self.roles[at], self.words[at]
            if word.fold in "«“(" or (word.fold == '"' and not depth):
                depth, at = 1, at + 1
                continue
            if word.fold in _CLOSE and depth:
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
            if definite and not known.definite and not known.prefix and not self._place_of(at, head) and word.fold not in ("شبه", "غير"):
                break
            if word.fold in ("شبه", "غير"):
                at += 1
                continue
            if known.definite and at > start + 1 and self._adjective(at - 1) and "unnamed" in head and not self.roles[start].definite:
                break
            definite = known.definite
            at += 1
        return self._made(start, at, start, at, self._kind(start), None, like=bool(head & _HEADS))

    def _place_of(self, at: int, head: frozenset[str]) -> bool:
        return self.words[at].fold in ("في", "من") and "unnamed" in head

    # -- ends

    def _ends(self, at: int, start: int, what: str) -> bool:
        known, word = self.roles[at], self.words[at]
        if "from" in known.classes and what == "title" and comparable(self.words[at - 1].fold) in _FROM_TITLES:
            return False
        if known.classes & _STOPS or word.raw.endswith("اً") and at > start and not self.words[start].raw.endswith("اً"):
            return True
        if known.opener and known.verb and not (known.classes & _HEADS):
            return True
        if "participle" in known.classes:
            return True
        if known.verb and at > start and not known.classes and self.roles[at - 1].definite and (what != "name" or at > start + 1) or "same" in known.classes:
            return True
        if known.definite and at > start and not self.roles[at - 1].definite and len(self.words[at - 1].fold) > 4 and self.words[at - 1].fold.endswith(("ون", "ين", "ان")) and self.words[at - 1].kind == "word" and "given" not in self.roles[at - 1].classes and what != "name":
            return True
        if self.deed(at) and (self.roles[at - 1].definite or what == "name") and not known.definite:
            return True
        if " " in word.raw and word.fold.startswith("في "):
            return what not in ("unnamed", "title") or "places" not in word.by
        if word.fold in ("في", "فى", "من"):
            return what not in ("unnamed", "title") or self._medium_follows(at)
        if word.fold in _OTHER_PREPOSITIONS and word.raw != "علي":
            return True
        if what != "told" and self.told(at) is not None:
            return True
        if known.prefix == "و" and at > start:
            return not (known.definite or known.classes & {"org", "unnamed", "title", "state"} or word.bare.startswith("ال"))
        return False

    def deed(self, at: int) -> bool:
        """Whether a verbal noun or an amount stands here, which no source begins with."""
        known = self.roles[at]
        if known.classes & _HEADS:
            return False
        return "deed" in known.classes or not known.definite and deed(self.words[at])

    def _medium_follows(self, at: int) -> bool:
        nxt = at + 1
        return nxt >= len(self.words) or bool(self.roles[nxt].classes & {"medium", "when"}) or self.words[nxt].kind != "word" and self.words[nxt].fold not in _OPEN

    # -- told: "to Reuters"

    def told(self, at: int) -> tuple[int, Source | None] | None:
        """The outlet told at a token: (index after it, the outlet or None for the publisher's own), or None."""
        word, known = self.words[at], self.roles[at]
        if word.fold in ("ل", "الي", "مع", "ول") and at + 1 < len(self.words):
            inner = self._quoted(at + 1, len(self.words)) if self.words[at + 1].fold in _OPEN else self.outlet(at + 1)
            return (inner.after, inner) if inner else None
        if not word.fold.startswith("ل"):
            return None
        if known.classes & {"ours", "press"}:
            return at + 1, None
        if word.fold.startswith("لل") and "outlet" in known.classes and (at + 1 >= len(self.words) or self._ends(at + 1, at, "told") or self.words[at + 1].kind not in ("word", "number") and self.words[at + 1].fold not in _OPEN):
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
            if self.words[at + 1].fold in _OPEN:
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

    # -- results

    def _kind(self, start: int) -> str:
        classes = self.roles[start].classes
        if classes & {"unnamed", "title"}:
            return "unnamed"
        return "outlet" if "outlet" in classes else "body" if classes & {"org", "state"} else "other"

    def _made(self, first: int, after: int, name_first: int, name_after: int, kind: str, body: Body | None, *, like: bool) -> Source:
        while name_after > name_first + 1 and self.words[name_after - 1].fold in _KEPT_PREPOSITIONS:
            name_after -= 1
        while after < len(self.words) and "same" in self.roles[after].classes:
            after += 1
        return Source(first, after, name_first, name_after, self._name(name_first, name_after), kind, body or self._spoken_for(first, after), self._words(first, after), like)

    def _spoken_for(self, first: int, after: int) -> Body | None:
        for at in range(first, after):
            found = self.bodies.at(self.words, at, after)
            if found and found[1].kind not in ("outlet", "agency"):
                return found[1]
        return None

    def made_at(self, first: int, after: int) -> str:
        """The name that stands at these tokens, without proclitics."""
        return self._name(first, after)

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
        known_start = body is not None and any(fold_word(raw).startswith(fold_word(n)) for n in body[1].names)
        if cut in ("و", "ف", "ب", "ل", "ول", "وب") and not known_start:
            return lost[len(cut) :]
        if body and not known_start:
            return next((lost[k:] for k in range(1, 4) if any(fold_word(lost[k:]).startswith(fold_word(n)) for n in body[1].names)), lost)
        return lost

    def _words(self, first: int, after: int) -> frozenset[str]:
        name = self._name(first, after)
        return words_of(name)
