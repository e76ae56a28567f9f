"""What a document says that a name is: "Dalton, a textile maker", "Dalton is a town"."""

from __future__ import annotations

from itertools import takewhile

from generator.linking.names.context import Context
from generator.linking.names.rule_type import ORGANIZATION, PERSON, PLACE, Kind

COPULAS = frozenset("""is was are were , es era fue est était ist war é foi""".split())
"""What may stand between a name and its explanation; the comma of an apposition too."""
_PHRASE_ENDS = frozenset(
    """in of for from at by who that which en de del du da do des que qui""".split()
)
_ARTICLES = frozenset({"a", "an", "the", "un", "una", "une", "uma", "ein", "eine"})


def explained_as(context: Context) -> Kind | None:
    """Return the kind of the noun after the name: "Dalton, a textile maker", "Dalton is a town".

    The word after the name is one of `COPULAS`.
    """
    after, cues = context.after, context.cues
    if after[1].lower() not in _ARTICLES:
        return None
    nouns: tuple[tuple[Kind, frozenset[str]], ...] = (
        (PERSON, cues.roles),
        (ORGANIZATION, cues.organization_words),
        (PLACE, cues.place_words),
    )
    phrase = [word.rstrip(".") for word in takewhile(_continues_phrase, after[2:])]
    for word in phrase if cues.heads_come_first else reversed(phrase):
        for kind, words in nouns:
            if word in words:
                return kind
    return None


def _continues_phrase(word: str) -> bool:
    return word[:1].isalpha() and word not in _PHRASE_ENDS


EXPLANATIONS = frozenset({"explained as a place", "explained as an organization"})
"""Rules by which a name is certainly no part of a person's."""
