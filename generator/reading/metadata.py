"""What a document says of itself: each value with the rule that took it and its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from generator.model import Block, Figures, Found, Ledger, Metadata, SeedPath
from generator.reading.bylines import read_named
from generator.reading.dates import FoundDate, figures, read_date
from generator.reading.head import Head, Line, Said
from generator.reading.labels import is_field, is_sort
from generator.reading.ledger import Draft, origin, undo
from generator.reading.said import unsaid
from generator.reading.testimony import Testimony

T = TypeVar("T")

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d(?!\d)")

_DESCRIPTION = 200
"""Characters of a description, the length that search engines and cards show."""

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|Jr|Sr|No|vs|etc|al|approx|dept|Inc|Ltd|Co"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Sra?|Dra?|Mme|Mlle|z\.B|d\.h|bzw|Nr))\.$"
)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the values come from: the file's own front matter, and the head of its text."""

    path: SeedPath
    cleaned: Draft
    """The draft in which the head was found."""
    head: Head
    said: Testimony | None

    def first(self, field: str) -> Found[str] | None:
        """Give what the front matter says under a field."""
        return self.said.first(field) if self.said else None


def describe(sources: Sources, blocks: tuple[Block, ...], language: str | None) -> Metadata:
    """Bring the findings together: front matter before head, head before the file's name."""
    head = sources.head
    decoded = undo(sources.cleaned.text, sources.cleaned.ledger)
    place = _Place(decoded, sources.cleaned.ledger)
    date = said_date(sources, language)
    return Metadata(
        title=sources.first("title") or _title(sources, place),
        authors=said_authors(sources.said) or _authors(head, place),
        date=_settled(date) if date else _date(head, place) or _date_of_file(sources),
        language=said_language(sources.said) or _spoken(language),
        description=_description(blocks),
        standfirst=sources.first("standfirst") or place.of(head.standfirst),
        section=sources.first("section") or place.of(head.section),
        publication=sources.first("publication") or place.of(head.publication),
        dateline=place.of(head.dateline),
        figures=_said_figures(sources.first("date"), date.value) if date else _figures(head, place),
    )


def agreed(sources: Sources, language: str | None) -> Head:
    """The head with only those lines lifted whose words the page will show.

    Where the front matter says something else, the line stays in the article.
    """
    head = sources.head
    date = said_date(sources, language)
    names = tuple(name.value for name in said_authors(sources.said))
    kept: set[Line | None] = set()
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
    known = said_language(sources.said)
    spoken = known.value if known else language
    return replace(
        head,
        lifted=tuple(
            line
            for line in head.lifted
            if line not in kept and not unsaid(line.text, words, readings, spoken)
        ),
    )


def _shown(sources: Sources) -> Iterator[str]:
    """Yield the texts that the head of the page will show, without the date."""
    names = sources.head.names
    authors = tuple(found.value for found in said_authors(sources.said))
    yield from authors or (names.names if names else ())
    for field, said in _in_the_head(sources.head):
        found = sources.first(field)
        yield found.value if found else said.value


def _in_the_head(head: Head) -> Iterator[tuple[str, Said]]:
    """The fields with one text each, as the head gives them."""
    fields = ("title", "standfirst", "section", "publication")
    found = (head.title, head.standfirst, head.section, head.publication)
    yield from ((field, said) for field, said in zip(fields, found, strict=True) if said)


def said_date(sources: Sources, language: str | None) -> Found[FoundDate] | None:
    """Read the date of the front matter; None where it has none, or none that is a date."""
    found = sources.first("date")
    date = read_date(found.value, language) if found else None
    return _meaning(found, date) if found and date and date.readings else None


def said_authors(said: Testimony | None) -> tuple[Found[str], ...]:
    """Read the authors of the front matter, without organizations."""
    found = said.fields.get("authors", ()) if said else ()
    return tuple(_meaning(one, name) for one in found for name in read_named(one.value))


def said_language(said: Testimony | None) -> Found[str] | None:
    """Read the language of the front matter, where it is a BCP 47 tag."""
    found = said.first("language") if said else None
    if found is None or not _TAG.fullmatch(found.value):
        return None
    first, *others = re.split("[-_]", found.value)
    return _meaning(found, "-".join((first.lower(), *others)))


def _meaning(found: Found[Any], value: T) -> Found[T]:
    """The same evidence for a value that was read from it."""
    return Found(value, found.rule, found.line, found.quote)


def _settled(date: Found[FoundDate]) -> Found[str] | None:
    readings = date.value.readings
    return _meaning(date, readings[0]) if len(readings) == 1 else None


def _said_figures(said: Found[str] | None, date: FoundDate) -> Found[Figures] | None:
    words = said.value[date.start : date.end] if said else ""
    read = figures(words)
    return Found(read, said.rule, said.line, words) if said and read else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Tells on which line of the source a line of the head stands."""

    decoded: str
    ledger: Ledger

    def found(self, value: T, rule: str, line: Line) -> Found[T]:
        """Give a value with its evidence."""
        return Found(value, rule, line_in(self.decoded, self.ledger, line.start), line.text)

    def of(self, said: Said | None) -> Found[str] | None:
        """Give what a line of the head says."""
        return self.found(said.value, said.rule, said.line) if said else None


def _title(sources: Sources, place: _Place) -> Found[str]:
    name = Found(_from_file_name(sources.path), "file name")
    return place.of(sources.head.title) or name


def _authors(head: Head, place: _Place) -> tuple[Found[str], ...]:
    if head.byline is None or head.names is None:
        return ()
    names = dict.fromkeys(head.names.names)
    return tuple(place.found(name, head.names.rule, head.byline) for name in names)


def _date(head: Head, place: _Place) -> Found[str] | None:
    if head.date is None or head.date_line is None or len(head.date.readings) != 1:
        return None
    rule = f"date in the head ({head.date.form})"
    return place.found(head.date.readings[0], rule, head.date_line)


def _date_of_file(sources: Sources) -> Found[str] | None:
    """The whole date that a file's name begins with, where head and front matter have none."""
    if sources.head.date is not None or sources.first("date") is not None:
        return None
    begins = _ISO_DAY.match(PurePosixPath(sources.path).name)
    date = read_date(begins[0]) if begins else None
    return Found(date.readings[0], "file name") if date and date.readings else None


def _figures(head: Head, place: _Place) -> Found[Figures] | None:
    if head.date is None or head.date_line is None:
        return None
    words = head.date_line.text[head.date.start : head.date.end]
    read = figures(words)
    found = place.found(read, "date in the head (figures)", head.date_line) if read else None
    return replace(found, quote=words) if found else None


def _spoken(language: str | None) -> Found[str] | None:
    return Found(language, "statistics of the letters (py3langid)") if language else None


def line_in(decoded: str, ledger: Ledger, position: int) -> int:
    """Tell the line of the decoded source, counted from 1, in which a place of the text stands."""
    before = decoded[: origin(ledger, position)].replace("\r\n", "\n")
    return before.count("\n") + before.count("\r") + 1


def _from_file_name(source: SeedPath) -> str:
    name = PurePosixPath(source).stem.strip(". ") or PurePosixPath(source).name
    return re.sub(r"[\s_]+", " ", name).strip() or "Untitled"


def _description(blocks: tuple[Block, ...]) -> str:
    """The first sentences of the first paragraph, whole ones if at least one fits.

    The head of a mail describes nothing, nor does a line such as "Press release".
    """
    paragraphs = [block.text for block in blocks if block.kind == "paragraph"]
    telling = (words for words in paragraphs if not (is_sort(words) or is_field(words)))
    text = " ".join(next(telling, paragraphs[0]).split())
    if len(text) <= _DESCRIPTION:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, _DESCRIPTION + 1)]
    whole = [end for end in ends if not _ABBREVIATION.search(text[:end])]
    if whole:
        return text[: whole[-1]]
    cut = text[: _DESCRIPTION - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:–—- ") + "…"
