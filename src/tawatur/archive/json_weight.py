"""JSON in, whether its values would take too much memory: a few bytes of it can be hundreds once they are objects."""

from __future__ import annotations

from tawatur.archive.limits import MAX_VALUES
from tawatur.errors import FormatError

_SMALL = 1 << 18  # bytes that cannot be too heavy
#: Bytes that an object, a list, and a value of either take at least, each told by a byte of JSON.
_WEIGHTS = {b"{": 240, b"[": 90, b",": 45, b":": 45}


def too_heavy(data: bytes) -> FormatError | None:
    """Why JSON must not be read as a whole; None when it may be. Text that holds such marks counts them as well."""
    if len(data) < _SMALL:
        return None
    weight = 2 * len(data) + sum(size * data.count(mark) for mark, size in _WEIGHTS.items())
    if weight <= MAX_VALUES:
        return None
    return FormatError(f"its values would take more than {MAX_VALUES >> 20} MB of memory", "split it")
