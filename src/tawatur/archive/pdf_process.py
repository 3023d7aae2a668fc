"""A PDF's bytes to a process of its own and what it says back, within limits of time and memory.

The parser is Python and trusts its input: a file can make it run without end. One such process serves many files; it is
ended when a file goes beyond its limits, and the next file gets a new one.
"""

from __future__ import annotations

import atexit
import json
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import IO, Any

from tawatur.errors import FormatError

SECONDS_A_PAGE = 6.0  # without a sign of life
SECONDS = 8.0  # for a file, and SECONDS_MORE for each of its pages
SECONDS_MORE = 0.35
MOST_FILES = 100  # that one process reads

Message = dict[str, Any]


@dataclass(slots=True)
class Worker:
    """One process, started when first needed."""

    process: subprocess.Popen[bytes] | None = None
    files: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, task: str, data: bytes) -> Message:
        """What the process makes of a PDF. Raises FormatError with its reason, or with the limit that was reached."""
        with self.lock:
            process = self._running()
            stdin, stdout = process.stdin, process.stdout
            if stdin is None or stdout is None:
                raise FormatError("the process that reads PDFs did not start", "try again")
            try:
                return self._asked(process, stdin, stdout, task, data)
            except (OSError, ValueError) as error:
                self.end()
                raise FormatError(f"the process that reads PDFs broke off ({error})", "leave it out") from error

    def _asked(
        self, process: subprocess.Popen[bytes], stdin: IO[bytes], stdout: IO[bytes], task: str, data: bytes
    ) -> Message:
        watch = _Watch(process)
        try:
            name = task.encode()
            stdin.write(struct.pack(">IQ", len(name), len(data)) + name)
            stdin.write(data)
            stdin.flush()
            while True:
                line = stdout.readline()
                if not line:
                    reason = watch.reason or "more memory is needed than a PDF may take, or its reader crashed"
                    self.end()
                    raise FormatError(reason, "split it, or print it anew as PDF")
                message: Message = json.loads(line)
                if "page" not in message:
                    return message
                watch.alive(int(message["page"]))
        finally:
            watch.stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is not None and (self.process.poll() is not None or self.files >= MOST_FILES):
            self.end()
        if self.process is None:
            command = [sys.executable, "-P", "-m", "tawatur.archive.pdf_worker"]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        self.files += 1
        return self.process

    def end(self) -> None:
        """End the process."""
        process, self.process, self.files = self.process, None, 0
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not yet written can no longer be


class _Watch:
    """Ends a process that gives no sign of life in time."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.reason = ""
        self.page = self.furthest = 0
        self.started = time.monotonic()
        self.timer = self._timer(SECONDS)

    def _timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(max(seconds, 0.01), self._late)
        timer.daemon = True
        timer.start()
        return timer

    def alive(self, page: int) -> None:
        """The process has come to a page."""
        self.timer.cancel()
        self.page = page
        self.furthest = max(self.furthest, page)  # pages are gone through twice
        left = self.started + SECONDS + SECONDS_MORE * self.furthest - time.monotonic()
        self.timer = self._timer(min(SECONDS_A_PAGE, left))

    def stop(self) -> None:
        """Nothing is waited for any more."""
        self.timer.cancel()

    def _late(self) -> None:
        where = f"page {self.page}" if self.page else "its structure"
        self.reason = f"{where} takes longer to read than a PDF may take"
        self.process.kill()


WORKER = Worker()
atexit.register(WORKER.end)
