"""The scores of py3langid's model for all languages, with all bytes of a text looked at together.

py3langid follows the bytes one by one in Python, which cost an eighth of the reading of a letter.
The sums are the same but for the order in which they are added.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_Numbers = np.ndarray[Any, np.dtype[Any]]


class BestLanguage(msgspec.Struct, frozen=True):
    """The likeliest language of a text."""

    language: str
    margin: float
    """How much likelier it is than the second, in natural logarithms."""


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """A model that finds the features of a text with an automaton, and scores what it found."""

    moves: _Numbers
    """For each row and byte the next state."""
    rows: _Numbers
    """For each state where its row begins in `moves`."""
    features: _Numbers
    """For each state the feature that ends there; negative for none."""
    weights: _Numbers
    """For each feature and class the logarithm of its likelihood."""
    priors: _Numbers
    classes: tuple[str, ...]
    """Languages; one that is written in two scripts has two classes."""

    @classmethod
    def of(cls, identifier: LanguageIdentifier) -> LanguageModel:
        """Return the model of py3langid."""
        return cls(
            np.asarray(identifier.tk_nextmove),
            np.asarray(identifier.tk_row).astype(np.intp) << 8,
            np.asarray(identifier.tk_output),
            identifier.nb_ptc,
            identifier.nb_pc,
            tuple(identifier.nb_classes),
        )

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, _Numbers]) -> LanguageModel:
        """Return the model that was saved; raise KeyError if an array is missing."""
        numbers = {name: arrays[name] for name in _names() if name != "classes"}
        return cls(**numbers, classes=tuple(arrays["classes"].tolist()))

    def arrays(self) -> dict[str, _Numbers]:
        """Return the model as arrays that can be saved."""
        return {name: np.asarray(getattr(self, name)) for name in _names()}

    def best(self, text: str) -> BestLanguage | None:
        """Return the likeliest language of a text; None if it has no feature of any."""
        reached = self.features[self._states(_encoded(text))]
        features, counts = np.unique(reached[reached >= 0], return_counts=True)
        if not len(features):
            return None
        weights = _single(self.weights.take(features, axis=0))
        scores = np.log1p(counts.astype(np.float32)) @ weights + self.priors
        first, *rest = np.argsort(scores)[::-1].tolist()
        language = self.classes[first]
        second = next(index for index in rest if self.classes[index] != language)
        return BestLanguage(language, float(scores[first] - scores[second]))

    def _states(self, data: bytes) -> _Numbers:
        """Return the state of the automaton after each byte.

        Each step takes all bytes from the state before them to the next one. Where nothing changes
        any more, these are the states of a walk from the first byte to the last. As a state knows
        no more than the last few bytes, the steps are few.
        """
        letters = np.frombuffer(data, dtype=np.uint8).astype(np.intp)
        states = np.zeros(len(letters) + 1, dtype=np.intp)  # indexes of this type are fastest
        before, reached = states[:-1], states[1:]
        while True:
            after = self.moves.take(self.rows.take(before) + letters)
            if (after == reached).all():
                return after
            reached[:] = after


_EXPONENTS = np.float32(2.0**112)
"""How much smaller a number is after its bits moved to the places that they have in 32 bits."""


def _single(numbers: _Numbers) -> _Numbers:
    """Return finite numbers in 32 bits; the weights have 16 to save memory.

    The bits are moved, as numpy's own conversion takes more than four times as long.
    """
    if numbers.dtype != np.float16:
        return numbers
    bits = numbers.view(np.int16).astype(np.int32)
    bits <<= 13
    bits &= ~0x70000000
    single = bits.view(np.float32)
    single *= _EXPONENTS
    return single


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(LanguageModel))


def _encoded(text: str) -> bytes:
    """Return the bytes of a text as the model was trained with them."""
    small = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", small).encode("utf-8", "surrogatepass")
