"""Find given names in texts: whole words, without accents, longest first.

All names are one tree of words, so a text is read once, however many names there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache as once
from itertools import pairwise, product
from typing import NamedTuple

import msgspec

from generator.text import fold, is_unspaced
from generator.text.tokenizer import UNSPACED_SCRIPTS, combining_marks, has_combining_mark

_MAX_WORDS = 24
"""Words of a name that are compared; a longer one is not looked for."""

_MAX_ACRONYM = 6
"""Letters of a word in capitals that is an acronym, not a name in capitals."""

_MAX_STOPS = 4
"""Full stops of a name that may be left out."""

_APOSTROPHES = frozenset("'’ʼ`´‘")
_HYPHENS = frozenset("-‐‑")
_USUAL = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(f"[{UNSPACED_SCRIPTS}]")
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms messrs st ste sta sto rev capt prof hon col gen sgt maj lt cpl adm gov sen"
    " mme mlle sr sra srta dña hr fr jr bros co wm chas jas jos geo thos".split()
)
"""Words after which a text may have a full stop that the name does not have."""

_GENITIVE = frozenset({"de", "nl", "da", "sv", "nb", "nn", "no", "fy"})
"""Languages with a genitive in -s without an apostrophe: Hamburgs Hafen."""


class NameMatch(NamedTuple):
    """A place in a text where names were found."""

    start: int
    end: int
    forms: tuple[str, ...]
    """The names as they were given; several may differ in accents and full stops only."""


class _Node(msgspec.Struct):
    """The names that begin with certain words."""

    following: dict[str, _Node] = msgspec.field(default_factory=dict)
    """By the next word, after the characters before it."""
    forms: list[_Form] = msgspec.field(default_factory=list)
    """The names that end here."""


class _Form(NamedTuple):
    """A name, and the capitals that a text must have."""

    text: str
    capitals: tuple[int, ...]
    """For each word: 0 for any, 1 for a capital first, 2 for capitals only."""


class _Word(NamedTuple):
    """A word in a text."""

    text: str
    start: int
    end: int
    folded: str


class NameMatcher(msgspec.Struct, frozen=True):
    """Names, prepared for the search in many texts."""

    first_words: Mapping[str, _Node]

    @staticmethod
    def build(forms: Iterable[str]) -> NameMatcher:
        """Return a matcher of these names."""
        root = _Node()
        for form in sorted(set(forms)):
            words = _words(form)
            if 0 < len(words) <= _MAX_WORDS:
                capitals = _capitals([word.text for word in words])
                for keys in _spellings(form, words):
                    _insert(root, keys, _Form(form, capitals[: len(keys)]))
        return NameMatcher(root.following)

    def find(self, text: str, language: str = "") -> list[NameMatch]:
        """Return where names stand in a text, in its order, without overlaps: longest first."""
        words = _words(text)
        genitive = language[:2] in _GENITIVE
        found: list[NameMatch] = []
        for index, word in enumerate(words):
            first = word.folded
            if first in self.first_words or first[:-1] in self.first_words:
                candidates = words[index : index + _MAX_WORDS]
                found += self._longest(text, candidates, genitive=genitive)
        return _without_overlaps(found)

    def _longest(self, text: str, words: Sequence[_Word], *, genitive: bool) -> Iterator[NameMatch]:
        """Yield the longest name that begins with the first of these words, if there is one."""
        longest: NameMatch | None = None
        following = self.first_words
        for index, word in enumerate(words):
            key = _key(text, words[index - 1], word) if index else word.folded
            for end, node in _endings(text, word, key, following, genitive=genitive):
                longest = _match(text, words[: index + 1], end, node) or longest
            if key not in following:
                break
            following = following[key].following
        if longest and not _is_part_of_word(text, longest):
            yield longest


def _words(text: str) -> list[_Word]:
    """Return the words of a text; of scripts without spaces, each character is one."""
    folded: dict[str, str] = {}
    words: list[_Word] = []
    for match in _pattern(text).finditer(text):
        word = match[0]
        plain = folded.get(word)
        if plain is None:
            plain = folded[word] = fold(word)
        words.append(_Word(word, *match.span(), plain))
    return words


def _pattern(text: str) -> re.Pattern[str]:
    """Return the faster of two patterns if both match the same; a long character class is slow."""
    is_usual = text.isascii() or (not has_combining_mark(text) and not _UNSPACED.search(text))
    return _USUAL if is_usual else _word()


@once
def _word() -> re.Pattern[str]:
    """Return the pattern of a word whose letters may have marks, or of an unspaced character."""
    marks = "".join(sorted(combining_marks()))
    return re.compile(rf"[{UNSPACED_SCRIPTS}]|(?:(?![{UNSPACED_SCRIPTS}_])[\w{marks}])+")


def _key(text: str, before: _Word, word: _Word) -> str:
    """Return a folded word after the characters between it and the word before it."""
    return f"{_separators(text[before.end : word.start], before.folded)}{word.folded}"


def _separators(between: str, before: str) -> str:
    """Return the characters between two words that a name must have there too.

    A space, a hyphen and the full stop of an abbreviation count as none. A tab or an empty line
    divides: no name reaches over it.
    """
    if between == " " or not between:
        return ""
    if "\t" in between or between.count("\n") > 1:
        return "\t"
    separators = "".join("'" if sign in _APOSTROPHES else sign for sign in "".join(between.split()))
    is_abbreviation = len(before) == 1 or before in _ABBREVIATIONS
    if separators[:1] == "." and is_abbreviation:
        separators = separators[1:]
    is_hyphen = separators in _HYPHENS and not any(map(str.isspace, between))
    return "" if is_hyphen else separators


def _capitals(words: Sequence[str]) -> tuple[int, ...]:
    """Return which capitals a text must have: those of the name, or all capitals instead.

    A name that is written in capitals throughout is one, unless it is a single short word: WHO.
    """
    loud = [len(word) > 1 and word.isupper() for word in words]
    is_acronym = len(words) == 1 and len(words[0]) <= _MAX_ACRONYM
    is_mixed = any(word[:1].isupper() and not word.isupper() for word in words)
    return tuple(
        2 if is_loud and (is_acronym or is_mixed) else int(word[:1].isupper())
        for is_loud, word in zip(loud, words, strict=True)
    )


def _spellings(form: str, words: Sequence[_Word]) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name; with and without the full stops of its abbreviations."""
    keys = [words[0].folded, *(_key(form, *pair) for pair in pairwise(words))]
    dotted = [index for index, key in enumerate(keys) if key[:1] == "."][:_MAX_STOPS]
    yield from product(
        *((key, key[1:]) if index in dotted else (key,) for index, key in enumerate(keys))
    )
    if len(words) == 1 and form.isalpha() and form.isupper() and len(form) <= _MAX_ACRONYM:
        yield tuple(words[0].folded)
    elif len(words) > 1 and all(len(word.text) == 1 and word.text.isupper() for word in words):
        yield ("".join(word.folded for word in words),)


def _insert(root: _Node, keys: Sequence[str], form: _Form) -> None:
    node = root
    for key in keys:
        node = node.following.setdefault(key, _Node())
    if form not in node.forms:
        node.forms.append(form)


def _endings(
    text: str, word: _Word, key: str, following: Mapping[str, _Node], *, genitive: bool
) -> Iterator[tuple[int, _Node]]:
    """Yield where a name with this last word ends, with the names: also before an s of genitive."""
    is_inflected = genitive or text[word.end : word.end + 1] in _APOSTROPHES
    if is_inflected and key[-1:] == "s" and key[:-1] in following:
        yield word.end - 1, following[key[:-1]]
    if key in following:
        yield word.end, following[key]


def _match(text: str, words: Sequence[_Word], end: int, node: _Node) -> NameMatch | None:
    """Return the match of the names of a node whose capitals the text has."""
    forms = tuple(
        form.text
        for form in node.forms
        if all(map(_has_capitals, (word.text for word in words), form.capitals))
    )
    if text[end : end + 1] == "." and any(form.endswith(".") for form in forms):
        end += 1
    return NameMatch(words[0].start, end, forms) if forms else None


def _has_capitals(word: str, wanted: int) -> bool:
    if wanted == 2:
        return word.isupper() or (word[-1:] == "s" and word[:-1].isupper())
    return not wanted or not word[:1].islower()


def _is_part_of_word(text: str, match: NameMatch) -> bool:
    """Whether a hyphen joins a name to another word with a capital: Smith-Jones is not Jones."""
    before, after = text[max(0, match.start - 2) : match.start], text[match.end : match.end + 2]
    joined_before = len(before) == 2 and before[1] in _HYPHENS and before[0].isalpha()
    joined_after = len(after) == 2 and after[0] in _HYPHENS and after[1].isupper()
    if is_unspaced(text[match.start]):
        return False
    return joined_before or joined_after


def _without_overlaps(found: Sequence[NameMatch]) -> list[NameMatch]:
    """Return the matches that overlap no longer one, in their order."""
    chosen: list[NameMatch] = []
    taken: set[int] = set()
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if match.start not in taken and match.end - 1 not in taken:
            chosen.append(match)
            taken.update(range(match.start, match.end))
    return sorted(chosen)
