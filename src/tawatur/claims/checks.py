"""A pack in, the outcome of every example beside its words and rules out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tawatur.claims.grammar import Grammar
from tawatur.claims.tokens import tokenise
from tawatur.lang.pack import Pack
from tawatur.lang.schema import EntrySpec, RuleSpec

#: A text in, what fires in it out: pairs of entry or rule id and canonical value.
Fired = Callable[[str, Pack], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold: whose, the text, what was expected, what came."""

    id: str
    text: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.id}: {self.text!r}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How many examples there are, how many of them counter-examples, and which fail."""

    total: int
    counter: int
    failures: tuple[Failure, ...]


def check(pack: Pack, finders: dict[str, Fired]) -> CheckReport:
    """Run every example; ``finders`` tells for a dimension what fires, the words themselves where it has none."""
    total = counter = 0
    failures: list[Failure] = []
    for dimension, item in _items(pack):
        finder = finders.get(dimension, words_fired)
        total += len(item.examples) + len(item.counter)
        counter += len(item.counter)
        failures += _failures(item, finder, pack)
    return CheckReport(total, counter, tuple(failures))


def _items(pack: Pack) -> Iterator[tuple[str, EntrySpec | RuleSpec]]:
    yield from pack.specs.values()
    for dimension, rules in pack.rules.items():
        yield from ((dimension, rule) for rule in rules)


def _failures(item: EntrySpec | RuleSpec, finder: Fired, pack: Pack) -> Iterator[Failure]:
    for example in item.examples:
        found = [value for name, value in finder(example.text, pack) if name == item.id]
        if not found:
            yield Failure(item.id, example.text, "to be found", "nothing")
        elif example.gives is not None and example.gives not in found:
            yield Failure(item.id, example.text, example.gives, ", ".join(found))
    for text in item.counter:
        found = [value for name, value in finder(text, pack) if name == item.id]
        if found:
            yield Failure(item.id, text, "not to be found", ", ".join(found))


def words_fired(text: str, pack: Pack) -> list[tuple[str, str]]:
    """The entries that the lexicon finds in a text, with their classes."""
    tokens = tokenise(text, pack.lexicon)
    return [(sense.entry.id, sense.entry.cls) for word in tokens.words for sense in word.senses]


def rules_fired(text: str, pack: Pack, grammar: Grammar, key: str) -> list[tuple[str, str]]:
    """The entries and rules of a grammar that match a text taken as one clause; of a rule the value ``key``."""
    tokens = tokenise(text, pack.lexicon)
    hits = [(hit.rule.id, str(hit.rule.gives.get(key, ""))) for hit in grammar.hits(grammar.string(tokens))]
    return hits + [(sense.entry.id, sense.entry.cls) for word in tokens.words for sense in word.senses]
