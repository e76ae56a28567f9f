"""Groups of words with the same stem: "protest", "protests" and "protesting".

The Snowball stemmers (snowballstem.org) find them when the index is built; browsers have none.
"""

from __future__ import annotations

from collections import Counter
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

_ATTACHED = {
    # Words that a language writes together with the next word: the article first, then what can
    # come before it, as the Snowball algorithm removes them.
    "ar": ("ال", "وال", "بال", "لل", "فال", "كال", "و", "ب", "ل", "ف", "ك"),
}

_SHORT_STEM = 3
"""Letters of a stem up to which words only look alike: "and" is not a form of "Andes"."""


def stem_groups(languages: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Group words by their stems; `languages` has the language of each word.

    Return the groups by their stem, each sorted. Words without another form are left out.
    """
    by_language: dict[str, list[str]] = {}
    for word, language in languages.items():
        by_language.setdefault(language, []).append(word)
    words, stems = list[str](), list[str]()
    for language, own_words in by_language.items():
        words += own_words
        stems += _stems(own_words, _stemmer(language))
    counts = Counter(stems)
    groups: dict[str, list[str]] = {}
    for word, stem in zip(words, stems, strict=True):
        if counts[stem] > 1:
            groups.setdefault(stem, []).append(word)
    return {stem: tuple(sorted(group)) for stem, group in groups.items()}


def _stems(words: Sequence[str], stemmer: Stemmer.Stemmer | None) -> list[str]:
    """Return the stem of each word, or the word itself if it has none."""
    if stemmer is None:
        return list(words)
    return [
        stem
        if len(stem) > _SHORT_STEM and word.isalpha() and (word.isascii() or not is_unspaced(word))
        else word
        for word, stem in zip(words, stemmer.stemWords(words), strict=True)
    ]


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _ALGORITHMS.get(language.partition("-")[0].lower())
    return (
        Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None
    )  # no cache: no word comes twice


def attached_prefixes(languages: Iterable[str]) -> tuple[str, ...]:
    """Return the prefixes that texts in these languages attach to words, frequent ones first.

    A reader may type a noun that the texts have with its article only, or the other way round. The
    stem of such a word is in no group, because no text has the word.
    """
    tags = dict.fromkeys(language.partition("-")[0].lower() for language in languages)
    return tuple(dict.fromkeys(prefix for tag in tags for prefix in _ATTACHED.get(tag, ())))


def languages_by_frequency(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the rank of each language by frequency, 0 for the most frequent; ties by name."""
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: rank for rank, name in enumerate(order)}
