"""The language of a text, or none: py3langid (97 languages and more, no download) with a margin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SHORTEST = 40
"""With fewer letters the answer is a coin toss: the paper on which it is based starts at 60."""

_MARGIN = 8.0
"""How much likelier, in natural logarithms, the best language must be than the second."""

_SAMPLE = 4_000
"""Characters that decide; more text did not change an answer."""


def language(text: str) -> str | None:
    """Give the BCP 47 tag of the language, or None when the text is short or unclear."""
    if sum(map(str.isalpha, text[:_SAMPLE])) < _SHORTEST:
        return None
    (best, score), (_, runner_up) = _identifier().rank(text[:_SAMPLE])[:2]
    return str(best) if score - runner_up >= _MARGIN else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid import langid  # here, because its model takes 200 ms to load

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
