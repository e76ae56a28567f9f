"""What a document says of itself: each value with the rule that took it and its line."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from generator.model import Block, Found, Ledger, Metadata, SeedPath
from generator.reading.head import Head, Line
from generator.reading.ledger import Draft, origin, undo

_DESCRIPTION = 200
"""Characters of a description, the length that search engines and cards show."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs|etc|al|approx|dept|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Sra?|Dra?|Mme|Mlle|z\.B|d\.h|bzw|Nr))\.$"
)


def describe(
    source: SeedPath, cleaned: Draft, head: Head, blocks: tuple[Block, ...], language: str | None
) -> Metadata:
    """Bring the findings together; a title that no line gives comes from the file's name.

    `cleaned` is the draft in which the head was found.
    """
    decoded = undo(cleaned.text, cleaned.ledger)
    return Metadata(
        title=_title(source, head, decoded, cleaned.ledger),
        authors=_authors(head, decoded, cleaned.ledger),
        date=_date(head, decoded, cleaned.ledger),
        language=Found(language, "statistics of the letters (py3langid)") if language else None,
        description=_description(blocks),
    )


def _title(source: SeedPath, head: Head, decoded: str, ledger: Ledger) -> Found[str]:
    if head.title is None:
        return Found(_from_file_name(source), "file name")
    return _found(head.title.text, "first line of the head", head.title, decoded, ledger)


def _authors(head: Head, decoded: str, ledger: Ledger) -> tuple[Found[str], ...]:
    if head.byline is None or head.names is None:
        return ()
    byline, rule = head.byline, head.names.rule
    names = dict.fromkeys(head.names.names)
    return tuple(_found(name, rule, byline, decoded, ledger) for name in names)


def _date(head: Head, decoded: str, ledger: Ledger) -> Found[str] | None:
    if head.date is None or head.date_line is None or len(head.date.readings) != 1:
        return None
    rule = f"date in the head ({head.date.form})"
    return _found(head.date.readings[0], rule, head.date_line, decoded, ledger)


def _found(value: str, rule: str, line: Line, decoded: str, ledger: Ledger) -> Found[str]:
    return Found(value, rule, line_in(decoded, ledger, line.start), line.text)


def line_in(decoded: str, ledger: Ledger, position: int) -> int:
    """Tell the line of the decoded source, counted from 1, in which a place of the text stands."""
    before = decoded[: origin(ledger, position)].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


def _from_file_name(source: SeedPath) -> str:
    name = PurePosixPath(source).stem.strip(". ") or PurePosixPath(source).name
    return re.sub(r"[\s_]+", " ", name).strip() or "Untitled"


def _description(blocks: tuple[Block, ...]) -> str:
    """The first sentences of the first paragraph, whole ones if at least one fits."""
    text = " ".join(next((block.text for block in blocks if block.kind == "paragraph"), "").split())
    if len(text) <= _DESCRIPTION:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _DESCRIPTION + 1)]
    whole = [end for end in ends if not _ABBREVIATION.search(text[:end])]
    if whole:
        return text[: whole[-1]]
    cut = text[: _DESCRIPTION - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:–—- ") + "…"
