"""Labels, numbers and dates in the language of the site.

The words are in `tables/`, one file for each language. Its part `theme` is for the templates, into
which `tools/make_labels.py` writes it; `search` and `search_page` are for the scripts of the search
(search_labels.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from types import MappingProxyType
from typing import Any

import msgspec

from generator.model import EntityKind, SeedbedError, did_you_mean, is_kind
from generator.text.honorifics import find_honorific

LANGUAGES = ("en", "es", "fr", "de", "pt")
_KINDS = ("person", "organization", "place", "ship", "work", "event")
"""Kinds of names with a word in each language."""

THEME_PARTS = ("theme", "search", "search_page")

_OF_TEMPLATES_TOO = ("genre_", "cite_page")
"""How labels of templates begin that pages have too."""


class Labels(msgspec.Struct, frozen=True):
    """The labels of one language; a project may replace some."""

    table: Mapping[str, str | list[str]]
    repairs: Mapping[str, str | list[str]]
    columns: Mapping[str, str]
    """The meaning of each column of the data files."""
    languages: Mapping[str, str]
    """The names of languages by their tags."""

    def __call__(self, key: str, **values: str) -> str:
        """Return a label with the values in place of its fields."""
        words = str(self.table[key])
        return words.format(**values) if values else words

    def count(self, number: int, key: str, **values: str) -> str:
        """Return a number with its noun (`1 document`) or with other words that agree with it."""
        forms = self.table[key]
        return str(forms[0] if number == 1 else forms[1]).format(n=self.number(number), **values)

    def kind(self, kind: EntityKind) -> str:
        """Return the word for a kind of name; a kind of a person's own is its own word."""
        word = self.table.get(f"kind_{kind}")
        return word if isinstance(word, str) else f"{kind[:1].upper()}{kind[1:]}"

    def kinds(self, kind: EntityKind) -> str:
        """Return the heading of the list of all names of a kind of a person's own."""
        words = self.table.get(f"list_{kind}")
        return words if isinstance(words, str) else self.kind(kind)

    def genre(self, genre: str) -> str:
        """Return the word for a kind of document; empty for an unknown one."""
        return str(self.table.get(f"genre_{genre}", ""))

    def role(self, title: str) -> str:
        """Return the word for the office that a title of any language names, or the title."""
        return str(self.table.get(f"role_{find_honorific(title).role}") or title)

    def count_kind(self, number: int, kind: EntityKind) -> str:
        """Return a number with the noun for a kind, or with that for names."""
        return self.count(number, f"{kind}_n" if f"{kind}_n" in self.table else "name_n")

    def number(self, number: int) -> str:
        """Return a number with the language's separator between thousands."""
        return f"{number:,}".replace(",", self("thousands"))

    def size(self, size: int) -> str:
        """Return the size of a file in words: `12 kB`, `3 MB`."""
        unit, name = (1_000_000, "MB") if size >= 10_000_000 else (1_000, "kB")
        return f"{self.number(max(1, round(size / unit)))} {name}"

    def date(self, edtf: str) -> str:
        """Return an EDTF level-1 date in words: `2004-06/2006` is "June 2004 to 2006".

        A year or a month that both ends share is said once: `1852-03-01/1852-03-04` is "1–4 March
        1852". A date that is not certain ends with a question mark: `1842-06?` is "June 1842?".
        """
        first, _, last = edtf.partition("/")
        return self._interval(first, last, self._date(last)) if last else self._date(first)

    def _interval(self, first: str, last: str, ending: str) -> str:
        """Return an interval in words, `ending` those of its last date, which are said once."""
        parts, others = first.split("-"), last.split("-")
        is_exact = "".join((*parts, *others)).isdecimal()
        if not is_exact or len(parts) != len(others) or len(parts) == 1 or parts[0] != others[0]:
            return self("range", first=self._date(first), last=ending)
        if parts[:2] != others[:2] or len(parts) == len(("year", "month")):
            return self("range", first=self._day(first), last=ending)
        day = self("first") if parts[2] == "01" else parts[2].lstrip("0")
        return f"{self('day_alone', day=day)}–{ending}"

    def day_in_year(self, edtf: str) -> str:
        """Return month and day of a date that stands below its year; empty if only that is known.

        A date that is not certain, or that ends in another year, is returned as `date` does.
        """
        first, _, last = edtf.partition("/")
        if not edtf.replace("-", "").replace("/", "").isdecimal():
            return self.date(edtf)
        if last and (last[:4] != first[:4] or len(first) == len("1984")):
            return self.date(edtf)
        if not last:
            return self._day(first)
        return self._interval(first, last, self._day(last))

    def month(self, month: str) -> str:
        """Return the name of a month such as `06`."""
        return self.table["months"][int(month) - 1]

    def describe_repair(self, rule: str, times: int) -> str:
        """Describe what a rule did to a text, with the number of times."""
        return str(self.repairs.get(rule, f"{rule} ({{n}})")).format(n=self.number(times))

    def describe_rule(self, rule: str) -> str:
        """Describe what a rule does, for a list with the counts in a separate column."""
        words = str(self.repairs.get(rule, rule)).removesuffix(" ({n})")
        return words[:1].upper() + words[1:]

    def language(self, tag: str) -> str:
        """Return the name of a language; for an unknown one its tag, for a variety both."""
        name = self.languages.get(tag.split("-", maxsplit=1)[0].lower())
        if name is None:
            return tag
        return f"{name} ({tag})" if "-" in tag else name

    def _day(self, iso: str) -> str:
        _, month, day = (*iso.split("-"), "", "")[:3]
        if not day:
            return self.month(month) if month else ""
        number = self("first") if day == "01" else day.lstrip("0")
        return self("day_in_year", day=number, month=self.month(month))

    def _date(self, edtf: str) -> str:
        year, month, day = (*edtf.rstrip("~?%").split("-"), "", "")[:3]
        date = year
        if month:
            values = {"year": year, "month": self.month(month)}
            number = self("first") if day == "01" else day.lstrip("0")
            date = self("day", day=number, **values) if day else self("month", **values)
        date = self("about", date=date) if edtf.endswith(("~", "%")) else date
        return f"{date}?" if edtf.endswith(("?", "%")) else date


def labels_for(language: str, own: Mapping[str, str] = MappingProxyType({})) -> Labels:
    """Return the labels of a language, English for one without a table; `own` replaces some.

    Raises SeedbedError for an unknown label, with a suggestion.
    """
    table = _table(language)
    replaceable = {
        key: words for part in (*THEME_PARTS, "pages") for key, words in table[part].items()
    }
    for key, words in own.items():
        prefix, _, kind = key.partition("_")
        if prefix not in {"kind", "list"} or not is_kind(kind):
            _require_label(key, words, replaceable)
    columns = {column: str(words) for column, words in table["columns"].items()}
    names = _load_table("languages")[_supported(language)]
    kinds = {f"kind_{kind}": table["search"][f"kind_{kind}"] for kind in _KINDS}
    theme = {key: word for key, word in table["theme"].items() if key.startswith(_OF_TEMPLATES_TOO)}
    pages = MappingProxyType({**kinds, **theme, **table["pages"], **own})
    return Labels(pages, table["repairs"], columns, names)


def labels_of_part(part: str, language: str) -> Mapping[str, str | list[str]]:
    """Return the labels of a part of the theme, English for a language without a table."""
    return _table(language)[part]


def theme_labels(part: str) -> dict[str, dict[str, str | list[str]]]:
    """Return the labels of a part of the theme (one of `THEME_PARTS`), by language."""
    return {language: dict(labels_of_part(part, language)) for language in LANGUAGES}


def _require_label(key: str, words: str, labels: Mapping[str, str | list[str]]) -> None:
    setting = f"extra.seedbed.labels.{key} in mkdocs.yml"
    if not isinstance(labels.get(key), str):
        hint = did_you_mean(key, labels, "See the documentation of settings for the list")
        raise SeedbedError(f"unknown label {setting}", hint)
    unknown = _fields(words) - _fields(str(labels[key]))
    if unknown:
        message = f"unknown field {{{min(unknown)}}} in {setting}"
        raise SeedbedError(message, f"The original label is: {labels[key]}")


def _fields(words: str) -> set[str]:
    return {str(name) for _, name, _, _ in Formatter().parse(words) if name is not None}


def _table(language: str) -> Mapping[str, Mapping[str, str | list[str]]]:
    return _load_table(_supported(language))


def _supported(language: str) -> str:
    return language[:2] if language[:2] in LANGUAGES else "en"


@cache
def _load_table(name: str) -> Mapping[str, Any]:
    package_file = resources.files("generator.writing").joinpath("tables").joinpath(f"{name}.json")
    return MappingProxyType(json.loads(package_file.read_text("utf-8")))
