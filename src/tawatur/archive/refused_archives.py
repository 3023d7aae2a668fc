"""Archives in forms that are not read: refused, with what to do."""

from __future__ import annotations

from tawatur.archive.items import Parts, Source
from tawatur.errors import FormatError

_ADVICE = "unpack it, and give the folder, or pack it anew as ZIP"
_ARC = b"filedesc://"  # that a web archive of the form before WARC begins with
_ANEW = "make a WARC of it (warcio recompress), and give that"


def read(source: Source) -> Parts:
    """Nothing. Raises FormatError, always."""
    if source.head().startswith(_ARC):
        raise FormatError("a web archive of the form ARC, which is not read", _ANEW)
    raise FormatError(f"an archive of the form {source.suffix or 'that is not read'}, which is not read", _ADVICE)
    yield
