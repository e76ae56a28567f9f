"""What depends on the words of a name alone, and is the same in all documents of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Protocol

import msgspec

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.case_counts import CorpusHints
from generator.linking.names.classifier import WordEvidence, word_evidence
from generator.linking.names.features import split_name
from generator.linking.names.knowledge import Candidate, Knowledge, Words, fold_word
from generator.linking.names.lexicon import Cues, load_gazetteer
from generator.linking.names.trimming import trim

_CACHED = 32_768
"""Words, runs of words, and names, of each of which a process remembers what was found."""


class WordTrimmer(Protocol):
    """The type of `trim_word`, which may have a cache."""

    def __call__(
        self, word: str, tendency: int, cues: Cues, *, opens_sentence: bool
    ) -> bool | None:
        """Return what `trim_word` does."""


class RunWord(msgspec.Struct, frozen=True, gc=False):
    """All of a word in a run that the rules look at."""

    text: str
    start: int
    """Its position after that of the first word."""
    opens_sentence: bool
    tendency: int
    """How the corpus capitalizes it: what `Knowledge.capitalization` returns."""


class RunPart(NamedTuple):
    """A possible name in a run."""

    start: int
    """The index of its first word."""
    stop: int
    title: str
    is_doubtful: bool


RunTrimmer = Callable[[tuple[RunWord, ...], Cues], tuple[RunPart, ...]]
"""The type of `trim_run`, which may have a cache."""


def trim_word(word: str, tendency: int, cues: Cues, *, opens_sentence: bool) -> bool | None:
    """Whether only another occurrence can make a single word a name; None if nothing can.

    `tendency` is how the corpus capitalizes the word.
    """
    hints = CorpusHints({fold_word(word): tendency + 1})
    run = [CapitalizedWord(word, 0, len(word), opens_sentence)]
    candidates = trim(run, Knowledge(cues, load_gazetteer(), hints))
    return candidates[0].is_doubtful if candidates else None


def trim_run(words: tuple[RunWord, ...], cues: Cues) -> tuple[RunPart, ...]:
    """Return the possible names in a run, from left to right, wherever it stands."""
    hints = CorpusHints({fold_word(word.text): word.tendency + 1 for word in words})
    run = [
        CapitalizedWord(word.text, word.start, word.start + len(word.text), word.opens_sentence)
        for word in words
    ]
    indexes = {word.start: index for index, word in enumerate(words)}
    names = trim(run, Knowledge(cues, load_gazetteer(), hints))
    starts = [indexes[name.words[0].start] for name in names]
    return tuple(
        RunPart(start, start + len(name.words), name.title, name.is_doubtful)
        for start, name in zip(starts, names, strict=True)
    )


class WordLookup(msgspec.Struct, frozen=True):
    """Finds the evidence in the words of a name; `cached` remembers results."""

    word_evidence: Callable[[str, tuple[int, ...], Cues], WordEvidence] = word_evidence
    trim_word: WordTrimmer = trim_word
    trim_run: RunTrimmer = trim_run

    @staticmethod
    def cached() -> WordLookup:
        """Return one that remembers results: documents share most of their words."""
        cache = lru_cache(_CACHED)
        return WordLookup(cache(word_evidence), cache(trim_word), cache(trim_run))

    def evidence_of(self, name: str, knowledge: Knowledge) -> WordEvidence:
        """Return what the words of a name say."""
        tendencies = tuple(map(knowledge.capitalization, split_name(name)))
        return self.word_evidence(name, tendencies, knowledge.cues)

    def trim(self, run: Words, knowledge: Knowledge) -> list[Candidate]:
        """Return the possible names in a run; most runs are a single word."""
        if len(run) > 1:
            return self._trim_several(run, knowledge)
        word = run[0]
        tendency = knowledge.capitalization(word.text)
        is_doubtful = self.trim_word(
            word.text, tendency, knowledge.cues, opens_sentence=word.opens_sentence
        )
        return [] if is_doubtful is None else [Candidate(run, is_doubtful=is_doubtful)]

    def _trim_several(self, run: Words, knowledge: Knowledge) -> list[Candidate]:
        start, tendency_of = run[0].start, knowledge.capitalization
        words = [
            RunWord(word.text, word.start - start, word.opens_sentence, tendency_of(word.text))
            for word in run
        ]
        return [
            Candidate(run[part.start : part.stop], part.title, part.is_doubtful)
            for part in self.trim_run(tuple(words), knowledge.cues)
        ]
