"""What somebody is by the titles in the documents, as an index of names says it: "Captain"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.linking.entities.usage import NameStats
from generator.model import SeedPath
from generator.text.honorifics import Honorific, find_honorific, fold_honorific

_FAMILY = frozenset(
    """father mother grandfather grandmother père mère grand-mère vater großmutter padre madre
    abuelo abuela hermana avô avó irmã sorella""".split()
)
"""Titles that say whose relation somebody is; "Padre" may be a clergyman's, but need not be."""


def role_of(names: Iterable[NameStats]) -> str | None:
    """Return the title that most documents with a title give a person; None if there is none.

    "Mrs.", "Widow" and "Aunt" are no roles. It is in the form that most documents have.
    """
    documents: dict[str, set[SeedPath]] = defaultdict(set)
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for name in names:
        for text, sources in name.titles.items():
            if _is_role(find_honorific(text)):
                title = fold_honorific(text)
                documents[title].update(sources)
                forms[title][text] = forms[title].get(text, 0) + len(sources)
    titled = {source for sources in documents.values() for source in sources}
    best = max(documents, key=lambda title: (len(documents[title]), title), default=None)
    if best is None or 2 * len(documents[best]) <= len(titled):
        return None
    return _most_frequent(forms[best])


def _is_role(title: Honorific) -> bool:
    is_usual = title.is_plain or title.is_before_given_name or title.marriage is not None
    return title.says_something and not is_usual and title.name not in _FAMILY


def _most_frequent(forms: Mapping[str, int]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))
