"""Pack files: what the form refuses, with file and place; how a user's folder lies over the pack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tawatur import claims, lang
from tawatur.errors import PackError
from tawatur.lang.schema import read_file
from tawatur.model import Claim, Report

HEAD = 'dimension = "events"\nabout = "Words of a test."\n'
ENTRY = '[[entry]]\nid = "test.one"\ncls = "thing"\nnouns = ["زورق|زوارق"]\nexamples = [{ text = "غرق زورق" }]\n'
RULE = '[[rule]]\nid = "test.rule"\npattern = "<thing>"\nmake = "kind"\nexamples = [{ text = "غرق زورق" }]\n'


def pack_file(tmp_path: Path, text: str | bytes, name: str = "own.toml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    file = read_file(pack_file(tmp_path, HEAD + ENTRY + RULE))
    assert (file.dimension, file.entry[0].nouns, file.rule[0].pattern) == ("events", ["زورق|زوارق"], "<thing>")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (HEAD + "colour = 1\n", "colour: Extra inputs"),
        (HEAD + ENTRY + 'wrods = ["قارب"]\n', "entry.0.wrods: Extra inputs"),
        (HEAD + ENTRY + ENTRY.replace("nouns", "noun").replace("one", "two"), "entry.1.noun"),
        (HEAD + RULE.replace('make = "kind"\n', ""), "rule.0.make: Field required"),
        (HEAD + RULE.replace('[{ text = "غرق زورق" }]', "[]"), "rule.0.examples"),
        (HEAD + RULE.replace('examples = [{ text = "غرق زورق" }]\n', ""), "rule.0.examples: Field required"),
        (HEAD + ENTRY.replace('nouns = ["زورق|زوارق"]\n', ""), "test.one has no words"),
        (HEAD + ENTRY.replace('examples = [{ text = "غرق زورق" }]\n', ""), "test.one has no examples"),
        (HEAD + ENTRY.replace("test.one", "Test One"), "entry.0.id"),
        (HEAD + ENTRY.replace('"thing"', '"ال"'), "entry.0.cls"),
        (HEAD + ENTRY.replace('text = "غرق زورق"', 'text = ""'), "entry.0.examples.0.text"),
        (HEAD.replace("events", "Events 2") + ENTRY, "dimension"),
        ('about = "No dimension."\n', "dimension: Field required"),
        (HEAD + "[[entry]\n", "no valid TOML"),
        (HEAD + "a = 1\na = 2\n", "no valid TOML"),
    ],
)
def test_what_the_form_does_not_allow_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    with pytest.raises(PackError) as caught:
        read_file(pack_file(tmp_path, text))
    assert str(caught.value).startswith("own.toml: ")
    assert place in str(caught.value)


@pytest.mark.parametrize("bad", ["\ufefb", "\ufdf2", "\ufe8e", "\u200f", "\u202e", "\u2066", "\u061c"])
def test_presentation_forms_and_bidi_controls_are_refused_with_their_line(tmp_path: Path, bad: str) -> None:
    text = HEAD + ENTRY.replace("غرق", "غرق" + bad)
    with pytest.raises(PackError, match=rf"own\.toml:7: U\+{ord(bad):04X} "):
        read_file(pack_file(tmp_path, text))


@pytest.mark.parametrize("text", ["زورق".encode("cp1256"), "زورق".encode("utf-16"), b"\xff\xfe\x00"])
def test_another_encoding_is_refused(tmp_path: Path, text: bytes) -> None:
    with pytest.raises(PackError, match=r"own\.toml: not UTF-8"):
        read_file(pack_file(tmp_path, HEAD.encode() + text))


def test_an_id_that_stands_twice_in_a_folder_is_refused_with_both_files(tmp_path: Path) -> None:
    pack_file(tmp_path, HEAD + ENTRY, "a.toml")
    pack_file(tmp_path, HEAD + ENTRY.replace("زورق", "قارب"), "b.toml")
    with pytest.raises(PackError, match=r"b\.toml: test\.one stands twice, first in a\.toml"):
        lang.load(tmp_path)


def test_a_rule_and_an_entry_cannot_share_an_id(tmp_path: Path) -> None:
    pack_file(tmp_path, HEAD + ENTRY + RULE.replace("test.rule", "test.one"))
    with pytest.raises(PackError, match="stands twice"):
        lang.load(tmp_path)


def test_a_rule_with_an_unknown_class_is_refused_by_name(tmp_path: Path) -> None:
    pack_file(tmp_path, HEAD + RULE.replace("<thing>", "<thnig>"))
    with pytest.raises(PackError, match=r"test\.rule: no word class 'thnig'"):
        claims.extract(report("غرق زورق في البحر"), pack=lang.load(tmp_path))


def test_a_folder_or_a_language_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no such folder"):
        lang.load(tmp_path / "nothing")
    with pytest.raises(PackError, match="no language pack 'xx'"):
        lang.load(language="xx")


def report(text: str) -> Report:
    return Report.make(text, outlet="صحيفة المدينة", published="2016-12-16")


def read(text: str, *overlays: Path) -> tuple[Claim, ...]:
    return claims.extract(report(text), pack=lang.load(*overlays))


REFUGEE = """dimension = "populations"
about = "A word of our own for those who fled."

[[entry]]
id = "own.refugee"
cls = "person"
gives = { population = "refugees", person = true }
nouns = ["زعبوط|زعابيط"]
examples = [{ text = "وصول 300 زعبوط" }]
"""
TEXT = "قالت وكالة رويترز إن الجيش أجلى 300 زعبوط من بلدة دير الزعبوط يوم الجمعة."


def test_a_new_noun_changes_the_figures(tmp_path: Path) -> None:
    pack_file(tmp_path, REFUGEE)
    before = [f.population for c in read(TEXT) for f in c.figures]
    after = [(f.population, f.low, f.noun) for c in read(TEXT, tmp_path) for f in c.figures]
    assert "refugees" not in before
    assert after == [("refugees", 300, "زعبوط")]


def test_a_new_place_changes_the_places(tmp_path: Path) -> None:
    row = ["دير الزعبوط|دير زعبوط", "Deir al-Zaabout", "town", "SY", "", "35.5", "36.9", "3"]
    pack_file(tmp_path, "\t".join(row) + "\n", "places_mine.tsv")
    assert all(p.name != "Deir al-Zaabout" for c in read(TEXT) for p in c.places)
    assert [(p.name, p.lat, p.lon) for c in read(TEXT, tmp_path) for p in c.places] == [("Deir al-Zaabout", 35.5, 36.9)]


def test_a_new_name_changes_the_voices(tmp_path: Path) -> None:
    row = ["مرصد الزعابيط|الزعابيط", "Zaabout Watch", "monitor", "", "SY", ""]
    pack_file(tmp_path, "\t".join(row) + "\n", "bodies.tsv")
    text = "أعلن الزعابيط أن خمسة مدنيين قتلوا في قصف على حلب."
    links = [link for c in read(text, tmp_path) for link in c.attribution]
    assert [link.body for link in links] == ["مرصد الزعابيط"]
    assert all(link.body is None for c in read(text) for link in c.attribution)


def test_a_code_of_the_users_own_is_read_as_what_it_stands_for(tmp_path: Path) -> None:
    pack_file(tmp_path, REFUGEE.replace("زعبوط|زعابيط", "نم").replace("زعبوط", "نم"))
    assert [f.population for c in read("أجلى الجيش 40 نم من حلب يوم الجمعة", tmp_path) for f in c.figures] == [
        "refugees"
    ]


def test_an_entry_of_a_known_id_takes_the_place_of_the_packs(tmp_path: Path) -> None:
    pack_file(tmp_path, REFUGEE.replace("own.refugee", "population.people"))
    assert lang.load().specs["population.people"][1].nouns != ["زعبوط|زعابيط"]
    assert lang.load(tmp_path).specs["population.people"][1].nouns == ["زعبوط|زعابيط"]


def test_a_rule_of_a_known_id_takes_the_place_of_the_packs(tmp_path: Path) -> None:
    mine, other = tmp_path / "a", tmp_path / "b"
    for folder, make in ((mine, "kind"), (other, "changed")):
        folder.mkdir()
        pack_file(folder, HEAD + ENTRY + RULE.replace('"kind"', f'"{make}"'))
    found = [rule.make for rule in lang.load(mine, other).rules["events"] if rule.id == "test.rule"]
    assert found == ["changed"]


def test_the_packs_hash_tells_overlays_and_their_order_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, word in ((one, "زورق"), (two, "قارب")):
        folder.mkdir()
        pack_file(folder, HEAD + ENTRY.replace("زورق", word))
    hashes = [lang.load(*o).hash for o in ((), (one,), (two,), (one, two), (two, one))]
    assert len(set(hashes)) == len(hashes)
    assert {c.pack for c in read(TEXT, one)} == {hashes[1]}


def test_a_word_that_a_report_does_not_hold_changes_nothing_but_the_hash(tmp_path: Path) -> None:
    pack_file(tmp_path, HEAD + ENTRY)
    before, after = read(TEXT), read(TEXT, tmp_path)
    assert after != before
    assert [replace(claim, pack="") for claim in after] == [replace(claim, pack="") for claim in before]
