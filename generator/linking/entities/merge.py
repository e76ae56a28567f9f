"""Grouping of names that mean one entity, across documents; if unsure, they stay apart.

It is done in steps, each with a table of rules: names of one spelling, then short forms that have
exactly one full form in the corpus. A name joins a group only if it can be of one entity with every
name in it. A short form of two possible full forms stays apart, as an open question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.linking.entities.forms import PersonName, is_acronym
from generator.linking.entities.people import (
    AllowedDifference,
    formal_given_names,
    same_person_rules,
)
from generator.linking.entities.usage import NameStats, titled_surname
from generator.linking.entities.variants import (
    SAME_KEY_RULES,
    SHORTER_NAME_RULES,
    SameKeyRule,
    ShorterNameRule,
)
from generator.linking.entities.years import MAX_GAP, YearsOfDocuments, are_near
from generator.model import NO_FACTS, EntityKind, NameFacts, NameKey, SeedPath
from generator.text.honorifics import Bearer, find_honorific


@dataclass(slots=True, eq=False)
class NameGroup:
    """Names of one entity; it grows while names are joined."""

    names: list[NameStats]
    kind: EntityKind = ""
    """That of the first name, if none is given."""
    parts: list[NameStats] = field(default_factory=list)
    """Names that mean it in some of their documents only: the usages in these."""
    reasons: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    """Names of several other groups, one of which this one may be short for."""
    split_names: set[str] = field(default_factory=set)
    """Names that people split and of which this is a part: it is joined with no other part."""
    is_decided: bool = False
    """Whether a person decided about it: then weak evidence counts as well."""
    is_settled: bool = False
    """Whether other documents make it certain: then weak evidence counts as well."""
    is_pooled: bool = False
    """Whether it has weak evidence only, but in enough documents."""
    corrected_name: str | None = None
    """The name that a person gave it."""
    same_as: tuple[str, ...] = ()
    authority_forms: tuple[str, ...] = ()
    """What documents call it, if it is in names.csv."""
    facts: NameFacts = NO_FACTS
    """What a person wrote down about it."""

    def __post_init__(self) -> None:
        if not self.kind and self.names:
            self.kind = self.names[0].kind

    @property
    def key(self) -> NameKey:
        """The kind and the canonical name."""
        return self.kind, self.name

    @property
    def counts_weak(self) -> bool:
        """Whether its mentions with weak evidence count."""
        return self.is_decided or self.is_settled

    @property
    def strong_documents(self) -> set[SeedPath]:
        """The documents with strong evidence for it."""
        return set[SeedPath]().union(*(stats.documents for stats in self.names))

    @property
    def titled_documents(self) -> set[SeedPath]:
        """The other documents, which have the surname with a title that fits."""
        if len(self.names) == 1 and not self.parts:
            return set()
        titled = (*(name for name in self.names if titled_surname(name) is not None), *self.parts)
        documents = {source for stats in titled for source in stats.weak_documents}
        return documents - self.strong_documents

    @property
    def documents(self) -> set[SeedPath]:
        """The documents with sufficient evidence for it."""
        strong = self.strong_documents
        if not self.counts_weak:
            return strong
        for stats in (*self.names, *self.parts):
            strong.update(stats.weak_documents)
            if self.is_decided:
                strong.update(stats.contested_documents)
        return strong

    @property
    def texts(self) -> Counter[str]:
        """The forms of its mentions with sufficient evidence."""
        texts: Counter[str] = Counter()
        for stats in (*self.names, *self.parts):
            texts.update(stats.texts)
            if self.counts_weak:
                texts.update(stats.weak_texts)
            if self.is_decided:
                texts.update(stats.contested_texts)
        return texts

    @property
    def mentions(self) -> int:
        """The number of its mentions."""
        return self.texts.total()

    @property
    def name(self) -> str:
        """The canonical name: not in capitals, if another form is not; in most documents."""
        if self.corrected_name:
            return self.corrected_name
        if len(self.names) == 1:
            return self.names[0].name
        best = min(
            self.names,
            key=lambda stats: (
                is_acronym(stats.name) or stats.name.isupper(),
                -len(stats.documents),
                -stats.texts.total(),
                -len(stats.name),
                stats.name,
            ),
        )
        return best.name


def group_names(
    stats: Iterable[NameStats], split_names: Mapping[str, str], years: YearsOfDocuments
) -> list[NameGroup]:
    """Return groups of the names with strong evidence somewhere; each name is in one group.

    `split_names` maps the parts of each name that people split to it: these stay apart.
    """
    groups = [NameGroup([name]) for name in stats if name.documents]
    for group in groups:
        names = (name.name for name in group.names)
        group.split_names |= {split_names[name] for name in names if name in split_names}
    for same_key in SAME_KEY_RULES:
        groups = _join_same_key(groups, same_key)
    people = [group for group in groups if group.kind == "person"]
    others = [group for group in groups if group.kind != "person"]
    for shorter_name in SHORTER_NAME_RULES:
        others = _join_short_forms(others, shorter_name)
    return [*_join_people(people, years), *others]


def _join(target: NameGroup, group: NameGroup, reason: str) -> None:
    target.reasons += [f'{reason}: "{group.name}" is "{target.name}"', *group.reasons]
    target.names += group.names
    target.parts += group.parts
    target.split_names |= group.split_names


def _join_same_key(groups: Iterable[NameGroup], rule: SameKeyRule) -> list[NameGroup]:
    remaining: list[NameGroup] = []
    by_key: dict[tuple[EntityKind, str], NameGroup] = {}
    for group in groups:
        key = rule.key(group.names[0]) if group.kind in rule.kinds else None
        target = by_key.get((group.kind, key)) if key else None
        if target and target.split_names.isdisjoint(group.split_names):
            _join(target, group, rule.name)
            continue
        remaining.append(group)
        if key:
            by_key[group.kind, key] = group
    return remaining


def _join_short_forms(groups: list[NameGroup], rule: ShorterNameRule) -> list[NameGroup]:
    """Join short forms to their full forms, as both were before the rule is applied."""
    full_forms: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        if group.kind in rule.kinds:
            for key in {key: None for name in group.names for key in rule.full_keys(name)}:
                full_forms[key].append(index)
    removed: set[int] = set()
    for index, group in enumerate(groups):
        if group.kind in rule.kinds:
            short_keys = {rule.short_key(name) for name in group.names}
            keys = filter(None, short_keys)
            matches = sorted({full for key in keys for full in full_forms.get(key, ())} - {index})
            is_joined = _is_short_form(group, [groups[full] for full in matches], rule)
            # A full form that was itself joined to another group can take no short form.
            if is_joined and matches[0] not in removed:
                _join(groups[matches[0]], group, rule.name)
                removed.add(index)
    return [group for index, group in enumerate(groups) if index not in removed]


def _is_short_form(group: NameGroup, full_forms: list[NameGroup], rule: ShorterNameRule) -> bool:
    """Whether a group has exactly one full form, in the documents that the rule asks for.

    If it has several, they are noted as candidates.
    """
    if len(full_forms) > 1:
        group.candidates += [full.name for full in full_forms if full.name not in group.candidates]
    return (
        len(full_forms) == 1
        and group.split_names.isdisjoint(full_forms[0].split_names)
        and (not rule.same_document or not group.documents.isdisjoint(full_forms[0].documents))
    )


def _join_people(groups: Iterable[NameGroup], years: YearsOfDocuments) -> list[NameGroup]:
    """Join names of one person, full names first, so that short ones are compared with all."""
    remaining: list[NameGroup] = []
    by_key: dict[tuple[str, str], list[NameGroup]] = defaultdict(list)
    for group in sorted(groups, key=_fullest_first):
        person = PersonName.parse(group.name)
        similar = {
            id(other): other for key in _lookup_keys(person) for other in by_key.get(key, ())
        }
        matches = [
            (other, differences)
            for other in similar.values()
            if (differences := _differences(person, group, other)) is not None
            and not _speaks_against(group, other, years)
        ]
        if len(matches) == 1:
            target, differences = matches[0]
            _join(target, group, ", ".join(differences) or "initials written apart")
        else:
            group.candidates += [other.name for other, _ in matches]
            remaining.append(group)
            target = group
        for key in _index_keys(person):
            if target not in by_key[key]:
                by_key[key].append(target)
    return remaining


def _fullest_first(group: NameGroup) -> tuple[bool, int, int, str]:
    person = PersonName.parse(group.name)
    return len(person.given) == 1, -len(group.name.split()), -len(group.documents), group.name


def _lookup_keys(person: PersonName) -> list[tuple[str, str]]:
    """Return the keys of people who may be the same person."""
    given = [f"{person.given}."] if len(person.given) == 1 else formal_given_names(person.given)
    return [(person.surname, name) for name in given] if person.given else []


def _index_keys(person: PersonName) -> list[tuple[str, str]]:
    """Return the keys under which a person is found."""
    names = [*formal_given_names(person.given), f"{person.given[:1]}."]
    return [(person.surname, name) for name in names] if person.given else []


def _differences(person: PersonName, group: NameGroup, other: NameGroup) -> tuple[str, ...] | None:
    """Return in what a person differs from the names of another group; None if too much."""
    if not group.split_names.isdisjoint(other.split_names):
        return None
    differences: dict[str, AllowedDifference] = {}
    for name in other.names:
        rules = same_person_rules(person, PersonName.parse(name.name))
        if rules is None:
            return None
        differences |= {rule.name: rule for rule in rules}
    is_apart = group.documents.isdisjoint(other.documents)
    allowed = {"anywhere", "different documents" if is_apart else "same document"}
    if is_apart and not _bearer(group).ranks.isdisjoint(_bearer(other).ranks):
        allowed.add("same document")  # the Rev. J. Holt is the only Josiah Holt who is a clergyman
    has_evidence = all(rule.evidence in allowed for rule in differences.values())
    return tuple(differences) if has_evidence else None


def _speaks_against(group: NameGroup, other: NameGroup, years: YearsOfDocuments) -> bool:
    """Whether years or titles say that two names are of two people."""
    if not are_near(years.span_of(group.documents), years.span_of(other.documents), MAX_GAP):
        return True
    titles = (title for name in group.names for title in name.titles)
    bearer = _bearer(other)
    return any(not bearer.may_have(find_honorific(title)) for title in titles)


def _bearer(group: NameGroup) -> Bearer:
    """Return what the titles of a person say."""
    return Bearer.of("", sorted({title for name in group.names for title in name.titles}))
