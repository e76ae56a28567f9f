"""What the site says in its own words, in the reader's language: labels, numbers, dates.

The words are in `tables/`, one file a language. The part `theme` of each is what the templates
say, `search` and `search_page` what the search's scripts do; `tools/make_labels.py` writes these
where they are read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter
from types import MappingProxyType
from typing import Any

from generator.model import SeedbedError, did_you_mean

LANGUAGES = ("en", "es", "fr", "de", "pt")
THEME_PARTS = ("theme", "search", "search_page")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language; a person's own in the place of some."""

    table: Mapping[str, str | list[str]]
    repairs: Mapping[str, str | list[str]]
    columns: Mapping[str, str]
    """What each column of the data files means."""
    languages: Mapping[str, str]
    """The names of languages by their tags."""

    def __call__(self, key: str, **values: str) -> str:
        """Say something, with the values in their places."""
        words = str(self.table[key])
        return words.format(**values) if values else words

    def count(self, number: int, key: str, **values: str) -> str:
        """Write a number with its noun (`1 document`), or other words that agree with it."""
        forms = self.table[key]
        return str(forms[0] if number == 1 else forms[1]).format(n=self.number(number), **values)

    def number(self, number: int) -> str:
        """Write a number with the language's mark between thousands."""
        return f"{number:,}".replace(",", self("thousands"))

    def size(self, size: int) -> str:
        """Write the size of a file: `12 kB`, `3 MB`."""
        unit, name = (1_000_000, "MB") if size >= 10_000_000 else (1_000, "kB")
        return f"{self.number(max(1, round(size / unit)))} {name}"

    def date(self, edtf: str) -> str:
        """Write an EDTF level-1 date: `2004-06/2006` is "June 2004 to 2006"."""
        first, _, last = edtf.partition("/")
        return (
            self("range", first=self._date(first), last=self._date(last))
            if last
            else self._date(first)
        )

    def month(self, month: str) -> str:
        """Give the name of a month, which is written as `06`."""
        return self.table["months"][int(month) - 1]

    def describe_repair(self, rule: str, times: int) -> str:
        """Say what a rule did to a text, and how often."""
        return str(self.repairs.get(rule, f"{rule} ({{n}})")).format(n=self.number(times))

    def describe_rule(self, rule: str) -> str:
        """Say what a rule does, for a list with the counts in a column of their own."""
        words = str(self.repairs.get(rule, rule)).removesuffix(" ({n})")
        return words[:1].upper() + words[1:]

    def language(self, tag: str) -> str:
        """Give the name of a language; of an unknown one its tag, of a variety both."""
        name = self.languages.get(tag.split("-", maxsplit=1)[0].lower())
        if name is None:
            return tag
        return f"{name} ({tag})" if "-" in tag else name

    def _date(self, edtf: str) -> str:
        year, month, day = (*edtf.rstrip("~?%").split("-"), "", "")[:3]
        date = year
        if month:
            values = {"year": year, "month": self.month(month)}
            number = self("first") if day == "01" else day.lstrip("0")
            date = self("day", day=number, **values) if day else self("month", **values)
        return self("about", date=date) if edtf.endswith("~") else date


def labels_for(language: str, own: Mapping[str, str] = MappingProxyType({})) -> Labels:
    """Give the labels of a language (English where it is none of ours), some in own words.

    Raises SeedbedError for a label that does not exist, naming the near one.
    """
    table = _table(language)
    ours = {key: words for part in (*THEME_PARTS, "pages") for key, words in table[part].items()}
    for key, words in own.items():
        _require_label(key, words, ours)
    columns = {column: str(words) for column, words in table["columns"].items()}
    spoken = _packed("languages")[_ours(language)]
    return Labels(MappingProxyType({**table["pages"], **own}), table["repairs"], columns, spoken)


def theme_labels(part: str) -> dict[str, dict[str, str | list[str]]]:
    """Give what a part of the theme (one of `THEME`) says, by language."""
    return {language: dict(_table(language)[part]) for language in LANGUAGES}


def _require_label(key: str, words: str, ours: Mapping[str, str | list[str]]) -> None:
    where = f"extra.seedbed.labels.{key} in mkdocs.yml"
    if not isinstance(ours.get(key), str):
        hint = did_you_mean(key, ours, "The docs on settings tell where they are")
        raise SeedbedError(f"{where} is no label", hint)
    strange = _places(words) - _places(str(ours[key]))
    if strange:
        raise SeedbedError(f"{where} has no place {{{min(strange)}}}", f"Ours is: {ours[key]}")


def _places(words: str) -> set[str]:
    return {str(name) for _, name, _, _ in Formatter().parse(words) if name is not None}


def _packaged(package: Traversable, name: str) -> str:
    package_file = package.joinpath(name)
    return package_file.read_text("utf-8")


def _table(language: str) -> Mapping[str, Mapping[str, str | list[str]]]:
    return _packed(_ours(language))


def _ours(language: str) -> str:
    return language[:2] if language[:2] in LANGUAGES else "en"


@cache
def _packed(name: str) -> Mapping[str, Any]:
    tables = resources.files("generator.writing").joinpath("tables")
    return MappingProxyType(json.loads(_packaged(tables, f"{name}.json")))
