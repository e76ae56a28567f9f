"""From the reading of a file to its document: what its text says of itself, and what is left out.

The structure that a file states is kept as it is; only repairs of single characters are applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from msgspec import structs

from generator.model import (
    Block,
    BlockKind,
    Change,
    Document,
    Extracted,
    FileOrigin,
    Metadata,
    Parsed,
    Problem,
    Seed,
)
from generator.model.ledger import Draft
from generator.model.readings import ReadBlock, Reading, Statement
from generator.reading import characters
from generator.reading.formats.edit_blocks import BlockDraft
from generator.reading.formats.note_numbers import with_note_numbers
from generator.reading.formats.omissions import withheld
from generator.reading.formats.unwrap import (
    no_empty_lines,
    single_spaces,
    spaces_in_cells,
    unwrapped,
)
from generator.reading.front_matter import FrontMatter, parse_front_matter
from generator.reading.genres import with_genre
from generator.reading.head.find_head import find_head
from generator.reading.head.lines import BlockLayout, Head, HeadField, HeadLine
from generator.reading.head.removal import remove_head
from generator.reading.head.unshown_words import word_set
from generator.reading.hyphens import whole_words
from generator.reading.language import detect_language
from generator.reading.letter_titles import title_problems, with_letter_title
from generator.reading.metadata import MetadataSources, confirmed_head, extract_metadata
from generator.reading.structure.change_blocks import change_blocks
from generator.reading.wording_digest import wording_digest
from generator.text.dates import parse_date

_FIRST_BLOCKS = 10
"""Blocks in which the words of a title must stand that the file states but may not mean."""

_YEAR = re.compile(r"(?<![\w.,])[12]\d{3}(?![\w,])")

_WORD = re.compile(r"\w+")
_MIN_CONFIRMED = 6
"""Characters of a title, with the spaces around it; a shorter one stands in any text."""

_NOBODY = frozenset(
    {
        *("unknown", "unknown author", "unbekannt", "inconnu", "desconocido"),
        *("user", "windows user", "microsoft office user", "benutzer", "utilisateur", "usuario"),
        *("admin", "administrator", "owner", "author", "python-docx", "apache poi", "openpyxl"),
    }
)
"""What programs write where no author is known: a role, an account, or their own name."""

_STATED_RULE = "stated by the file"


def document_of(seed: Seed, reading: Reading) -> Parsed[Document | None]:
    """Return the document of a reading, and its problems."""
    if reading.parts and not reading.blocks:
        return Parsed(None, tuple(_warnings(seed, reading)))  # its parts are the documents
    draft = _repaired(_without_removed(BlockDraft(reading.blocks, reading.steps)))
    if not draft.blocks:
        return Parsed(None, (_no_text(seed),))
    blocks = tuple(block.as_block(_STATED_RULE) for block in draft.blocks)
    language = detect_language(draft.text)
    text = Draft(draft.text, draft.ledger)
    layout = (BlockLayout(_known_kind(block), is_apart=True) for block in draft.blocks)
    found = find_head(draft.text, language, layout) if reading.has_head else Head()
    head = _with_stated_title(found, draft.blocks, reading)
    sources = MetadataSources(seed.path, text, head, _stated_fields(reading, head, draft, language))
    changes = tuple(remove_head(text.text, confirmed_head(sources, language)))
    article = change_blocks(blocks, changes)
    if not article:
        article, changes = blocks, ()
    article = _with_first_page(with_note_numbers(article), blocks)
    article = _with_highest_headings(_with_first_pictures(article, blocks))
    final = text.with_step("head", changes)
    document = Document(
        source=seed.path,
        digest=seed.digest,
        encoding=reading.reader,
        encoding_reason=reading.reason,
        blocks=article,
        ledger=final.ledger,
        metadata=with_letter_title(
            with_genre(
                _with_recipient(extract_metadata(sources, article, language), reading), article
            )
        ),
        wording=wording_digest(draft.text),
        origin=_origin(reading),
        pictures=reading.pictures,
    )
    problems = (*_warnings(seed, reading), *title_problems(document, _ADD_TITLE))
    return Parsed(document, problems)


def _with_recipient(metadata: Metadata, reading: Reading) -> Metadata:
    """Return the metadata with the recipient that a letter states."""
    for statement in reading.statements:
        if statement.field == "recipient":
            found = Extracted(statement.value, statement.rule, None, statement.value)
            return structs.replace(metadata, recipient=found)
    return metadata


def _origin(reading: Reading) -> FileOrigin:
    original = None if withheld(reading.omissions) else reading.original
    sheets = reading.sheets if original else ()
    return FileOrigin(reading.reader, reading.text_digest, reading.omissions, original, sheets)


def _with_first_page(article: tuple[Block, ...], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the article with the mark of the page that the head took with it, at its beginning."""
    marks = [mark for block in blocks for mark in block.marks if mark.kind == "page"]
    left = [mark.value for block in article for mark in block.marks if mark.kind == "page"]
    lost = marks[: len(marks) - len(left)]
    first = article[0]
    if not lost or any(mark.kind == "page" and not mark.start for mark in first.marks):
        return article
    page = structs.replace(lost[-1], start=0, end=0)
    return (structs.replace(first, marks=(page, *first.marks)), *article[1:])


def _with_highest_headings(article: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the article with headings from level 1 on; the title, which had it, is not in it."""
    levels = [block.level for block in article if block.kind == "heading"]
    excess = min(levels, default=1) - 1
    if excess <= 0:
        return article
    return tuple(
        structs.replace(block, level=block.level - excess) if block.kind == "heading" else block
        for block in article
    )


def _with_first_pictures(
    article: tuple[Block, ...], blocks: tuple[Block, ...]
) -> tuple[Block, ...]:
    """Return the article with the pictures that stood among the words of the head before it."""
    left = {mark.value for block in article for mark in block.marks if mark.kind == "picture"}
    marks = (mark for block in blocks for mark in block.marks if mark.kind == "picture")
    lost = [structs.replace(mark, start=0, end=0) for mark in marks if mark.value not in left]
    first = article[0]
    return (structs.replace(first, marks=(*lost, *first.marks)), *article[1:]) if lost else article


def _known_kind(block: ReadBlock) -> BlockKind | None:
    return None if block.kind == "paragraph" else block.kind


def _without_removed(draft: BlockDraft) -> BlockDraft:
    """Take out furniture and rejected words, each rule in a step of its own."""
    for rule in dict.fromkeys(block.removed_by for block in draft.blocks if block.removed_by):
        draft = draft.without(rule, partial(_is_removed_by, rule))
    for rule in dict.fromkeys(cut.rule for block in draft.blocks for cut in block.cuts):
        draft = draft.with_step(rule, partial(_cut_words, rule))
    return draft


def _is_removed_by(rule: str, block: ReadBlock) -> bool:
    return block.removed_by == rule


def _cut_words(rule: str, block: ReadBlock) -> Iterator[Change]:
    for cut in block.cuts:
        if cut.rule == rule and cut.end > cut.start:
            yield Change(cut.start, block.text[cut.start : cut.end], "")


def _repaired(draft: BlockDraft) -> BlockDraft:
    """Apply the repairs of characters, and undo the line breaks that only the page had."""
    draft = draft.with_step("line ends", _of_text(characters.line_ends))
    draft = draft.with_step("control characters", _of_text(characters.control_characters))
    draft = draft.with_step("ligatures", _of_text(characters.ligatures))
    draft = draft.with_step("soft hyphens", _of_text(characters.soft_hyphens))
    draft = draft.with_step("spaces", _single_spaces)
    draft = draft.with_step("empty lines", _of_text(no_empty_lines))
    if any(block.is_wrapped for block in draft.blocks):
        vocabulary = whole_words(draft.text)
        draft = draft.with_step("hard wraps", lambda block: unwrapped(block, vocabulary))
    return draft


def _of_text(find: Callable[[str], Iterable[Change]]) -> Callable[[ReadBlock], Iterable[Change]]:
    return lambda block: find(block.text)


def _single_spaces(block: ReadBlock) -> Iterator[Change]:
    """Yield the changes to spaces; in a table, tabs and line feeds mean something."""
    return spaces_in_cells(block.text) if block.kind == "table" else single_spaces(block.text)


def _with_stated_title(head: Head, blocks: tuple[ReadBlock, ...], reading: Reading) -> Head:
    """Return the head with the title that the file marks as such, if one of the first blocks is."""
    titles = [statement.value for statement in reading.statements if statement.field == "title"]
    position = 0
    for index, block in enumerate(blocks[:_FIRST_BLOCKS]):
        is_stated = any(_same_words(block.text, title) for title in titles)
        first_heading = block.kind == "heading" and block.level <= 1 and index < 3
        if block.is_title or is_stated or first_heading:
            return _head_with_title(head, HeadLine(position, block.text), block)
        position += len(block.text) + 2
    is_plain = _is_plain(reading) and not _cites_note(head, blocks)
    return head if is_plain else structs.replace(head, title=None, removable=_without_title(head))


def _is_plain(reading: Reading) -> bool:
    """Whether a reading has no heading at all, so that the lines of its text have to tell."""
    return all(block.kind != "heading" for block in reading.blocks)


def _without_title(head: Head) -> tuple[HeadLine, ...]:
    title = head.title.line if head.title else None
    return tuple(line for line in head.removable if line != title)


def _cites_note(head: Head, blocks: tuple[ReadBlock, ...]) -> bool:
    """Whether the line that looks like a title cites a note, as sentences of the text do."""
    texts = [block.text for block in blocks if any(mark.kind == "noteref" for mark in block.marks)]
    return head.title is not None and head.title.line.text in texts


def _head_with_title(head: Head, line: HeadLine, block: ReadBlock) -> Head:
    """Return the head with a heading as its title; one that cites a note stays in the text too."""
    others = tuple(other for other in _without_title(head) if not _overlap(other, line))
    notes = [mark for mark in block.marks if mark.kind == "noteref"]
    words = line.text
    for note in reversed(notes):
        words = words[: note.start] + words[note.end :]
    title = HeadField(line, " ".join(words.split()), "heading of the text")
    standfirst = head.standfirst
    if standfirst and (
        _overlap(standfirst.line, line) or _same_words(standfirst.line.text, line.text)
    ):
        others = tuple(other for other in others if other != standfirst.line)
        standfirst = None
    removable = others if notes else (*others, line)
    return structs.replace(
        head, title=title, title_lines=(), standfirst=standfirst, removable=removable
    )


def _overlap(first: HeadLine, second: HeadLine) -> bool:
    return first.start < second.end and second.start < first.end


def _same_words(first: str, second: str) -> bool:
    return bool(word_set(first)) and word_set(first) == word_set(second)


def _stated_fields(
    reading: Reading, head: Head, draft: BlockDraft, language: str | None
) -> FrontMatter | None:
    """Return the values that the file states and that count, as if they were front matter."""
    parsed = parse_front_matter(reading.source) if reading.source else None
    own = dict(parsed.fields) if isinstance(parsed, FrontMatter) else {}
    for statement in reading.statements:
        before = own.get(statement.field, ())
        is_first = not before or before[0].rule == statement.rule
        if is_first and _counts(statement, head, draft, language):
            found = Extracted(statement.value, statement.rule, None, statement.value)
            own[statement.field] = (*before, found)
    return FrontMatter(0, own) if own else None


def _counts(statement: Statement, head: Head, draft: BlockDraft, language: str | None) -> bool:
    """Whether a value that the file states is taken; `language` is what the words are in."""
    if statement.field == "authors" and statement.value.casefold() in _NOBODY:
        return False
    if statement.field == "date" and not _is_date(statement.value):
        return False
    if statement.trust == "stated":
        return True
    if statement.trust == "confirmed":
        return _is_confirmed(statement.value, _first(draft))
    if statement.field == "date":
        own_year = set(_YEAR.findall(statement.value))
        return head.date is None and set(_YEAR.findall(draft.text)) <= own_year
    own = {"authors": head.names, "title": head.title, "language": language}
    return own.get(statement.field) is None


def _is_confirmed(words: str, blocks: tuple[ReadBlock, ...]) -> bool:
    """Whether the words of a value stand together in one of the blocks."""
    wanted = f" {' '.join(_WORD.findall(words.casefold()))} "
    if len(wanted) < _MIN_CONFIRMED:
        return False
    return any(wanted in f" {' '.join(_WORD.findall(block.text.casefold()))} " for block in blocks)


def _first(draft: BlockDraft) -> tuple[ReadBlock, ...]:
    return draft.blocks[:_FIRST_BLOCKS]


def _is_date(words: str) -> bool:
    date = parse_date(words)
    return date is not None and bool(date.readings)


def _warnings(seed: Seed, reading: Reading) -> Iterator[Problem]:
    hidden = withheld(reading.omissions)
    if hidden:
        counts = ", ".join(f"{omission.kind} ({omission.count:,})" for omission in hidden)
        has_pictures = any("picture" in omission.kind for omission in hidden)
        what = "words or pictures" if has_pictures else "words"
        message = f"{what} that no reader of the file sees were left out: {counts}"
        hint = "Look at the file; the site has them nowhere, and the file itself is not published"
        yield Problem("W090", seed.path, message, hint, None, "warning")
    for warning in reading.warnings:
        yield Problem(
            warning.code, seed.path, warning.message, warning.hint, warning.line, "warning"
        )
    for statement in reading.statements:
        is_stated = statement.field == "date" and statement.trust == "stated"
        if is_stated and not _is_date(statement.value):
            message = f'date "{statement.value}" is not a date; left empty'
            hint = "Set `date` in seeds/corrections.yml"
            yield Problem("W012", seed.path, message, hint, None, "warning")


_ADD_TITLE = "Put a `title` into seeds/metadata.csv, or give the text a heading"


def _no_text(seed: Seed) -> Problem:
    return Problem("E058", seed.path, "the file has no text that readers see", "Add its text")
