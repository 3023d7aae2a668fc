"""Keys and lines of a real terminal."""

from __future__ import annotations

import codecs
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from tawatur.cli.review_keys import Ended, Terminal

_ESCAPE = "\x1b"  # an arrow or function key begins so, and is no key of ours
_ENOUGH = 64


@contextmanager
def terminal() -> Iterator[Terminal]:
    """The terminal that the program runs in: each key is read as it is hit, and none is lost or shown."""
    try:
        import termios
        import tty
    except ImportError:  # not a POSIX system
        yield Terminal(_keys(click.getchar), _asked, click.echo)
        return
    seat = sys.stdin.fileno()
    before = termios.tcgetattr(seat)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def ask(what: str) -> str:
        termios.tcsetattr(seat, termios.TCSADRAIN, before)
        try:
            return _asked(what)
        finally:
            tty.setcbreak(seat, termios.TCSADRAIN)

    tty.setcbreak(seat, termios.TCSADRAIN)
    try:
        yield Terminal(_keys(lambda: _read(seat, decoder)), ask, click.echo)
    finally:
        termios.tcsetattr(seat, termios.TCSADRAIN, before)


def _read(seat: int, decoder: codecs.IncrementalDecoder) -> str:
    """What was hit, at least one key."""
    told = ""
    while not told:
        data = os.read(seat, _ENOUGH)
        if not data:
            raise EOFError
        told = decoder.decode(data)
    return told


def _keys(read: Callable[[], str]) -> Callable[[], str]:
    """One key after the other, of what is read at once."""
    waiting: deque[str] = deque()

    def key() -> str:
        if not waiting:
            try:
                told = read()
            except (KeyboardInterrupt, EOFError, OSError):
                raise Ended from None
            if told.startswith(_ESCAPE):
                return _ESCAPE
            waiting.extend(told)
        return waiting.popleft()

    return key


def _asked(what: str) -> str:
    try:
        return str(click.prompt(what, default="", show_default=False)).strip()
    except click.Abort:
        raise Ended from None
