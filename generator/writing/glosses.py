"""What stands in brackets beside a name in an index: Storr, John (Captain, 1830–1899)."""

from __future__ import annotations

import re

from generator.model import Corpus, Entity, NameFacts
from generator.text.sort_names import IndexHeading
from generator.writing import date_forms
from generator.writing.labels import Labels

_YEAR = re.compile(r"\d{4}\)")


def with_gloss(name: IndexHeading, entity: Entity, labels: Labels, kind: str = "") -> IndexHeading:
    """Return a name with the role and the years of a person, or the `kind` of anything else.

    The role is in the language of the labels: an English index says Captain for "capitán".

    The year of a namesake follows them; a name that has words in brackets stays as it is.
    """
    role = labels.role(entity.role) if entity.role else ""
    gloss = ", ".join(filter(None, (role or kind, _years_of_life(entity.facts))))
    base, bracket, year = name.shown.partition(" (")
    if not gloss or (bracket and _YEAR.fullmatch(year) is None):
        return name
    shown = f"{base} ({gloss}, {year}" if bracket else f"{base} ({gloss})"
    return IndexHeading(shown, name.words)


def _years_of_life(facts: NameFacts) -> str:
    """Return the years as catalogues have them: 1830–1899, 1871–, –1899."""
    if not facts.born and not facts.died:
        return ""
    born, died = (date_forms.year(date) if date else "" for date in (facts.born, facts.died))
    return f"{born}–{died}"


def frequency(entity: Entity, corpus: Corpus, labels: Labels) -> str:
    """Return how many documents mention a name; in a corpus of one document, how often it does."""
    if len(corpus.documents) == 1:
        return labels.count(entity.mentions, "mention")
    return labels.count(entity.documents, "document")
