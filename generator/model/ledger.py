"""The ledger of changes: apply a step, undo all steps, map a position back to the source.

The invariant that everything else depends on: `undo(text, ledger)` is exactly the decoded source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

from generator.model import (
    Block,
    Change,
    Document,
    Extracted,
    FileOrigin,
    Ledger,
    SeedbedError,
    SeedPath,
    Step,
)
from generator.model.block_records import dump_blocks
from generator.model.blocks import BLOCK_GAP
from generator.model.pictures import Picture


class Draft(msgspec.Struct, frozen=True):
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
    return source_positions(ledger, [position])[0]


def source_positions(ledger: Ledger, positions: Iterable[int]) -> list[int]:
    """Return where in the decoded source each position of the final text is."""
    moved = list(positions)
    for step in reversed(ledger) if moved else ():
        moved = _origins_in_step(step, moved)
    return moved


def later_positions(steps: Iterable[Step], positions: Iterable[int]) -> list[int | None]:
    """Return where characters of a text are after these steps; None for one that is replaced."""
    moved: list[int | None] = list(positions)
    for step in steps:
        starts = [change.start for change in step.changes]
        shifts = _shifts(step)
        for index, position in enumerate(moved):
            if position is not None:
                number = bisect_right(starts, position)
                change = step.changes[number - 1] if number else None
                is_replaced = change and position < change.start + len(change.before)
                moved[index] = None if is_replaced else position + shifts[number]
    return moved


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


def _origins_in_step(step: Step, positions: Iterable[int]) -> list[int]:
    shifts = _shifts(step)
    # Where each change ends in the text after the step.
    ends = [
        change.start + len(change.before) + shift
        for change, shift in zip(step.changes, shifts[1:], strict=True)
    ]
    return [position - shifts[bisect_right(ends, position)] for position in positions]


def _shifts(step: Step) -> list[int]:
    """Return how far a text has moved before the first change of a step and after each."""
    return [0, *accumulate(len(change.after) - len(change.before) for change in step.changes)]


def source_line(decoded: str, ledger: Ledger, position: int) -> int:
    """Return the line of the decoded source, counted from 1, for a position in the text."""
    before = decoded[: source_position(ledger, position)].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


_LINE_BREAK = re.compile(r"\r\n?|\n")


class SourcePages(msgspec.Struct, frozen=True):
    """The pages of a source, by the lines of the decoded source."""

    lines: tuple[int, ...] = ()
    """For each page the first line that begins on it, counted from 1; ascending."""
    labels: tuple[str, ...] = ()
    """As printed; empty for a page without a number."""

    def label(self, line: int | None) -> str | None:
        """Return the page on which a line begins; None if that is not known."""
        index = bisect_right(self.lines, line) if line else 0
        return (self.labels[index - 1] or None) if index else None


def source_pages(document: Document) -> SourcePages:
    """Return the pages of the source of a document, as far as its text has their marks.

    What stands before the first mark is on the first page only if that is the first of a PDF: other
    pages may have lost their marks with the head.
    """
    marks = [
        (start + mark.start, mark)
        for start, block in _placed_blocks(document)
        for mark in block.marks
        if mark.kind == "page"
    ]
    if not marks:
        return SourcePages()
    source = undo(document.text, document.ledger)
    positions = source_positions(document.ledger, [position for position, _ in marks])
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(source))]
    lines = [_line_from(source, starts, position) for position in positions]
    if marks[0][1].sheet == 1:
        lines[0] = 1
    return SourcePages(tuple(accumulate(lines, max)), tuple(mark.value for _, mark in marks))


def _placed_blocks(document: Document) -> Iterator[tuple[int, Block]]:
    """Yield every block with the position of its first character in the text."""
    start = 0
    for block in document.blocks:
        yield start, block
        start += len(block.text) + BLOCK_GAP


def _line_from(source: str, starts: list[int], position: int) -> int:
    """Return the first line, counted from 1, whose words begin at a position or after it."""
    line = bisect_right(starts, position)
    return line + bool(source[starts[line - 1] : position].strip())


LEDGER = "ledger.json"


def dump_ledger(document: Document) -> bytes:
    """Return a document's metadata, blocks and changes as JSON.

    Each value has the rule that extracted it and its evidence, and each block its kind and rule.
    Each step has its changes as lists of start, before and after.
    """
    record = {
        "source": document.source,
        "sha256": document.digest,
        **_origin(document.origin),
        "values": list(_values(document)),
        "blocks": dump_blocks(document.shown_blocks),
        **_pictures(document),
        "steps": document.ledger,
    }
    return msgspec.json.encode(record) + b"\n"


def _origin(origin: FileOrigin | None) -> dict[str, object]:
    """Return the reader of a file that is not plain text, the digest of its text, what is left."""
    if origin is None:
        return {}
    counts = {omission.kind: omission.count for omission in origin.omissions}
    return {"reader": origin.reader, "text_sha256": origin.text_digest, "left_out": counts}


def _pictures(document: Document) -> dict[str, object]:
    """Return the pictures of a page: their names, sizes, texts and files, if it has any."""
    records = [
        {
            "name": picture.name,
            "width": picture.width,
            "height": picture.height,
            "text": picture.text,
            **({"file": picture.file} if picture.file else {}),
        }
        for picture in document.pictures
    ]
    return {"pictures": records} if records else {}


class RecordedValue(msgspec.Struct, frozen=True, gc=False):
    """A value as `ledger.json` records it, with its evidence."""

    field: str
    value: str
    rule: str
    quote: str


class RecordedDocument(msgspec.Struct, frozen=True):
    """A document as `ledger.json` records it."""

    source: SeedPath
    sha256: str
    values: tuple[RecordedValue, ...]
    blocks: tuple[Block, ...]
    """Without their words."""
    steps: Ledger
    pictures: tuple[Picture, ...] = ()


_DECODER = msgspec.json.Decoder(RecordedDocument)


def load_ledger(data: bytes) -> RecordedDocument:
    """Return the document in the JSON that `dump_ledger` wrote."""
    return _DECODER.decode(data)


def _values(document: Document) -> Iterator[dict[str, str | int | None]]:
    """Yield every value of the metadata, by its key in the front matter, with its evidence."""
    metadata, pages = document.metadata, source_pages(document)
    for field in metadata.__struct_fields__:
        content = getattr(metadata, field)
        for extracted in content if isinstance(content, tuple) else (content,):
            if isinstance(extracted, Extracted) and isinstance(extracted.value, str):
                page = pages.label(extracted.line)
                yield {
                    "field": field,
                    "value": extracted.value,
                    "rule": extracted.rule,
                    **({"page": page} if page else {}),
                    "line": extracted.line,
                    "quote": extracted.quote or "",
                }
