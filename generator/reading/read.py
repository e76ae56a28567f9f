"""A seed becomes a document, or a problem that says why not: the four readings in a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from generator.model import (
    Block,
    Change,
    Decoding,
    Document,
    Problem,
    Seed,
    SeedPath,
    is_before_year_one,
)
from generator.model.ledger import Draft, source_line
from generator.reading import emphasis, footer, front_matter
from generator.reading.bylines import parse_author_field
from generator.reading.clean import clean
from generator.reading.dates import parse_date
from generator.reading.decode import decode
from generator.reading.head import find_head, without_standfirst
from generator.reading.head_removal import remove_head
from generator.reading.language import detect_language
from generator.reading.metadata import MetadataSources, confirmed_head, extract_metadata
from generator.reading.refused_files import detect_refused_file
from generator.reading.wording import wording_digest


def read_document(seed: Seed) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read one seed; nothing that stands in it raises an exception.

    Gives the document, or None when the seed can have no page, and what a person should know.
    """
    if not is_supported(seed.path):
        return None, (_problem(seed, "E001", "no reader for this kind of file", _CONVERT),)
    if not seed.data.strip(b"\x00\x1a\xef\xbb\xbf\xff\xfe \t\r\n\f"):
        return None, (_problem(seed, "E002", "the file is empty", "Remove it, or put its text in"),)
    instead = detect_refused_file(seed.data)
    if instead:
        return None, (_problem(seed, instead.code, f"this is {instead.name}", instead.hint),)
    decoding = decode(seed.data)
    if decoding is None:
        return None, (
            _problem(seed, "E003", "the file holds no text that could be read", _CONVERT),
        )
    return _document(seed, decoding)


_CONVERT = "Convert it to plain text in UTF-8, or move it out of the seeds folder"


def _document(seed: Seed, decoding: Decoding) -> tuple[Document | None, tuple[Problem, ...]]:
    said = front_matter.parse_front_matter(decoding.text)
    heard = said if isinstance(said, front_matter.FrontMatter) else None
    opened = Draft(decoding.text).with_step(
        "front matter", front_matter.remove_front_matter(decoding.text, heard)
    )
    table = clean(opened)
    cleaned = table.draft
    spoken = detect_language(cleaned.text)
    sources = MetadataSources(seed.path, cleaned, find_head(cleaned.text, spoken), heard)
    lifted = cleaned.with_step("head", remove_head(cleaned.text, confirmed_head(sources, spoken)))
    if not lifted.text and sources.head.standfirst:  # the only words are no summary of others
        sources = replace(sources, head=without_standfirst(sources.head))
        lifted = cleaned.with_step(
            "head", remove_head(cleaned.text, confirmed_head(sources, spoken))
        )
    if not lifted.text:
        return None, (
            _problem(seed, "E002", "the file holds no text below its title", "Put its text in"),
        )
    marks = tuple(emphasis.strip_emphasis(lifted.text))
    final = lifted.with_step("emphasis marks", marks)
    blocks = _blocks(final.text, marks)
    document = Document(
        source=seed.path,
        digest=seed.digest,
        encoding=decoding.encoding,
        encoding_reason=decoding.reason,
        blocks=blocks,
        ledger=final.ledger,
        metadata=extract_metadata(sources, blocks, spoken),
        wording=wording_digest(opened.text),
    )
    problems = (
        *([_refusal(seed, said)] if isinstance(said, front_matter.RejectedBlock) else []),
        *(_unheard(seed, heard) if heard else ()),
        *_refused(seed, table.refused),
        *_left_open(seed, decoding, sources),
    )
    return document, problems


def _blocks(text: str, marks: tuple[Change, ...]) -> tuple[Block, ...]:
    spans = emphasis.emphasis_spans(marks)
    return tuple(emphasis.split_blocks(text, spans, footer.block_kinds(text.split("\n\n"))))


def _refusal(seed: Seed, refusal: front_matter.RejectedBlock) -> Problem:
    """Why a block that was meant to be front matter is none."""
    message = f"the block at the top is not read as front matter: {refusal.reason}; it stays text"
    if refusal.line:
        hint = 'Mend this line; a text with a colon in it needs quotes: title: "One: two"'
        return _warning(seed, "W017", message, hint, refusal.line)
    return _warning(seed, "W015", message, "Write plain keys and values, such as `title: ...`", 1)


def _unheard(seed: Seed, heard: front_matter.FrontMatter) -> Iterator[Problem]:
    """What the front matter says in vain: authors who are no persons, a date that is none."""
    for author in heard.fields.get("authors", ()):
        if not parse_author_field(author.value):
            message = f'author "{author.value}" is not the name of a person; left out'
            hint = "Write a person's name, or set `authors` in seeds/corrections.yml"
            yield _warning(seed, "W018", message, hint, author.line)
    date = heard.single("date")
    read = parse_date(date.value) if date else None
    if date and not (read and read.readings):
        yield _no_date(seed, date.value, date.line)


def _refused(seed: Seed, rules: tuple[str, ...]) -> Iterator[Problem]:
    """Repairs that would have gone too far."""
    for rule in rules:
        message = f'the repair "{rule}" would have taken more than a tenth of the text; all is kept'
        yield _warning(seed, "W016", message, "Look at the page, and mend the seed by hand")


def _left_open(seed: Seed, decoding: Decoding, sources: MetadataSources) -> Iterator[Problem]:
    """What a reader of the messages can settle with one line of their own."""
    head = sources.head
    if decoding.repaired:
        bytes_are = "1 byte is" if decoding.repaired == 1 else f"{decoding.repaired} bytes are"
        message = f"{bytes_are} no valid UTF-8; read as Windows-1252"
        hint = "Look at the page, and save the seed as UTF-8 if a letter is wrong"
        yield _warning(seed, "W010", message, hint)
    if head.date is not None and head.date_line is not None and not head.date.readings:
        line = source_line(decoding.text, sources.cleaned.ledger, head.date_line.start)
        yield _no_date(seed, head.date_line.text[head.date.start : head.date.end], line)
    if head.title is None and sources.first("title") is None:
        hint = "Put a title on the first line, and an empty line below it"
        yield _warning(seed, "W013", "no title found; the file's name stands in for it", hint)


def _no_date(seed: Seed, words: str, line: int | None) -> Problem:
    if is_before_year_one(words):
        message = f'date "{words}" is before the year 1; left empty'
        return _warning(seed, "W012", message, "Years run from 0001 to 2999; leave it out", line)
    message = f'date "{words}" is not a date; left empty'
    return _warning(seed, "W012", message, "Mend it in the seed", line)


def _problem(seed: Seed, code: str, message: str, hint: str) -> Problem:
    return Problem(code, seed.path, message, hint)


def _warning(seed: Seed, code: str, message: str, hint: str, line: int | None = None) -> Problem:
    return Problem(code, seed.path, message, hint, line, "warning")


_PLAIN_TEXT = frozenset({"", ".txt", ".text"})
"""Suffixes that are read as plain text. Without one a file is a seed only if a person says so."""


def is_supported(path: SeedPath) -> bool:
    """Tell whether a file of this name can become a document."""
    return PurePosixPath(path).suffix.lower() in _PLAIN_TEXT
