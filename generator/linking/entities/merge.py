"""Names that mean one entity are brought together, across documents; where unsure, they are not.

The work is in steps, each from a table of rules: names of one spelling, then short forms that have
exactly one full form in the corpus. A group grows only by names that can be one with every name
in it. What has two possible full forms stays apart, and is a doubt that a person can settle.
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
from generator.linking.entities.usage import NameStats
from generator.linking.entities.variants import (
    SAME_KEY_RULES,
    SHORTER_NAME_RULES,
    SameKeyRule,
    ShorterNameRule,
)
from generator.model import EntityKind, SeedPath


@dataclass(slots=True, eq=False)
class NameGroup:
    """Names of one entity, while it is found out which they are."""

    names: list[NameStats]
    kind: EntityKind = field(init=False)
    reasons: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    """Names of other groups, one of which this one may be short for."""
    split_names: set[str] = field(default_factory=set)
    """Split names, of which this is a part: it is not joined with another part."""
    is_decided: bool = False
    """Whether a person decided about it: then weak evidence counts as well."""
    corrected_name: str = ""
    """The name that a person gave it."""
    same_as: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.kind = self.names[0].kind

    @property
    def documents(self) -> set[SeedPath]:
        """Where it stands with evidence that is good enough."""
        strong = {source for use in self.names for source in use.documents}
        if not self.is_decided:
            return strong
        return strong.union(source for use in self.names for source in use.weak_documents)

    @property
    def texts(self) -> Counter[str]:
        """The words of its mentions, with evidence that is good enough."""
        texts: Counter[str] = Counter()
        for use in self.names:
            texts.update(use.texts)
            if self.is_decided:
                texts.update(use.weak_texts)
        return texts

    @property
    def mentions(self) -> int:
        """How many mentions it has."""
        return self.texts.total()

    @property
    def name(self) -> str:
        """The canonical name: no acronym if there is a long form, then what most documents say."""
        if self.corrected_name:
            return self.corrected_name
        best = min(
            self.names,
            key=lambda use: (
                is_acronym(use.name),
                -len(use.documents),
                -use.texts.total(),
                -len(use.name),
                use.name,
            ),
        )
        return best.name


def group_names(stats: Iterable[NameStats], split_names: Mapping[str, str]) -> list[NameGroup]:
    """Group the names that have strong evidence somewhere; each is in exactly one group.

    Names of one family in `families` are parts of a name that people split: they stay apart.
    """
    groups = [NameGroup([use]) for use in stats if use.documents]
    for group in groups:
        group.split_names |= {
            split_names[use.name] for use in group.names if use.name in split_names
        }
    for same in SAME_KEY_RULES:
        groups = _joined_by_key(groups, same)
    people = [group for group in groups if group.kind == "person"]
    others = [group for group in groups if group.kind != "person"]
    for short in SHORTER_NAME_RULES:
        others = _joined_by_answer(others, short)
    return [*_kin(people), *others]


def _join(into: NameGroup, group: NameGroup, reason: str) -> None:
    into.reasons += [f'{reason}: "{group.name}" is "{into.name}"', *group.reasons]
    into.names += group.names
    into.split_names |= group.split_names


def _joined_by_key(groups: Iterable[NameGroup], rule: SameKeyRule) -> list[NameGroup]:
    kept: list[NameGroup] = []
    by_key: dict[tuple[EntityKind, str], NameGroup] = {}
    for group in groups:
        key = (group.kind, rule.key(group.names[0]) if group.kind in rule.kinds else "")
        if key[1] and key in by_key and by_key[key].split_names.isdisjoint(group.split_names):
            _join(by_key[key], group, rule.name)
            continue
        kept.append(group)
        if key[1]:
            by_key[key] = group
    return kept


def _joined_by_answer(groups: list[NameGroup], rule: ShorterNameRule) -> list[NameGroup]:
    """Let every short form ask for its full form; answers are those of before the round."""
    full: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        if group.kind in rule.kinds:
            for key in {key: None for use in group.names for key in rule.full_keys(use)}:
                full[key].append(at)
    removed: set[int] = set()
    for at, group in enumerate(groups):
        if group.kind in rule.kinds:
            keys = {key for use in group.names if (key := rule.short_key(use))}
            found = sorted({other for key in keys for other in full.get(key, ())} - {at})
            # A full form that was itself found short of another has moved, and answers no more.
            if (
                _decides(group, [groups[other] for other in found], rule)
                and found[0] not in removed
            ):
                _join(groups[found[0]], group, rule.name)
                removed.add(at)
    return [group for index, group in enumerate(groups) if index not in removed]


def _decides(group: NameGroup, found: list[NameGroup], rule: ShorterNameRule) -> bool:
    """Tell whether exactly one full form answers, and stands where it must."""
    if len(found) > 1:
        group.candidates += [other.name for other in found if other.name not in group.candidates]
    return (
        len(found) == 1
        and group.split_names.isdisjoint(found[0].split_names)
        and (not rule.same_document or not group.documents.isdisjoint(found[0].documents))
    )


def _kin(groups: Iterable[NameGroup]) -> list[NameGroup]:
    """Bring people together, full names first, so that short ones find all that could be meant."""
    kept: list[NameGroup] = []
    known: dict[tuple[str, str], list[NameGroup]] = defaultdict(list)
    for group in sorted(groups, key=_fullest_first):
        person = PersonName.parse(group.name)
        near = {id(other): other for key in _asked(person) for other in known.get(key, ())}
        found = [
            (other, why)
            for other in near.values()
            if (why := _likeness(person, group, other)) is not None
        ]
        if len(found) == 1:
            into, why = found[0]
            _join(into, group, ", ".join(why) or "initials written apart")
        else:
            group.candidates += [other.name for other, _ in found]
            kept.append(group)
            into = group
        for key in _answered(person):
            if into not in known[key]:
                known[key].append(into)
    return kept


def _fullest_first(group: NameGroup) -> tuple[bool, int, int, str]:
    person = PersonName.parse(group.name)
    return len(person.given) == 1, -len(group.name.split()), -len(group.documents), group.name


def _asked(person: PersonName) -> list[tuple[str, str]]:
    given = [f"{person.given}."] if len(person.given) == 1 else formal_given_names(person.given)
    return [(person.surname, name) for name in given] if person.given else []


def _answered(person: PersonName) -> list[tuple[str, str]]:
    names = [*formal_given_names(person.given), f"{person.given[:1]}."]
    return [(person.surname, name) for name in names] if person.given else []


def _likeness(person: PersonName, group: NameGroup, other: NameGroup) -> tuple[str, ...] | None:
    """Say in what a person is like everybody in a group; None when that is not enough."""
    if not group.split_names.isdisjoint(other.split_names):
        return None
    found: dict[str, AllowedDifference] = {}
    for use in other.names:
        kin = same_person_rules(person, PersonName.parse(use.name))
        if kin is None:
            return None
        found |= {likeness.name: likeness for likeness in kin}
    met = "together" if not group.documents.isdisjoint(other.documents) else "apart"
    holds = all(likeness.evidence in {"anywhere", met} for likeness in found.values())
    return tuple(found) if holds else None
