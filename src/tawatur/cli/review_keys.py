"""The review queue by single keys: claim after claim, each decision one key, the last ones taken back by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from tawatur.cli.review_screen import plain, screen
from tawatur.errors import LedgerError, NotFoundError, StaleError

if TYPE_CHECKING:
    from tawatur.ledger import Context, Decision, Edit, Item, Ledger

HELP = (
    "a accept  f only the field  r reject  c correct  n new claim  m comment  2 second review  "
    "o the other claim  s skip  u undo  q quit"
)
#: The same keys where an Arabic keyboard has them.
ARABIC = dict(zip("شبقؤىة٢خسعض؟", "afrcnm2osuq?", strict=True))
_BATCH = 5  # claims that one has at a time


class Ended(Exception):  # noqa: N818 - no error: the reviewer ends the session
    """The reviewer ends the session, or the terminal is gone."""


class Terminal(NamedTuple):
    """How a session reads keys and lines, and shows lines. Reading raises Ended at the end."""

    key: Callable[[], str]
    ask: Callable[[str], str]  # a line of text; empty when nothing is to be done
    show: Callable[[str], None]


class _Done(NamedTuple):
    """A claim that something was decided about, to be taken back."""

    item: Item
    decision: Decision


class Session:
    """One person at the queue. What is taken and not decided is given back at the end."""

    def __init__(self, ledger: Ledger, author: str, terminal: Terminal) -> None:
        self.ledger, self.author, self.terminal = ledger, author, terminal
        self.taken: set[str] = set()
        self.seen: set[str] = set()  # decided or skipped: not given again
        self.skipped = 0
        self.done: list[_Done] = []
        self.decided = 0

    def run(self) -> int:
        """Step through the queue until it is empty or the reviewer ends; how many decisions stand."""
        from tawatur.ledger import give_back

        self.terminal.show(HELP)
        try:
            for item in self._items():
                self.at(item)
            self._end()
        except Ended:
            pass
        finally:
            if self.taken:
                give_back(self.ledger, self.author, self.taken)
        self.terminal.show(f"{self.decided} decided, {self.skipped} skipped.")
        return self.decided

    def _end(self) -> None:
        """The queue is empty; the last decisions can still be taken back."""
        while self.done:
            self.terminal.show("Nothing more to look at; u takes the last decision back, any other key ends.")
            if ARABIC.get(key := self.terminal.key(), key.lower()) != "u":
                return
            self.at(self._taken_back())
        self.terminal.show("Nothing more to look at.")

    def _items(self) -> Iterator[Item]:
        """The next claims, as long as there are any."""
        from tawatur.ledger import lent, take

        before = {lease.claim for lease in lent(self.ledger, self.author)}
        while found := take(self.ledger, self.author, _BATCH, leave=self.seen):
            ids = {item.claim.id for item in found if item.claim}
            self.taken |= ids - before
            for item in found:
                if item.claim and item.claim.id not in self.seen:
                    yield item
            self.seen |= ids

    def at(self, item: Item) -> None:
        """Show a claim and do what the keys say until it is decided or left."""
        note, shown = "", True
        while True:
            try:
                if shown:
                    context = self._shown(item, note)
                note, shown = "", True
                key = self.terminal.key()
                step = _KEYS.get(ARABIC.get(key, key.lower()))
                if step is None:
                    self.terminal.show(HELP)
                    shown = False
                    continue
                went = step(self, item, context)
                if went == "on":
                    return
                if went == "back" and not self.done:
                    note = "nothing to undo"
                elif went == "back" and (last := self._taken_back()).claim != item.claim:
                    self.at(last)
            except StaleError as error:
                note = f"{error.message}; here it is as it stands now"
            except NotFoundError:
                self.terminal.show("This claim stands no longer.")
                return
            except LedgerError as error:
                note = str(error)

    def _shown(self, item: Item, note: str) -> Context:
        from tawatur.ledger import context

        assert item.claim is not None
        found = context(self.ledger, item.claim.id)
        other = context(self.ledger, item.other) if item.other else None
        self.terminal.show("─" * 60)
        for line in screen(item, found, other, note):
            self.terminal.show(line)
        return found

    def _taken_back(self) -> Item:
        """Take the last decision back; the claim that it was about."""
        from tawatur.ledger import withdraw

        last = self.done[-1]
        (gone,) = withdraw(self.ledger, [last.decision.id], author=self.author, reason="taken back at once")
        self.done.pop()
        self.decided -= 1
        self.terminal.show(plain(f"taken back: {gone.line()}"))
        return last.item

    def decide(self, item: Item, edit: Edit) -> None:
        """Make a decision, to be taken back by undo."""
        from tawatur.ledger import decide

        (made,) = decide(self.ledger, [edit], author=self.author)
        self.made(item, made)

    def made(self, item: Item, made: Decision) -> None:
        """Tell a decision that was made, and keep it for undo."""
        self.done.append(_Done(item, made))
        self.decided += 1
        self.terminal.show(plain(made.line()))


Went = Literal["on", "stay", "back"]
Step = Callable[[Session, "Item", "Context"], Went]


def _accept(session: Session, item: Item, context: Context) -> Went:
    return _verdict(session, item, context, "accept", "")


def _accept_field(session: Session, item: Item, context: Context) -> Went:
    if not item.field:
        raise LedgerError("no single field is in doubt", "a accepts the claim")
    return _verdict(session, item, context, "accept", item.field)


def _reject(session: Session, item: Item, context: Context) -> Went:
    return _verdict(session, item, context, "reject", "")


def _second(session: Session, item: Item, context: Context) -> Went:
    return _verdict(session, item, context, "second", "")


def _verdict(
    session: Session, item: Item, context: Context, action: Literal["accept", "reject", "second"], field: str
) -> Went:
    from tawatur.ledger import Edit

    session.decide(item, Edit(context.found.machine.id, action, field, version=context.found.version))
    return "on"


def _correct(session: Session, item: Item, context: Context) -> Went:
    from tawatur.ledger import Edit

    told = f" ({item.field})" if item.field else ""
    field = session.terminal.ask(f"field{told}") or item.field
    if not field:
        return "stay"
    value = session.terminal.ask(f"{field} is (nothing for none, . to leave it)")
    if value != ".":
        key, version = context.found.machine.id, context.found.version
        session.decide(item, Edit(key, "correct", field, value, version=version))
    return "stay"


def _comment(session: Session, item: Item, context: Context) -> Went:
    from tawatur.ledger import Edit

    if words := session.terminal.ask("comment"):
        session.decide(item, Edit(context.found.machine.id, "comment", reason=words))
    return "stay"


def _new(session: Session, item: Item, context: Context) -> Went:
    from tawatur.ledger import add_claim

    if words := session.terminal.ask("words of the claim that was missed"):
        kind = session.terminal.ask("its type")
        made = add_claim(session.ledger, context.report.id, words, kind, author=session.author)
        session.made(item, made)
    return "stay"


def _skip(session: Session, _item: Item, context: Context) -> Went:
    from tawatur.ledger import give_back

    session.seen.add(context.found.machine.id)
    session.skipped += 1
    give_back(session.ledger, session.author, [context.found.machine.id])
    return "on"


def _other(session: Session, item: Item, _context: Context) -> Went:
    from tawatur.ledger import context

    if not item.other or item.claim is None:
        raise LedgerError("no other claim is told", "s skips this one")
    there = context(session.ledger, item.other)
    why = item.why.replace(item.other, item.claim.id)
    session.at(replace(item, claim=there.found.machine, field="", fields=(), also=(), why=why, other=item.claim.id))
    return "stay"


def _undo(_session: Session, _item: Item, _context: Context) -> Went:
    return "back"


def _quit(_session: Session, _item: Item, _context: Context) -> Went:
    raise Ended


_KEYS: dict[str, Step] = {
    "a": _accept, "f": _accept_field, "r": _reject, "c": _correct, "n": _new, "m": _comment, "2": _second, "o": _other,
    "s": _skip, " ": _skip, "u": _undo, "q": _quit, "\x04": _quit,
}  # fmt: skip
