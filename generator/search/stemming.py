"""Which words are forms of one another: "protest", "protests" and "protesting".

Done when the index is made, by the Snowball stemmers (snowballstem.org); the browser has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import Stemmer

from generator.text import is_unspaced

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

_JOINED = {
    # Words that a language writes together with the word after them: the article first, then what
    # stands before it, as the Snowball algorithm takes them away.
    "ar": ("ال", "وال", "بال", "لل", "فال", "كال", "و", "ب", "ل", "ف", "ك"),
}

_SHORTEST = 3
"""Letters of a stem below which words only look alike: "and" is no form of "Andes"."""


def stem_groups(languages: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Group words, each given with its language, by their stems; loners are left out.

    The key is the stem; the words of a family are in order.
    """
    by_language: dict[str, list[str]] = {}
    for word, language in languages.items():
        by_language.setdefault(language, []).append(word)
    found: dict[str, list[str]] = {}
    for language, words in by_language.items():
        for word, root in zip(words, _stems(words, _stemmer(language)), strict=True):
            found.setdefault(root, []).append(word)
    return {root: tuple(sorted(members)) for root, members in found.items() if len(members) > 1}


def _stems(words: Sequence[str], stemmer: Stemmer.Stemmer | None) -> list[str]:
    """Give what words have in common with their other forms; themselves when nobody knows."""
    if stemmer is None:
        return list(words)
    return [
        root
        if len(root) > _SHORTEST and word.isalpha() and (word.isascii() or not is_unspaced(word))
        else word
        for word, root in zip(words, stemmer.stemWords(words), strict=True)
    ]


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _ALGORITHMS.get(language.partition("-")[0].lower())
    return Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None  # no word comes twice


def attached_prefixes(languages: Iterable[str]) -> tuple[str, ...]:
    """Give the prefixes with which words of these languages stand in texts, the usual ones first.

    A reader types a noun that the texts have with its article only, or the other way round: the
    stem of such a word is in no family, since no text has it.
    """
    spoken = dict.fromkeys(language.partition("-")[0].lower() for language in languages)
    return tuple(dict.fromkeys(one for tag in spoken for one in _JOINED.get(tag, ())))


def languages_by_frequency(languages: Iterable[str]) -> dict[str, int]:
    """Rank languages by how often they occur, the most frequent first, ties by name."""
    counts: dict[str, int] = {}
    for language in languages:
        counts[language] = counts.get(language, 0) + 1
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: rank for rank, name in enumerate(order)}
