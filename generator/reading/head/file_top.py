"""What stands above the text of a file: front matter, and label lines below it."""

from __future__ import annotations

import msgspec

from generator.model import Extracted
from generator.model.ledger import Draft
from generator.reading.front_matter import (
    FrontMatter,
    RejectedBlock,
    parse_front_matter,
    remove_front_matter,
)
from generator.reading.head.label_lines import STEP, parse_label_lines


class FileTop(msgspec.Struct, frozen=True):
    """The values at the top of a file, and the text without them."""

    fields: FrontMatter | None
    """The values of front matter and label lines; front matter wins."""
    rejected: RejectedBlock | None
    unread_labels: tuple[Extracted[str], ...]
    words: str
    """The text without front matter, with its label lines: what copies of it have in common."""
    body: Draft


def read_file_top(text: str) -> FileTop:
    """Return the values at the top of a decoded text, and its body."""
    parsed = parse_front_matter(text)
    front = parsed if isinstance(parsed, FrontMatter) else None
    draft = Draft(text).with_step("front matter", remove_front_matter(text, front))
    given = front.fields if front else {}
    end = front.end if front else 0
    labels = parse_label_lines(draft.text, len((text[:end] + ".").splitlines()), given)
    values = {**labels.fields, **given}
    return FileTop(
        FrontMatter(end, values) if values else None,
        parsed if isinstance(parsed, RejectedBlock) else None,
        labels.unread,
        draft.text,
        draft.with_step(STEP, labels.changes),
    )
