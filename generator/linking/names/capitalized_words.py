"""Capitalized words of a text, and whether a sentence may be the reason for the capital letter."""

from __future__ import annotations

import re

import msgspec

from generator.text.sentences import NAME_ABBREVIATIONS

CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(
    chr(code)
    for first, last in ((0x100, 0x590), (0x1E00, 0x2000))
    for code in range(first, last)
    if chr(code).isupper()
)
"""Capital letters of Latin, Greek, Cyrillic and Armenian, as a character class."""

_FROM_CAPITAL = (
    rf"[{CAPITALS}](?<![^\W_].)"  # first, so that only capitals are tried
    rf"(?!(?:(?<=, [DIR])|(?<=\([DIR]))-[{CAPITALS}])"  # Ann Roe (R-Ohio)
    rf"(?:\.(?:[{CAPITALS}]\.)+(?:[{CAPITALS}](?!\w))?"  # U.S., J.R.R., D.C
    r"|\w*(?:(?:[-&]|['’](?!s\b))\w+)*"  # Jean-Luc, O'Brien, AT&T, N'Djamena
    r"(?:\.(?:com|org|net)\b)?)"  # Amazon.com
)
_WORD = re.compile(_FROM_CAPITAL)
_WORD_WITH_ARTICLE = re.compile(
    rf"(?<![^\W_])(?:al|el|ad|an|ar|as|at|ash|ul|ez|ed)-[{CAPITALS}]\w+|{_FROM_CAPITAL}"  # al-Assad
)
_ARTICLE = re.compile(rf"-(?:(?<=(?:al|el|ad|an|ar|as|at|ul|ez|ed)-)|(?<=ash-))[{CAPITALS}]")
"""What words with an article before their capital have, which few texts do."""
_TAIL = re.compile(
    r"(?<!Inter)(?<!Pan)-(?:[a-z]+(?:ed|ing)|led|born|run|style|era|wide|majority|made|like|area|bound|free|held"
    r"|[Bb]asis|owned|only|friendly|level|type|region|themed|American|African|Asian|European)$"
)
_NOTE = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[a-zß-öø-ÿ]))\d{1,3}$")
"""The number of a note: Crane1; not G20, MI5."""

_RAISED = "_²³¹⁰⁴⁵⁶⁷⁸⁹"
"""Underscores of emphasis and raised numbers of notes: Crane_, Crane²."""

_OPENING = frozenset(" \u00a0\t\"“”„‘’'«»‹›([{*_—–-•`¿¡")
_ENDING = frozenset(".!?…:;\n\r")
_QUOTES = frozenset('"“„‘«‹*—–•`¿¡')


class CapitalizedWord(msgspec.Struct, frozen=True, gc=False):
    """A word that begins with a capital letter."""

    text: str
    start: int
    end: int
    opens_sentence: bool
    """Whether any word would be capitalized there: after a full stop, a quotation mark, a dash."""


def find_capitalized_words(text: str) -> list[CapitalizedWord]:
    """Return every capitalized word, from left to right; linear in the length of the text."""
    words: list[CapitalizedWord] = []
    previous_end = 0
    for match in (_WORD_WITH_ARTICLE if _ARTICLE.search(text) else _WORD).finditer(text):
        start, end = match.span()
        word = match.group()
        if not (word[-1].isalpha() or word[-1] == "."):
            word = _NOTE.sub("", word.rstrip(_RAISED))
            end = start + len(word)
        if "-" in word:
            tail = _TAIL.search(word)
            end = start + tail.start() if tail else end
        if text[end : end + 1] == "." and (
            word in NAME_ABBREVIATIONS or (end - start == 1 and word != "I")
        ):
            end += 1
        opens_sentence = _opens_sentence(text, start, previous_end)
        words.append(CapitalizedWord(text[start:end], start, end, opens_sentence))
        previous_end = end
    return words


def _opens_sentence(text: str, start: int, stop: int) -> bool:
    """Whether a sentence may begin at `start`; the text before `stop` does not count."""
    index = start
    while index > stop and text[index - 1] in _OPENING:
        index -= 1
        if text[index] in _QUOTES or (text[index] == "-" and text[max(0, index - 1)] in " -"):
            return True
    if index == stop:
        return stop == 0
    return text[index - 1] in _ENDING
