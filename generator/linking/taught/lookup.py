"""Which taught names a document may mention: the first pass, over all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.corrections import TaughtName
from generator.linking.taught.matcher import NameMatcher
from generator.linking.taught.replace_mentions import find_forms
from generator.model import Document, NameFacts


@dataclass(frozen=True, slots=True)
class TaughtLookup:
    """The taught names by their forms."""

    by_form: Mapping[str, Sequence[TaughtName]]

    @staticmethod
    def build(names: Iterable[TaughtName]) -> TaughtLookup:
        """Index names, without what only their pages show."""
        by_form: dict[str, list[TaughtName]] = defaultdict(list)
        for taught in names:
            for form in taught.forms:
                by_form[form].append(_as_found(taught))
        return TaughtLookup(by_form)

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, sorted."""
        return tuple(sorted(self.by_form))

    def names_with(self, forms: Iterable[str]) -> tuple[TaughtName, ...]:
        """Return the names that have one of these forms, sorted."""
        names = {
            (taught.kind, taught.name): taught for form in forms for taught in self.by_form[form]
        }
        return tuple(names[key] for key in sorted(names))


def forms_in(document: Document, matcher: NameMatcher) -> tuple[str, ...]:
    """Return the forms of a matcher that a document has, sorted."""
    found = {form for match in find_forms(document, matcher) for form in match.forms}
    return tuple(sorted(found))


def _as_found(taught: TaughtName) -> TaughtName:
    """Return a name as the mentions in documents depend on it."""
    facts = NameFacts(born=taught.facts.born, first=taught.facts.first, last=taught.facts.last)
    return replace(taught, line=0, facts=facts, same_as=())
