"""The ledger of changes: apply a step, undo all steps, map a position back to the source.

The invariant that everything else depends on: `undo(text, ledger)` is exactly the decoded source.
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
    FileOrigin,
    Ledger,
    SeedbedError,
    Step,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text between two cleaning steps, with the ledger of the steps so far."""

    text: str
    ledger: Ledger = ()

    def with_step(self, rule: str, changes: Iterable[Change]) -> Draft:
        """Return the draft after another step; a step without changes is not recorded."""
        step = Step(rule, tuple(changes))
        if not step.changes:
            return self
        return Draft(apply(self.text, step.changes), (*self.ledger, step))


def apply(text: str, changes: Iterable[Change]) -> str:
    """Return the text after the changes, which must be sorted and must not overlap."""
    pieces: list[str] = []
    position = 0
    for change in changes:
        pieces += (text[position : change.start], change.after)
        position = change.start + len(change.before)
    return "".join((*pieces, text[position:]))


def undo(text: str, ledger: Ledger) -> str:
    """Return the text before all steps of the ledger, by undoing the last step first.

    Raises SeedbedError if a change does not match the text: then page and ledger do not belong
    together, and the source cannot be rebuilt.
    """
    for step in reversed(ledger):
        text = _undo_step(text, step)
    return text


def source_position(ledger: Ledger, position: int) -> int:
    """Return where in the decoded source the character at `position` of the final text is."""
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
            raise SeedbedError(f'the step "{step.rule}" of the ledger does not match the text')
        pieces += (text[done:start], change.before)
        done, shift = end, shift + len(change.after) - len(change.before)
    return "".join((*pieces, text[done:]))


def _origin_in_step(step: Step, position: int) -> int:
    growth = [len(change.after) - len(change.before) for change in step.changes]
    shifts = [0, *accumulate(growth)]
    # Where each change ends in the text after the step.
    ends = [
        change.start + len(change.before) + shift
        for change, shift in zip(step.changes, shifts[1:], strict=True)
    ]
    return position - shifts[bisect_right(ends, position)]


def source_line(decoded: str, ledger: Ledger, position: int) -> int:
    """Return the line of the decoded source, counted from 1, for a position in the text."""
    before = decoded[: source_position(ledger, position)].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


LEDGER = "ledger.json"


def dump_ledger(document: Document) -> bytes:
    """Return a document's metadata and changes as JSON.

    Each value has the rule that extracted it and its evidence. Each step has its changes as lists
    of start, before and after.
    """
    steps = [
        {"rule": step.rule, "changes": [[c.start, c.before, c.after] for c in step.changes]}
        for step in document.ledger
    ]
    record = {
        "source": document.source,
        "sha256": document.digest,
        **_origin(document.origin),
        "values": list(_values(document)),
        "steps": steps,
    }
    return f"{json.dumps(record, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _origin(origin: FileOrigin | None) -> dict[str, object]:
    """Return the reader of a file that is no plain text, the digest of its text, what is left."""
    if origin is None:
        return {}
    counts = {omission.kind: omission.count for omission in origin.omissions}
    return {"reader": origin.reader, "text_sha256": origin.text_digest, "left_out": counts}


def load_ledger(data: bytes) -> Ledger:
    """Return the ledger in the JSON that `dump_ledger` wrote."""
    return tuple(
        Step(step["rule"], tuple(Change(*change) for change in step["changes"]))
        for step in json.loads(data)["steps"]
    )


def _values(document: Document) -> Iterator[dict[str, str | int | None]]:
    """Yield every value of the metadata, by its key in the front matter, with its evidence."""
    metadata = document.metadata
    for field in fields(metadata):
        content = getattr(metadata, field.name)
        for extracted in content if isinstance(content, tuple) else (content,):
            if isinstance(extracted, Extracted) and isinstance(extracted.value, str):
                yield {
                    "field": field.name,
                    "value": extracted.value,
                    "rule": extracted.rule,
                    "line": extracted.line,
                    "quote": extracted.quote,
                }
