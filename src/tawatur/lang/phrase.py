"""A phrase of a pack as it is written in, the sequences of folded words that it stands for out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

_BRACES = re.compile(r"\{([^{}]+)\}")


def expand(
    phrase: str, verbs: Callable[[str], Iterable[str]], pieces: Callable[[str], Iterable[str]]
) -> Iterator[tuple[str, ...]]:
    """The words of a phrase: ``a|b`` are alternatives, ``(a)`` is optional, ``{…}`` a verb in all its forms.

    ``verbs`` gives the forms of what stands in braces, ``pieces`` the folded words of an alternative.
    """
    held: list[list[str]] = []

    def hold(match: re.Match[str]) -> str:
        held.append(list(verbs(match[1])))
        return f"\x00{len(held) - 1}"

    slots: list[list[str]] = []
    for part in _BRACES.sub(hold, phrase).split():
        optional = part.startswith("(") and part.endswith(")")
        options: list[str] = [""] if optional else []
        for choice in part.strip("()").split("|"):
            options += held[int(choice[1:])] if choice.startswith("\x00") else [choice]
        slots.append(options)
    for words in product(*slots):
        yield tuple(piece for word in words if word for piece in pieces(word))
