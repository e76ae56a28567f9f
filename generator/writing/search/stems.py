"""Which words are forms of one another: "protest", "protests" and "protesting".

Done when the index is made, by the Snowball stemmers (snowballstem.org); the browser has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import Stemmer

from generator.words import spaceless

_ALGORITHMS = {
    # Primary subtags of BCP 47 and the Snowball algorithm for them.
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

_SHORTEST = 3
"""Letters of a stem below which words only look alike: "and" is no form of "Andes"."""


def stem(word: str, stemmer: Stemmer.Stemmer | None) -> str:
    """Give what a word has in common with its other forms; the word itself when nobody knows."""
    if stemmer is None or not word.isalpha() or spaceless(word):
        return word
    found: str = stemmer.stemWord(word)
    return found if len(found) > _SHORTEST else word


def families(languages: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Group words, each given with its language, by their stems; loners are left out.

    The key is the stem; the words of a family are in order.
    """
    stemmers = {language: _stemmer(language) for language in set(languages.values())}
    found: dict[str, list[str]] = {}
    for word, language in languages.items():
        found.setdefault(stem(word, stemmers[language]), []).append(word)
    return {root: tuple(sorted(members)) for root, members in found.items() if len(members) > 1}


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _ALGORITHMS.get(language.partition("-")[0].lower())
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


def ranked(languages: Iterable[str]) -> dict[str, int]:
    """Rank languages by how often they occur, the most frequent first, ties by name."""
    counts: dict[str, int] = {}
    for language in languages:
        counts[language] = counts.get(language, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: rank for rank, name in enumerate(order)}
