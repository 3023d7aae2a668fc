"""Judged fields in, reliability curves out: how often fields held to be right with a given confidence are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tawatur.score.judged import Judged

BINS = 10
_SIDE, _GAP, _EDGE, _ACROSS = 150, 46, 30, 4


def curves(fields: Iterable[Judged]) -> dict[str, Any]:
    """By field: how many, how many right, mean confidence, calibration error, Brier score, and the bins.

    The calibration error is the mean gap between confidence and share right over ten bins, weighed by their size.
    """
    held: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in fields:
        if one.sure is not None:
            held[one.field].append((one.sure, one.right))
    return {field: _curve(pairs) for field, pairs in sorted(held.items())}


def _curve(pairs: list[tuple[float, bool]]) -> dict[str, Any]:
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, right))
    rows = [
        {"from": step / BINS, "count": len(b), "confidence": _mean(s for s, _ in b), "right": _mean(r for _, r in b)}
        for step, b in sorted(bins.items())
    ]
    count = len(pairs)
    return {
        "count": count,
        "right": _mean(r for _, r in pairs),
        "confidence": _mean(s for s, _ in pairs),
        "calibration_error": round(
            sum(row["count"] * abs(row["confidence"] - row["right"]) for row in rows) / count, 3
        ),
        "brier": _mean((s - r) ** 2 for s, r in pairs),
        "bins": rows,
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 3)


def table(found: dict[str, Any]) -> Iterator[str]:
    """The curves as a table of the documentation: of fields in steps of a fifth, how many and what share is right."""
    steps = [f"{low / 10:.1f} to {(low + 2) / 10:.1f}" for low in range(0, BINS, 2)]
    yield "| field | fields | right | mean confidence | gap | " + " | ".join(steps) + " |"
    yield "| --- " * (len(steps) + 5) + "|"
    for field, curve in found.items():
        cells = [_step(curve["bins"], low / 10) for low in range(0, BINS, 2)]
        numbers = f"{curve['right']:.3f} | {curve['confidence']:.3f} | {curve['calibration_error']:.3f}"
        yield f"| {field} | {curve['count']} | {numbers} | " + " | ".join(cells) + " |"


def _step(bins: list[dict[str, Any]], low: float) -> str:
    inside = [b for b in bins if low <= b["from"] < low + 0.2 - 1e-9]
    count = sum(b["count"] for b in inside)
    return f"{sum(b['count'] * b['right'] for b in inside) / count:.2f} of {count}" if count else "–"


def drawn(found: dict[str, Any]) -> str:
    """The curves as an SVG: one square a field, confidence across, share right up, a dot a bin, its area the count."""
    down = -(-len(found) // _ACROSS)
    width, height = _ACROSS * (_SIDE + _GAP) + _EDGE, down * (_SIDE + _GAP) + _EDGE
    squares = [_square(n, field, curve) for n, (field, curve) in enumerate(found.items())]
    box = f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box}>'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *squares, "</svg>"]) + "\n"


def _square(n: int, field: str, curve: dict[str, Any]) -> str:
    x, y = _EDGE + n % _ACROSS * (_SIDE + _GAP), _EDGE + n // _ACROSS * (_SIDE + _GAP)
    most = max(row["count"] for row in curve["bins"])
    dots = [
        f'<circle cx="{_SIDE * row["confidence"]:.1f}" cy="{_SIDE * (1 - row["right"]):.1f}" '
        f'r="{2 + 6 * (row["count"] / most) ** 0.5:.1f}" fill="#1f5c8b" fill-opacity=".7">'
        f"<title>{row['count']} at {row['confidence']:.2f}, right {row['right']:.2f}</title></circle>"
        for row in curve["bins"]
    ]
    frame = f'<rect width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#999"/>'
    line = f'<line x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0" stroke="#bbb" stroke-dasharray="3 3"/>'
    name = f'<text x="0" y="-6">{field.replace("_", " ")} ({curve["count"]})</text>'
    ends = (
        f'<text x="0" y="{_SIDE + 13}" fill="#666">0</text><text x="{_SIDE - 7}" y="{_SIDE + 13}" fill="#666">1</text>'
    )
    return f'<g transform="translate({x} {y})">{frame}{line}{name}{ends}{"".join(dots)}</g>'
