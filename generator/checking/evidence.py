"""Check what a page says about its document: each value, and each line taken from the article.

A value is supported by the words that its evidence quotes, which must be in the source; by the
seed's own path; or by `corrections.yml` or `metadata.csv`. A line that the head took out of the
article must be shown above it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import unescape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import structs

from generator.checking.built_page import BuiltPage
from generator.files import read_corrections, read_metadata
from generator.model import CORRESPONDENTS, Ledger, SeedPath
from generator.model.ledger import RecordedValue, undo
from generator.model.readings import STATED, Statement
from generator.reading.head.unshown_words import find_unshown_words, word_set
from generator.text.dates import find_dates

if TYPE_CHECKING:
    from generator.corrections.decided_seeds import DecidedSeeds

_WORDS_OF_LETTER_TITLES = frozenset(
    "to an a à letter from brief von lettre de d carta lettera di".split()
)
"""The only words of a title made of sender and recipient that its letter need not have."""

_LETTER_FIELDS = ("sender", "recipient", "place")
_HEAD_FIELDS = ("standfirst", "section", "publication", "printed_title", *_LETTER_FIELDS)

_FIELDS_WITH_EVIDENCE = ("title", "authors", "date", "language", *_HEAD_FIELDS)
"""Keys of the front matter whose values must be supported."""

_FIELDS_ABOVE_ARTICLE = ("authors", "date_text", *_HEAD_FIELDS)
"""Keys of the front matter that the page shows between its title and the article."""

_LABEL_LINES_STEP = "label lines"
"""The step that took lines such as "Author: Ana Ruiz" out of the article."""


@dataclass(frozen=True)
class Decisions:
    """The texts of the files in which people decide.

    Few pages need more than the texts, so they are parsed, and what parses them is imported, when
    that is first asked for.
    """

    corrections: str
    """That of `corrections.yml`."""
    metadata: str = ""
    """That of `metadata.csv`."""

    @classmethod
    def read(cls, seeds: Path) -> Decisions:
        """Read the files of a seeds folder."""
        return cls(read_corrections(seeds), read_metadata(seeds))

    @property
    def texts(self) -> dict[str, str]:
        """The texts by the names of their files, which are the rules of values that they have."""
        return {"corrections.yml": self.corrections, "metadata.csv": self.metadata}

    @cached_property
    def dates(self) -> dict[str, frozenset[str]]:
        """The EDTF dates that each file has in words."""
        return {
            name: frozenset(
                chain(*(date.readings for line in text.split("\n") for date in find_dates(line)))
            )
            for name, text in self.texts.items()
        }

    @cached_property
    def digests(self) -> dict[str, str]:
        """The digest of each file."""
        return {name: sha256(text.encode()).hexdigest() for name, text in self.texts.items()}

    def named_by(self, values: Iterable[RecordedValue]) -> tuple[str, ...]:
        """Return the names of the files that some values come from."""
        return tuple(sorted({value.rule for value in values} & self.texts.keys()))

    def digests_for(self, source: SeedPath | None, named: Collection[str]) -> tuple[str, ...]:
        """Return the digests of the files on which the check of a page depends.

        `source` is the seed of the page, None if it has none. `named` are the files that values of
        the page come from; another one counts if it has an entry for the seed.
        """
        about = self.seeds.files_about(source) if source else frozenset[str]()
        if not (about or named):  # of nearly all pages
            return ()
        return tuple(self.digests[name] for name in sorted(about.union(named)))

    @cached_property
    def seeds(self) -> DecidedSeeds:
        """The seeds that they have entries for."""
        from generator.corrections.decided_seeds import decided_seeds

        return decided_seeds(self.corrections, self.metadata)


class EvidenceSources(msgspec.Struct, frozen=True):
    """The texts that a value can be taken from."""

    path: str
    """The seed's path below the seeds folder."""
    text_versions: tuple[str, ...]
    """The text before each step of the ledger is undone; the decoded source is last."""
    decisions: Decisions
    statements: tuple[Statement, ...] = ()
    """What the file of the seed states about its text."""

    @property
    def words(self) -> frozenset[str]:
        """The words of the source and of what its file states."""
        return word_set(" ".join((self.text_versions[-1], *(it.value for it in self.statements))))


def undo_steps(text: str, ledger: Ledger) -> Iterator[str]:
    """Yield the text, then the text after undoing each step.

    Raises SeedbedError if a step does not fit.
    """
    yield text
    for step in reversed(ledger):
        text = undo(text, (step,))
        yield text


class UnsupportedValue(NamedTuple):
    """A value of the front matter that no evidence supports."""

    field: str
    value: str


def unsupported_values(
    values: Iterable[RecordedValue], meta: Mapping[str, Any], sources: EvidenceSources
) -> Iterator[UnsupportedValue]:
    """Yield the values of the front matter that no evidence supports."""
    supported = {
        (value.field, _normalized(value.value))
        for value in values
        if _is_supported(value, sources) or _is_supported(_as_shown(value, meta), sources)
    }
    for field in _FIELDS_WITH_EVIDENCE:
        for text in _texts(meta.get(field)):
            if (field, _normalized(text)) not in supported:
                yield UnsupportedValue(field, text)


def values_missing_on_page(meta: Mapping[str, Any], page: BuiltPage) -> Iterator[str]:
    """Yield each value that should be shown above the article and is not.

    Who wrote a letter is named once, as its author; the signature stays in the article.
    """
    title = _shown_title(meta)
    if _normalized(title) != _normalized(page.heading):
        yield title
    above = _normalized(page.text_above)
    named_once = {"sender"} if meta.get("author_is_sender") else set()
    for field in (field for field in _FIELDS_ABOVE_ARTICLE if field not in named_once):
        yield from (text for text in _texts(meta.get(field)) if _normalized(text) not in above)


def dropped_lines(values: Iterable[RecordedValue], ledger: Ledger, above: str) -> Iterator[str]:
    """Yield the lines that the head took and that the text `above` does not show in full.

    A date in a line may be shown in another form; cues such as "By" and the labels of label lines
    need not be shown. Rights and collection are shown below the text or as links. A line that
    people correct in `corrections.yml` or `metadata.csv` need not be shown at all: the caller
    decides that.
    """
    by_field = {value.field: value.value for value in values}
    dates = [by_field["date"]] if "date" in by_field else []
    language = by_field.get("language")
    elsewhere = [by_field[field] for field in ("rights", "collection") if field in by_field]
    words_above = word_set(above)
    for step in ledger:
        for change in step.changes if step.rule in {"head", _LABEL_LINES_STEP} else ():
            for line in map(_normalized, change.before.split("\n")):
                is_label = step.rule == _LABEL_LINES_STEP
                words = line.partition(":")[2] if is_label else line
                is_above = word_set(words) <= words_above  # nearly all, in an eighth of the time
                shown = (above, *elsewhere) if is_label else (above,)
                if not is_above and find_unshown_words(words, shown, dates, language):
                    yield line


def text_above_article(meta: Mapping[str, Any]) -> str:
    """Return the texts of a page's front matter that are shown above the article."""
    shown = (text for field in _FIELDS_ABOVE_ARTICLE for text in _texts(meta.get(field)))
    return " ".join((_shown_title(meta), *shown))


def _as_shown(value: RecordedValue, meta: Mapping[str, Any]) -> RecordedValue:
    """Return a title with the reference mark of its note: "Policy" is in "Policy1" only with it."""
    mark = "".join(_texts(meta.get("title_note"))) if value.field == "title" else ""
    return structs.replace(value, value=f"{value.value}{mark}")


def _shown_title(meta: Mapping[str, Any]) -> str:
    """Return the title with the reference mark of a note on it."""
    return "".join(text for field in ("title", "title_note") for text in _texts(meta.get(field)))


def _is_supported(value: RecordedValue, sources: EvidenceSources) -> bool:
    decided = sources.decisions.texts.get(value.rule)
    if decided is not None:
        is_date = value.field == "date" and value.value in sources.decisions.dates[value.rule]
        return word_set(value.value) <= word_set(decided) or is_date
    if value.rule == "file name":
        return word_set(value.value) <= word_set(sources.path) or value.value == "Untitled"
    if value.rule == CORRESPONDENTS:
        return word_set(value.value) - _WORDS_OF_LETTER_TITLES <= sources.words
    if value.rule.startswith(STATED):
        return _quote_contains_value(value) and any(
            (statement.rule, statement.value) == (value.rule, value.quote)
            for statement in sources.statements
        )
    if not value.quote:
        return value.field == "language"
    quote = _normalized(value.quote)
    return _quote_contains_value(value) and any(
        quote in text or quote in _normalized(text) for text in reversed(sources.text_versions)
    )


def _quote_contains_value(value: RecordedValue) -> bool:
    """Whether the quote contains all words of the value or, for a date, its year.

    Of a year that is written twice, 1731/2, the second is abbreviated.
    """
    if value.field == "date":
        years = word_set(value.value[2:4]) | word_set(value.value[:4])
        quote = unicodedata.normalize("NFKC", value.quote)
        return any(year in quote for year in years) or _has_two_years(value.value[:4], quote)
    return word_set(value.value) <= word_set(value.quote)


def _has_two_years(year: str, quote: str) -> bool:
    """Whether a quote has the year before `year`, and after it the last digits of `year`."""
    if not year.isdecimal():
        return False
    pair = rf"{int(year) - 1:04}\u2060?[/–-]\u2060?(\d{{1,2}})(?!\d)"
    return any(year.endswith(match[1]) for match in re.finditer(pair, quote))


def _texts(value: object) -> list[str]:
    """Return the texts of a key of the front matter, with HTML entities decoded."""
    values = value if isinstance(value, list) else [value] if value is not None else []
    return [unescape(str(text)) for text in values]


def _normalized(text: str) -> str:
    return " ".join(text.split())
