"""The process that reads PDFs: tasks in; a line of JSON for each page begun, then one with the answer, out."""

from __future__ import annotations

import base64
import json
import logging
import struct
import sys
from dataclasses import asdict
from typing import IO, Any

from tawatur.errors import TawaturError

MEMORY = 480 << 20  # bytes of data that the process may take
_HEAD = struct.Struct(">IQ")


def main() -> None:
    """Serve until standard input ends."""
    _bound()
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2000)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    while head := source.read(_HEAD.size):
        name, size = _HEAD.unpack(head)
        task = source.read(name).decode()
        _answer(sink, _served(task, source.read(size), sink))


def _bound() -> None:
    """Bound the memory, where the system can."""
    try:
        import resource
    except ModuleNotFoundError:
        return  # not on Windows
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _served(task: str, data: bytes, sink: IO[bytes]) -> dict[str, Any]:
    def step(page: int) -> None:
        _answer(sink, {"page": page})

    try:
        if task == "text":
            from tawatur.archive.pdf_document import told

            return {"told": asdict(told(data, step))}
        from tawatur.archive.pdf_picture import picture

        return {"picture": base64.b64encode(picture(data, int(task.removeprefix("picture ")))).decode()}
    except TawaturError as error:
        return {"refused": [error.message, error.advice]}
    except MemoryError:
        return {"refused": ["more memory is needed than a PDF may take", "split it, or print it anew as PDF"]}
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    except Exception as error:
        reason = f"broken: {type(error).__name__}: {' '.join(str(error).split())[:80]}"
        return {"refused": [reason, "open it, and save it anew"]}


def _answer(sink: IO[bytes], message: dict[str, Any]) -> None:
    sink.write(json.dumps(message).encode() + b"\n")
    sink.flush()


if __name__ == "__main__":
    main()
