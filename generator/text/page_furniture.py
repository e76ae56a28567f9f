"""Which lines may be left out of a text as page furniture: page numbers and running heads.

Reading finds them by rules with positions and distances; here is only what must hold for each of
them, so that reading and the check agree on it. A number alone is no readable word. A line with
words is repeated, or counts up beside others like it, or its words stand elsewhere in the text as
well, as those of a title do. A date, a year or a number with its label ("Chapter 3") is none,
unless it is repeated as it stands.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise, zip_longest

from generator.text.tables import load_text
from generator.text.tokenizer import fold

_MAX_SHARE = 0.03
"""The share of a text's words that may be left out without a person's word."""

_LABELS = frozenset(
    # With a number alone beside them they head a part of the text.
    """
    chapter chap letter lettre brief carta lettera no nos nr nro num number nummer numero section
    sect sec article art psalm day act scene szene akt auftritt book part canto kapitel kap chapitre
    capitulo capitolo livre libro buch teil volume vol tome tomo band figure fig table plate verse
    stanza item hymn sonnet question entry appendix exhibit
    """.split()
)
_PAGE_WORDS = frozenset("page pages p pp pg pag pagina seite s of de von sur".split())
_MAX_NUMBERS = 4
"""Words of "Page 3 of 9"."""

_MIN_PHRASE = 4
"""Characters of a head; fewer can stand anywhere."""

_MAX_SEARCHES = 100
"""Heads that are looked for in the text, each in time that grows with its length."""

_BETWEEN = frozenset("of the de du den der di del le st nd rd th d".split())
"""Words and endings between a day and its month."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_ROMAN = re.compile(r"[ivxlcdm]+")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_MAX_DIGITS = 6
_GRAM = 4
"""Letters of the pieces in which two readings of a damaged head are alike."""

_MIN_ALIKE = 0.3
"""The share of such pieces that another line must have too."""


def is_too_much(lines: Sequence[str], source: str) -> bool:
    """Whether more of a text is left out than rules may decide alone; numbers are no words."""
    words = sum(any(map(str.isalpha, word)) for line in lines for word in line.split())
    return words > 0 and words > _MAX_SHARE * len(source.split())


def unproven_lines(lines: Sequence[str], source: str) -> Iterator[str]:
    """Yield the lines, all of them left out of one text, that are no proven furniture."""
    exact = Counter(" ".join(line.split()) for line in lines)
    tokens = [_TOKEN.findall(fold(line)) for line in lines]
    patterns = Counter(map(_pattern, tokens))
    grams = Counter(gram for words in tokens for gram in _grams(words))
    numbers = Counter(number for words in tokens for number in _edge_numbers(words))
    elsewhere = _Elsewhere(source)
    for line, words in zip(lines, tokens, strict=True):
        if not words or (exact[" ".join(line.split())] > 1 and any(map(str.isalpha, words))):
            continue
        is_never = _is_year(words) or _is_label(words) or _is_date(words)
        counts_up = any(numbers[n - 1] or numbers[n + 1] for n in _edge_numbers(words))
        is_series = patterns[_pattern(words)] > 1 or counts_up or _is_alike(words, grams)
        if is_never or not (_is_page_number(words) or is_series or elsewhere.has(words)):
            yield line


class _Elsewhere:
    """Finds words of a line that stand in the text another time."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.searches = 0

    @cached_property
    def text(self) -> str:
        """The words of the text without numbers, with a space around each."""
        return f" {' '.join(word for word in _TOKEN.findall(fold(self.source)) if word.isalpha())} "

    def has(self, words: Sequence[str]) -> bool:
        """Whether the words beside a number occur twice; only of a few lines it is looked up."""
        self.searches += 1
        phrase = " ".join(word for word in words if not _is_number(word, words))
        is_short = len(phrase) < _MIN_PHRASE or self.searches > _MAX_SEARCHES
        return not is_short and self.text.count(f" {phrase} ") > 1


def _pattern(words: Sequence[str]) -> str:
    """Return the words of a line with one character for each number."""
    return " ".join("#" if _is_number(word, words) else word for word in words)


def _is_number(word: str, words: Sequence[str]) -> bool:
    """Whether a word is a number: in figures, or Roman at an edge of the line."""
    return word.isdecimal() or (word in (words[0], words[-1]) and bool(_ROMAN.fullmatch(word)))


def _edge_numbers(words: Sequence[str]) -> set[int]:
    """Return the numbers at the beginning and at the end of a line."""
    return {_value(word) for word in {*words[:1], *words[-1:]} if _is_number(word, words)}


def _value(word: str) -> int:
    if word.isdecimal():
        return int(word[:_MAX_DIGITS])
    digits = [_ROMAN_DIGITS[letter] for letter in word]
    pairs = zip_longest(digits, digits[1:], fillvalue=0)
    return sum(-digit if digit < following else digit for digit, following in pairs)


def _grams(words: Sequence[str]) -> set[str]:
    letters = "".join(word for word in words if word.isalpha())
    return {letters[index : index + _GRAM] for index in range(len(letters) - _GRAM + 1)}


def _is_alike(words: Sequence[str], grams: Counter[str]) -> bool:
    own = _grams(words)
    return sum(grams[gram] > 1 for gram in own) > _MIN_ALIKE * len(own)


def _is_page_number(words: Sequence[str]) -> bool:
    """Whether a line is a number alone, or says that it is that of a page."""
    rest = [word for word in words if not _is_number(word, words)]
    return len(words) <= _MAX_NUMBERS and set(rest) <= _PAGE_WORDS


def _is_year(words: Sequence[str]) -> bool:
    return len(words) == 1 and len(words[0]) == 4 and words[0].isdecimal() and words[0] < "3"


def _is_label(words: Sequence[str]) -> bool:
    """Whether a line is a label with its number, and nothing else."""
    return len(words) == 2 and words[0] in _LABELS and _is_number(words[1], words)


def _is_date(words: Sequence[str]) -> bool:
    """Whether a month stands beside a number."""
    plain = [word for word in words if word not in _BETWEEN]
    return any(
        (left in _months() and right.isdecimal()) or (left.isdecimal() and right in _months())
        for left, right in pairwise(plain)
    )


@cache
def _months() -> frozenset[str]:
    """Return the folded names of months, in all languages of the table."""
    return frozenset(json.loads(load_text("months.json"))["months"])
