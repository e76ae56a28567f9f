"""The kind of a name that is given as an example: "banks such as Dalton"."""

from __future__ import annotations

from generator.linking.names.context import Context
from generator.linking.names.rule_type import ORGANIZATION, PERSON, PLACE, Kind

LEAD_INS = {
    "as": "such",
    "them": "among",
    "como": "tales",
    "que": "telles",
    "like": "",
    "including": "",
}
"""The word before an example, and the word that must stand before it, if any must."""


def example_of(context: Context) -> Kind | None:
    """Return the kind of the noun of which the name is an example, or None.

    One of `LEAD_INS` stands before the name.
    """
    words = [word.lower() for word in context.before[:-1]]
    first = LEAD_INS[context.previous]
    if first and words[-1:] != [first]:
        return None
    if first:
        del words[-1]
    while words[-1:] == [","]:
        del words[-1]
    return _kind_of_plural("".join(words[-1:]), context)


def _kind_of_plural(noun: str, context: Context) -> Kind | None:
    """Return the kind of what a noun in the plural names."""
    singular, cues = noun.removesuffix("s"), context.cues
    if noun == singular:
        return None
    if noun in cues.organization_words or singular in cues.organization_words:
        return ORGANIZATION
    if singular in cues.place_words:
        return PLACE
    return PERSON if singular in cues.roles else None
