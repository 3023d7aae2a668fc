"""PDFs for tests: glyphs put where a test wants them, each named by a table of letters, without a font program."""

from __future__ import annotations

import random
import zlib

#: A line: left edge, baseline, size, and glyphs from left to right; each glyph is the letters it stands for.
Line = tuple[float, float, float, list[str]]
WIDTH = 0.5  # of the size, of every glyph


def pdf(pages: list[list[Line]], *, info: str = "", spoilt: bool = False, backward: bool = False) -> bytes:
    """A PDF of such pages. ``spoilt`` leaves the table of letters out; ``backward`` draws each line from its right."""
    codes: dict[str, int] = {}
    contents = [_content(lines, codes, backward) for lines in pages]
    kids = " ".join(f"{10 + 2 * i} 0 R" for i in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [4 0 R]"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: f"{font}{'' if spoilt else ' /ToUnicode 5 0 R'} >>".encode(),
        4: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor 6 0 R >>",
        5: _stream(_table(codes)),
        6: b"<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 >>",
        7: f"<< {info} >>".encode(),
    }
    for i, content in enumerate(contents):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * i} 0 R"
        objects[10 + 2 * i] = f"{page} /Resources << /Font << /F 3 0 R >> >> >>".encode()
        objects[11 + 2 * i] = _stream(content)
    return _file(objects)


def _content(lines: list[Line], codes: dict[str, int], backward: bool) -> bytes:
    drawn = ["BT"]
    for x, y, size, glyphs in lines:
        placed = [(x + WIDTH * size * at, codes.setdefault(g, len(codes) + 1)) for at, g in enumerate(glyphs)]
        for left, code in reversed(placed) if backward else placed:
            drawn.append(f"/F {size} Tf 1 0 0 1 {left:.2f} {y:.2f} Tm <{code:04x}> Tj")
    return "\n".join([*drawn, "ET"]).encode()


def _table(codes: dict[str, int]) -> bytes:
    rows = "\n".join(f"<{code:04x}> <{letters.encode('utf-16-be').hex()}>" for letters, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(codes)} beginbfchar\n{rows}\nendbfchar\n"
        "endcmap end end"
    ).encode()


def _stream(data: bytes) -> bytes:
    packed = zlib.compress(data)
    return b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def _file(objects: dict[int, bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer << /Root 1 0 R /Info 7 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, at)
    return bytes(out)


def seen(*words: str) -> list[str]:
    """Words in reading order from right to left, as glyphs from left to right; Latin and digits keep their order."""
    glyphs: list[str] = []
    for word in reversed(words):
        glyphs += [" "] if glyphs else []
        glyphs += word if word[0].isascii() or word[0].isdecimal() else reversed(word)
    return glyphs


def column(lines: list[list[str]], *, right: float = 540, top: float = 780, size: float = 12) -> list[Line]:
    """Lines under each other that end at one right edge."""
    return [(right - WIDTH * size * len(g), top - 1.5 * size * i, size, g) for i, g in enumerate(lines)]


def spoiled(data: bytes, seed: int) -> bytes:
    """The bytes with some of them changed, lost, doubled or swapped as a seed picks."""
    rng, out = random.Random(seed), bytearray(data)
    for _ in range(rng.randint(1, 12)):
        at, far = rng.randrange(len(out)), rng.randint(1, 60)
        kind = rng.randrange(4)
        if kind == 0:
            out[at] = rng.randrange(256)
        elif kind == 1 and len(out) > 200:
            del out[at : at + far]
        elif kind == 2:
            out[at:at] = out[at : at + far] * rng.randint(1, 3)
        else:
            out[at:at] = rng.choice(
                (b"0", b"9999999999", b"<<", b">>", b"[", b"-1", b" 2 0 R ", b"endobj", b"stream\n")
            )
    return bytes(out[: rng.randrange(len(out))] if rng.random() < 0.1 else out)
