"""The metadata of a document: each value with its evidence, that is rule, line and quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import structs

from generator.model import (
    AmbiguousDate,
    Block,
    BlockKind,
    Extracted,
    Ledger,
    Metadata,
    SeedPath,
    TitleNote,
)
from generator.model.ledger import Draft, source_line, undo
from generator.reading.file_names import date_of_file_name
from generator.reading.front_matter import FrontMatter
from generator.reading.head.bylines import parse_author_field, parse_bare_names, parse_byline
from generator.reading.head.first_words import first_words
from generator.reading.head.labels import is_mail_header, is_text_type
from generator.reading.head.lines import Head, HeadField, HeadLine
from generator.reading.head.lines_with_dates import is_whole_date
from generator.reading.head.unshown_words import find_unshown_words
from generator.reading.letter_lines import is_salutation
from generator.text.dates import DateMatch, parse_date, parse_numeric_date
from generator.text.file_titles import title_of_file
from generator.text.sentences import whole_sentences

T = TypeVar("T")

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_HEAD_KINDS: frozenset[BlockKind] = frozenset(
    {"heading", "dateline", "address", "salutation", "stage", "ornament"}
)
"""Kinds of blocks that begin a text and tell nothing of what it says."""

_MAX_DESCRIPTION = 200
"""Characters; search engines and link previews show no more."""


class MetadataSources(msgspec.Struct, frozen=True):
    """The sources of the values: path and front matter of the file, and the head of its text."""

    path: SeedPath
    cleaned: Draft
    """The draft in which the head was found."""
    head: Head
    front_matter: FrontMatter | None

    def first(self, field: str) -> Extracted[str] | None:
        """Return the first value of a field of the front matter."""
        return self.front_matter.single(field) if self.front_matter else None


def extract_metadata(
    sources: MetadataSources, blocks: tuple[Block, ...], language: str | None
) -> Metadata:
    """Combine the extracted values. Front matter wins over the head, the head over the file name.

    Where the text has no title, its first words stand for one. `language` is the detected one;
    the description is taken from `blocks`.
    """
    head = sources.head
    decoded = undo(sources.cleaned.text, sources.cleaned.ledger)
    lines = _LineIndex(decoded, sources.cleaned.ledger, head)
    date = front_matter_date(sources, language)
    return Metadata(
        title=sources.first("title")
        or lines.from_field(head.title)
        or first_words(blocks)
        or Extracted(title_of_file(sources.path), "file name"),
        title_note=_title_note(sources, language),
        authors=front_matter_authors(sources.front_matter) or _authors(head, lines),
        date=_unambiguous(date) if date else _date(head, lines) or _date_of_file(sources),
        language=front_matter_language(sources.front_matter) or _detected_language(language),
        description=_description(blocks),
        standfirst=sources.first("standfirst") or lines.from_field(head.standfirst),
        section=sources.first("section") or lines.from_field(head.section),
        publication=sources.first("publication") or lines.from_field(head.publication),
        dateline=lines.from_field(head.dateline),
        ambiguous_date=_ambiguous_front_matter_date(sources.first("date"), date.value)
        if date
        else _ambiguous_date(head, lines),
        genre=_stated_letter(sources.first("recipient")) or lines.from_field(head.genre),
        sender=sources.first("sender") or lines.from_field(head.sender),
        recipient=sources.first("recipient") or lines.from_field(head.recipient),
        place=sources.first("place") or lines.from_field(head.place),
        collection=sources.first("collection"),
        rights=sources.first("rights"),
    )


def _stated_letter(recipient: Extracted[str] | None) -> Extracted[str] | None:
    """Return that a document is a letter if a person says to whom it was written."""
    return _same_evidence(recipient, "letter") if recipient else None


def confirmed_head(sources: MetadataSources, language: str | None) -> Head:
    """Return the head without those removable lines that the page will not show completely.

    A line stays in the article if the front matter has another value for its field.
    """
    head = sources.head
    date = front_matter_date(sources, language)
    names = tuple(name.value for name in front_matter_authors(sources.front_matter))
    contradicted: set[HeadLine | None] = set()
    if names and head.names and names != head.names.names:
        contradicted.add(head.byline)
    if date and head.date and date.value.readings != head.date.readings:
        contradicted.add(head.date_line)
    for name, field in _text_fields(head):
        value = sources.first(name)
        if value and value.value != field.value:
            contradicted.add(field.line)
    shown = tuple(_shown_texts(sources))
    shown_date = date.value if date else head.date
    readings = shown_date.readings if shown_date else ()
    tag = front_matter_language(sources.front_matter)
    language = tag.value if tag else language
    return structs.replace(
        head,
        removable=tuple(
            line
            for line in head.removable
            if line not in contradicted
            and not find_unshown_words(line.text, shown, readings, language)
        ),
    )


def _shown_texts(sources: MetadataSources) -> Iterator[str]:
    """Yield the texts that the head of the page will show, without the date."""
    names = sources.head.names
    authors = tuple(author.value for author in front_matter_authors(sources.front_matter))
    yield from authors or (names.names if names else ())
    for name, field in _text_fields(sources.head):
        yield (sources.first(name) or field).value
    title, note = sources.head.title, sources.head.title_note
    if title and note:
        yield f"{title.value}{note.sign}"


def _title_note(sources: MetadataSources, language: str | None) -> TitleNote | None:
    """Return the note on a title that the page's head shows, and not the article."""
    if sources.head.title_note is None:
        return None
    head = confirmed_head(sources, language)
    is_shown = head.title is not None and head.title.line in head.removable
    return head.title_note if is_shown else None


def _text_fields(head: Head) -> Iterator[tuple[str, HeadField]]:
    """Yield the fields of the head that have a single text, each with its name."""
    fields = {
        "title": head.title,
        "standfirst": head.standfirst,
        "section": head.section,
        "publication": head.publication,
    }
    yield from ((name, field) for name, field in fields.items() if field)


def front_matter_date(
    sources: MetadataSources, language: str | None
) -> Extracted[DateMatch] | None:
    """Return the date of the front matter; None if it has none or the value is not a date."""
    value = sources.first("date")
    date = parse_date(value.value, language) if value else None
    return _same_evidence(value, date) if value and date and date.readings else None


def front_matter_authors(front_matter: FrontMatter | None) -> tuple[Extracted[str], ...]:
    """Return the authors of the front matter, without organizations; else who sent a letter."""
    fields = front_matter.fields if front_matter else {}
    if fields.get("authors"):
        return tuple(
            _same_evidence(value, name)
            for value in fields["authors"]
            for name in parse_author_field(value.value)
        )
    sender = next(iter(fields.get("sender", ())), None)
    names = parse_bare_names(sender.value) if sender else None
    return tuple(_same_evidence(sender, name) for name in names.names) if sender and names else ()


def front_matter_language(front_matter: FrontMatter | None) -> Extracted[str] | None:
    """Return the language of the front matter; None if it is not a BCP 47 tag."""
    value = front_matter.single("language") if front_matter else None
    if value is None or not _LANGUAGE_TAG.fullmatch(value.value):
        return None
    first, *others = re.split("[-_]", value.value)
    return _same_evidence(value, "-".join((first.lower(), *others)))


def _same_evidence(source: Extracted[Any], value: T) -> Extracted[T]:
    """Return a value that was parsed from `source`, with the evidence of `source`."""
    return Extracted(value, source.rule, source.line, source.quote)


def _unambiguous(date: Extracted[DateMatch]) -> Extracted[str] | None:
    readings = date.value.readings
    return _same_evidence(date, readings[0]) if len(readings) == 1 else None


def _ambiguous_front_matter_date(
    value: Extracted[str] | None, date: DateMatch
) -> Extracted[AmbiguousDate] | None:
    if value is None:
        return None
    words = value.value[date.start : date.end]
    ambiguous = parse_numeric_date(words)
    return Extracted(ambiguous, value.rule, value.line, words) if ambiguous else None


class _LineIndex(msgspec.Struct, frozen=True):
    """Finds the line of the source that a line of the head came from."""

    decoded: str
    ledger: Ledger
    head: Head

    def extracted(self, value: T, rule: str, line: HeadLine) -> Extracted[T]:
        """Return a value with its evidence; that of a title can be several lines."""
        is_title = self.head.title is not None and line == self.head.title.line
        more = self.head.title_lines if is_title else ()
        quote = "\n".join((line.text, *(item.text for item in more)))
        return Extracted(value, rule, source_line(self.decoded, self.ledger, line.start), quote)

    def from_field(self, field: HeadField | None) -> Extracted[str] | None:
        """Return the value of a field of the head with its evidence."""
        return self.extracted(field.value, field.rule, field.line) if field else None


def _authors(head: Head, lines: _LineIndex) -> tuple[Extracted[str], ...]:
    if head.byline is None or head.names is None:
        return ()
    names = dict.fromkeys(head.names.names)
    return tuple(lines.extracted(name, head.names.rule, head.byline) for name in names)


def _date(head: Head, lines: _LineIndex) -> Extracted[str] | None:
    if head.date is None or head.date_line is None or len(head.date.readings) != 1:
        return None
    rule = f"date in the head ({head.date.form})"
    return lines.extracted(head.date.readings[0], rule, head.date_line)


def _date_of_file(sources: MetadataSources) -> Extracted[str] | None:
    """Return the date in the file's name, if head and front matter have none."""
    if sources.head.date is not None or sources.first("date") is not None:
        return None
    date = date_of_file_name(sources.path)
    return Extracted(date, "file name") if date else None


def _ambiguous_date(head: Head, lines: _LineIndex) -> Extracted[AmbiguousDate] | None:
    if head.date is None or head.date_line is None:
        return None
    words = head.date_line.text[head.date.start : head.date.end]
    date = parse_numeric_date(words)
    if date is None:
        return None
    found = lines.extracted(date, "date in the head (figures)", head.date_line)
    return structs.replace(found, quote=words)


def _detected_language(language: str | None) -> Extracted[str] | None:
    return Extracted(language, "statistics of the letters (py3langid)") if language else None


def _describes(words: str) -> bool:
    """Whether a paragraph tells what a text is about."""
    if len(words) > _MAX_DESCRIPTION:
        return True
    is_head_line = is_whole_date(words) or parse_byline(words) is not None
    is_address = is_mail_header(words) or is_salutation(words)
    return not (is_head_line or is_address or is_text_type(words))


def _description(blocks: tuple[Block, ...]) -> str | None:
    """Return the first sentences of the first paragraph, whole ones if at least one fits.

    The header of an email, salutations, bylines, dates and lines such as "Press release" are
    skipped: they describe nothing. In a text without paragraphs, the first words spoken or the
    first lines do.
    """
    others = (block.text for block in blocks if block.kind not in _HEAD_KINDS)
    paragraphs = [block.text for block in blocks if block.kind == "paragraph"]
    body = filter(_describes, paragraphs)
    text = " ".join(next(body, (paragraphs or [next(others, blocks[0].text)])[0]).split())
    if len(text) <= _MAX_DESCRIPTION:
        return text or None
    sentences = whole_sentences(text, _MAX_DESCRIPTION)
    if sentences is not None:
        return sentences
    cut = text[: _MAX_DESCRIPTION - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:–—- ") + "…"
