"""The page as text: whole, escaped, linked, allowed by its own policy, the same each time."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import random
import re
import time
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from compared import available, comparison
from payloads import payloads, poisoned
from sample_dossier import sample
from tawatur.model import Claim, Comparison, Report, Span
from tawatur.publish import page

VOID = {"meta", "link", "br", "img"}
needs_gold = pytest.mark.skipif(available() is None, reason="no gold dossiers beside this repository")


class Page(HTMLParser):
    """A parsed page: elements with attributes, ids, links, headings, and the text of the reports."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.inside = ""
        self.texts: dict[str, str] = {"style": "", "script": "", "title": ""}
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag, attrs in self.open:
            if attrs.get("class") == "raw":
                key = attrs["data-report"] or ""
                self.raw[key] = self.raw.get(key, "") + data
            if tag in self.texts:
                self.texts[tag] += data

    def values(self, name: str) -> list[str]:
        return [v for _, attrs in self.elements if (v := attrs.get(name)) is not None]

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        return [(tag, tuple(sorted(attrs))) for tag, attrs in self.elements]


def parsed(found: Comparison | None = None) -> Page:
    return Page(page(found or sample()))


def test_every_element_is_closed_and_ids_are_unique() -> None:
    found = parsed()
    assert found.open == []
    ids = found.values("id")
    assert len(ids) == len(set(ids))


def test_every_link_stays_in_the_page_and_arrives() -> None:
    found = parsed()
    links = [attrs["href"] or "" for tag, attrs in found.elements if tag == "a"]
    assert links
    assert {link[1:] for link in links} <= set(found.values("id"))
    assert all(link.startswith("#") for link in links)


def test_nothing_is_asked_of_the_network() -> None:
    found = parsed()
    assert [a for t, a in found.elements if t == "link"] == [{"rel": "icon", "href": "data:,"}]
    assert found.values("src") == []
    assert not {t for t, _ in found.elements} & {"img", "iframe", "object", "embed", "form", "base", "video", "audio"}
    assert "url(" not in found.texts["style"]
    assert "@import" not in found.texts["style"]


def test_the_policy_allows_just_this_style_and_this_script() -> None:
    found = parsed()
    policy = next(a["content"] or "" for t, a in found.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.texts[tag].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_no_inline_style_and_no_inline_handler() -> None:
    names = {name for _, attrs in parsed().elements for name in attrs}
    assert "style" not in names
    assert not [n for n in names if n.startswith("on")]


def test_headings_descend_one_step_at_a_time() -> None:
    levels = [int(t[1]) for t, _ in parsed().elements if re.fullmatch(r"h[1-6]", t)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_contradictions_come_first() -> None:
    order = [a["id"] for t, a in parsed().elements if t == "section" and "id" in a]
    assert order == ["contradictions", "figures", "events", "copies", "sources", "reports", "issues"]


@pytest.mark.parametrize("sure", [(0.3, 0.9), (0.9, 0.3)])
def test_the_surest_contradiction_of_an_event_comes_first_and_says_how_sure(sure: tuple[float, float]) -> None:
    found = sample()
    told = [dataclasses.replace(f, confidence=s) for f, s in zip(found.findings[:2], sure, strict=True)]
    markup = page(dataclasses.replace(found, findings=(*told, *found.findings[2:])))
    shown = markup[markup.index('id="contradictions"') : markup.index('id="figures"')]
    assert re.findall(r">(0\.\d\d)</bdo>", shown) == ["0.90", "0.30"]
    first = max(told, key=lambda f: f.confidence or 0)
    words = (first.a_words, first.b_words) if first.aspect == "figure" else ("suspended", "completed")
    assert all(w in shown[: shown.index("0.30")] for w in words)


def test_a_relation_that_nobody_weighed_shows_no_number() -> None:
    markup = page(sample())
    shown = markup[markup.index('id="contradictions"') : markup.index('id="figures"')]
    assert not re.search(r">\d\.\d\d</bdo>", shown)


def test_reports_are_there_to_the_last_character() -> None:
    assert parsed().raw == {r.name: r.text for r in sample().reports}


def test_exact_spans_stand_in_the_text() -> None:
    spans = {(a["data-start"], a["data-end"]) for _, a in parsed().elements if "data-start" in a}
    wanted = {(str(s.start), str(s.end)) for c in sample().claims for s in (c.span, *(f.span for f in c.figures))}
    assert spans == wanted


def test_what_the_sample_says_is_shown() -> None:
    markup = page(sample())
    for words in (
        "the two differ (contradict)", "القولان مختلفان", "two origins that cannot both be right", "تقرير بلا تاريخ",
        "stresses", "passed on with doubt", "mend the line and read again", "copied in part", "did not occur",
    ):  # fmt: skip
        assert words in markup
    assert "<the old quarter>" not in markup


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr"), ("both", "rtl")])
def test_the_page_opens_in_the_language_asked_for(language: str, direction: str) -> None:
    root = Page(page(sample(), language)).elements[0][1]  # type: ignore[arg-type]
    assert root["dir"] == direction
    assert root["data-chosen"] == language
    assert root["lang"] == ("en" if language == "en" else "ar")


def test_an_empty_comparison_makes_a_page() -> None:
    empty = Comparison((), (), sample().lineage.__class__(), (), (), (), ())
    assert "No contradiction was found" in page(empty)


def test_the_order_of_the_input_leaves_no_trace() -> None:
    found, chance = sample(), random.Random(7)
    fields = ("reports", "claims", "events", "accounts", "findings", "estimates")
    mixed = {f: tuple(chance.sample(getattr(found, f), len(getattr(found, f)))) for f in fields}
    assert page(dataclasses.replace(found, **mixed)) == page(found)


def test_a_thousand_scripts_in_every_field_add_no_element_and_no_attribute() -> None:
    plain = parsed(poisoned(sample(), "x y")).shape()
    whole = payloads()
    for i in range(0, len(whole), 20):
        assert parsed(poisoned(sample(), " ".join(whole[i : i + 20]))).shape() == plain
    for payload in whole[::16]:
        assert parsed(poisoned(sample(), payload)).shape() == plain


def test_scripts_as_links_never_become_links() -> None:
    found = parsed(poisoned(sample(), "javascript:window.ran=1"))
    assert all(link.startswith("#") or link == "data:," for link in found.values("href"))


def many(count: int) -> Comparison:
    """So many reports of ten claims each, in events of five claims."""
    text = "قال المصدر إن 120 شخصاً غادروا البلدة أمس. " * 10
    reports = [
        Report.make(text, name=f"m{i}", declared=str(i), outlet="o", published="2020-01-01") for i in range(count)
    ]
    base = sample().claims[0]
    claims = [
        dataclasses.replace(base, id=Claim.key(r.id, s, "evacuation"), report=r.id, span=s, figures=())
        for r in reports
        for s in (Span(44 * k + 14, 44 * k + 40) for k in range(10))
    ]
    event = sample().events[0]
    events = tuple(
        dataclasses.replace(event, id=f"{i:016x}", claims=tuple(c.id for c in claims[i : i + 5]))
        for i in range(0, len(claims), 5)
    )
    return Comparison(tuple(reports), tuple(claims), sample().lineage.__class__(), events, (), (), ())


def seconds(found: Comparison) -> float:
    best = 1e9
    for _ in range(2):
        start = time.process_time()
        page(found)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.slow
def test_time_grows_with_the_reports_not_with_their_square() -> None:
    assert seconds(many(300)) < 12 * seconds(many(60))


@needs_gold
@pytest.mark.parametrize("name", ["aleppo-2016", "ghouta-2018", "seed"])
def test_gold_dossiers_make_whole_pages_in_time(name: str) -> None:
    found = comparison(name)
    page(found)
    start = time.process_time()
    markup = page(found)
    assert time.process_time() - start < 1
    read = Page(markup)
    assert read.open == []
    assert {a["href"][1:] for t, a in read.elements if t == "a" and a["href"]} <= set(read.values("id"))
    assert read.raw == {r.name: r.text for r in found.reports}
