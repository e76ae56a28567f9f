"""The words around one occurrence of a name, as the rules see them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from generator.linking.names.lexicon import Cues

_APOSTROPHES = frozenset({"'", "’"})
PREPOSITIONS = frozenset({"of", "in", "for", "de", "del", "du", "da", "do", "von", "d", "en"})


class Context(msgspec.Struct, frozen=True, gc=False):
    """The words around one occurrence of a name."""

    title: str
    """The title before the name, or an empty string."""
    before: tuple[str, ...]
    """Up to eight tokens before the name; one empty string at the start of a text."""
    previous: str
    """The token before the name, in lower case."""
    after: tuple[str, ...]
    """The nine tokens after the name, padded with empty strings at the end of a text."""
    next_place_size: int
    """Size of the place that the second token after the name is: 5 for a country, 0 for none."""
    cues: Cues
    owned: str = ""
    """The word that the name owns: president in "Peru's president"; or an empty string."""
    noun_before: str = ""
    """The word before a preposition: mayor in "the mayor of Zubizar"; or an empty string."""
    word_count: int = 1
    """Words in the name."""
    after_country: bool = False
    """Whether a country's possessive stands before the name: "Chile's Codelco"."""


def find_owned(after: Sequence[str]) -> str:
    """Return the word that a name owns, of the tokens after it."""
    is_possessive = after[0] in _APOSTROPHES and after[1] == "s"
    return after[2].lower() if is_possessive else ""


def find_noun_before(before: Sequence[str], previous: str) -> str:
    """Return the word before a preposition before a name, of the tokens before it."""
    return before[-2].lower() if previous in PREPOSITIONS and len(before) > 1 else ""


def is_attributive(context: Context) -> bool:
    """As in "the Fujimori camp", where the article belongs to the word after the name."""
    after = context.after[0]
    return (
        after[:1].isalpha()
        and after.islower()
        and after not in context.cues.speech
        and after not in context.cues.function
        and after not in context.cues.verbs
        and not after.endswith(("ed", "ing"))
    )
