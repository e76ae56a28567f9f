"""What a title before a name says of its bearer: a woman or a man, an officer, a clergyman.

The tables have the titles of English, German, French, Spanish, Portuguese and Italian. A title that
they do not have says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal

import msgspec

from generator.text.tables import load_sections

Sex = Literal["female", "male"]


_SEXES: Mapping[str, Sex] = {"women": "female", "men": "male"}

_RANKS = frozenset({"officers", "clergy", "physicians", "judges", "constables"})

_RANKS_OF_MEN = frozenset({"officers", "clergy"})
"""Ranks that a woman has only where a text gives her the title together with her given name."""

_COMPOUNDS: tuple[tuple[str, Sex], ...] = (
    ("rätin", "female"),
    ("meisterin", "female"),
    ("lehrerin", "female"),
    ("inspektorin", "female"),
    ("rat", "male"),
    ("meister", "male"),
    ("lehrer", "male"),
    ("inspektor", "male"),
)
"""Ends of German titles: Bergrat, Bürgermeisterin."""


class Honorific(msgspec.Struct, frozen=True, gc=False):
    """What one title says."""

    name: str
    """Folded, without full stops."""
    sex: Sex | None = None
    ranks: frozenset[str] = frozenset()
    marriage: str | None = None
    """`married` or `unmarried`; None if the title says neither."""
    is_plain: bool = False
    """Whether everybody of a sex may have it: Mr., Herr."""

    is_before_given_name: bool = False
    """Whether a given name follows it rather than a surname: King, Aunt."""

    role: str | None = None
    """The office, the same in all languages: `captain` for "Hauptmann" and "capitán"."""

    @property
    def says_something(self) -> bool:
        """Whether it speaks for a sex or a rank; that of a mayor does not."""
        return self.sex is not None or bool(self.ranks)


class Bearer(msgspec.Struct, frozen=True):
    """What is known of somebody who may bear a title: the sex by the given name, own titles."""

    sex: Sex | None = None
    titles: frozenset[Honorific] = msgspec.field(default_factory=frozenset)

    @classmethod
    def of(cls, given_name: str, titles: Iterable[str]) -> Bearer:
        """Return what a given name and the titles before the full name say."""
        known = frozenset(map(find_honorific, titles))
        by_title = {title.sex for title in known if title.sex}
        sex = by_title.pop() if len(by_title) == 1 else sex_of(given_name)
        return cls(sex, known)

    @property
    def ranks(self) -> frozenset[str]:
        """The ranks of all own titles."""
        return frozenset(rank for title in self.titles for rank in title.ranks)

    def has(self, title: Honorific) -> bool:
        """Whether a text gave somebody this title, or another one of the same rank."""
        return title in self.titles or not self.ranks.isdisjoint(title.ranks)

    def may_have(self, title: Honorific) -> bool:
        """Whether nothing speaks against the title: sex, rank, marriage."""
        if title.sex and self.sex and title.sex != self.sex:
            return False
        marriages = {own.marriage for own in self.titles if own.marriage}
        if title.marriage and marriages and title.marriage not in marriages:
            return False
        if not title.ranks or self.has(title):
            return True
        is_of_men = title.sex != "female" and not title.ranks.isdisjoint(_RANKS_OF_MEN)
        is_doctor = title.ranks == {"physicians"} and "officers" not in self.ranks
        return (is_doctor or not self.ranks) and not (self.sex == "female" and is_of_men)


def fold_honorific(text: str) -> str:
    """Return a title without case and full stops."""
    return " ".join(text.casefold().replace(".", " ").split())


@lru_cache(maxsize=4096)
def find_honorific(text: str) -> Honorific:
    """Return what a title says: nothing, if the tables do not have it."""
    folded = fold_honorific(text)
    known = _honorifics().get(folded)
    if known is not None:
        return known
    is_compound = " " not in folded
    endings = (sex for ending, sex in _COMPOUNDS if is_compound and folded.endswith(ending))
    return Honorific(folded, sex=next(endings, None))


def sex_of(given_name: str) -> Sex | None:
    """Return the sex of nearly everybody with a given name; None if it says nothing."""
    return _sexes().get(given_name) or _sexes().get(given_name.split("-", maxsplit=1)[0])


@cache
def _honorifics() -> dict[str, Honorific]:
    sections: dict[str, set[str]] = defaultdict(set)
    for section, entries in load_sections("titles.txt"):
        for entry in entries:
            sections[entry].add(section)
    return {name: _honorific(name, found) for name, found in sections.items()}


def _honorific(name: str, sections: set[str]) -> Honorific:
    sexes = [sex for section, sex in _SEXES.items() if section in sections]
    return Honorific(
        name,
        sex=sexes[0] if len(sexes) == 1 else None,
        ranks=_RANKS & sections,
        marriage=next((word for word in ("married", "unmarried") if word in sections), None),
        is_plain="plain" in sections,
        is_before_given_name="before given names" in sections,
        role=next((section[5:] for section in sections if section.startswith("role ")), None),
    )


@cache
def _sexes() -> dict[str, Sex]:
    sexes: dict[str, Sex] = {}
    for section, entries in load_sections("sexes.txt"):
        sexes.update(dict.fromkeys(entries, "female" if section == "female" else "male"))
    return sexes
