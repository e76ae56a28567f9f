"""The words around one occurrence of a name, as the rules see them."""

from __future__ import annotations

from typing import NamedTuple

from generator.linking.names.lexicon import Cues


class Context(NamedTuple):
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
    word_count: int = 1
    """Words in the name."""
    after_country: bool = False
    """Whether a country's possessive stands before the name: "Chile's Codelco"."""
