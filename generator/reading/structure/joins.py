"""What becomes of a break inside a block: a space, nothing, or nothing with its hyphen."""

from __future__ import annotations

import re

import msgspec

from generator.reading.hyphens import joins_without_hyphen, whole_words
from generator.reading.structure.geometry import HYPHENS, is_ideographic
from generator.reading.structure.regions import Join

# Starts only at the beginning of a chain of words, so that each letter is read once.
_HEAD = re.compile(
    r"(?<![^\W\d_])(?<![^\W\d_]-)((?:[^\W\d_]++-(?!\Z))*+[^\W\d_]++)[-\u2010\u00ac\u00ad]\Z"
)
_TAIL = re.compile(r"([^\W\d_]+)")

_CONJUNCTIONS = {
    "en": "and or to nor",
    "de": "und oder bis noch sowie beziehungsweise bzw",
    "nl": "en of tot",
    "fr": "et ou",
    "es": "y o u",
    "pt": "e ou",
    "it": "e o ed",
    "sv": "och eller",
    "da": "og eller",
    "no": "og eller",
    "pl": "i lub oraz",
}
"""Words before which a part of a compound is suspended: "pre- and post-war", "Ein- und Ausfuhr".

Many of them also end words of other languages, as "erreich-en".
"""

_EVIDENCE = {"en": frozenset(("the", "of")), "de": frozenset(("der", "die"))}
"""Words that show the language of a text where nothing else says it."""


class Spelling(msgspec.Struct, frozen=True):
    """What decides about hyphens at line ends: the whole words of a text, and its language."""

    words: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, language: str | None) -> Spelling:
        """Return the spelling of a text."""
        words = whole_words(text)
        if language is None:
            found = (code for code, evidence in _EVIDENCE.items() if evidence <= words)
            language = next(found, None)
        return cls(words, frozenset(_CONJUNCTIONS.get((language or "")[:2], "").split()))


_ALWAYS_DIVIDES = "\u00ac\u00ad"


def join_of(before: str, after: str, spelling: Spelling) -> Join:
    """Return what becomes of the break between two lines of running text."""
    if before[-1:] in HYPHENS and before[-2:-1].isalnum():
        return _join_of_hyphen(before, after, spelling)
    if is_ideographic(before[-1:]) and is_ideographic(after[:1]):
        return "none"
    is_dash_between_words = before[-1] == "—" and before[-2:-1].isalpha() and after[0].isalpha()
    return "none" if is_dash_between_words else "space"


def _join_of_hyphen(before: str, after: str, spelling: Spelling) -> Join:
    if before[-1] in _ALWAYS_DIVIDES:
        return "hyphen"
    tail = _TAIL.match(after)
    if tail is None:
        return "none"
    # In "hand-to-hand", the conjunction is part of the compound.
    is_part = after[tail.end() :].startswith(tuple(HYPHENS))
    follows = tail[1].lower() in spelling.conjunctions and not is_part
    if follows and _is_suspended(before, tail[1], spelling):
        return "space"
    head = _HEAD.search(before[-80:])
    if head and joins_without_hyphen(head[1], tail[1], spelling.words):
        return "hyphen"
    return "space" if follows else "none"


def _is_suspended(before: str, word: str, spelling: Spelling) -> bool:
    """Whether a conjunction follows a part of a compound, and no syllable that looks like it."""
    head = _HEAD.search(before[-80:])
    if head is None or "-" in head[1]:
        return True
    part = head[1].lower()
    if f"{part}{word}".lower() in spelling.words:
        return False
    return part in spelling.words or part in _PREFIXES or head[1][0].isupper()


_PREFIXES = frozenset(
    "after ante anti auto be bi bio co counter cross de dis down ein extra fore half hin her"
    " hyper in inter intra macro mal meso micro mid mini mis mono multi neo new non old out"
    " over para per poly post pre pro proto pseudo quasi re self semi sub super tele trans tri"
    " two three four five six seven eight nine ten twenty thirty ultra un under up upper vice"
    " vor nach auf aus ab an zu über unter mit ver ent er be ge groß klein sous sur pré".split()
)
"""Parts of compounds that are rarely words of their own."""
