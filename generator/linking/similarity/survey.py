"""What is known of all texts after each was read once, saved until one of its block changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from generator.linking.similarity.keyword_weights import BLOCK_SIZE
from generator.text.distinct_numbers import distinct_numbers
from generator.text.term_counts import CorpusTerms, EncodedText, TermBatch

_REBUILD_SHARE = 8
"""When more than one block in eight changed, all texts are read: some thousand together cost less
than some hundred one by one."""

_LOWEST = np.uint32(0xFFFF)

Sketch = npt.NDArray[np.uint64]
"""The runs of words in the sketch of a text, in order."""
Halves = npt.NDArray[np.uint32]
"""The lower halves of runs, by which a text can be found that may have them."""


def halves_of(runs: Sketch) -> Halves:
    """Return the lower halves of runs."""
    return (runs & np.uint64(0xFFFFFFFF)).astype(np.uint32)


class SurveyBlock(msgspec.Struct, frozen=True):
    """What is known of some texts that follow each other."""

    inputs: bytes
    """Fingerprint of what they depend on."""
    words: bytes
    """The ids of their different words, four bytes each."""
    digests: tuple[str, ...]
    sizes: bytes
    """The number of runs in each sketch, a byte each."""
    runs: bytes
    """The lower halves of all runs, four bytes each: those of one text after the other."""

    @property
    def halves(self) -> Halves:
        """The lower halves of the runs of all its texts."""
        return np.frombuffer(self.runs, np.uint32)

    @property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where the runs of each text end."""
        return np.cumsum(np.frombuffer(self.sizes, np.uint8), dtype=np.int64)

    def halves_of(self, text: int) -> Halves:
        """Return the lower halves of the runs of one of its texts."""
        end = int(self.ends[text])
        return self.halves[end - self.sizes[text] : end]


class FoundTexts(NamedTuple):
    """Texts with wanted halves, a place for each half that one has."""

    places: npt.NDArray[np.int64]
    """Of the half in the array of wanted ones."""
    texts: npt.NDArray[np.int64]


class TextSurvey(msgspec.Struct, frozen=True):
    """What is known of all texts."""

    terms: CorpusTerms
    blocks: tuple[SurveyBlock, ...]
    block_size: int
    before: Mapping[int, SurveyBlock]
    """The blocks of the previous run, by their number; none if all were made again."""
    changed: Mapping[int, SurveyBlock]
    """The blocks that were made in this run."""
    sketches: dict[int, Sketch] = msgspec.field(default_factory=dict)
    """The sketches that were read in this run."""

    @property
    def digests(self) -> Iterator[str]:
        """The digest of each text; empty without a word."""
        return chain.from_iterable(block.digests for block in self.blocks)

    def used_words(self) -> npt.NDArray[np.uint32]:
        """Return the ids of the words that are in any text, in order."""
        used = np.zeros(len(self.terms.vocabulary), bool)
        for block in self.blocks:
            used[np.frombuffer(block.words, np.uint32)] = True
        return np.flatnonzero(used).astype(np.uint32)

    def sketch(self, text: int) -> Sketch:
        """Return the sketch of a text, which is read if it was not yet."""
        if text not in self.sketches:
            (read,) = self.terms.read(slice(text, text + 1))
            self.sketches[text] = _sketch(read)
        return self.sketches[text]

    def changed_texts(self) -> dict[int, Halves]:
        """Return the texts with other words than in the previous run, with their runs then.

        Both runs must have the same number of texts.
        """
        return {
            number * self.block_size + index: before.halves_of(index)
            for number, block in self.changed.items()
            for before in (self.before[number],)
            for index, (old, new) in enumerate(zip(before.digests, block.digests, strict=True))
            if old != new
        }

    def texts_with(self, wanted: Halves) -> Iterator[FoundTexts]:
        """Yield the texts that have any of these halves, which are in order; nothing is read."""
        may_have = np.zeros(1 << 16, bool)
        may_have[wanted & _LOWEST] = True
        for number, block in enumerate(self.blocks if len(wanted) else ()):
            halves = block.halves
            found = np.flatnonzero(may_have[halves & _LOWEST])
            places = np.minimum(np.searchsorted(wanted, halves[found]), len(wanted) - 1)
            is_equal = wanted[places] == halves[found]
            texts = np.searchsorted(block.ends, found[is_equal], "right")
            yield FoundTexts(places[is_equal], texts + number * self.block_size)


def survey_texts(
    terms: CorpusTerms, saved: Mapping[int, SurveyBlock], size: int = BLOCK_SIZE
) -> TextSurvey:
    """Return what is known of all texts; blocks that are `saved` and still valid are not read."""
    slices = [slice(start, start + size) for start in range(0, len(terms), size)]
    inputs = [_fingerprint(terms, part) for part in slices]
    known = {
        number: block
        for number, now in enumerate(inputs)
        if (block := saved.get(number)) and block.inputs == now
    }
    if (len(slices) - len(known)) * _REBUILD_SHARE > len(slices) or len(saved) != len(slices):
        saved, known = {}, {}
    changed: dict[int, SurveyBlock] = {}
    sketches: dict[int, Sketch] = {}
    for number, part in enumerate(slices):
        if number not in known:
            texts = [*terms.read(part)]
            read = [_sketch(text) for text in texts]
            changed[number] = _block(inputs[number], texts, read)
            sketches.update(enumerate(read, part.start))
    blocks = tuple(known.get(number) or changed[number] for number in range(len(slices)))
    return TextSurvey(terms, blocks, size, saved, changed, sketches)


def _fingerprint(terms: CorpusTerms, part: slice) -> bytes:
    state = msgspec.msgpack.encode(terms.keys[part])
    return hashlib.blake2b(state, digest_size=16).digest()


def _sketch(text: EncodedText) -> Sketch:
    return np.frombuffer(text.sketch, "<u8")


def _block(inputs: bytes, texts: list[EncodedText], sketches: list[Sketch]) -> SurveyBlock:
    return SurveyBlock(
        inputs,
        distinct_numbers(TermBatch.of(texts).words).tobytes(),
        tuple(text.digest for text in texts),
        bytes(map(len, sketches)),
        halves_of(np.concatenate(sketches)).tobytes(),
    )
