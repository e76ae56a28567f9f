"""The ledger of changes: apply a step to a text, take all steps back, say where a place came from.

The law that everything else leans on: `undo(text, ledger)` is the decoded source, to the letter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from generator.model import Change, Ledger, SeedbedError, Step


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way from the source to the page, with the ledger of the way so far."""

    text: str
    ledger: Ledger = ()

    def after(self, rule: str, changes: Iterable[Change]) -> Draft:
        """Give the draft that one more step leaves behind; a step that changes nothing is none."""
        made = tuple(changes)
        if not made:
            return self
        return Draft(apply(self.text, made), (*self.ledger, Step(rule, made)))


def apply(text: str, changes: Iterable[Change]) -> str:
    """Make the changes, which must be in the order of the text and must not overlap."""
    pieces: list[str] = []
    position = 0
    for change in changes:
        pieces += (text[position : change.start], change.after)
        position = change.start + len(change.before)
    return "".join((*pieces, text[position:]))


def undo(text: str, ledger: Ledger) -> str:
    """Take every step back, the last one first.

    Raises SeedbedError when a change does not fit the text: then page and ledger are not of
    one piece, and the source cannot be rebuilt from them.
    """
    for step in reversed(ledger):
        text = _undo_step(text, step)
    return text


def origin(ledger: Ledger, position: int) -> int:
    """Tell where in the decoded source the character at `position` of the final text stands."""
    for step in reversed(ledger):
        position = _origin_in_step(step, position)
    return position


def _undo_step(text: str, step: Step) -> str:
    pieces: list[str] = []
    done = shift = 0
    for change in step.changes:
        start = change.start + shift
        end = start + len(change.after)
        if start < done or text[start:end] != change.after:
            raise SeedbedError(f'the ledger\'s step "{step.rule}" does not fit the text')
        pieces += (text[done:start], change.before)
        done, shift = end, shift + len(change.after) - len(change.before)
    return "".join((*pieces, text[done:]))


def _origin_in_step(step: Step, position: int) -> int:
    growth = [len(change.after) - len(change.before) for change in step.changes]
    shifts = [0, *accumulate(growth)]
    # Where each change ends in the text that the step left behind.
    ends = [
        change.start + len(change.before) + shift
        for change, shift in zip(step.changes, shifts[1:], strict=True)
    ]
    return position - shifts[bisect_right(ends, position)]
