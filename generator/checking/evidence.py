"""The proof of what a page says about its document: each value, and each line that it took over.

A value is proved by the words that its evidence quotes, which must stand in the source; by the
seed's own path; or by `corrections.yml`. A line that the head took out of the article must be
shown above it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from generator.checking.built_page import BuiltPage
from generator.model import Ledger
from generator.model.ledger import undo
from generator.reading.unshown_words import find_unshown_words
from generator.reading.unshown_words import word_set as _tokens

_FIELDS = ("title", "authors", "date", "language", "standfirst", "section", "publication")
_SHOWN = ("authors", "date_text", "standfirst", "section", "publication")
_CORRECTED = "corrections.yml"


@dataclass(frozen=True, slots=True)
class RecordedValue:
    """A value as the ledger's file records it, with its evidence."""

    field: str
    value: str
    rule: str
    quote: str


@dataclass(frozen=True, slots=True)
class EvidenceSources:
    """What a value can be taken from."""

    path: str
    """The seed's, below the seeds folder."""
    stages: tuple[str, ...]
    """The text after each step of the ledger, the decoded source last."""
    corrections: str
    """The text of `corrections.yml`."""


def undo_steps(text: str, ledger: Ledger) -> Iterator[str]:
    """Take the steps back one at a time; raises SeedbedError where one does not fit."""
    yield text
    for step in reversed(ledger):
        text = undo(text, (step,))
        yield text


def unsupported_values(
    values: Iterable[RecordedValue], meta: Mapping[str, Any], sources: EvidenceSources
) -> Iterator[tuple[str, str]]:
    """Give each field of the front matter, with its value, that no evidence carries."""
    proved = {(value.field, _plain(value.value)) for value in values if _is_proved(value, sources)}
    for field in _FIELDS:
        for said in _texts(meta.get(field)):
            if (field, _plain(said)) not in proved:
                yield field, said


def values_missing_on_page(meta: Mapping[str, Any], page: BuiltPage) -> Iterator[str]:
    """Give each value that should stand above the article and does not."""
    title = "".join(_texts(meta.get("title")))
    if _plain(title) != _plain(page.heading):
        yield title
    above = _plain(page.above)
    for field in _SHOWN:
        yield from (said for said in _texts(meta.get(field)) if _plain(said) not in above)


def dropped_lines(values: Iterable[RecordedValue], ledger: Ledger, above: str) -> Iterator[str]:
    """Yield the lines that the head took and that a text does not show whole.

    A date in a line may be shown in another form; cues such as "By" need not be shown. People may
    decide that what such a line says is wrong: then nothing shows it.
    """
    found = {value.field: value.value for value in values}
    dates, language = [found["date"]] if "date" in found else [], found.get("language")
    for step in ledger:
        for change in step.changes if step.rule == "head" else ():
            for line in map(_plain, change.before.split("\n")):
                if find_unshown_words(line, (above,), dates, language):
                    yield line


def above_in(meta: Mapping[str, Any]) -> str:
    """Return all that a page's front matter says of what stands above the article."""
    return " ".join(text for field in ("title", *_SHOWN) for text in _texts(meta.get(field)))


def _is_proved(value: RecordedValue, sources: EvidenceSources) -> bool:
    if value.rule == _CORRECTED:
        return _tokens(value.value) <= _tokens(sources.corrections)
    if value.rule == "file name":
        return _tokens(value.value) <= _tokens(sources.path) or value.value == "Untitled"
    if not value.quote:
        return value.field == "language"
    quote = _plain(value.quote)
    return _agrees(value) and any(quote in _plain(stage) for stage in reversed(sources.stages))


def _agrees(value: RecordedValue) -> bool:
    """Tell whether the quoted words say the value: all its words, or of a date the year."""
    if value.field == "date":
        years = _tokens(value.value[2:4]) | _tokens(value.value[:4])
        return any(year in unicodedata.normalize("NFKC", value.quote) for year in years)
    return _tokens(value.value) <= _tokens(value.quote)


def _texts(value: object) -> list[str]:
    """Return the texts of a key of the front matter, without their entities."""
    values = value if isinstance(value, list) else [value] if value is not None else []
    return [unescape(str(one)) for one in values]


def _plain(text: str) -> str:
    return " ".join(text.split())
