"""Reading a seed: its bytes become a document, or a problem that says why they cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath

from msgspec.structs import replace

from generator.model import (
    Block,
    Decoding,
    Document,
    Parsed,
    Problem,
    Seed,
    SeedPath,
    is_before_year_one,
)
from generator.model.ledger import Draft, source_line
from generator.model.structure_rules import StructureRules
from generator.reading.clean import clean
from generator.reading.decode import decode
from generator.reading.emphasis import emphasis_spans, strip_emphasis
from generator.reading.footer import with_footer
from generator.reading.formats.detect import has_reader
from generator.reading.formats.open_reading import OpenReading, open_reading
from generator.reading.front_matter import FrontMatter, RejectedBlock
from generator.reading.genres import with_genre
from generator.reading.head.above_title import without_headings_above
from generator.reading.head.bylines import parse_author_field
from generator.reading.head.file_top import FileTop, read_file_top
from generator.reading.head.find_head import find_head, without_standfirst
from generator.reading.head.lines import BlockLayout
from generator.reading.head.removal import remove_head
from generator.reading.head.title_notes import with_title_note
from generator.reading.language import detect_language
from generator.reading.letter_titles import title_problems, with_letter_title
from generator.reading.metadata import MetadataSources, confirmed_head, extract_metadata
from generator.reading.read_formats import document_of
from generator.reading.refused_files import detect_refused_file
from generator.reading.structure.change_blocks import change_blocks
from generator.reading.structure.columns import SIDE_BY_SIDE
from generator.reading.structure.compose import Composed, compose
from generator.reading.structure.corrected_structure import DecidedStructure, decide_structure
from generator.reading.structure.evidence import NO_EVIDENCE
from generator.reading.structure.find_structure import find_structure
from generator.reading.structure.regions import Structure
from generator.reading.wording_digest import wording_digest
from generator.text.dates import parse_date


def read_document(
    seed: Seed, rules: StructureRules | None = None, read_file: OpenReading = open_reading
) -> Parsed[Document | None]:
    """Return the document of a seed, None if it cannot have a page, and the problems.

    `rules` is what people decided about its structure; `read_file` reads files that are no plain
    text. No content of a seed raises an exception.
    """
    if not is_supported(seed.path):
        return _failed(seed, "E001", "this kind of file cannot be read", _CONVERT)
    if not seed.data.strip(b"\x00\x1a\xef\xbb\xbf\xff\xfe \t\r\n\f"):
        return _failed(seed, "E002", "the file is empty", "Add its text, or remove it")
    refused = detect_refused_file(seed.data)
    if refused:
        return _failed(seed, refused.code, f"this is {refused.name}", refused.hint)
    opened = read_file(seed.path, seed.data)
    if opened.refusal is not None:
        return _failed(seed, opened.refusal.code, opened.refusal.message, opened.refusal.hint)
    if opened.reading is not None:
        return document_of(seed, opened.reading)
    return _decode_and_read(seed, rules or StructureRules())


def _decode_and_read(seed: Seed, rules: StructureRules) -> Parsed[Document | None]:
    """Return the document of a plain text."""
    decoding = decode(seed.data)
    if decoding is None:
        return _failed(seed, "E003", "the file contains no readable text", _CONVERT)
    return _read_text(seed, decoding, rules)


_CONVERT = "Convert it to plain text in UTF-8, or move it out of the seeds folder"


def _read_text(seed: Seed, decoding: Decoding, rules: StructureRules) -> Parsed[Document | None]:
    top = read_file_top(decoding.text)
    cleaned = clean(top.body)
    marks = tuple(strip_emphasis(cleaned.draft.text))
    draft = cleaned.draft.with_step("emphasis marks", marks)
    language = detect_language(draft.text)
    decided = decide_structure(draft, find_structure(draft.text, language), rules, decoding.text)
    structure = decided.structure
    composed = compose(draft, structure, emphasis_spans(marks))
    text = composed.draft.text
    found_head = find_head(text, language, _layout(structure, composed.blocks))
    head = with_title_note(found_head, composed.blocks)
    sources = MetadataSources(seed.path, composed.draft, head, top.fields)
    article = _without_head(sources, composed.blocks, language)
    if not article.blocks and sources.head.standfirst:  # it is the only text, not a summary
        sources = replace(sources, head=without_standfirst(sources.head))
        article = _without_head(sources, composed.blocks, language)
    if not article.blocks:
        return _failed(seed, "E002", "the file has no text below its title", "Add its text")
    blocks = with_footer(article.blocks)
    document = Document(
        source=seed.path,
        digest=seed.digest,
        encoding=decoding.encoding,
        encoding_reason=decoding.reason,
        blocks=blocks,
        ledger=article.draft.ledger,
        metadata=with_letter_title(with_genre(extract_metadata(sources, blocks, language), blocks)),
        wording=wording_digest(top.words),
        rules=rules.digest,
    )
    problems = (
        *_top_problems(seed, top),
        *_refused_repairs(seed, (*cleaned.refused, *structure.refused)),
        *_furniture_problems(seed, decided),
        *_column_problems(seed, decoding, draft, structure),
        *_text_problems(seed, decoding, sources),
        *title_problems(document, _ADD_TITLE),
    )
    return Parsed(document, problems)


def _layout(structure: Structure, blocks: tuple[Block, ...]) -> Iterator[BlockLayout]:
    """Yield what the head finder needs to know of each block; its text tells the rest."""
    for region, block in zip(structure.regions, blocks, strict=True):
        first = region.lines[0]
        is_apart = bool(first.empty_before) or first.begins_page
        kind = "footer" if region.rule == NO_EVIDENCE else block.kind
        yield BlockLayout(None if kind == "paragraph" else kind, is_apart)


def _without_head(
    sources: MetadataSources, blocks: tuple[Block, ...], language: str | None
) -> Composed:
    """Return the text and its blocks without the lines that the head of the page shows."""
    head = confirmed_head(sources, language)
    changes = tuple(remove_head(sources.cleaned.text, head))
    shown = tuple(without_headings_above(blocks, head))
    return Composed(sources.cleaned.with_step("head", changes), change_blocks(shown, changes))


def _top_problems(seed: Seed, top: FileTop) -> Iterator[Problem]:
    """Yield a warning about each thing at the top of a file that is not read."""
    if top.rejected:
        yield _rejected_block(seed, top.rejected)
    if top.fields:
        yield from _unusable_values(seed, top.fields)
    for value in top.unread_labels:
        message = f'the line "{value.quote}" is not read; it stays in the text'
        hint = "Write one name or one date in it and nothing else, or correct it in metadata.csv"
        yield _warning(seed, "W135", message, hint, value.line)


def _rejected_block(seed: Seed, block: RejectedBlock) -> Problem:
    """Return the warning about a block at the top that is not read as front matter."""
    message = f"the block at the top is not read as front matter: {block.reason}; it stays text"
    if block.line:
        hint = 'Correct this line; a value with a colon in it needs quotes: title: "One: two"'
        return _warning(seed, "W017", message, hint, block.line)
    return _warning(seed, "W015", message, "Write plain keys and values, such as `title: ...`", 1)


def _unusable_values(seed: Seed, fields: FrontMatter) -> Iterator[Problem]:
    """Yield warnings about authors who are not persons and about a date that does not exist."""
    for author in fields.fields.get("authors", ()):
        if not parse_author_field(author.value):
            message = f'author "{author.value}" is not the name of a person; left out'
            hint = "Write a person's name, or set `authors` in seeds/corrections.yml"
            yield _warning(seed, "W018", message, hint, author.line)
    value = fields.single("date")
    date = parse_date(value.value) if value else None
    if value and not (date and date.readings):
        yield _invalid_date(seed, value.value, value.line)


def _refused_repairs(seed: Seed, rules: tuple[str, ...]) -> Iterator[Problem]:
    for rule in rules:
        message = (
            f'the repair "{rule}" would have removed more than a tenth of the text; not applied'
        )
        yield _warning(seed, "W016", message, "Look at the page, and correct the seed by hand")


def _furniture_problems(seed: Seed, decided: DecidedStructure) -> Iterator[Problem]:
    """Yield the warning about running heads that stay because they are too many."""
    if decided.kept:
        message = (
            f"{decided.kept} lines look like running heads and page numbers, more than 3 % of the"
            " words; they stay in the text"
        )
        entry = f"{json.dumps(seed.path, ensure_ascii=False)}: {{furniture: leave-out}}"
        hint = f"If they belong to the pages, write below `structure:` in corrections.yml: {entry}"
        yield _warning(seed, "W100", message, hint)


def _column_problems(
    seed: Seed, decoding: Decoding, draft: Draft, structure: Structure
) -> Iterator[Problem]:
    """Yield a warning about columns of a page that stand side by side in the text.

    They stay as printed: which line follows which, only a person can see.
    """
    regions = [region for region in structure.regions if region.rule == SIDE_BY_SIDE]
    if regions:
        edges = (regions[0].lines[0].start, regions[-1].lines[-1].start)
        first, last = (source_line(decoding.text, draft.ledger, start) for start in edges)
        count = sum(len(region.lines) for region in regions)
        message = f"{count} lines look like columns of a page side by side; they stay as printed"
        entry = f"{json.dumps(seed.path, ensure_ascii=False)}: {{lines: {first}-{last}}}"
        hint = (
            "Put one column below the other in the seed; or, if it shall stay so, write below"
            f" `structure:` in corrections.yml: {entry}"
        )
        yield _warning(seed, "W105", message, hint, first)


def _text_problems(seed: Seed, decoding: Decoding, sources: MetadataSources) -> Iterator[Problem]:
    """Yield warnings about invalid bytes and a date that does not exist."""
    head = sources.head
    if decoding.repaired:
        count = "1 byte is" if decoding.repaired == 1 else f"{decoding.repaired} bytes are"
        message = f"{count} not valid UTF-8; read as Windows-1252"
        hint = "Look at the page, and save the seed as UTF-8 if a letter is wrong"
        yield _warning(seed, "W010", message, hint)
    if head.date is not None and head.date_line is not None and not head.date.readings:
        line = source_line(decoding.text, sources.cleaned.ledger, head.date_line.start)
        yield _invalid_date(seed, head.date_line.text[head.date.start : head.date.end], line)


_ADD_TITLE = "Put a title on the first line, or a `title` into seeds/metadata.csv"


def _invalid_date(seed: Seed, words: str, line: int | None) -> Problem:
    if is_before_year_one(words):
        message = f'date "{words}" is before the year 1; left empty'
        return _warning(seed, "W012", message, "Use a year from 0001 to 2999, or none", line)
    message = f'date "{words}" is not a date; left empty'
    return _warning(seed, "W012", message, "Correct it in the seed", line)


def _failed(seed: Seed, code: str, message: str, hint: str) -> Parsed[Document | None]:
    return Parsed(None, (Problem(code, seed.path, message, hint),))


def _warning(seed: Seed, code: str, message: str, hint: str, line: int | None = None) -> Problem:
    return Problem(code, seed.path, message, hint, line, "warning")


_PLAIN_TEXT = frozenset({"", ".txt", ".text"})
"""Suffixes of plain text; a file without a suffix is a seed only if `.seedbedignore` says so."""


def is_supported(path: SeedPath) -> bool:
    """Whether a file with this name can become a document."""
    return PurePosixPath(path).suffix.lower() in _PLAIN_TEXT or has_reader(path)
