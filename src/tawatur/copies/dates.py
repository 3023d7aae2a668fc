"""Publication dates in, who published first out, as far as the dates tell.

A date without a time is the whole day; a date or time without an offset is a civil time anywhere from UTC+0 to UTC+4,
the offsets in use from Mauritania to Oman (IANA time zone database).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from tawatur.model import Report

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OFFSETS = timedelta(hours=4)
Moment = tuple[datetime, datetime, bool]  # not before, not after, whether an offset is known


def moment(published: str | None) -> Moment | None:
    """When something was published, as bounds; civil times without offset. None when unknown or not ISO 8601."""
    try:
        return _moment(published) if published else None
    except ValueError:
        return None


def _moment(published: str) -> Moment:
    if _DAY.fullmatch(published):
        start = datetime.combine(date.fromisoformat(published), datetime.min.time(), UTC)
        return start, start + timedelta(days=1), False
    when = datetime.fromisoformat(published)
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC), when.replace(tzinfo=UTC), False
    return when.astimezone(UTC), when.astimezone(UTC), True


def first(a: Report, b: Report) -> int:
    """1 when ``a`` was surely published before ``b``, -1 when after it, 0 when the dates do not tell."""
    left, right = moment(a.published), moment(b.published)
    if left is None or right is None:
        return 0
    if left[2] != right[2]:
        left, right = _anywhere(left), _anywhere(right)
    return _before(left, right) - _before(right, left)


def order(report: Report) -> tuple[bool, datetime, str]:
    """A sort key: known dates first, the earliest possible time first, then the id."""
    when = moment(report.published)
    if when is None:
        return True, datetime.min.replace(tzinfo=UTC), report.id
    return False, _anywhere(when)[0], report.id


def _anywhere(when: Moment) -> Moment:
    start, end, known = when
    return when if known else (start - _OFFSETS, end, True)


def _before(a: Moment, b: Moment) -> bool:
    return a[1] <= b[0] and a[0] < b[0]
