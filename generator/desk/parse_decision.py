"""Decisions of a person, read from the JSON that the desk sends, as edits of files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.corrections.kinds import UnknownKindError, parse_kind
from generator.desk.edits import DecisionError, Edit, NoteEdit, RowEdit, Value, YamlEdit
from generator.desk.known_names import KnownNames
from generator.desk.mention_decisions import Meaning, Place, meaning_edits, mention_edit
from generator.desk.values import mapping, text, text_or_none, texts, withdrawal
from generator.model import EntityKind

_MAX_NOTE = 200_000
"""Most characters of a note."""

_FORBIDDEN = re.compile("[\0\ud800-\udfff]")
"""Characters that no text has, or that UTF-8 cannot encode."""


def read_decision(body: object, known_names: KnownNames) -> tuple[Edit, ...]:
    """Return the edits that a decision asks for; what it means may depend on the known names.

    Raises DecisionError for anything but a decision with known fields.
    """
    fields = mapping(body)
    for key, read in _DECISIONS.items():
        if key in fields:
            return tuple(read(fields, known_names))
    raise DecisionError("this is not a decision about a document or a name")


def _document(body: Mapping[str, Any], _: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("seed", "field", "value"))
    field = text(fields["field"])
    read = _DOCUMENT_FIELDS.get(field)
    if read is None:
        raise DecisionError(f'"{field}" is not a field of a document')
    yield YamlEdit(("documents", text(fields["seed"]), field), read(fields["value"]))


def _structure(body: Mapping[str, Any], _: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("seed", "structure", "lines"))
    kind, lines = text(fields["structure"]), text(fields["lines"])
    if kind not in _STRUCTURES:
        raise DecisionError(f'"{kind}" is not a kind of lines')
    path = "structure", text(fields["seed"]), kind
    yield YamlEdit(path, lines) if lines == "all" else YamlEdit(path, (lines,), "add")


def _name(body: Mapping[str, Any], _: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("name", "map", "value"))
    name, map_name, value = text(fields["name"]), text(fields["map"]), fields["value"]
    match map_name:
        case "merge" | "same-as":
            yield YamlEdit(("names", map_name, name), texts(value), "add")
        case "kind" | "rename":
            yield YamlEdit(("names", map_name, name), text(value))
        case "suppress":
            yield YamlEdit(("names", map_name), (name,), "add")
        case _:
            raise DecisionError(f'"{map_name}" is not a decision about a name')


def _split(body: Mapping[str, Any], _: KnownNames) -> Iterator[Edit]:
    """Yield the edits of a split: whole documents, and single mentions in others."""
    fields = mapping(body, ("split", "into", "documents", "mentions"))
    name, into = text(fields["split"]), text(fields["into"])
    documents = texts(fields["documents"])
    if not isinstance(fields["mentions"], list):
        raise DecisionError("a list is missing")
    if documents:
        yield YamlEdit(("names", "split", name, into), documents, "add")
    for mention in fields["mentions"]:
        place = mapping(mention, ("seed", "paragraph", "words"))
        yield mention_edit(text(place["words"]), into, _place(place))
    if not documents and not fields["mentions"]:
        raise DecisionError("no document or mention was chosen")


def _meaning(body: Mapping[str, Any], known_names: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("words", "name", "kind", "here"))
    words, here = text(fields["words"]), fields["here"]
    name, kind = text_or_none(fields["name"]), _kind(fields["kind"])
    place = _place(mapping(here, ("seed", "paragraph"))) if here is not None else None
    yield from meaning_edits(Meaning(words, name, kind, place), known_names)


def _facts(body: Mapping[str, Any], _: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("facts", "kind", "values"))
    kind = _kind(fields["kind"])
    values = mapping(fields["values"])
    if kind is None or not set(values) <= _FACTS:
        raise DecisionError(f"the facts of a name are {', '.join(sorted(_FACTS))}")
    cells = {name: text_or_none(value) or "" for name, value in values.items()}
    yield RowEdit(text(fields["facts"]), kind, cells=cells)


def _note(body: Mapping[str, Any], known_names: KnownNames) -> Iterator[Edit]:
    fields = mapping(body, ("note", "text", "version"))
    subject, words = text(fields["note"]), fields["text"]
    if not known_names.has_subject(subject):
        raise DecisionError(f'there is no document or name "{subject}"')
    if not isinstance(words, str) or len(words) > _MAX_NOTE or _FORBIDDEN.search(words):
        raise DecisionError("the note is too long, or is not a text")
    yield NoteEdit(f"_notes/{subject}.md", words, str(fields["version"]))


def _place(fields: Mapping[str, Any]) -> Place:
    return Place(text(fields["seed"]), text(fields["paragraph"]))


def _kind(value: object) -> EntityKind | None:
    words = text_or_none(value)
    try:
        return parse_kind(words) if words else None
    except UnknownKindError as error:
        raise DecisionError(f'"{words}" is not a kind. {error.hint}') from error


_DECISIONS: Mapping[str, Callable[[Mapping[str, Any], KnownNames], Iterator[Edit]]] = {
    "field": _document,
    "structure": _structure,
    "map": _name,
    "split": _split,
    "words": _meaning,
    "facts": _facts,
    "note": _note,
}
"""The reader of a decision, by the field that only decisions of this sort have."""

_DOCUMENT_FIELDS: Mapping[str, Callable[[object], Value]] = {
    "title": text,
    "subtitle": text_or_none,
    "authors": texts,
    "date": text_or_none,
    "place": text_or_none,
    "sender": text_or_none,
    "recipient": text_or_none,
    "language": text_or_none,
    "section": text_or_none,
    "collection": text_or_none,
    "genre": text_or_none,
    "rights": text_or_none,
    "withdrawn": withdrawal,
}
_STRUCTURES = frozenset({"verse", "table", "lines"})
_FACTS = frozenset({"born", "died", "from", "to", "same_as", "latitude", "longitude", "note"})
