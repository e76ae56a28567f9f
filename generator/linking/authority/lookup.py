"""Which authority names a document may mention: the first pass, over all documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from generator.corrections import AuthorityRecord
from generator.linking.authority.matcher import NameMatcher
from generator.linking.authority.replace_mentions import find_forms
from generator.model import Document, NameFacts


class AuthorityLookup(msgspec.Struct, frozen=True):
    """The authority names by their forms."""

    by_form: Mapping[str, Sequence[AuthorityRecord]]

    @staticmethod
    def build(names: Iterable[AuthorityRecord]) -> AuthorityLookup:
        """Index names, without what only their pages show."""
        by_form: dict[str, list[AuthorityRecord]] = defaultdict(list)
        for record in names:
            for form in record.forms:
                by_form[form].append(_as_found(record))
        return AuthorityLookup(by_form)

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, sorted."""
        return tuple(sorted(self.by_form))

    def names_with(self, forms: Iterable[str]) -> tuple[AuthorityRecord, ...]:
        """Return the names that have one of these forms, sorted."""
        names = {
            (record.kind, record.name): record for form in forms for record in self.by_form[form]
        }
        return tuple(names[key] for key in sorted(names))


def forms_in(document: Document, matcher: NameMatcher) -> tuple[str, ...]:
    """Return the forms of a matcher that a document has, sorted."""
    found = {form for match in find_forms(document, matcher) for form in match.forms}
    return tuple(sorted(found))


def _as_found(record: AuthorityRecord) -> AuthorityRecord:
    """Return a name as the mentions in documents depend on it."""
    facts = NameFacts(born=record.facts.born, first=record.facts.first, last=record.facts.last)
    return replace(record, line=0, facts=facts, same_as=())
