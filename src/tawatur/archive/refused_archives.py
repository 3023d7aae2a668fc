"""Archives in forms that are not read: refused, with what to do."""

from __future__ import annotations

from tawatur.archive.items import Parts, Source
from tawatur.errors import FormatError

_ADVICE = "unpack it, and give the folder, or pack it anew as ZIP"


def read(source: Source) -> Parts:
    """Nothing. Raises FormatError, always."""
    raise FormatError(f"an archive of the form {source.suffix or 'that is not read'}, which is not read", _ADVICE)
    yield
