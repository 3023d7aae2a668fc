"""The page in a real browser: quiet, offline, in both languages, its links landing on the right words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import Browser
from compared import available, comparison
from payloads import payloads, poisoned
from sample_dossier import sample, short
from tawatur import pipeline
from tawatur.publish import page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tawatur.model import Comparison

CROSSING = Path(__file__).resolve().parents[1] / "examples" / "observations"
QUOTES = """
Array.from(document.querySelectorAll('.at'), (spot) => {
  const raw = Array.from(spot.closest('.raw').textContent);
  return [spot.id, raw.slice(Number(spot.dataset.start), Number(spot.dataset.end)).join('')];
})
"""
ORDER = """
(() => {
  const node = document.evaluate("//bdo[contains(., '-')]/text()", document, null, 9).singleNodeValue;
  const at = (i) => { const r = document.createRange(); r.setStart(node, i); r.setEnd(node, i + 1);
    return r.getBoundingClientRect().x; };
  const places = Array.from(node.data, (_, i) => at(i));
  return [node.data, places.every((x, i) => i === 0 || places[i - 1] < x)];
})()
"""
CONTRAST = """
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (css) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = css; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data); };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] / 255 + under[i] * (1 - top[3] / 255));
  const ground = (node) => { if (!node) return [255, 255, 255];
    const own = rgb(getComputedStyle(node).backgroundColor);
    return own[3] === 255 ? own : own[3] === 0 ? ground(node.parentElement) : over(own, ground(node.parentElement)); };
  const bad = [];
  for (const node of document.body.querySelectorAll('*')) {
    const own = Array.from(node.childNodes).some((c) => c.nodeType === 3 && c.data.trim());
    if (!own || node.closest('svg, script') || !node.getClientRects().length) continue;
    const a = light(rgb(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push([node.className, node.textContent.slice(0, 30), ratio]);
  }
  return bad;
})()
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


def written(folder: Path, found: Comparison) -> Path:
    path = folder / "page.html"
    path.write_text(page(found), "utf-8", newline="")
    return path


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("page"), sample())


def everything(name: str) -> Comparison:
    if name == "sample":
        return sample()
    if available() is None:
        pytest.skip("no gold dossiers beside this repository")
    return comparison(name)


@pytest.mark.parametrize("name", ["sample", "aleppo-2016"])
def test_quotes_are_the_same_words_in_the_browser(browser: Browser, tmp_path: Path, name: str) -> None:
    found = everything(name)
    browser.open(written(tmp_path, found))
    texts = {r.id: r.text for r in found.reports}
    wanted = sorted(s.of(texts[c.report]) for c in found.claims for s in (c.span, *(f.span for f in c.figures)))
    assert sorted(quote for _, quote in browser.run(QUOTES)) == wanted
    raw = browser.run("Array.from(document.querySelectorAll('.raw'), (node) => node.textContent)")
    assert sorted(raw) == sorted(r.text for r in found.reports)


def test_no_request_and_no_word_in_the_console(browser: Browser, sampled: Path) -> None:
    browser.open(sampled)
    browser.click("#language")
    browser.click("#digits")
    browser.click(".side .fig")
    assert browser.requests == [sampled.as_uri()]
    assert browser.console == []


def test_the_language_switch_turns_the_page_and_stays_in_the_address(browser: Browser, sampled: Path) -> None:
    browser.open(sampled, "#;lang=ar")
    assert browser.run("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert "التناقضات" in browser.run("document.querySelector('h2').innerText")
    browser.click("#language")
    assert browser.run("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert browser.run("document.querySelector('h2').innerText") == "Contradictions"
    assert browser.run("document.querySelector('nav').getAttribute('aria-label')") == "Contents"
    assert browser.run("location.hash") == "#;lang=en"
    assert browser.run("Array.from(document.querySelectorAll('.raw'), (n) => n.dir)") == ["rtl", "rtl", "ltr", "rtl"]
    assert browser.run("Object.keys(localStorage).length + document.cookie.length") == 0


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("en", "ltr")])
def test_lines_of_the_interface_run_its_way(browser: Browser, sampled: Path, language: str, direction: str) -> None:
    browser.open(sampled, f"#;lang={language}")
    kinds = "p:not(.brand), .step, .chain, td, th, .legend li, .phases li, .actors li, .name"
    lines = f"Array.from(document.querySelectorAll('{kinds}'))"
    found = browser.run(f"[...new Set({lines}.map((n) => getComputedStyle(n).direction))]")
    assert found == [direction]


def test_the_keyboard_reaches_and_works_the_switches(browser: Browser, sampled: Path) -> None:
    browser.open(sampled, "#;lang=en")
    reached = []
    for _ in range(4):
        browser.press("Tab", 9)
        reached.append(browser.run("document.activeElement.id || document.activeElement.className"))
    assert reached[:3] == ["skip", "language", "digits"]
    browser.run("document.getElementById('language').focus()")
    browser.press("Enter", 13)
    assert browser.run("document.documentElement.lang") == "ar"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("digits", ["latn", "arab"])
def test_dates_and_ranges_read_from_left_to_right(browser: Browser, sampled: Path, language: str, digits: str) -> None:
    browser.open(sampled, f"#;lang={language};digits={digits}")
    text, ordered = browser.run(ORDER)
    assert ("٢" in text) == (digits == "arab")
    assert ordered, text


@pytest.mark.parametrize("digits", ["latn", "arab"])
def test_bounds_stand_in_the_order_in_which_they_are_read(browser: Browser, sampled: Path, digits: str) -> None:
    script = (
        "Array.from(Array.from(document.querySelectorAll('.accounts .val')).find((a) => /9|٩/.test(a.textContent) &&"
        " /11|١١/.test(a.textContent)).querySelectorAll('.n')).filter((n) => n.getClientRects().length)"
        ".map((n) => n.getBoundingClientRect().x)"
    )
    browser.open(sampled, f"#;lang=en;digits={digits}")
    low, high = browser.run(script)
    assert low < high
    browser.open(sampled, f"#;lang=ar;digits={digits}")
    low, high = browser.run(script)
    assert low > high


def test_the_digits_switch_changes_values_and_never_the_reports(browser: Browser, sampled: Path) -> None:
    browser.open(sampled, "#;lang=ar")
    before = browser.run("document.querySelector('.raw').textContent")
    browser.click("#digits")
    assert browser.run("document.querySelector('.key .val').textContent") == "٢٧٠"
    assert browser.run("document.querySelector('.raw').textContent") == before
    browser.click("#digits")
    assert browser.run("document.querySelector('.key .val').textContent") == "270"


@pytest.mark.parametrize("link", [".key .val", ".accounts .val", ".side .fig", ".line .val", ".refs .src"])
def test_a_figure_leads_to_its_highlighted_words_and_back(browser: Browser, sampled: Path, link: str) -> None:
    browser.open(sampled, "#;lang=en")
    browser.run("document.querySelectorAll('.report').forEach((d) => { d.open = false; })")
    target = browser.run(f"document.querySelector('{link}').getAttribute('href').slice(1)")
    browser.click(link)
    landed = browser.run("Array.from(document.querySelectorAll('mark.landed'), (m) => m.textContent).join('')")
    quotes: dict[str, str] = dict(browser.run(QUOTES))
    assert quotes[target]
    assert quotes[target] in landed
    assert browser.run("location.hash") == f"#{target};lang=en"
    box = browser.run(
        "(({ top, bottom }) => [top, bottom])(document.querySelector('mark.landed').getBoundingClientRect())"
    )
    assert 0 <= box[0] < box[1] <= browser.run("innerHeight")
    browser.click("mark.landed a")
    card = browser.run("document.querySelector('li.landed').id")
    assert card.startswith("k")


def test_no_highlight_cuts_a_joined_word(browser: Browser, sampled: Path) -> None:
    browser.open(sampled)
    cuts: list[Any] = browser.run(
        "Array.from(document.querySelectorAll('.raw mark'), (m) => { let n = m.nextSibling;"
        " while (n && !n.textContent) n = n.nextSibling; return n ? m.textContent.slice(-1) + n.textContent[0] : ''; })"
    )
    assert cuts
    assert not [c for c in cuts if len(c) == 2 and c.isalpha()]


def test_hidden_characters_are_seen_and_do_not_turn_the_text(browser: Browser, sampled: Path) -> None:
    browser.open(sampled)
    label = "getComputedStyle(document.querySelector('.raw .ctl'), '::before').content"
    assert browser.run(label) == '"U+202E"'
    assert browser.run("getComputedStyle(document.querySelector('.raw .ctl')).unicodeBidi") == "isolate"


@pytest.mark.parametrize("name", ["sample", "aleppo-2016"])
@pytest.mark.parametrize("width", [360, 1400])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_overflows(browser: Browser, tmp_path: Path, name: str, width: int, language: str) -> None:
    path = written(tmp_path, everything(name))
    browser.size(width)
    browser.open(path, f"#;lang={language}")
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.size(1400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(browser: Browser, sampled: Path, scheme: str) -> None:
    browser.media(scheme=scheme)
    browser.open(sampled, "#;lang=en")
    browser.run("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    assert browser.run(CONTRAST) == []
    browser.media()


def test_paper_gets_everything_but_the_switches(browser: Browser, sampled: Path) -> None:
    browser.open(sampled)
    browser.media(kind="print")
    assert browser.run("getComputedStyle(document.querySelector('.tools')).display") == "none"
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run("document.querySelectorAll('details:not([open])').length") == 0
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert browser.run("document.querySelectorAll('details:not([open])').length") > 0
    browser.media()


def test_sums_and_monitors_are_told_in_the_language_of_the_page(browser: Browser, tmp_path: Path) -> None:
    browser.open(written(tmp_path, pipeline.run(CROSSING)), "#;lang=ar")
    first = "document.querySelector('.checks li').innerText"
    assert "ويتسع لها المجموع" in browser.run(first)
    numbers = "Array.from(document.querySelectorAll('.checks .n')).filter((n) => n.getClientRects().length)"
    assert set(browser.run(f"{numbers}.map((n) => getComputedStyle(n).direction)")) == {"ltr"}
    browser.click("#digits")
    assert "٢٬٥٧٥" in browser.run(first)
    assert "ر-07" in browser.run(first)
    browser.click("#language")
    assert "which fits the total" in browser.run(first)
    browser.click("#digits")


@pytest.mark.slow
def test_none_of_a_thousand_scripts_runs(browser: Browser, tmp_path: Path) -> None:
    whole, found = payloads(), short()
    for i in range(0, len(whole), 100):
        path = written(tmp_path, poisoned(found, " ".join(whole[i : i + 100])))
        browser.open(path, "#;lang=en")
        assert browser.run("window.ran === undefined && document.scripts.length === 1")
        assert browser.requests == [path.as_uri()]
        assert browser.console == []
