"""Frozen values that are made quickly are what a plain frozen dataclass would be."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur import model
from tawatur.quick import quick


@dataclass(frozen=True, slots=True)
class Plain:
    one: int
    two: str = "b"
    aside: float = field(default=0.0, compare=False)


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    one: int
    two: str = "b"
    aside: float = field(default=0.0, compare=False)


values = st.tuples(st.integers(0, 3), st.sampled_from("ab"), st.floats(allow_nan=False))


@given(values, values)
def test_equality_and_hash_go_by_the_fields_that_compare(
    first: tuple[int, str, float], second: tuple[int, str, float]
) -> None:
    quicks, plains = (Quick(*first), Quick(*second)), (Plain(*first), Plain(*second))
    assert (quicks[0] == quicks[1]) == (plains[0] == plains[1])
    assert hash(quicks[0]) == hash(plains[0])
    assert repr(quicks[0]).removeprefix("Quick") == repr(plains[0]).removeprefix("Plain")


@given(values)
def test_a_value_is_copied_replaced_and_pickled(row: tuple[int, str, float]) -> None:
    made = Quick(*row)
    for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made)), replace(made)):
        assert type(again) is Quick
        assert [getattr(again, f.name) for f in fields(again)] == list(row)
    assert replace(made, one=9).one == 9


def test_arguments_are_those_of_the_fields() -> None:
    assert Quick(1) == Quick(one=1, two="b")
    for wrong in ({}, {"one": 1, "three": 3}):
        with pytest.raises(TypeError):
            Quick(**wrong)


def test_nothing_can_be_changed() -> None:
    made = Quick(1)
    with pytest.raises(FrozenInstanceError):
        made.one = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del made.two  # type: ignore[misc]


def test_the_nouns_of_the_model_stay_frozen() -> None:
    span = model.Span(1, 2)
    with pytest.raises(FrozenInstanceError):
        span.start = 0  # type: ignore[misc]
    assert {span: "kept"}[model.Span(1, 2)] == "kept"


def test_what_needs_more_than_its_arguments_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Grown:
        one: list[int] = field(default_factory=list)

    @dataclass(frozen=True)
    class Open:
        one: int

    for wrong in (Grown, Open):
        with pytest.raises(TypeError, match="no plain frozen dataclass"):
            quick(wrong)
