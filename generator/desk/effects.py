"""What a decision would change, counted before it is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.desk.edits import Edit, NoteEdit, RowEdit, YamlEdit
from generator.desk.known_names import KnownNames
from generator.desk.sentences import count_places
from generator.desk.tables import mention_rows, texts_with


@dataclass(frozen=True, slots=True)
class Effect:
    """The mentions that would mean something else, and the documents that have them."""

    mentions: int
    documents: int


def count_effect(edits: Iterable[Edit], known_names: KnownNames) -> Effect:
    """Return what edits change: mentions of names, or the documents themselves.

    Of words that no rule takes for a name, every place is counted that has them.
    """
    mentions: Counter[str] = Counter()
    for edit in edits:
        mentions |= _affected(edit, known_names)
    return Effect(mentions.total(), len(+mentions))


def _affected(edit: Edit, known_names: KnownNames) -> Counter[str]:
    """Return the number of affected mentions in each document."""
    if isinstance(edit, NoteEdit):
        return Counter()
    if isinstance(edit, RowEdit):
        return _of_names(known_names, edit.forms or (edit.name,))
    section, *keys = edit.path
    if section != "names":
        return Counter({keys[0]: 1})
    return _of_map(edit, keys, known_names)


def _of_map(edit: YamlEdit, keys: list[str], known_names: KnownNames) -> Counter[str]:
    map_name = keys[0]
    if map_name == "mentions":
        return Counter({keys[1]: 1})
    values = edit.value if isinstance(edit.value, tuple) else ()
    if map_name in {"merge", "suppress"}:
        return _of_names(known_names, values)
    own = _of_names(known_names, (keys[1],))
    return Counter({seed: own[seed] for seed in values}) if map_name == "split" else own


def _of_names(known_names: KnownNames, names: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in names:
        record = known_names.find_name(name)
        needle = record.id if record and record.id else name
        found = Counter(
            mention.seed
            for mention in mention_rows(known_names.docs, needle)
            if needle in {mention.entity, mention.text}
        )
        counts |= found or _in_texts(known_names.docs, name)
    return counts


def _in_texts(docs: Path, words: str) -> Counter[str]:
    counts = Counter({text.path: count_places(text, words) for text in texts_with(docs, words)})
    return +counts
