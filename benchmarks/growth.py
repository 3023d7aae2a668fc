"""How the time of reading grows with the length of a report, for texts that are hard in one way each.

usage: python benchmarks/growth.py [LONGEST]   prints seconds a text, at lengths that double; linear is a factor near 2.
"""

from __future__ import annotations

import sys
import time

from tawatur import claims, lang
from tawatur.model import Report

HARD = {
    "a report, again and again": "قال الدفاع المدني إن 15 شخصاً قُتلوا وأُصيب 30 في غارة على حلب أمس الثلاثاء. ",
    "one sentence without an end": "وقُتل ثلاثة مدنيين وأصيب عشرة في إدلب ",
    "scales": "ألف ",
    "numerals": "12 500 ",
    "a long numeral": "7",
    "a long word": "مدني",
    "quotation marks": "«",
    "nested brackets": "(قال ",
    "dashes": "3-",
    "dates": "7/8/",
    "direction marks": "\u202bقُتل\u202c \u200f",
    "marks on one letter": "\u064e",
    "joined fractions": "ونصف ",
    "times": "منذ قبل بعد حتى ",
}
PACK = lang.load()


def seconds(unit: str, length: int) -> float:
    """Processor seconds for one report of about so many characters."""
    report = Report.make((unit * (length // len(unit) + 1))[:length], published="2016-08-25", outlet="x")
    begun = time.process_time()
    claims.extract(report, pack=PACK)
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    longest = int(sys.argv[1]) if len(sys.argv) > 1 else 32_000
    lengths = [longest >> shift for shift in (3, 2, 1, 0)]
    for name, unit in HARD.items():
        seconds(unit, 1000)
        taken = [seconds(unit, length) for length in lengths]
        print(f"{name:28}", *(f"{value:8.3f}" for value in taken), f"  factor {taken[-1] / max(taken[-2], 1e-6):.1f}")


if __name__ == "__main__":
    main()
