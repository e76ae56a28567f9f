"""Kinds of names, as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from generator.model import FOUND_KINDS, EntityKind, did_you_mean, is_kind

_WORDS: tuple[tuple[EntityKind, str], ...] = (
    ("person", "person persons people persona personas personne personnes personen pessoa pessoas"),
    ("organization", "organization organizations organisation organisations organisationen"),
    ("organization", "organización organizaciones organização organizações"),
    ("place", "place places lugar lugares lieu lieux ort orte"),
)

KIND_WORDS: Mapping[str, EntityKind] = MappingProxyType(
    {word: kind for kind, words in _WORDS for word in words.split()}
)
"""Words for the kinds that rules also find, in five languages."""

_HINT = "Write person, organization, place, or a word of your own such as ship"


class UnknownKindError(Exception):
    """A text that is not a kind; `hint` says what to write instead."""

    def __init__(self, hint: str) -> None:
        super().__init__(hint)
        self.hint = hint


def parse_kind(text: str) -> EntityKind:
    """Return a kind: one of those that rules find, or one of a person's own.

    Raises UnknownKindError for a text that cannot be a kind, or is one of the three with a typing
    error.
    """
    kind = " ".join(text.casefold().split())
    if kind in KIND_WORDS:
        return KIND_WORDS[kind]
    hint = did_you_mean(kind, FOUND_KINDS, "")
    if hint or not is_kind(kind):
        raise UnknownKindError(hint or _HINT)
    return kind
