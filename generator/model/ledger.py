"""The ledger of changes: apply a step to a text, take all steps back, say where a place came from.

The law that everything else leans on: `undo(text, ledger)` is the decoded source, to the letter.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import accumulate

from generator.model import (
    Change,
    Document,
    Extracted,
    Ledger,
    SeedbedError,
    Step,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way from the source to the page, with the ledger of the way so far."""

    text: str
    ledger: Ledger = ()

    def with_step(self, rule: str, changes: Iterable[Change]) -> Draft:
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


def source_position(ledger: Ledger, position: int) -> int:
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


def source_line(decoded: str, ledger: Ledger, position: int) -> int:
    """Tell the line of the decoded source, counted from 1, in which a place of the text stands."""
    before = decoded[: source_position(ledger, position)].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


LEDGER = "ledger.json"


def dump_ledger(document: Document) -> bytes:
    """Write a ledger as JSON: what the page says of the document, and what was changed.

    A value comes with the rule that took it and its evidence; a step with its changes, each as
    start, before and after.
    """
    steps = [
        {"rule": step.rule, "changes": [[c.start, c.before, c.after] for c in step.changes]}
        for step in document.ledger
    ]
    record = {
        "source": document.source,
        "sha256": document.digest,
        "values": list(_values(document)),
        "steps": steps,
    }
    return f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def load_ledger(data: bytes) -> Ledger:
    """Read back what `dump_ledger` wrote."""
    return tuple(
        Step(step["rule"], tuple(Change(*change) for change in step["changes"]))
        for step in json.loads(data)["steps"]
    )


def _values(document: Document) -> Iterator[dict[str, str | int | None]]:
    """Every value of the metadata under its key in the front matter, with its evidence."""
    metadata = document.metadata
    for field in fields(metadata):
        found = getattr(metadata, field.name)
        for one in found if isinstance(found, tuple) else (found,):
            if isinstance(one, Extracted) and isinstance(one.value, str):
                yield {
                    "field": field.name,
                    "value": one.value,
                    "rule": one.rule,
                    "line": one.line,
                    "quote": one.quote,
                }
