"""What depends on the words of a name alone, and is the same in all documents of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import msgspec

from generator.linking.names.classifier import WordEvidence, word_evidence
from generator.linking.names.features import split_name
from generator.linking.names.knowledge import Candidate, Knowledge, Words
from generator.linking.names.lexicon import Cues
from generator.linking.names.trimming import (
    RunTrimmer,
    RunWord,
    WordTrimmer,
    trim_run,
    trim_word,
)

_CACHED = 32_768
"""Words, runs of words, and names, of each of which a process remembers what was found."""


class WordLookup(msgspec.Struct, frozen=True):
    """Finds it, perhaps with caches."""

    word_evidence: Callable[[str, tuple[int, ...], Cues], WordEvidence] = word_evidence
    trim_word: WordTrimmer = trim_word
    trim_run: RunTrimmer = trim_run

    @staticmethod
    def cached() -> WordLookup:
        """Return what remembers the words of earlier documents, as they share most of them."""
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
