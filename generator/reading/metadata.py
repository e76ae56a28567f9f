"""What a document says of itself: each value with the rule that took it and its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from generator.model import AmbiguousDate, Block, Extracted, Ledger, Metadata, SeedPath
from generator.model.ledger import Draft, source_line, undo
from generator.reading.bylines import parse_author_field
from generator.reading.dates import DateMatch, parse_date, parse_numeric_date
from generator.reading.front_matter import FrontMatter
from generator.reading.head import Head, HeadField, HeadLine
from generator.reading.head_labels import is_mail_header, is_text_type
from generator.reading.unshown_words import unsaid
from generator.text.sentences import whole_sentences

T = TypeVar("T")

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d(?!\d)")

_DESCRIPTION = 200
"""Characters of a description, the length that search engines and cards show."""


@dataclass(frozen=True, slots=True)
class MetadataSources:
    """Where the values come from: the file's own front matter, and the head of its text."""

    path: SeedPath
    cleaned: Draft
    """The draft in which the head was found."""
    head: Head
    said: FrontMatter | None

    def first(self, field: str) -> Extracted[str] | None:
        """Give what the front matter says under a field."""
        return self.said.single(field) if self.said else None


def extract_metadata(
    sources: MetadataSources, blocks: tuple[Block, ...], language: str | None
) -> Metadata:
    """Bring the findings together: front matter before head, head before the file's name."""
    head = sources.head
    decoded = undo(sources.cleaned.text, sources.cleaned.ledger)
    lines = _LineIndex(decoded, sources.cleaned.ledger)
    date = front_matter_date(sources, language)
    return Metadata(
        title=sources.first("title") or _title(sources, lines),
        authors=front_matter_authors(sources.said) or _authors(head, lines),
        date=_settled(date) if date else _date(head, lines) or _date_of_file(sources),
        language=front_matter_language(sources.said) or _spoken(language),
        description=_description(blocks),
        standfirst=sources.first("standfirst") or lines.from_field(head.standfirst),
        section=sources.first("section") or lines.from_field(head.section),
        publication=sources.first("publication") or lines.from_field(head.publication),
        dateline=lines.from_field(head.dateline),
        ambiguous_date=_said_figures(sources.first("date"), date.value)
        if date
        else _figures(head, lines),
    )


def confirmed_head(sources: MetadataSources, language: str | None) -> Head:
    """The head with only those lines lifted whose words the page will show.

    Where the front matter says something else, the line stays in the article.
    """
    head = sources.head
    date = front_matter_date(sources, language)
    names = tuple(name.value for name in front_matter_authors(sources.said))
    kept: set[HeadLine | None] = set()
    if names and head.names and names != head.names.names:
        kept.add(head.byline)
    if date and head.date and date.value.readings != head.date.readings:
        kept.add(head.date_line)
    for field, stands in _in_the_head(head):
        shown = sources.first(field)
        if shown and shown.value != stands.value:
            kept.add(stands.line)
    words = tuple(_shown(sources))
    meant = date.value if date else head.date
    readings = meant.readings if meant else ()
    known = front_matter_language(sources.said)
    spoken = known.value if known else language
    return replace(
        head,
        lifted=tuple(
            line
            for line in head.lifted
            if line not in kept and not unsaid(line.text, words, readings, spoken)
        ),
    )


def _shown(sources: MetadataSources) -> Iterator[str]:
    """Yield the texts that the head of the page will show, without the date."""
    names = sources.head.names
    authors = tuple(found.value for found in front_matter_authors(sources.said))
    yield from authors or (names.names if names else ())
    for field, said in _in_the_head(sources.head):
        value = sources.first(field)
        yield value.value if value else said.value


def _in_the_head(head: Head) -> Iterator[tuple[str, HeadField]]:
    """The fields with one text each, as the head gives them."""
    fields = ("title", "standfirst", "section", "publication")
    found = (head.title, head.standfirst, head.section, head.publication)
    yield from ((field, said) for field, said in zip(fields, found, strict=True) if said)


def front_matter_date(
    sources: MetadataSources, language: str | None
) -> Extracted[DateMatch] | None:
    """Read the date of the front matter; None where it has none, or none that is a date."""
    value = sources.first("date")
    date = parse_date(value.value, language) if value else None
    return _meaning(value, date) if value and date and date.readings else None


def front_matter_authors(said: FrontMatter | None) -> tuple[Extracted[str], ...]:
    """Read the authors of the front matter, without organizations."""
    found = said.fields.get("authors", ()) if said else ()
    return tuple(
        _meaning(value, name) for value in found for name in parse_author_field(value.value)
    )


def front_matter_language(said: FrontMatter | None) -> Extracted[str] | None:
    """Read the language of the front matter, where it is a BCP 47 tag."""
    value = said.single("language") if said else None
    if value is None or not _TAG.fullmatch(value.value):
        return None
    first, *others = re.split("[-_]", value.value)
    return _meaning(value, "-".join((first.lower(), *others)))


def _meaning(found: Extracted[Any], value: T) -> Extracted[T]:
    """The same evidence for a value that was read from it."""
    return Extracted(value, found.rule, found.line, found.quote)


def _settled(date: Extracted[DateMatch]) -> Extracted[str] | None:
    readings = date.value.readings
    return _meaning(date, readings[0]) if len(readings) == 1 else None


def _said_figures(value: Extracted[str] | None, date: DateMatch) -> Extracted[AmbiguousDate] | None:
    words = value.value[date.start : date.end] if value else ""
    read = parse_numeric_date(words)
    return Extracted(read, value.rule, value.line, words) if value and read else None


@dataclass(frozen=True, slots=True)
class _LineIndex:
    """Tells on which line of the source a line of the head stands."""

    decoded: str
    ledger: Ledger

    def extracted(self, value: T, rule: str, line: HeadLine) -> Extracted[T]:
        """Give a value with its evidence."""
        return Extracted(value, rule, source_line(self.decoded, self.ledger, line.start), line.text)

    def from_field(self, said: HeadField | None) -> Extracted[str] | None:
        """Give what a line of the head says."""
        return self.extracted(said.value, said.rule, said.line) if said else None


def _title(sources: MetadataSources, lines: _LineIndex) -> Extracted[str]:
    name = Extracted(_from_file_name(sources.path), "file name")
    return lines.from_field(sources.head.title) or name


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
    """The whole date that a file's name begins with, where head and front matter have none."""
    if sources.head.date is not None or sources.first("date") is not None:
        return None
    begins = _ISO_DAY.match(PurePosixPath(sources.path).name)
    date = parse_date(begins[0]) if begins else None
    return Extracted(date.readings[0], "file name") if date and date.readings else None


def _figures(head: Head, lines: _LineIndex) -> Extracted[AmbiguousDate] | None:
    if head.date is None or head.date_line is None:
        return None
    words = head.date_line.text[head.date.start : head.date.end]
    read = parse_numeric_date(words)
    found = lines.extracted(read, "date in the head (figures)", head.date_line) if read else None
    return replace(found, quote=words) if found else None


def _spoken(language: str | None) -> Extracted[str] | None:
    return Extracted(language, "statistics of the letters (py3langid)") if language else None


def _from_file_name(source: SeedPath) -> str:
    name = PurePosixPath(source).stem.strip(". ") or PurePosixPath(source).name
    return re.sub(r"[\s_]+", " ", name).strip() or "Untitled"


def _description(blocks: tuple[Block, ...]) -> str:
    """The first sentences of the first paragraph, whole ones if at least one fits.

    The head of a mail describes nothing, nor does a line such as "Press release".
    """
    paragraphs = [block.text for block in blocks if block.kind == "paragraph"]
    telling = (words for words in paragraphs if not (is_text_type(words) or is_mail_header(words)))
    text = " ".join(next(telling, paragraphs[0]).split())
    if len(text) <= _DESCRIPTION:
        return text
    sentences = whole_sentences(text, _DESCRIPTION)
    if sentences is not None:
        return sentences
    cut = text[: _DESCRIPTION - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:–—- ") + "…"
