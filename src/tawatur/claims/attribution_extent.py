"""How far a reporting expression reaches: the openings of a sentence in, stretches of tokens with their opening out."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.claims.attribution_words import Opening
from tawatur.claims.sources_words import Role
from tawatur.claims.tokens import Tokens

_PAIRS = {"«": "»", "“": "”", "”": "“", '"': '"'}


@dataclass(slots=True)
class Stretch:
    """Tokens ``first`` to ``after`` belong to opening ``index``; ``inner`` is an opening that this one wraps."""

    first: int
    after: int
    index: int
    inner: int | None = None
    outer: int | None = None
    doubt: bool = False
    plain: bool = False  # the opening's stance does not hold here


def stretches(tokens: Tokens, roles: list[Role], openings: list[Opening], first: int, after: int) -> list[Stretch]:
    """The stretches of one sentence, which holds tokens ``first`` to ``after``; quotations may reach beyond it."""
    out: list[Stretch] = []
    taken = first
    for index, opening in enumerate(openings):
        if opening.way == "forward":
            out += _neutral_after_denial(tokens, roles, opening, _forward(tokens, roles, openings, index, after))
            taken = max(taken, opening.after)
        elif opening.kind == "self":
            _doubt(out, openings, index)
            if not any(s.first < opening.first <= s.after for s in out):
                out.append(Stretch(taken, after if index == len(openings) - 1 else opening.after, index))
        else:
            out += _backward(tokens, roles, openings, index, first, after, taken, out)
            taken = max(taken, opening.after)
    return [s for s in out if s.first < s.after]


def _forward(tokens: Tokens, roles: list[Role], openings: list[Opening], index: int, after: int) -> Stretch:
    opening = openings[index]
    end = after
    for later in openings[index + 1 :]:
        if later.way == "forward":
            end = min(end, max(_clause(later), opening.after))
            break
        if later.way == "both" and later.kind == "postposed" and opening.kind == "postposed":
            break
    end = _contrast(tokens, roles, opening, end)
    if opening.kind == "direct" or _quote_opens(tokens, opening.after):
        end = max(end, _quote_end(tokens, opening.after, end))
    if opening.spread == "line":
        end = max(end, _line_end(tokens, opening.after) if index == 0 and len(openings) == 1 else end)
    if opening.kind == "direct" and opening.after < len(tokens) and _list_follows(tokens, opening):
        end = max(end, _list_end(tokens, opening.after))
    return Stretch(opening.after, end, index)


def _neutral_after_denial(tokens: Tokens, roles: list[Role], opening: Opening, whole: Stretch) -> list[Stretch]:
    """What is denied ends where a new main clause begins (comma, then and or so); the speaker goes on."""
    if opening.stance != "denied":
        return [whole]
    for at in range(whole.first + 2, whole.after):
        if tokens.words[at - 1].fold in ("،", ",", ":") and (
            roles[at].prefix == "ف"
            or (tokens.words[at].fold.startswith("و") and roles[at].verb and not roles[at].opener)
        ):
            return [Stretch(whole.first, at, whole.index), Stretch(at, whole.after, whole.index, plain=True)]
    return [whole]


def _clause(opening: Opening) -> int:
    return opening.subject_first if opening.subject_first >= 0 else opening.first


def _contrast(tokens: Tokens, roles: list[Role], opening: Opening, end: int) -> int:
    """A speech act ends where a contrast begins, a report where an aside of the publisher does."""
    act = opening.kind == "speech_act"
    stops = {"contrast", "leave", "topic"} if act else {"leave", "topic"}
    for at in range(max(opening.after, opening.verb + 1), end):
        if roles[at].classes & stops:
            return at
        if (
            act
            and roles[at].verb
            and not roles[at].opener
            and tokens.words[at].fold[0] == "و"
            and tokens.words[at - 1].fold in ("،", ",")
        ):
            return at
    return end


def _quote_opens(tokens: Tokens, at: int) -> bool:
    return at < len(tokens) and tokens.words[at].fold in _PAIRS


def _quote_end(tokens: Tokens, at: int, end: int) -> int:
    if not _quote_opens(tokens, at):
        return end
    close = _PAIRS[tokens.words[at].fold]
    for k in range(at + 1, min(len(tokens), at + 250)):
        if tokens.words[k].fold == close:
            return k + 1 if k >= end else end
        if tokens.words[k].kind == "line" and close == '"':
            break
    return end


def _line_end(tokens: Tokens, at: int) -> int:
    return next((k for k in range(at, len(tokens)) if tokens.words[k].kind == "line"), len(tokens))


def _list_follows(tokens: Tokens, opening: Opening) -> bool:
    return tokens.words[opening.after - 1].fold == ":" and tokens.words[opening.after].kind == "line"


def _list_end(tokens: Tokens, at: int) -> int:
    """The end of the numbered or marked lines that follow a colon."""
    end = at
    while (
        end < len(tokens)
        and tokens.words[end].kind == "line"
        and end + 1 < len(tokens)
        and tokens.words[end + 1].kind in ("number", "mark")
    ):
        end = _line_end(tokens, end + 1)
    return end


def _doubt(out: list[Stretch], openings: list[Opening], index: int) -> None:
    """Doubt at the end of a sentence falls on what it touches, and back on what the same speaker only went on with."""
    opening = openings[index]
    if opening.stance != "doubted":
        return
    reached = False
    for stretch in reversed(out):
        reached = reached or stretch.first < opening.first <= stretch.after + 1
        stretch.doubt = stretch.doubt or reached
        if reached and openings[stretch.index].kind != "participle":
            return


def _backward(
    tokens: Tokens,
    roles: list[Role],
    openings: list[Opening],
    index: int,
    first: int,
    after: int,
    taken: int,
    before: list[Stretch],
) -> list[Stretch]:
    opening = openings[index]
    held = [s for s in before if s.first < opening.first <= s.after and openings[s.index].way == "forward"]
    ahead = next((o for o in openings[index + 1 :]), None)
    if opening.way == "both" and ahead is not None and ahead.way == "forward" and ahead.verb < opening.first:
        ahead = None
    end = opening.after
    if opening.way == "both":
        end = after if ahead is None else max(opening.after, _clause(ahead) if ahead.way == "forward" else ahead.first)
        end = next((k for k in range(opening.after, end) if roles[k].classes & {"contrast", "leave"}), end)
        if ahead is not None and ahead.way != "forward":
            end = opening.after
    quote = _quote_before(tokens, opening, first)
    if quote is not None:
        for stretch in before:
            if stretch.first >= quote and stretch.outer is None:
                stretch.outer = index
                stretch.after = min(stretch.after, opening.first)
        return [Stretch(quote, max(end, opening.first), index)]
    if held:
        return _within(tokens, roles, openings, index, held[-1], end)
    start = _paragraph(tokens, first) if opening.spread == "paragraph" else taken
    marks: tuple[str, ...] = ("؛",)
    if opening.way == "both" and opening.first > start and tokens.words[opening.first - 1].fold not in ("،", ","):
        marks = ("؛", "،", ",")
        end = next((k for k in range(opening.after, end) if tokens.words[k].fold in ("،", ",")), end)
    start = next((k + 1 for k in range(opening.first - 1, start, -1) if tokens.words[k].fold in marks), start)
    return [Stretch(start, max(end, opening.first), index)]


def _quote_before(tokens: Tokens, opening: Opening, first: int) -> int | None:
    """The beginning of the quotation that ends just before a postposed verb, or None."""
    at = opening.first - 1
    while at > first and tokens.words[at].fold in ("،", ","):
        at -= 1
    opens = {"»": "«", "”": "“", '"': '"'}.get(tokens.words[at].fold) if at > first else None
    if opens is None:
        return None
    low = max(0, at - 200)
    return next(
        (
            k
            for k in range(at - 1, low, -1)
            if tokens.words[k].fold == opens or (opens == "“" and tokens.words[k].fold == "”")
        ),
        None,
    )


def _paragraph(tokens: Tokens, first: int) -> int:
    at = first
    while at > 0 and tokens.words[at - 1].kind != "line":
        at -= 1
    return at


def _within(
    tokens: Tokens, roles: list[Role], openings: list[Opening], index: int, held: Stretch, end: int
) -> list[Stretch]:
    """A source after words that another one already reports: a relay wraps it, any other takes the last clause."""
    opening = openings[index]
    if opening.relay:
        held.after = max(held.after, end)
        return [Stretch(held.first, held.after, index, inner=held.index)]
    start = next(
        (
            k
            for k in range(opening.first - 1, held.first, -1)
            if roles[k].classes & {"contrast"} or (tokens.words[k].fold in ("،", ",") and k < opening.first - 2)
        ),
        held.first,
    )
    return [Stretch(start, max(end, opening.first), index)]
