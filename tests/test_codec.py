"""Nouns as JSON and back, also when they have fields that they did not have when they were written."""

from __future__ import annotations

import json

import pytest

from tawatur.codec import dumps, loads
from tawatur.model import Report


def test_a_field_that_is_not_there_yet_has_its_default() -> None:
    report = Report.make("نص", name="r1")
    told = json.loads(dumps(report))
    del told["relayed_from"]
    assert loads(Report, json.dumps(told)) == report
    del told["text"]
    with pytest.raises(KeyError, match="text"):
        loads(Report, json.dumps(told))
