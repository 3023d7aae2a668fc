"""The tag row of the Humanitarian Exchange Language (hxlstandard.org) in, the fields of its columns out.

The tags and attributes are those of HXL 1.1; a column that counts people names in its attributes who they are and what
befell them; without one it counts people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_tag = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z0-9_]+)*", re.IGNORECASE)
#: A tag with an attribute, or a tag alone, to the field it stands for in a table of reports and in one of observations.
_REPORTS = {
    "#description": "text", "#meta+id": "id", "#meta+source": "outlet", "#meta+url": "url", "#meta+title": "title",
    "#date+published": "published", "#date+reported": "published", "#date+publication": "published",
    "#date": "published",
    "#event+id": "id", "#event+description": "text", "#org": "outlet", "#event+url": "url", "#meta+author": "author",
}  # fmt: skip
_OBSERVED = {
    "#date+end": "until", "#date+time": "time", "#date": "date", "#geo+lat": "lat", "#geo+lon": "lon",
    "#geo": "position",
    "#loc+origin": "origin", "#loc+dest": "destination", "#loc+destination": "destination", "#loc+type": "",
    "#loc+code": "", "#loc": "place", "#event+type": "event_type", "#event+id": "id", "#meta+id": "id",
    "#contact+name": "monitor", "#contact": "monitor", "#meta+method": "how", "#meta+remark": "remark",
    "#description": "remark", "#status": "status", "#cause+type": "event_type",
}  # fmt: skip
_PLACES = ("#adm5", "#adm4", "#adm3", "#adm2", "#adm1")  # when no column is #loc, the smallest area is the place
_COUNTED = {
    "#affected": None, "#inneed": "in_need", "#reached": "reached", "#impact": None, "#population": "present",
    "#targeted": None, "#capacity": None,
}  # fmt: skip
_BEFELL = {
    "killed": "killed", "dead": "killed", "injured": "injured", "wounded": "injured", "missing": "missing",
    "displaced": "displaced", "idps": "displaced", "returned": "returned", "returnees": "returned",
    "evacuated": "evacuated", "detained": "detained", "abducted": "detained", "besieged": "besieged",
    "trapped": "besieged", "destroyed": "destroyed", "damaged": "destroyed", "released": "released",
    "hosted": "present", "stranded": "blocked", "arrived": "reached",
}  # fmt: skip
_WHO = {
    "f": "women", "m": "men", "children": "children", "infants": "children", "elderly": "elderly", "hh": "families",
    "ind": "people", "idps": "displaced", "refugees": "refugees", "civilians": "civilians", "staff": "staff",
    "facilities": "facilities", "buildings": "buildings", "houses": "buildings",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tagged:
    """Columns by field, and the columns that count: (column, outcome, population), each told by attributes or None."""

    fields: tuple[tuple[str, int], ...]
    counts: tuple[tuple[int, str | None, str | None], ...] = ()


def is_tag_row(cells: Sequence[str]) -> bool:
    """Whether a row of cells is one of tags: at least one, and nothing else in it."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(_tag.fullmatch(cell.strip()) for cell in filled)


def tagged_reports(cells: Sequence[str]) -> Tagged:
    """What the tags say of a table of reports."""
    return Tagged(tuple(_fields(cells, _REPORTS)))


def tagged_observations(cells: Sequence[str]) -> Tagged:
    """What the tags say of a table of observations."""
    fields = list(_fields(cells, _OBSERVED))
    tags = [_split(cell)[0] for cell in cells]
    if not any(field == "place" for field, _ in fields):
        smallest = next((tag for tag in _PLACES if tag in tags), None)
        fields += [("place", tags.index(smallest))] if smallest else []
    counts = [(n, *_counted(cell)) for n, cell in enumerate(cells) if _split(cell)[0] in _COUNTED]
    return Tagged(tuple(fields), tuple(counts))


def _fields(cells: Sequence[str], table: dict[str, str]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for key, field in table.items():
        tag, _, attribute = key.partition("+")
        for n, cell in enumerate(cells):
            own, attributes = _split(cell)
            if own == tag and (not attribute or attribute in attributes) and n not in found.values() and field:
                found.setdefault(field, n)
    return list(found.items())


def _counted(cell: str) -> tuple[str | None, str | None]:
    tag, attributes = _split(cell)
    befell = next((_BEFELL[a] for a in attributes if a in _BEFELL), None) or _COUNTED[tag]
    return befell, next((_WHO[a] for a in attributes if a in _WHO), "people")


def _split(cell: str) -> tuple[str, list[str]]:
    tag, *attributes = (part.strip().lower() for part in cell.split("+"))
    return tag, attributes
