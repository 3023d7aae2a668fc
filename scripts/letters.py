"""Counts how Arabic letters follow each other: folders of dossiers in, ``letters.tsv`` on standard output.

python scripts/letters.py DOSSIERS > src/tawatur/lang/ar/letters.tsv
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

LETTERS = " ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_marks = re.compile("[ـً-ْٰ]")


def pairs(text: str) -> Counter[tuple[str, str]]:
    """Neighbouring letters of a text; a space stands for everything that is no letter."""
    known = set(LETTERS)
    plain = [char if char in known else " " for char in _marks.sub("", text)]
    return Counter(pair for pair in pairwise(plain) if pair != (" ", " "))


def main(folder: Path) -> None:
    """Prints a row a letter: the cost of each next letter, -2 ln P with half a count added, as one base-36 digit."""
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*/reports.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            counts += pairs(json.loads(line)["text"])
    print("# Cost of each letter after another, -2 ln P in base 36; _ is a word's edge. Made by scripts/letters.py")
    print("\t" + "".join(LETTERS).replace(" ", "_"))
    for first in LETTERS:
        total = sum(counts[first, second] + 0.5 for second in LETTERS)
        costs = [min(35, round(-2 * math.log((counts[first, second] + 0.5) / total))) for second in LETTERS]
        print(first.replace(" ", "_") + "\t" + "".join("0123456789abcdefghijklmnopqrstuvwxyz"[cost] for cost in costs))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
