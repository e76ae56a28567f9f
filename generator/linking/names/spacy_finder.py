"""Names found by the user's own spaCy pipeline instead of the rules of this package.

spaCy is an optional extra (`pip install seedbed[spacy]`). Nothing is ever downloaded: the
pipeline must be installed or saved to a folder. The rules for short forms (surnames, acronyms,
first words) are applied to its names too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from generator.linking.names.rule_type import PERSON, Kind
from generator.linking.names.short_forms import NameBelief, ShortForm, match_short_forms
from generator.model import Document, Mention, SeedbedError

_KINDS: Mapping[str, Kind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""The kinds for labels of spaCy's pipelines (OntoNotes and WikiNER); others are left out."""

_SCORE = 5.0
"""Score of a name for the rules about short forms; spaCy says nothing about its certainty."""


class _SpacyEntity(NamedTuple):
    block: int
    start: int
    end: int
    text: str
    label: str


class SpacyFinder(NamedTuple):
    """A loaded spaCy pipeline with the interface of the second pass."""

    name: str
    pipeline: Any

    @property
    def digest(self) -> str:
        """SHA-256 of the pipeline: a changed pipeline finds other names in the same text."""
        return hashlib.sha256(self.pipeline.to_bytes()).hexdigest()

    def find_names(self, document: Document) -> tuple[Mention, ...]:
        """Find the names of a document, in the order of the text, without overlaps."""
        entities = [
            _SpacyEntity(index, entity.start_char, entity.end_char, entity.text, entity.label_)
            for index, block in enumerate(document.blocks)
            for entity in self.pipeline(block.text).ents
            if entity.label_ in _KINDS
        ]
        kinds = {entity.text: _KINDS[entity.label] for entity in entities}
        beliefs = {text: NameBelief(text, kind, _SCORE, True) for text, kind in kinds.items()}
        short_forms = match_short_forms(beliefs, _defined_acronyms(document, entities))
        return tuple(self._mention(entity, short_forms.get(entity.text)) for entity in entities)

    def _mention(self, entity: _SpacyEntity, short_form: ShortForm | None) -> Mention:
        """Return the mention; it is strong if it has a full name, for a person of several words."""
        block, start, end, text, label = entity
        kind = _KINDS[label]
        is_short = short_form is not None and short_form.kind == kind
        full_name = short_form.full_name if short_form and is_short else text
        is_strong = full_name is not None and (kind != PERSON or " " in full_name)
        reasons = (f"spaCy pipeline {self.name}: {label}",)
        return Mention(block, start, end, text, kind, 1.0, is_strong, reasons, full_name)


def load_pipeline(name: str) -> SpacyFinder:
    """Load an installed pipeline by the name of its package, or one that was saved to a folder.

    Raises SeedbedError if spaCy or the pipeline is missing; nothing is downloaded.
    """
    try:
        import spacy  # here, because it is an extra, and its import takes a second
    except ImportError as error:
        raise SeedbedError(
            "extra.seedbed.names asks for spaCy, which is not installed",
            "Install it (pip install seedbed[spacy]), or remove the setting",
        ) from error
    try:
        return SpacyFinder(name.replace("\\", "/").rsplit("/", 1)[-1], spacy.load(name))
    except OSError as error:
        raise SeedbedError(
            f'extra.seedbed.names asks for the spaCy pipeline "{name}", which is not installed',
            f"Install it (python -m spacy download {name}), or set the folder it was saved to",
        ) from error


def _defined_acronyms(document: Document, entities: Sequence[_SpacyEntity]) -> dict[str, str]:
    """Map each acronym in brackets to the name right before it."""
    acronyms: dict[str, str] = {}
    for left, right in pairwise(entities):
        text = document.blocks[left.block].text
        is_in_brackets = text[left.end : right.end + 1] == f" ({right.text})"
        if left.block == right.block and is_in_brackets and right.text.isupper():
            acronyms.setdefault(right.text, left.text)
    return acronyms
