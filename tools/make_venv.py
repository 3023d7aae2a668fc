"""Make a virtual environment with pip in it, also where Debian's Python comes without ensurepip.

usage: make_venv.py DIR. Without ensurepip, pip's wheel is taken from the package index that PIP_INDEX_URL names, where
it must have the hash below, or else from Debian's own package of it, whose signature apt checks. Nothing is installed
outside of DIR. Standard library only.
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
PACKAGE = "python3-pip-whl"


def main() -> None:
    """Make it, or say in one line what is missing."""
    folder = Path(sys.argv[1])
    if importlib.util.find_spec("ensurepip"):
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
        return
    with tempfile.TemporaryDirectory() as place:
        index = os.environ.get("PIP_INDEX_URL")
        wheel = from_index(index, Path(place)) if index else from_debian(Path(place))
        venv.create(folder, symlinks=os.name != "nt")
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        subprocess.run([python, wheel / "pip", "install", "--quiet", "--no-index", wheel], check=True)


def from_index(index: str, place: Path) -> Path:
    """pip's wheel from a package index, put into a folder; ends the program with one line where it cannot be had."""
    page_url = index.rstrip("/") + "/pip/"
    try:
        link = re.search(rf'href="([^"#]*{re.escape(WHEEL)})', _read(page_url).decode())
        wheel = _read(urljoin(page_url, link[1])) if link else b""
    except OSError as error:
        sys.exit(_advice(f"pip could not be fetched ({error})"))
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        sys.exit(_advice(f"{page_url} does not give the expected {WHEEL}"))
    kept = place / WHEEL
    kept.write_bytes(wheel)
    return kept


def from_debian(place: Path) -> Path:
    """pip's wheel out of Debian's package of it; ends the program with one line where it cannot be had."""
    try:
        _run(["apt-get", "download", "--quiet", PACKAGE], place)
        _run(["dpkg-deb", "--extract", *map(str, place.glob("*.deb")), "."], place)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(_advice(f"PIP_INDEX_URL is not set and Debian's {PACKAGE} could not be fetched ({error})"))
    found = next(place.glob("usr/share/python-wheels/pip-*.whl"), None)
    return found or sys.exit(_advice(f"Debian's {PACKAGE} holds no wheel of pip"))


def _run(command: list[str], place: Path) -> None:
    subprocess.run(command, cwd=place, check=True, capture_output=True)


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


def _advice(reason: str) -> str:
    return f"This Python has no ensurepip, and {reason}; on Debian: apt-get install python3-venv ca-certificates"


if __name__ == "__main__":
    main()
