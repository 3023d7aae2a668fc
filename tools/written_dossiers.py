#!/usr/bin/env python3
"""Dossiers that we wrote to train on (``written/dossiers/NAME.txt``) in the form of the annotation guide.

usage: written_dossiers.py OUT_DIR [NAME ...] [--beside GOLD_DIR]

Writes ``OUT_DIR/written-NAME/reports.jsonl`` and ``gold.json`` for each; ``--beside`` links the dossiers of another
folder into OUT_DIR, so that one folder holds all there is to train on. A mistake ends it with one line: file, place,
what is wrong.

A file has the reports, then four parts. A report begins with ``@ r01 | outlet | published | title`` (``-`` where
nothing is known). In its text each claim stands as ``⟦type status|clause⟧`` and is r01.c1, r01.c2, … in that order;
in the clause each figure stands as ``{words|population|outcome|low..high}``: ``40..`` at least 40, ``..7000`` at most,
``194`` exactly, ``~18000`` about, ``~20..99`` tens of; then ``|c`` when it counts everything so far and ``|in WORDS``
with the words of the larger figure of the same claim that includes it.

``= claims``: a line a claim that has more to it, fields parted by `` | ``::

    r01.c1 | by RT (Russia Today) > Hmeimim centre (the centre; مركز حميميم) ~doubted | who A; B | whom C
        | from مدينة عفرين = Afrin 36.51 36.87 | to … | near … | at … | time منذ أمس = 2016-12-14..2016-12-16

``by`` is the chain, outermost voice first, with other accepted names in brackets and the stance when it is not
neutral; without coordinates and name a place is its words alone; ``time X = -`` has no anchor, ``..DATE`` no start.
``= events``: ``e1 | label | r01.c1 r02.c3``. ``= copies``: ``whole | r01 r04``. ``= relations``:
``r01.c1 r02.c3 contradict | why``. Lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn, get_args

from tawatur.model import EventType, Outcome, Population, Role, Stance, Status

HERE = Path(__file__).parent / "written" / "dossiers"
PREFIX = "written-"  # of the names of dossiers that we wrote
_CLAIM = re.compile(r"⟦(\w+) (\w+)\|([^⟦⟧]+)⟧")
_FIGURE = re.compile(r"\{([^{}|]+)\|(\w+)\|(\w+)\|([^{}|]+)((?:\|[^{}|]+)*)\}")
_BOUNDS = re.compile(r"(~?)(?:(\d+(?:\.\d+)?)?\.\.(\d+(?:\.\d+)?)?|(\d+(?:\.\d+)?))$")
_VOICE = re.compile(r"([^()~]+?)\s*(?:\(([^()]*)\))?\s*(?:~(\w+))?$")
_PLACE = re.compile(r"(.+?)\s*=\s*(.+?)\s+(-?\d+(?:\.\d+)?)\s+(-?\d+(?:\.\d+)?)$")
_PARTS = ("claims", "events", "copies", "relations")
_RELATIONS = ("agree", "update", "part", "contradict")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?$")

Row = dict[str, Any]


class _Source:
    """Where in which file we are, for the line that tells of a mistake."""

    def __init__(self, path: Path) -> None:
        self.path, self.at = path, ""

    def wrong(self, what: str) -> NoReturn:
        raise SystemExit(f"{self.path.name}: {self.at}: {what}")

    def known(self, value: str, values: tuple[str, ...]) -> str:
        if value not in values:
            self.wrong(f"no such label: {value}")
        return value


def compiled(path: Path) -> tuple[list[Row], Row]:
    """The reports and the gold of one written dossier, as the annotation guide has them."""
    source = _Source(path)
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    cut = next((n for n, line in enumerate(lines) if line.startswith("= ")), len(lines))
    reports, claims = _reports(source, lines[:cut])
    by_id = {claim["id"]: claim for own in claims.values() for claim in own}
    parts: dict[str, list[str]] = {name: [] for name in _PARTS}
    name = ""
    for line in lines[cut:]:
        if line.startswith("= "):
            source.at = line
            name = source.known(line[2:].strip(), _PARTS)
        elif line.startswith((" ", "\t")) and parts[name] and line.strip():
            parts[name][-1] += " " + line.strip()
        elif line.strip():
            parts[name].append(line.strip())
    texts = {report["id"]: report["text"] for report in reports}
    outlets = {report["id"]: report["outlet"] for report in reports}
    for line in parts["claims"]:
        source.at = line[:60]
        _fields(source, by_id, texts, [part.strip() for part in line.split(" | ")])
    for claim in by_id.values():
        if any(link["name"] == outlets[claim["id"].split(".")[0]] for link in claim["attribution"]):
            source.at = claim["id"]
            source.wrong("the publisher is implied and no link")
    gold: Row = {
        "claims": claims,
        "copies": [_copy(source, texts, line) for line in parts["copies"]],
        "events": _events(source, by_id, parts["events"]),
    }
    home = {claim: event["id"] for event in gold["events"] for claim in event["claims"]}
    gold["relations"] = [_relation(source, home, line) for line in parts["relations"]]
    for pair, count in Counter(frozenset((r["a"], r["b"])) for r in gold["relations"]).items():
        if count > 1:
            source.at = "relations"
            source.wrong(f"{' '.join(sorted(pair))} stands {count} times")
    return reports, gold


def _reports(source: _Source, lines: list[str]) -> tuple[list[Row], dict[str, list[Row]]]:
    reports: list[Row] = []
    claims: dict[str, list[Row]] = {}
    blocks = re.split(r"^@ ", "\n".join(lines), flags=re.MULTILINE)
    for block in blocks[1:]:
        head, _, body = block.partition("\n")
        source.at = head
        cells = [None if cell.strip() in {"-", ""} else cell.strip() for cell in head.split("|")]
        if len(cells) != len(("id", "outlet", "published", "title")) or not cells[0] or cells[0] in claims:
            source.wrong("a report begins with @ id | outlet | published | title, its id its own")
        if cells[2] and not _DATE.match(cells[2]):
            source.wrong(f"no date: {cells[2]}")
        text, own = _marked(source, cells[0], body.strip("\n"))
        reports.append(dict(zip(("id", "outlet", "published", "title"), cells, strict=True)) | {"text": text})
        claims[cells[0]] = own
    return reports, claims


def _marked(source: _Source, report: str, body: str) -> tuple[str, list[Row]]:
    text, last = "", 0
    claims: list[Row] = []
    for match in _CLAIM.finditer(body):
        text += body[last : match.start()]
        source.at = f"{report}.c{len(claims) + 1}"
        clause, figures = _figures(source, match[3], len(text))
        claims.append(
            {
                "id": source.at,
                "start": len(text),
                "end": len(text) + len(clause),
                "event_type": source.known(match[1], get_args(EventType)),
                "status": source.known(match[2], get_args(Status)),
                "attribution": [],
                "actors": [],
                "affected": [],
                "figures": figures,
                "places": [],
                "times": [],
            }
        )
        text, last = text + clause, match.end()
    text += body[last:]
    if left := re.search("[⟦⟧{}]", text):
        source.wrong(f"a bracket is left over: {text[max(0, left.start() - 30) :][:60]}")
    return text, claims


def _figures(source: _Source, marked: str, at: int) -> tuple[str, list[Row]]:
    clause, last = "", 0
    figures: list[Row] = []
    for match in _FIGURE.finditer(marked):
        clause += marked[last : match.start()]
        bounds = _BOUNDS.match(match[4].strip())
        if not bounds or match[4].strip() in {"..", "~.."}:
            source.wrong(f"no bounds: {match[4]}")
        more = [part.strip() for part in match[5].split("|")[1:]]
        if left := [part for part in more if part != "c" and not part.startswith("in ")]:
            source.wrong(f"neither c nor in WORDS: {left[0]}")
        low, high = (bounds[4], bounds[4]) if bounds[4] else (bounds[2], bounds[3])
        figures.append(
            {
                "text": match[1],
                "start": at + len(clause),
                "end": at + len(clause) + len(match[1]),
                "low": _number(low),
                "high": _number(high),
                "approximate": bool(bounds[1]),
                "population": source.known(match[2], get_args(Population)),
                "outcome": source.known(match[3], get_args(Outcome)),
                "cumulative": "c" in more,
                "part_of": next((part[3:] for part in more if part.startswith("in ")), None),
            }
        )
        clause, last = clause + match[1], match.end()
    clause += marked[last:]
    texts = {figure["text"] for figure in figures}
    for figure in figures:
        if figure["part_of"] is not None and (figure["part_of"] not in texts or figure["part_of"] == figure["text"]):
            source.wrong(f"no figure of this claim: {figure['part_of']}")
    return clause, figures


def _number(digits: str | None) -> float | int | None:
    if not digits:
        return None
    return float(digits) if "." in digits else int(digits)


def _fields(source: _Source, claims: dict[str, Row], texts: dict[str, str], cells: list[str]) -> None:
    claim = claims.get(cells[0]) or source.wrong("no such claim")
    text = texts[cells[0].split(".")[0]]
    for cell in cells[1:]:
        kind, _, value = cell.partition(" ")
        value = value.strip()
        if kind == "by":
            claim["attribution"] = [_link(source, text, voice.strip()) for voice in value.split(" > ")]
        elif kind in {"who", "whom"}:
            names = [name.strip() for name in value.split(";") if name.strip()]
            for name in names:
                _stands(source, text, name)
            claim["actors" if kind == "who" else "affected"] = names
        elif kind in get_args(Role):
            claim["places"].append(_place(source, text, kind, value))
        elif kind == "time":
            claim["times"].append(_time(source, text, value))
        else:
            source.wrong(f"no such field: {cell[:30]}")


def _stands(source: _Source, text: str, words: str) -> str:
    if words not in text and "ل" + words.removeprefix("ا") not in text:  # names drop what is before them: للهلال
        source.wrong(f"not in the text of the report: {words}")
    return words


def _link(source: _Source, text: str, voice: str) -> Row:
    match = _VOICE.match(voice) or source.wrong(f"no voice: {voice}")
    aliases = [alias.strip() for alias in (match[2] or "").split(";") if alias.strip()]
    name = match[1].strip()
    if name != "unknown":
        _stands(source, text, name)
    return {"name": name, "aliases": aliases, "stance": source.known(match[3] or "neutral", get_args(Stance))}


def _place(source: _Source, text: str, role: str, value: str) -> Row:
    match = _PLACE.match(value)
    words, _, name = value.partition(" = ")
    words = _stands(source, text, (match[1] if match else words).strip())
    lat, lon = (float(match[3]), float(match[4])) if match else (None, None)
    return {"text": words, "name": match[2] if match else name.strip() or None, "lat": lat, "lon": lon, "role": role}


def _time(source: _Source, text: str, value: str) -> Row:
    words, sign, span = value.rpartition(" = ")
    if not sign:
        source.wrong(f"a time stands as WORDS = START..END: {value}")
    start, _, end = span.partition("..") if ".." in span else (span, "", span)
    ends = [None if part.strip() in {"", "-"} else part.strip() for part in (start, end)]
    for part in ends:
        if part and not _DATE.match(part):
            source.wrong(f"no date: {part}")
    return {"text": _stands(source, text, words.strip()), "start": ends[0], "end": ends[1]}


def _events(source: _Source, claims: dict[str, Row], lines: list[str]) -> list[Row]:
    events: list[Row] = []
    left = dict.fromkeys(claims)
    for line in lines:
        source.at = line[:60]
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(("id", "label", "claims")):
            source.wrong("an event stands as id | label | claims")
        members = cells[2].split()
        for claim in members:
            if claim not in left:
                source.wrong(f"no such claim, or in an event already: {claim}")
            del left[claim]
        events.append({"id": cells[0], "label": cells[1], "claims": members})
    source.at = "events"
    events.extend({"id": f"alone-{claim}", "label": claim, "claims": [claim]} for claim in left)
    if len({event["id"] for event in events}) < len(events):
        source.wrong("two events of one id")
    return events


def _copy(source: _Source, texts: dict[str, str], line: str) -> Row:
    source.at = line[:60]
    kind, _, members = (part.strip() for part in line.partition("|"))
    for report in members.split():
        if report not in texts:
            source.wrong(f"no such report: {report}")
    return {"reports": members.split(), "kind": source.known(kind, ("whole", "part"))}


def _relation(source: _Source, home: dict[str, str], line: str) -> Row:
    source.at = line[:60]
    pair, _, why = (part.strip() for part in line.partition("|"))
    cells = pair.split()
    if len(cells) != len(("a", "b", "relation")):
        source.wrong("a relation stands as a b relation | why")
    for claim in cells[:2]:
        if claim not in home:
            source.wrong(f"no such claim: {claim}")
    if home[cells[0]] != home[cells[1]] or cells[0] == cells[1]:
        source.wrong("not two claims of one event")
    return {"a": cells[0], "b": cells[1], "relation": source.known(cells[2], _RELATIONS), "why": why}


def write(out: Path, names: list[str]) -> list[Path]:
    """Compile dossiers (all when none is named) into folders of ``out``, which are returned."""
    folders = []
    for path in sorted(HERE.glob("*.txt")):
        if not names or path.stem in names:
            reports, gold = compiled(path)
            folder = out / f"{PREFIX}{path.stem}"
            folder.mkdir(parents=True, exist_ok=True)
            rows = "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)
            (folder / "reports.jsonl").write_text(rows, "utf-8")
            (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1), "utf-8")
            folders.append(folder)
    return folders


def main() -> None:
    """Compile, tell how much there is of what."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--beside", type=Path, metavar="GOLD_DIR")
    options = parser.parse_args()
    for folder in write(options.out, options.names):
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        claims = [claim for own in gold["claims"].values() for claim in own]
        figures = sum(len(claim["figures"]) for claim in claims)
        relations = Counter(relation["relation"] for relation in gold["relations"])
        told = " ".join(f"{name} {relations[name]}" for name in _RELATIONS)
        print(f"{folder.name}: {len(claims)} claims, {figures} figures, {len(gold['events'])} events, {told}")
    if options.beside:
        options.out.mkdir(parents=True, exist_ok=True)
        for folder in sorted(options.beside.iterdir()):
            link = options.out / folder.name
            if not link.exists():
                link.symlink_to(folder.resolve(), target_is_directory=True)


if __name__ == "__main__":
    main()
