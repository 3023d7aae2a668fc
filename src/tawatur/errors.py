"""What can go wrong, as one tree; each error says in one line what happened and what to do.

::

    TawaturError                 anything this package raises on purpose
    ├── InputError               a path or a text that cannot be read at all
    │   ├── FormatError          its form is not one that is known, or it breaks its form
    │   │   └── NoReportsError   sound, but of another purpose
    │   └── EncodingError        its bytes are not text in the encoding, or the encoding is unknown
    ├── PackError                a language pack that breaks its rules
    ├── SettingsError            an option or an environment variable that makes no sense
    ├── ReaderError              a reader is unknown, or its claims break the model
    ├── DossierError             a gold folder or a prediction that cannot be scored
    ├── FetchError               a URL that is not asked for, or that gives no whole answer
    ├── LedgerError              a ledger that cannot be opened, is damaged, or refuses what is asked
    │   ├── StaleError           a decision about a state that is no more: somebody decided meanwhile
    │   └── RightsError          somebody who may not do what is asked
    └── NotFoundError            an id that nothing in the input has

A single bad item of a larger input is no error but a ``tawatur.model.Issue``: the rest goes on.
"""

from __future__ import annotations


class TawaturError(Exception):
    """Anything this package raises on purpose. ``message`` says what happened, ``advice`` what to do (may be empty)."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}; {self.advice}" if self.advice else self.message


class InputError(TawaturError):
    """A path or a text that cannot be read at all."""


class FormatError(InputError):
    """An input whose form is not one that is known, or that breaks its form."""


class NoReportsError(FormatError):
    """A sound file of another purpose: worth a word only when the user named it."""


class EncodingError(InputError):
    """Bytes that are not text in the encoding named, or an encoding that is unknown."""


class PackError(TawaturError):
    """A language pack that breaks its rules."""


class SettingsError(TawaturError):
    """An option or an environment variable that makes no sense."""


class ReaderError(TawaturError):
    """A reader is unknown, or its claims break the model."""


class DossierError(TawaturError):
    """A gold folder or a prediction that cannot be scored."""


class FetchError(TawaturError):
    """A URL that is not asked for, since it leads to what is not public, or that gives no whole answer."""


class LedgerError(TawaturError):
    """A ledger that cannot be opened, is damaged, or refuses what is asked."""


class StaleError(LedgerError):
    """A decision about a state that is no more; ``changes`` says what became different meanwhile, a line each."""

    def __init__(self, message: str, advice: str = "", changes: tuple[str, ...] = ()) -> None:
        super().__init__(message, advice)
        self.changes = changes


class RightsError(LedgerError):
    """Somebody who is no user of a ledger, or one whose role does not do, asks to change it."""


class NotFoundError(TawaturError):
    """An id that nothing in the input has."""
