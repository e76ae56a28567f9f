"""What a decision would change, counted before it is saved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from generator.desk.edits import Edit, NoteEdit, RowEdit, YamlEdit
from generator.desk.known_names import KnownNames
from generator.desk.tables import mention_rows, read_texts, texts_with
from generator.text.word_places import TextRange, find_words, outside_longer


class Effect(msgspec.Struct, frozen=True):
    """The mentions that would mean something else, and the documents that have them."""

    mentions: int
    documents: int


def count_effect(edits: Iterable[Edit], known_names: KnownNames) -> Effect:
    """Return what edits change: mentions of names, or the documents themselves.

    If no rule finds the words as a name, all their places are counted.
    """
    mentions: Counter[str] = Counter()
    for edit in edits:
        mentions |= _affected(edit, known_names)
    return Effect(mentions.total(), len(+mentions))


def _affected(edit: Edit, known_names: KnownNames) -> Counter[str]:
    """Count the affected mentions in each document."""
    if isinstance(edit, NoteEdit):
        return Counter()
    if isinstance(edit, RowEdit):
        known = known_names.find_name(edit.name)
        own = known.id if known and known.kind == edit.kind else None
        return _count_forms(known_names.docs, {edit.name, *edit.forms}, own)
    section, *keys = edit.path
    if section != "names":
        return Counter({keys[0]: 1})
    return _count_map(edit, keys, known_names)


def _count_map(edit: YamlEdit, keys: list[str], known_names: KnownNames) -> Counter[str]:
    """Count the mentions that an edit of one of the maps of names affects."""
    map_name = keys[0]
    if map_name == "mentions":
        return _count_words_at(known_names, *keys[1:])
    values = edit.value if isinstance(edit.value, tuple) else ()
    if map_name in {"merge", "suppress"}:
        return _count_names(known_names, values)
    own = _count_names(known_names, (keys[1],))
    return Counter({seed: own[seed] for seed in values}) if map_name == "split" else own


def _count_words_at(known_names: KnownNames, seed: str, paragraph: str, words: str) -> Counter[str]:
    """Count the words in a paragraph, as the build finds them."""
    document = read_texts(known_names.docs, (seed,)).get(seed)
    text = document.paragraph(paragraph) if document else None
    if text is None:
        return Counter({seed: 1})
    names = [
        TextRange(row.start, row.end)
        for row in mention_rows(known_names.docs, seed)
        if (row.seed, row.paragraph) == (seed, paragraph)
    ]
    return Counter({seed: len(find_words(text, words, names))})


def _count_forms(docs: Path, forms: Iterable[str], own: str | None) -> Counter[str]:
    """Count places of the forms that are not inside a longer name or form.

    Mentions of the entity `own` are left out: they mean it already.
    """
    forms = tuple(forms)
    names: dict[tuple[str, str], list[TextRange]] = defaultdict(list)
    own_places: set[tuple[str, str, TextRange]] = set()
    for row in {row for form in forms for row in mention_rows(docs, form)}:
        place = TextRange(row.start, row.end)
        names[row.seed, row.paragraph].append(place)
        own_places |= {(row.seed, row.paragraph, place)} if own and row.entity == own else set()
    counts: Counter[str] = Counter()
    for text in {text.path: text for form in forms for text in texts_with(docs, form)}.values():
        for block in text.blocks:
            words = text.text[block.start : block.end]
            places = {place for form in forms for place in find_words(words, form)}
            new = outside_longer(places, [*names[text.path, block.id], *places])
            counts[text.path] += sum(
                (text.path, block.id, place) not in own_places for place in new
            )
    return +counts


def _count_names(known_names: KnownNames, names: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in names:
        record = known_names.find_name(name)
        needle = record.id if record and record.id else name
        found = Counter(
            mention.seed
            for mention in mention_rows(known_names.docs, needle)
            if needle in {mention.entity, mention.text}
        )
        counts |= found or _count_in_texts(known_names.docs, name)
    return counts


def _count_in_texts(docs: Path, words: str) -> Counter[str]:
    counts = Counter(
        {text.path: len(find_words(text.text, words)) for text in texts_with(docs, words)}
    )
    return +counts
