"""The edits by which words of a text mean a name, or are not a name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.corrections.names import NOBODY
from generator.desk.edits import DecisionError, Edit, RowEdit, YamlEdit
from generator.desk.known_names import KnownNames, NameRecord
from generator.model import EntityKind
from generator.text import fold


class Place(msgspec.Struct, frozen=True, order=True):
    """A paragraph of a document."""

    seed: str
    paragraph: str
    """Its id on the page."""


class Meaning(msgspec.Struct, frozen=True):
    """What a person says about words in a text."""

    words: str
    name: str | None
    """The name that they mean; None if they are not a name."""
    kind: EntityKind | None
    """The kind of this name; None if it stays as it is."""
    place: Place | None
    """The paragraph in which they mean it; None if they do in every text."""

    @property
    def is_own_name(self) -> bool:
        """Whether the words are the name itself."""
        return self.name is not None and fold(self.name) == fold(self.words)


def meaning_edits(meaning: Meaning, known_names: KnownNames) -> Iterator[Edit]:
    """Yield the edits that make words mean what a person says.

    A name that rules found is corrected in `corrections.yml`. One that they did not find is added
    to `names.csv`, and so are other forms of a name there.
    """
    if meaning.place:
        yield from _edits_in_paragraph(meaning, meaning.place, known_names)
    elif meaning.name is None:
        yield YamlEdit(("names", "suppress"), (meaning.words,), "add")
    else:
        yield from _edits_in_all_texts(meaning, meaning.name, known_names)


def mention_edit(words: str, name: str | None, place: Place) -> YamlEdit:
    """Return the edit by which words in one paragraph mean a name, or nobody."""
    return YamlEdit(("names", "mentions", place.seed, place.paragraph, words), name or NOBODY)


def _edits_in_paragraph(meaning: Meaning, place: Place, known_names: KnownNames) -> Iterator[Edit]:
    yield mention_edit(meaning.words, meaning.name, place)
    if meaning.name and meaning.kind and not known_names.find_name(meaning.name):
        yield YamlEdit(("names", "kind", meaning.name), meaning.kind)


def _edits_in_all_texts(meaning: Meaning, name: str, known_names: KnownNames) -> Iterator[Edit]:
    known = known_names.find_name(name)
    if meaning.is_own_name:
        yield from _edits_of_own_name(meaning, name, known)
    elif known is None or known.is_in_names_file or not known_names.is_found(meaning.words):
        kind = meaning.kind or (known.kind if known else None)
        yield RowEdit(known.name if known else name, _require_kind(kind, name), (meaning.words,))
    else:
        yield YamlEdit(("names", "merge", known.name), (meaning.words,), "add")


def _edits_of_own_name(meaning: Meaning, name: str, known: NameRecord | None) -> Iterator[Edit]:
    kind = _require_kind(meaning.kind, name)
    if known is None or known.kind == kind:
        # A form is found only where the text has its capitals: "North Pier" not as "north pier".
        yield RowEdit(name, kind, (meaning.words,) if meaning.words != name else ())
    elif known.is_in_names_file:
        yield RowEdit(known.name, known.kind, cells={"kind": kind})
    else:
        yield YamlEdit(("names", "kind", known.name), kind)


def _require_kind(kind: EntityKind | None, name: str) -> EntityKind:
    if kind is None:
        raise DecisionError(f'no name "{name}" is known yet; say what it is, such as a person')
    return kind
