"""What the machine is unsure about, for people to decide, most consequential first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.linking.entities.forms import fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.usage import DocumentUsages, NameStats
from generator.model import Doubting, EntityKind, NameKey, OpenQuestion, SeedPath

_MOST = 500
"""Doubts; nobody reads more, and the rest follow when these are settled."""


_KINDS: dict[EntityKind, Doubting] = {
    "person": "kind_person",
    "organization": "kind_organization",
    "place": "kind_place",
}
_WEAK: dict[EntityKind, Doubting] = {
    "person": "weak_person",
    "organization": "weak_organization",
    "place": "weak_place",
}


@dataclass(slots=True)
class SharedSurname:
    """A surname that several people of a document share: where, and who they are."""

    documents: Counter[SeedPath] = field(default_factory=Counter)
    people: dict[str, None] = field(default_factory=dict)


def open_questions(
    groups: Iterable[NameGroup],
    stats: Mapping[NameKey, NameStats],
    misclassified: frozenset[int],
    surnames: Mapping[str, SharedSurname],
) -> tuple[OpenQuestion, ...]:
    """Collect what is open about names.

    `undecided` has the surnames that several people share.
    """
    groups = tuple(groups)
    found = [
        *_short_for_several(groups),
        *_other_kind(groups, misclassified),
        *_longer_names(groups),
        *_weak(stats, {fold_name(use.name) for group in groups for use in group.names}),
        *_shared_surnames(surnames),
    ]
    found.sort(
        key=lambda question: (-question.mentions, question.name, question.why, question.others)
    )
    return tuple(found[:_MOST])


def shared_surnames(usages: Iterable[DocumentUsages]) -> dict[str, SharedSurname]:
    """Gather the surnames that nobody could tell, with the people of their documents."""
    found: dict[str, SharedSurname] = {}
    for source, names in usages:
        open_ones = [usage for usage in names if not usage.name]
        people = {usage.name: None for usage in names if usage.kind == "person" and open_ones}
        for text, times in ((usage.text, usage.times) for usage in open_ones):
            shared = found.setdefault(text, SharedSurname())
            shared.documents[source] += times
            shared.people |= {
                name: None for name in people if fold_name(text) in fold_name(name).split()
            }
    return {text: found[text] for text in sorted(found)}


def yaml_quoted(text: str) -> str:
    """Write a text for YAML."""
    return json.dumps(text, ensure_ascii=False)


def _merge(name: str, alias: str) -> str:
    return f"merge: {{{yaml_quoted(name)}: [{yaml_quoted(alias)}]}}"


def _short_for_several(groups: Iterable[NameGroup]) -> Iterator[OpenQuestion]:
    for group in groups:
        if len(group.candidates) > 1 and not group.is_decided:
            remedy = _merge(group.candidates[0], group.name)
            yield OpenQuestion(
                group.name, "short", group.mentions, remedy, tuple(group.candidates[:5])
            )


def _other_kind(groups: Iterable[NameGroup], slips: frozenset[int]) -> Iterator[OpenQuestion]:
    for group in groups:
        if id(group) in slips and not group.is_decided:
            remedy = f"kind: {{{yaml_quoted(group.name)}: {group.kind}}}"
            yield OpenQuestion(group.name, _KINDS[group.kind], group.mentions, remedy)


def _longer_names(groups: Iterable[NameGroup]) -> Iterator[OpenQuestion]:
    """A person whose name begins, or begins and ends, as another's does."""
    people = [group for group in groups if group.kind == "person" and not group.is_decided]
    by_name = {fold_name(group.name): group for group in people}
    for group in people:
        words = fold_name(group.name).split()
        if len(words) > 2:
            for short in dict.fromkeys((" ".join(words[:-1]), f"{words[0]} {words[-1]}")):
                other = by_name.get(short)
                if other is not None and other is not group:
                    remedy = _merge(group.name, other.name)
                    yield OpenQuestion(other.name, "same", other.mentions, remedy, (group.name,))


def _weak(uses: Mapping[NameKey, NameStats], known: set[str]) -> Iterator[OpenQuestion]:
    for (kind, name), use in uses.items():
        count = len(use.weak_documents)
        if not use.documents and count > 1 and fold_name(name) not in known:
            remedy = f"kind: {{{yaml_quoted(name)}: {kind}}}"
            yield OpenQuestion(name, _WEAK[kind], use.weak_texts.total(), remedy, documents=count)


def _shared_surnames(undecided: Mapping[str, SharedSurname]) -> Iterator[OpenQuestion]:
    for text, shared in undecided.items():
        people = sorted(shared.people)[:5] or ["FULL NAME"]
        paths = ", ".join(yaml_quoted(path) for path in sorted(shared.documents)[:5])
        remedy = f"split: {{{yaml_quoted(text)}: {{{yaml_quoted(people[0])}: [{paths}]}}}}"
        yield OpenQuestion(text, "shared", shared.documents.total(), remedy, tuple(people))
