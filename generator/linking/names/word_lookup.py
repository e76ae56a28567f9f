"""What depends on the words of a name alone, and is the same in all documents of a corpus."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.linking.names.classifier import WordRuleMatcher, matching_word_rules
from generator.linking.names.trimming import WordTrimmer, trim_word

_CACHED = 65_536
"""Words, and names, of which a process remembers what was found."""


@dataclass(frozen=True, slots=True)
class WordLookup:
    """The functions that say it, perhaps with caches."""

    match_rules: WordRuleMatcher = matching_word_rules
    trim_word: WordTrimmer = trim_word

    @staticmethod
    def cached() -> WordLookup:
        """Return what remembers the words of the documents before, as they share most of them."""
        cache = lru_cache(_CACHED)
        return WordLookup(cache(matching_word_rules), cache(trim_word))
