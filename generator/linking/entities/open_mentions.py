"""Mentions that are left open: they may mean somebody, but it is not certain whom.

A page that only says how many mentions count would make readers believe that there are no others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.linking.entities.forms import PersonName, fold_name
from generator.linking.entities.merge import NameGroup
from generator.linking.entities.open_questions import SharedSurname
from generator.linking.entities.titled_surnames import bearer_of
from generator.linking.entities.usage import NameStats, titled_surname
from generator.model import NameKey
from generator.text.honorifics import Honorific


class OpenSurname(NamedTuple):
    """A surname that stands alone or after a title, and its mentions that mean nobody certain."""

    title: Honorific | None
    mentions: int


def count_open_mentions(
    groups: Sequence[NameGroup],
    stats: Iterable[NameStats],
    shared: Mapping[str, SharedSurname],
) -> dict[int, int]:
    """Return for the identity of each group the mentions that may mean it, but are left open.

    A mention that may mean two people counts for both. Linear in the number of names.
    """
    surnames = _open_surnames(groups, stats)
    for text, surname in shared.items():
        open_surname = OpenSurname(None, surname.documents.total())
        surnames[fold_name(text)].append(open_surname)
    return {id(group): _open_mentions(group, surnames) for group in groups}


def _open_surnames(
    groups: Iterable[NameGroup], stats: Iterable[NameStats]
) -> dict[str, list[OpenSurname]]:
    grouped: set[NameKey] = set()
    joined: Counter[NameKey] = Counter()
    for group in groups:
        grouped.update(name.key for name in group.names)
        for part in group.parts:
            joined[part.key] += part.weak_texts.total()
    surnames: dict[str, list[OpenSurname]] = defaultdict(list)
    for name in stats:
        if name.kind == "person" and name.key not in grouped:
            titled = titled_surname(name)
            mentions = name.weak_texts.total() + name.contested_texts.total() - joined[name.key]
            if titled is not None:
                surnames[titled.surname].append(OpenSurname(titled.title, mentions))
            elif " " not in name.name:
                surnames[fold_name(name.name)].append(OpenSurname(None, mentions))
    return surnames


def _open_mentions(group: NameGroup, surnames: Mapping[str, Sequence[OpenSurname]]) -> int:
    contested = 0 if group.is_decided else sum(n.contested_texts.total() for n in group.names)
    if group.kind != "person" or " " not in group.name:
        return contested
    bearer = bearer_of(group.names)
    own = {PersonName.parse(name.name).surname for name in group.names}
    return contested + sum(
        surname.mentions
        for word in own
        for surname in surnames.get(word, ())
        if surname.title is None or bearer.may_have(surname.title)
    )
