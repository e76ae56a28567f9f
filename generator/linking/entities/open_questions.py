"""Open questions about names, for people to decide, those with most mentions first."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.corrections import TaughtName
from generator.linking.entities.forms import fold_name, without_year
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.usage import DocumentUsages, NameStats
from generator.model import EntityKind, NameKey, OpenQuestion, QuestionKind, SeedPath

_MAX_QUESTIONS = 500
"""More are not read; the rest follow when these are settled."""


_KINDS: dict[EntityKind, QuestionKind] = {
    "person": "kind_person",
    "organization": "kind_organization",
    "place": "kind_place",
}
_WEAK: dict[EntityKind, QuestionKind] = {
    "person": "weak_person",
    "organization": "weak_organization",
    "place": "weak_place",
}


@dataclass(slots=True)
class SharedSurname:
    """A surname that several people in a document share: its documents, and these people."""

    documents: Counter[SeedPath] = field(default_factory=Counter)
    people: dict[str, None] = field(default_factory=dict)


def open_questions(
    groups: Iterable[NameGroup],
    stats: Mapping[NameKey, NameStats],
    misclassified: frozenset[int],
    surnames: Mapping[str, SharedSurname],
    taught: Iterable[TaughtName] = (),
) -> tuple[OpenQuestion, ...]:
    """Return the open questions about names.

    `misclassified` has identities of groups, `surnames` those that several people share.
    """
    groups = tuple(groups)
    questions = [
        *_short_for_several(groups),
        *_other_kind(groups, misclassified),
        *_longer_names(groups),
        *_weak_names(stats, {fold_name(name.name) for group in groups for name in group.names}),
        *_shared_surnames(surnames, taught),
    ]
    questions.sort(
        key=lambda question: (
            -question.mentions,
            question.name,
            question.kind,
            question.other_names,
        )
    )
    return tuple(questions[:_MAX_QUESTIONS])


def shared_surnames(usages: Iterable[DocumentUsages]) -> dict[str, SharedSurname]:
    """Return the ambiguous surnames, with the people in their documents who have them."""
    surnames: dict[str, SharedSurname] = {}
    for source, names in usages:
        ambiguous = [usage for usage in names if not usage.name]
        people = {usage.name: None for usage in names if usage.kind == "person" and ambiguous}
        for text, times in ((usage.text, usage.count) for usage in ambiguous):
            shared = surnames.setdefault(text, SharedSurname())
            shared.documents[source] += times
            shared.people |= {
                name: None for name in people if fold_name(text) in fold_name(name).split()
            }
    return {text: surnames[text] for text in sorted(surnames)}


def yaml_quoted(text: str) -> str:
    """Return a text in quotes, as YAML."""
    return json.dumps(text, ensure_ascii=False)


def _merge_remedy(name: str, alias: str) -> str:
    return f"merge: {{{yaml_quoted(name)}: [{yaml_quoted(alias)}]}}"


def _kind_remedy(name: str, kind: EntityKind) -> str:
    return f"kind: {{{yaml_quoted(name)}: {kind}}}"


def _short_for_several(groups: Iterable[NameGroup]) -> Iterator[OpenQuestion]:
    for group in groups:
        if len(group.candidates) > 1 and not group.is_decided:
            remedy = _merge_remedy(group.candidates[0], group.name)
            yield OpenQuestion(
                group.name, "short", group.mentions, remedy, tuple(group.candidates[:5])
            )


def _other_kind(
    groups: Iterable[NameGroup], misclassified: frozenset[int]
) -> Iterator[OpenQuestion]:
    for group in groups:
        if id(group) in misclassified and not group.is_decided:
            remedy = _kind_remedy(group.name, group.kind)
            yield OpenQuestion(group.name, _KINDS[group.kind], group.mentions, remedy)


def _longer_names(groups: Iterable[NameGroup]) -> Iterator[OpenQuestion]:
    """Yield people whose name begins, or begins and ends, like a longer name."""
    people = [group for group in groups if group.kind == "person" and not group.is_decided]
    by_name = {fold_name(group.name): group for group in people}
    for group in people:
        words = fold_name(group.name).split()
        if len(words) > 2:
            for short in dict.fromkeys((" ".join(words[:-1]), f"{words[0]} {words[-1]}")):
                other = by_name.get(short)
                if other is not None and other is not group:
                    is_namesake = without_year(group.name) == other.name
                    pair = (other.name, group.name) if is_namesake else (group.name, other.name)
                    remedy = _merge_remedy(*pair)
                    yield OpenQuestion(other.name, "same", other.mentions, remedy, (group.name,))


def _weak_names(
    stats: Mapping[NameKey, NameStats], strong_names: set[str]
) -> Iterator[OpenQuestion]:
    """Yield names with weak evidence only, in several documents."""
    for (kind, name), name_stats in stats.items():
        count, mentions = len(name_stats.weak_documents), name_stats.weak_texts.total()
        is_open = kind in _WEAK and not name_stats.documents and count > 1
        if is_open and fold_name(name) not in strong_names:
            remedy = _kind_remedy(name, kind)
            yield OpenQuestion(name, _WEAK[kind], mentions, remedy, documents=count)


def _shared_surnames(
    surnames: Mapping[str, SharedSurname], taught: Iterable[TaughtName]
) -> Iterator[OpenQuestion]:
    """Yield the names that several people share, also those that people teach."""
    taught_by_form: dict[str, list[str]] = defaultdict(list)
    for name in taught:
        for form in name.forms:
            taught_by_form[fold_name(form)].append(name.name)
    for text, shared in surnames.items():
        sharing = taught_by_form.get(fold_name(text), [])
        people = sorted({*sharing, *shared.people})[:5] or ["FULL NAME"]
        paths = ", ".join(yaml_quoted(path) for path in sorted(shared.documents)[:5])
        remedy = f"split: {{{yaml_quoted(text)}: {{{yaml_quoted(people[0])}: [{paths}]}}}}"
        kind: QuestionKind = "shared_taught" if sharing else "shared"
        yield OpenQuestion(text, kind, shared.documents.total(), remedy, tuple(people))
