"""Tokens to places in languages that set words side by side: names with what the gazetteer knows, and their roles.

Names are looked for under the gazetteer's English column and the pack's own ``places*.tsv``; words that make a place of
a name, parts of places, and prepositions stand in the pack. Which namesake is meant is chosen as for all languages.
"""

from __future__ import annotations

from dataclasses import replace

from tawatur.claims.places_hits import AGAIN, NAMED, PlaceHit
from tawatur.claims.places_pick import Kin, Setting, fits
from tawatur.claims.plain_names import ARTICLES, DIMENSION, Names, names_of
from tawatur.claims.tokens import Tokens, tokenise
from tawatur.lang.gazetteer import Site
from tawatur.lang.pack import Pack
from tawatur.model import Role

_REACH_KM = 10.0
_NAME = 6  # tokens that a name may have
_ROLES: dict[str, Role] = {"from": "from", "to": "to", "near": "near", "at": "at"}
_ACTS = frozenset({"country", "capital"})  # kinds that are named for a government too
_LOCATIVE = ("prep", "part", "dir")
_OF_NATIONS = ("ian", "ese", "ish", "qi", "ni", "li", "ish", "can", "ptian")
_LINE_HEAD = 8


def find(tokens: Tokens, pack: Pack) -> list[PlaceHit]:
    """All places of a report's tokens in text order, second mentions with the coordinates of what they point to."""
    return _Finder(tokens, names_of(pack), pack).run()


def fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """What fires in a text: the entries of the words with each place's role and text."""
    tokens = tokenise(text, pack.lexicon)
    words = {s.entry.id for w in tokens.words for s in w.senses if s.entry.dimension == DIMENSION}
    texts = [f"{h.role} {h.text}" for h in find(tokens, pack)] or [""]
    return [(word, text) for word in sorted(words) for text in texts]


class _Finder:
    """The places of one text."""

    def __init__(self, tokens: Tokens, names: Names, pack: Pack) -> None:
        from tawatur.lang.bodies import bodies

        self.tokens, self.words, self.names = tokens, tokens.words, names
        known = bodies(pack)
        self.bodies = known
        found = [(at, hit) for at, word in enumerate(self.words) if (hit := self._name(at))]
        self.named = dict(found)
        self.setting = Setting(hit[1] for _, hit in found)
        self.hits: list[PlaceHit] = []

    def _name(self, at: int) -> tuple[int, Kin] | None:
        word = self.words[at]
        return self.names.at(self.words, at) if word.kind == "word" and " " not in word.fold else None

    def cls(self, at: int) -> str:
        """The class of a token in the places dimension, or empty."""
        return self.words[at].cls.get(DIMENSION, "") if 0 <= at < len(self.words) else ""

    def run(self) -> list[PlaceHit]:
        at = 0
        while at < len(self.words):
            hit = self._at(at)
            if hit is None:
                at += 1
            else:
                self._add(hit)
                at = hit.after
        return self.hits

    def _add(self, hit: PlaceHit) -> None:
        """Keep a place; one behind a comma that the place before lies in is written as one with it."""
        last = self.hits[-1] if self.hits else None
        gap = self.words[last.after].fold if last and last.after + 1 == hit.first else ""
        if last is not None and gap == "," and hit.kind in ("country", "governorate") and last.kind not in _ACTS:
            text = self.tokens.text[last.start : hit.end]
            known = {} if last.lat is not None else {"lat": hit.lat, "lon": hit.lon, "radius_km": hit.radius_km}
            self.hits[-1] = replace(last, after=hit.after, end=hit.end, text=text, **known)  # type: ignore[arg-type]
        elif not self._dateline(hit):
            self.hits.append(hit)

    def _dateline(self, hit: PlaceHit) -> bool:
        """Whether a name only tells where the report was filed: it opens a line and a dash or bracket follows."""
        if hit.first and self.words[hit.first - 1].kind != "line":
            return False
        for k in range(hit.after, min(hit.after + _LINE_HEAD, len(self.words))):
            if self.words[k].fold in ("\u2013", "\u2014", "-", "("):
                return self.tokens.starts[k] > self.tokens.ends[k - 1]
            if self.words[k].kind == "word" and not self.words[k].raw[0].isupper():
                return False
        return False

    def _at(self, at: int) -> PlaceHit | None:
        if self.words[at].kind != "word":
            return None
        if self.words[at].fold == "the":
            return self._again(at)
        if at in self.named:
            return self._named(at, at)
        if self.cls(at) in ("dir", "part"):
            return self._part(at)
        if self.cls(at) == "noun" and " " not in self.words[at].fold:
            return self._noun_of(at)
        if self.words[at].raw[0].isupper():
            return self._unknown(at)
        return None

    def _named(self, first: int, at: int, kind: str = "", *, wide: bool = False) -> PlaceHit | None:
        """A name with the noun behind it: Yarmouk camp, Aleppo countryside."""
        after, kin = self.named[at]
        end, told, widened = self._behind(after)
        if end == after and (called := self._called(after)):
            return self._unknown_site(first, called[0], called[1], self.setting.pick(kin, ""))
        site = self.setting.pick(kin, told or kind)
        if self._no_place(at, after, site, first, noun=bool(told or kind)):
            return None
        if told and not fits(told, site.kind):
            return self._unknown_site(first, end, told, site)
        return self._hit(first, end, site, wide=wide or widened)

    def _behind(self, after: int) -> tuple[int, str, bool]:
        """Past a possessive and nouns for places behind a name: the token after, the kind they tell, whether wide."""
        end, kind, wide, k = after, "", False, after
        if k < len(self.words) and self.words[k].fold == "'s":
            k += 1
        while self.cls(k) in ("noun", "part", "dir") and self.words[k].kind == "word":
            sense = self.words[k].by[DIMENSION]
            gives = sense.entry.gives
            if self.cls(k) != "dir":
                kind, wide, end = str(gives.get("kind") or kind), wide or bool(gives.get("widen")), k + 1
            k += 1
        return end, kind, wide

    def _called(self, at: int) -> tuple[int, str] | None:
        """Capitals behind a name that end in a noun: Marib General Hospital. The token after it and its kind."""
        end = self._capitals(at)
        if end <= at or self.cls(end - 1) != "noun" or self.words[end - 1].by[DIMENSION].form == "plural":
            return None
        return end, str(self.words[end - 1].by[DIMENSION].entry.gives.get("kind", ""))

    def _no_place(self, at: int, after: int, site: Site, first: int, *, noun: bool) -> bool:
        """A name that is somebody's or a government's: a family name, part of a body, a capital that acts."""
        words = self.words
        if self.bodies.start(words[at]) is not None and (start := self.bodies.start(words[at])):
            body = self.bodies.at(words, at, len(words), start)
            if body is not None and body[0] > after:
                return True
        before = words[at - 1] if at else None
        if noun or self.cls(first - 1) in _LOCATIVE:
            return False
        if before is not None and (
            before.cls.get("sources") in ("title", "rank", "given") or before.raw in ("al", "Al")
        ):
            return True
        following = words[after] if after < len(words) else None
        capital = following is not None and following.kind == "word" and following.raw[0].isupper()
        if site.kind in _ACTS:
            listed = before is not None and before.fold in (",", "and", "or") and bool(self.hits)
            return not (listed and self.hits[-1].after >= at - 2)
        if capital and following is not None and following.cls.get("sources") in ("org", "say"):
            return True
        return not site.own and self.cls(first - 1) != "prep" and before is not None and before.kind != "line"

    def _part(self, at: int) -> PlaceHit | None:
        """Western Aleppo, the outskirts of Homs, north of Idlib, the western Aleppo countryside."""
        k = at
        while self.cls(k) in ("dir", "part") or (
            k < len(self.words) and k > at and self.words[k].fold in ("of", "the", "-")
        ):
            k += 1
        if k in self.named and k > at:
            return self._named(at, k, wide=True)
        return None

    def _noun_of(self, at: int) -> PlaceHit | None:
        """The town of X, Camp X."""
        gives = self.words[at].by[DIMENSION].entry.gives
        kind, k = str(gives.get("kind", "")), at + 1
        if k < len(self.words) and self.words[k].fold == "of":
            k += 1
        if k == at + 1 and not self.words[at].raw[0].isupper():
            return None
        if k in self.named:
            after, kin = self.named[k]
            site = self.setting.pick(kin, kind)
            return self._hit(at, after, site) if fits(kind, site.kind) else self._unknown_site(at, after, kind, site)
        end = self._capitals(k)
        return self._unknown_site(at, end, kind, None) if end > k else None

    def _capitals(self, at: int) -> int:
        """The token after the words of a name that no table knows."""
        k = at
        while k < min(len(self.words), at + _NAME):
            word = self.words[k]
            joined = word.fold == "-" and k > at and self.tokens.starts[k] == self.tokens.ends[k - 1]
            if not joined and not (
                word.kind == "word" and (word.raw[0].isupper() or (k > at and word.fold in ARTICLES))
            ):
                break
            k += 1
        while k > at and (self.words[k - 1].kind != "word" or self.words[k - 1].fold in ARTICLES):
            k -= 1
        return k

    def _unknown(self, at: int) -> PlaceHit | None:
        """A name that no table knows before a noun for places: Jamila district; or behind a preposition: Al-Rawdha."""
        end = self._capitals(at)
        for k in range(at + 1, end + 1):
            if self.cls(k) == "noun" and k >= end - 1 and self.words[k].by[DIMENSION].form != "plural":
                of = k + 1 < len(self.words) and self.words[k + 1].fold == "of"
                if of or (k == at + 1 and self.words[at].fold.endswith(_OF_NATIONS)):
                    return None  # the Iraqi city of …
                kind = str(self.words[k].by[DIMENSION].entry.gives.get("kind", ""))
                return self._unknown_site(at, k + 1, kind, None)
        joined = end > at + 2 and self.words[at].fold in ARTICLES and self.words[at + 1].fold == "-"
        if joined and self.cls(at - 1) == "prep":
            return self._unknown_site(at, end, "town", None)
        return None

    def _unknown_site(self, first: int, after: int, kind: str, within: Site | None) -> PlaceHit:
        hit = self._made(first, after, None, kind or "area", "place.unknown")
        held = within or next((self._site(h) for h in reversed(self.hits) if h.lat is not None), None)
        if held is not None:
            hit.lat, hit.lon, hit.radius_km = held.lat, held.lon, max(held.radius_km, _REACH_KM)
        return hit

    @staticmethod
    def _site(hit: PlaceHit) -> Site:
        assert hit.lat is not None  # asked of located places only
        assert hit.lon is not None
        return Site(hit.name or "", hit.kind, hit.country, "", hit.lat, hit.lon, hit.radius_km or _REACH_KM)

    def _again(self, at: int) -> PlaceHit | None:
        """The town, the camp, the governorate: the last place of that kind; or the western Aleppo countryside."""
        k = at + 1
        if self.cls(k) in ("dir", "part"):
            return self._part(k)
        if k in self.named or k >= len(self.words):
            return None
        if self.cls(k) != "noun" or self.words[k].by[DIMENSION].form == "plural":
            return self._unknown(k) if k < len(self.words) and self.words[k].raw[0].isupper() else None
        if k + 1 < len(self.words) and self.words[k + 1].fold == "of" and k + 2 in self.named:
            hit = self._noun_of(k)
            return replace(hit, first=k) if hit is not None else None
        if k + 2 in self.named and self.words[k + 1].fold == "in":
            after, kin = self.named[k + 2]
            kind = str(self.words[k].by[DIMENSION].entry.gives.get("kind", ""))
            return self._unknown_site(at, after, kind, self.setting.pick(kin, ""))
        kind = str(self.words[k].by[DIMENSION].entry.gives.get("kind", ""))
        held = next((h for h in reversed(self.hits) if fits(kind, h.kind) and h.lat is not None), None)
        if (
            held is None
            or k + 1 in self.named
            or (k + 1 < len(self.words) and self.words[k + 1].fold == "'s")
            or self.words[min(k + 1, len(self.words) - 1)].cls.get(DIMENSION) == "noun"
        ):
            return None
        hit = self._made(at, k + 1, None, held.kind, AGAIN)
        hit.name, hit.lat, hit.lon, hit.radius_km, hit.country = (
            held.name,
            held.lat,
            held.lon,
            held.radius_km,
            held.country,
        )
        return hit

    def _hit(self, first: int, after: int, site: Site, *, wide: bool = False) -> PlaceHit:
        hit = self._made(first, after, site.name, site.kind, NAMED)
        hit.lat, hit.lon, hit.country = site.lat, site.lon, site.country
        hit.radius_km = max(site.radius_km, _REACH_KM) if wide else site.radius_km
        return hit

    def _made(self, first: int, after: int, name: str | None, kind: str, rule: str) -> PlaceHit:
        start, end = self.tokens.starts[first], self.tokens.ends[after - 1]
        text = self.tokens.text[start:end]
        return PlaceHit(first, after, start, end, text, name, kind, self._role(first), rule=rule)

    def _role(self, first: int) -> Role:
        for k in range(first - 1, max(-1, first - 4), -1):
            if self.cls(k) == "prep":
                return _ROLES.get(str(self.words[k].by[DIMENSION].entry.gives.get("role", "at")), "at")
            if self.words[k].kind != "word" or self.words[k].fold not in ("the", "town", "city", "village", "of"):
                break
        return "at"
