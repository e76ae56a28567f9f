"""Words for search: without accents, case and compatibility forms, split at word boundaries.

The browser folds and splits a query by the same rules (theme/assets/search-query.js), with the
same characters (theme/assets/search-format.js, generated from this module), so the rules use
nothing that only one of the two languages has. A test compares the answers of both.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache as once

MAX_WORD_LENGTH = 64
"""Characters of a word that are compared; nobody types longer words."""

FOLDED_MARKS = (
    # Accents, Hebrew points and Arabic vowel signs are left out when people type. The marks of
    # Indic and South-East Asian scripts are letters, so they are not in this class.
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\ufeff\U000e0100-\U000e01ef"
)

FOLDED_LETTERS = {
    # Letters that Unicode does not decompose and that people type as similar letters.
    **dict(zip("øłđħıŧςðѐ", "oldhitσdе", strict=True)),
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}

UNSPACED_SCRIPTS = (
    # Han, kana, Thai, Lao, Khmer, Myanmar, Tibetan: written without spaces between words.
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0f40-\u0fbc\u1000-\u103f\u1050-\u108f"
    "\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u3099\u309a\u30a1-\u30fa\u30fc-\u30fe\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)


ACRONYM_LETTERS = "a-zα-ωа-я"
"""Letters that, with a full stop after each, are one word: "R.N.L.I." is `rnli`."""


_MARKS = range(0x300, 0x1F000)
"""Where the marks are."""


@once
def combining_marks() -> frozenset[str]:
    """Return the marks that do not match as word characters, though many of them are vowels.

    It takes 0.04 s to look up all of them, and few texts have one.
    """
    return frozenset(filter(_is_mark, map(chr, _MARKS)))


def has_combining_mark(text: str) -> bool:
    """Whether a text has one of the `combining_marks`."""
    return any(ord(letter) in _MARKS and _is_mark(letter) for letter in set(text))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] == "M"


_PLAIN = re.compile(r"[a-z0-9_]+")
_USUAL = re.compile(r"\w+")
_RUN = re.compile(f"[{UNSPACED_SCRIPTS}]+")
_MARK = re.compile(f"[{FOLDED_MARKS}]")
_ACRONYM = re.compile(
    rf"(?<![{ACRONYM_LETTERS}0-9_.])(?:[{ACRONYM_LETTERS}]\.){{2,}}[{ACRONYM_LETTERS}]"
    rf"(?!\.?[{ACRONYM_LETTERS}0-9_])"
)
_INNER_LETTER = re.compile(rf"\.[{ACRONYM_LETTERS}]\.")
"""A part of every acronym, which is found much faster."""
_LETTER = re.compile(f"[{''.join(FOLDED_LETTERS)}]")


@once
def _word() -> re.Pattern[str]:
    """Return the pattern of a word whose letters may have marks."""
    return re.compile(rf"[\w{''.join(sorted(combining_marks()))}]+")


def fold(text: str) -> str:
    """Return a text as search compares it: "Perú" and "PERU" become `peru`."""
    if text.isascii():
        return text.lower()
    plain = _MARK.sub("", unicodedata.normalize("NFKD", text)).lower()
    return unicodedata.normalize("NFC", _LETTER.sub(lambda match: FOLDED_LETTERS[match[0]], plain))


def join_acronyms(folded: str) -> str:
    """Return a folded text with acronyms of three letters or more as one word: `rnli`.

    "U.S." stays two words: as one it would be a pronoun.
    """
    return _ACRONYM.sub(_without_stops, folded) if _INNER_LETTER.search(folded) else folded


def _without_stops(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


def split_words(text: str) -> list[str]:
    """Return the folded words of a text, in its order.

    Text of a script without spaces is split into all pairs of adjacent characters and its last
    character, so that a query of any length finds it without a dictionary.
    """
    folded = join_acronyms(fold(text))
    words = (_PLAIN if folded.isascii() else _pattern(folded)).findall(folded)
    if not folded.isascii() and _RUN.search(folded):
        words = [piece for word in words for piece in _split_runs(word)]
    if len(folded) > MAX_WORD_LENGTH:
        return [word[:MAX_WORD_LENGTH] for word in words]
    return words


def _pattern(folded: str) -> re.Pattern[str]:
    """Return the faster of two patterns if both match the same; a long character class is slow."""
    return _word() if has_combining_mark(folded) else _USUAL


def _split_runs(word: str) -> list[str]:
    pieces: list[str] = []
    position = 0
    for run in _RUN.finditer(word):
        pieces += filter(None, [word[position : run.start()]])
        characters = run[0]
        pieces += [characters[index : index + 2] for index in range(len(characters))]
        position = run.end()
    return [*pieces, *filter(None, [word[position:]])]


def is_unspaced(word: str) -> bool:
    """Whether a word is a piece of text without spaces; such pieces have no inflected forms."""
    return _RUN.match(word) is not None
