"""Names found by a spaCy pipeline of the user's own, in place of our rules.

spaCy is an optional extra (`pip install seedbed[spacy]`). Nothing is ever downloaded: the
pipeline must be installed, or lie in a folder. What it finds is tied together by the same rules
as our own names are: surnames, acronyms, short forms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from generator.linking.names import short_forms
from generator.model import Document, EntityKind, Mention, SeedbedError

_LABELS: Mapping[str, EntityKind] = {
    "PERSON": "person",
    "PER": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
"""Labels of spaCy's pipelines (OntoNotes and WikiNER); every other one is no name here."""


class _SpacyEntity(NamedTuple):
    block: int
    start: int
    end: int
    text: str
    label: str


class SpacyFinder(NamedTuple):
    """A loaded spaCy pipeline; `find` has the form of our own second pass."""

    name: str
    pipeline: Any

    @property
    def digest(self) -> str:
        """SHA-256 of the pipeline: another one finds other names in the same text."""
        return hashlib.sha256(self.pipeline.to_bytes()).hexdigest()

    def find_names(self, document: Document) -> tuple[Mention, ...]:
        """Find the names of a document, in the order of the text, none overlapping another."""
        told = [
            _SpacyEntity(number, entity.start_char, entity.end_char, entity.text, entity.label_)
            for number, block in enumerate(document.blocks)
            for entity in self.pipeline(block.text).ents
            if entity.label_ in _LABELS
        ]
        kinds = {one.text: _LABELS[one.label] for one in told}
        known = {
            text: short_forms.NameBelief(text, kind, 5.0, sure=True) for text, kind in kinds.items()
        }
        related = short_forms.match_short_forms(known, _acronyms(document, told))
        return tuple(self._mention(one, related.get(one.text)) for one in told)

    def _mention(self, one: _SpacyEntity, of: short_forms.ShortForm | None) -> Mention:
        kind = _LABELS[one.label]
        full = of.full if of is not None and of.kind == kind else one.text
        alone = kind == "person" and " " not in full
        return Mention(
            one.block,
            one.start,
            one.end,
            one.text,
            kind,
            1.0,
            bool(full) and not alone,
            (f"spaCy pipeline {self.name}: {one.label}",),
            full,
        )


def load_pipeline(name: str) -> SpacyFinder:
    """Load an installed pipeline by its package's name, or one that was saved to a folder.

    Raises SeedbedError where spaCy or the pipeline is missing; nothing is downloaded.
    """
    try:
        import spacy  # here, because it is an extra, and takes a second to load
    except ImportError as error:
        raise SeedbedError(
            "extra.seedbed.names asks for spaCy, which is not installed",
            "Install it (pip install seedbed[spacy]), or remove the setting",
        ) from error
    try:
        return SpacyFinder(name.replace("\\", "/").rsplit("/", 1)[-1], spacy.load(name))
    except OSError as error:
        raise SeedbedError(
            f'extra.seedbed.names asks for the spaCy pipeline "{name}", which is not there',
            f"Install it (python -m spacy download {name}), or name a folder it was saved to",
        ) from error


def _acronyms(document: Document, told: Sequence[_SpacyEntity]) -> dict[str, str]:
    """Acronyms in brackets behind their long form."""
    found: dict[str, str] = {}
    for left, right in pairwise(told):
        text = document.blocks[left.block].text
        near = left.block == right.block and text[left.end : right.start] == " ("
        if near and text[right.end : right.end + 1] == ")" and right.text.isupper():
            found.setdefault(right.text, left.text)
    return found
