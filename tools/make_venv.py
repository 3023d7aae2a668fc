"""Make a virtual environment with pip in it, also where Debian's Python comes without ensurepip.

usage: make_venv.py DIR. Without ensurepip, pip's own wheel is fetched from the package index (PIP_INDEX_URL, or else
the public one) and must have the hash below. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path
from urllib.parse import urljoin

WHEEL = "pip-25.3-py3-none-any.whl"
SHA256 = "9655943313a94722b7774661c21049070f6bbb0a1516bf02f7c8d5d9201514cd"
INDEX = os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"


def main() -> None:
    """Make it, or say in one line what is missing."""
    folder = Path(sys.argv[1])
    if importlib.util.find_spec("ensurepip"):
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
        return
    wheel = _fetched()
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    with tempfile.TemporaryDirectory() as place:
        kept = Path(place, WHEEL)
        kept.write_bytes(wheel)
        subprocess.run([python, kept / "pip", "install", "--quiet", "--no-index", kept], check=True)


def _fetched() -> bytes:
    """The bytes of pip's wheel; ends the program with one line where they cannot be had."""
    page_url = INDEX.rstrip("/") + "/pip/"
    try:
        link = re.search(rf'href="([^"#]*{re.escape(WHEEL)})', _read(page_url).decode())
        wheel = _read(urljoin(page_url, link[1])) if link else b""
    except OSError as error:
        sys.exit(_advice(f"pip could not be fetched ({error})"))
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        sys.exit(_advice(f"{page_url} does not give the expected {WHEEL}"))
    return wheel


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def _advice(reason: str) -> str:
    return f"This Python has no ensurepip, and {reason}; on Debian: apt-get install python3-venv ca-certificates"


if __name__ == "__main__":
    main()
