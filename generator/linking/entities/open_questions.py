"""Open questions about names, for people to decide, each with the line that most likely answers it.

Those come first whose answer changes most: a mention that would lead to a page where it leads
nowhere counts twice, one that would lead to another page once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from generator.corrections import AuthorityRecord, without_qualifier, yaml_quoted
from generator.linking.entities.countries import country_code
from generator.linking.entities.forms import (
    fold_name,
    initials,
    without_article,
    without_year,
)
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.people import formal_given_names
from generator.linking.entities.titled_surnames import bearer_of
from generator.linking.entities.usage import DocumentUsages, NameStats, titled_surname
from generator.model import EntityKind, NameKey, OpenQuestion, QuestionKind, SeedPath

_MAX_QUESTIONS = 500
"""Most questions at once; others follow when these are settled."""


_SHOWN = 5
"""Most names that a question lists."""

_SPLIT_AT_ONCE = 50
"""Most documents in the line of a split; others follow when these are settled."""

_NOBODY_KNOWN = "FULL NAME"
"""Stands in a line where no name is known."""

_KINDS: dict[EntityKind, QuestionKind] = {
    "person": "kind_person",
    "organization": "kind_organization",
    "place": "kind_place",
}
_WEAK: dict[EntityKind, QuestionKind] = {
    "person": "weak_person",
    "organization": "weak_organization",
    "place": "weak_place",
    "ship": "weak_ship",
}


class SharedSurname(msgspec.Struct):
    """A surname that several people in a document share."""

    documents: Counter[SeedPath] = msgspec.field(default_factory=Counter)
    """The number of its mentions in each document."""
    people: dict[SeedPath, Counter[str]] = msgspec.field(default_factory=dict)
    """The people in each document who have it, with the number of their mentions."""


def open_questions(
    groups: Iterable[NameGroup],
    stats: Mapping[NameKey, NameStats],
    misclassified: frozenset[int],
    surnames: Mapping[str, SharedSurname],
    records: Iterable[AuthorityRecord] = (),
) -> tuple[OpenQuestion, ...]:
    """Return the open questions about names, those whose answer changes most first.

    `misclassified` has identities of groups, `surnames` those that several people share.
    """
    groups = tuple(groups)
    questions = [
        *_short_for_several(groups),
        *_other_kind(groups, misclassified, _ships(stats.values())),
        *_longer_names(groups),
        *_weak_names(groups, stats),
        *_shared_surnames(surnames, records),
    ]
    questions.sort(
        key=lambda question: (
            -question.effect,
            question.name,
            question.kind,
            question.other_names,
        )
    )
    return tuple(questions[:_MAX_QUESTIONS])


def shared_surnames(usages: Iterable[DocumentUsages]) -> dict[str, SharedSurname]:
    """Return the ambiguous surnames, with the people in their documents who have them.

    Surnames that differ only in accents and capitals are merged, in a form with small letters.
    """
    surnames: dict[str, SharedSurname] = {}
    texts: dict[str, set[str]] = defaultdict(set)
    for source, names in usages:
        ambiguous = [usage for usage in names if not usage.name]
        people: Counter[str] = Counter()
        for usage in names if ambiguous else ():
            if usage.kind == "person" and usage.name:
                people[usage.name] += usage.count
        for usage in ambiguous:
            surname = fold_name(usage.text)
            texts[surname].add(usage.text)
            shared = surnames.setdefault(surname, SharedSurname())
            shared.documents[source] += usage.count
            own = {name: count for name, count in people.items() if _has_word(name, surname)}
            shared.people[source] = Counter(own)
    shown = {
        surname: min(forms, key=lambda form: (form.isupper(), form))
        for surname, forms in texts.items()
    }
    return {shown[surname]: surnames[surname] for surname in sorted(surnames)}


def _has_word(name: str, word: str) -> bool:
    return word in fold_name(name).split()


def _merge_remedy(name: str, alias: str) -> str:
    return f"merge: {{{yaml_quoted(name)}: [{yaml_quoted(alias)}]}}"


def _kind_remedy(name: str, kind: EntityKind) -> str:
    return f"kind: {{{yaml_quoted(name)}: {kind}}}"


def _short_for_several(groups: Iterable[NameGroup]) -> Iterator[OpenQuestion]:
    """Yield names that are short for several others.

    The remedy proposes the other name that shares most documents with them.
    """
    by_name = {group.name: group for group in groups}
    for group in groups:
        if len(group.candidates) > 1 and not group.is_decided:
            candidates = sorted(group.candidates, key=partial(_likelihood_key, group, by_name))
            remedy = _merge_remedy(candidates[0], group.name)
            yield OpenQuestion(group.name, "short", group.mentions, remedy, tuple(candidates[:5]))


def _likelihood_key(
    group: NameGroup, by_name: Mapping[str, NameGroup], name: str
) -> tuple[int, int, str]:
    """Return a key by which the name comes first that a group most likely is short for."""
    other = by_name.get(name)
    shared = len(group.documents & other.documents) if other else 0
    return -shared, -len(other.documents) if other else 0, name


def _ships(names: Iterable[NameStats]) -> dict[str, int]:
    """Return the documents that have a name, folded, as a ship's."""
    return {fold_name(name.name): len(name.weak_documents) for name in names if name.kind == "ship"}


def _other_kind(
    groups: Iterable[NameGroup], misclassified: frozenset[int], ships: Mapping[str, int]
) -> Iterator[OpenQuestion]:
    """Yield names that mostly have another kind, or are a country's; the remedy proposes it."""
    kinds = _usual_kinds(groups)
    for group in groups:
        if id(group) in misclassified and not group.is_decided:
            spelling = without_article(fold_name(group.name))
            kind = "place" if country_code(spelling) else kinds[spelling]
            if ships.get(spelling, 0) >= len(group.documents):
                kind = "ship"
            remedy = _kind_remedy(group.name, kind)
            yield OpenQuestion(
                group.name, _KINDS[group.kind], group.mentions, remedy, gains=group.mentions
            )


def _usual_kinds(groups: Iterable[NameGroup]) -> dict[str, EntityKind]:
    """Return for each spelling the kind that it has in most documents."""
    counts: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for group in groups:
        counts[without_article(fold_name(group.name))][group.kind] += len(group.documents)
    return {
        spelling: min(kinds, key=lambda kind: (-kinds[kind], kind))
        for spelling, kinds in counts.items()
    }


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
    groups: Sequence[NameGroup], stats: Mapping[NameKey, NameStats]
) -> Iterator[OpenQuestion]:
    """Yield names with weak evidence only, in several documents.

    A bare surname of somebody in the corpus is probably this person, and the end or the initials
    of an organization's name this organization.
    """
    strong_names = {fold_name(name.name) for group in groups for name in group.names}
    people = _people_by_surname(groups)
    organizations = _organizations_by_part(groups)
    for (kind, name), name_stats in _left_open(groups, stats).items():
        count, mentions = len(name_stats.weak_documents), name_stats.weak_texts.total()
        is_open = kind in _WEAK and not name_stats.documents and count > 1
        if is_open and fold_name(name) not in strong_names:
            namesakes = _possible_bearers(name_stats, people) if kind == "person" else []
            if kind == "organization":
                namesakes = organizations.get(fold_name(name), [])
            yield (
                _surname_question(name_stats, namesakes)
                if namesakes
                else OpenQuestion(
                    name,
                    _WEAK[kind],
                    mentions,
                    _kind_remedy(name, kind),
                    documents=count,
                    gains=mentions,
                )
            )


def _left_open(
    groups: Iterable[NameGroup], stats: Mapping[NameKey, NameStats]
) -> dict[NameKey, NameStats]:
    """Return the names without their usages in documents where it is clear what they mean."""
    left = dict(stats)
    for group in groups:
        for part in group.parts:
            name = left.get(part.key)
            if name is not None:
                documents = [s for s in name.weak_documents if s not in part.weak_documents]
                texts = name.weak_texts - part.weak_texts
                left[part.key] = replace(name, weak_documents=documents, weak_texts=texts)
    return left


def _organizations_by_part(groups: Iterable[NameGroup]) -> dict[str, list[NameGroup]]:
    """Return the organizations by their last words, two or more, and by their initials."""
    organizations: dict[str, list[NameGroup]] = defaultdict(list)
    for group in groups:
        words = fold_name(group.name).split() if group.kind == "organization" else []
        for start in range(1, len(words) - 1):
            organizations[" ".join(words[start:])].append(group)
        if group.kind == "organization" and len(letters := initials(group.name)) > 2:
            organizations[letters].append(group)
    return organizations


def _possible_bearers(
    name: NameStats, people: Mapping[str, Sequence[NameGroup]]
) -> list[NameGroup]:
    """Return the people who may be meant by a surname, one with a title, or a given name."""
    titled = titled_surname(name)
    word = titled.surname if titled is not None else fold_name(name.name)
    given_names = {f"{given} " for given in formal_given_names(word)}
    bearers = people.get(word, []) or [group for g in given_names for group in people.get(g, [])]
    if titled is None:
        return list(bearers)
    return [group for group in bearers if bearer_of(group.names).may_have(titled.title)]


def _people_by_surname(groups: Iterable[NameGroup]) -> dict[str, list[NameGroup]]:
    """Return the people by their folded last words, and by given names with a space after them."""
    people: dict[str, list[NameGroup]] = defaultdict(list)
    for group in groups:
        words = fold_name(without_qualifier(group.name)).split()
        if group.kind == "person" and len(words) > 1:
            people[words[-1]].append(group)
            for given_name in formal_given_names(words[0]):
                people[f"{given_name} "].append(group)
    return people


def _surname_question(name: NameStats, people: Sequence[NameGroup]) -> OpenQuestion:
    """Return the question who has this surname: a merge for one person, a split for several."""
    ordered = sorted(people, key=lambda person: (-len(person.documents), person.name))
    others = tuple(person.name for person in ordered[:_SHOWN])
    mentions = name.weak_texts.total()
    if len(ordered) == 1:
        remedy = _merge_remedy(others[0], name.name)
        return OpenQuestion(name.name, "short", mentions, remedy, others, gains=mentions)
    parts: dict[str, list[SeedPath]] = defaultdict(list)
    for source in sorted(name.weak_documents)[:_SPLIT_AT_ONCE]:
        near = [person for person in ordered if source in person.documents]
        parts[(near or ordered)[0].name].append(source)
    remedy = _split_remedy(name.name, parts)
    has_surname = titled_surname(name) or fold_name(name.name) == fold_name(others[0].split()[-1])
    kind: QuestionKind = "shared" if has_surname else "short"
    return OpenQuestion(name.name, kind, mentions, remedy, others, gains=mentions)


def _shared_surnames(
    surnames: Mapping[str, SharedSurname], records: Iterable[AuthorityRecord]
) -> Iterator[OpenQuestion]:
    """Yield the names that several people share, also those of names.csv.

    The remedy proposes for each document the person whom it names most often.
    """
    records_by_form: dict[str, list[str]] = defaultdict(list)
    for record in records:
        for form in record.forms:
            records_by_form[fold_name(form)].append(record.name)
    for text, shared in surnames.items():
        sharing = records_by_form.get(fold_name(text), [])
        if not sharing and not any(shared.people.values()) and " " in text:
            yield _namesakes_question(text, shared)
            continue
        everybody = Counter(sharing)
        for people in shared.people.values():
            everybody.update(people)
        parts: dict[str, list[SeedPath]] = defaultdict(list)
        for source in sorted(shared.documents)[:_SPLIT_AT_ONCE]:
            parts[_most_named(shared.people[source] or everybody)].append(source)
        others = tuple(sorted(everybody, key=lambda name: (-everybody[name], name))[:_SHOWN])
        kind: QuestionKind = "shared_in_names_file" if sharing else "shared"
        if len(everybody) == 1 and sharing:
            kind = "outside_dates"
        mentions = shared.documents.total()
        remedy = _split_remedy(text, parts)
        yield OpenQuestion(text, kind, mentions, remedy, others or (_NOBODY_KNOWN,), gains=mentions)


def _namesakes_question(name: str, shared: SharedSurname) -> OpenQuestion:
    """Return the question about a full name of two people, as father and son, in one document."""
    source = min(shared.documents)
    parts = {f"{name} (WHO)": [SeedPath(f"{source}#PARAGRAPH")]}
    mentions = shared.documents.total()
    return OpenQuestion(name, "namesakes", mentions, _split_remedy(name, parts), gains=mentions)


def _most_named(people: Counter[str]) -> str:
    """Return the person with most mentions; a placeholder for none."""
    return min(people, key=lambda name: (-people[name], name), default=_NOBODY_KNOWN)


def _split_remedy(name: str, parts: Mapping[str, Iterable[SeedPath]]) -> str:
    people = (
        f"{yaml_quoted(person)}: [{', '.join(map(yaml_quoted, sources))}]"
        for person, sources in parts.items()
    )
    return f"split: {{{yaml_quoted(name)}: {{{', '.join(people)}}}}}"
