"""What verbs before or after a name say of its kind: "joined Dalton", "Dalton said its profits"."""

from __future__ import annotations

from functools import cache

from generator.linking.names.context import Context
from generator.linking.names.lexicon import Cues

_MEMBERS = frozenset(
    """member members frontman bassist drummer guitarist singer vocalist keyboardist graduate
    graduates alumnus alumni trustee trustees chairman president leader founder secretary
    treasurer captain""".split()
)
_JOINED = frozenset("joined founded co-founded quit rejoined nationalised nationalized".split())
_DONE_BY_COMPANIES = frozenset(
    """published operated owned acquired distributed manufactured sponsored funded supplied advised
    bought insured underwritten""".split()
)
_STUDIED = frozenset("studied educated graduated enrolled taught lectured".split())
_STAYED = frozenset(
    """born died buried stationed arrived landed stopped stayed stays lives lived living settled
    anchored camped killed fell fought baptised baptized wounded wintered call called calls
    calling stop""".split()
)
_CAME = frozenset(
    """came come comes coming arrived returned returning travelled traveled sailed sails drove moved
    emigrated fled back rode marched walked miles train trains road left leave bound departed
    ferry""".split()
)
_PASSIVES_OF_PEOPLE = frozenset(
    "born educated married arrested elected appointed sentenced charged convicted buried".split()
)
_AUXILIARIES = frozenset(
    "was is were are would could will had has should may might must did does can".split()
)
TELL = frozenset({"told", "tells"})
"""Verbs of speech before those who hear it."""

_OWN = frozenset({"its"})
_SELF = frozenset({"he", "she"})


def _without_article(context: Context) -> tuple[str, ...]:
    """Return the words before the name and its article."""
    before = context.before
    return before[:-1] if context.previous in context.cues.articles else before


@cache
def articles_and_of(cues: Cues) -> frozenset[str]:
    """Return the words before a name that has members."""
    return cues.articles | {"of"}


def has_members(context: Context) -> bool:
    """As in "a member of the Gabra", "bassist of Zubizar".

    One of `articles_and_of` stands before the name.
    """
    words = _without_article(context)
    return len(words) > 1 and words[-1] == "of" and words[-2] in _MEMBERS


def is_joined(context: Context) -> bool:
    """As in "joined Zubizar", "published by Zubizar"."""
    before = context.before
    return context.previous in _JOINED or (
        context.previous == "by" and len(before) > 1 and before[-2] in _DONE_BY_COMPANIES
    )


def is_place_of_study(context: Context) -> bool:
    """As in "studied at Zubizar", "graduated from Zubizar"."""
    return len(context.before) > 1 and context.before[-2] in _STUDIED


def is_stay_or_destination(context: Context) -> bool:
    """As in "died at Zubizar", "came from Zubizar", "left for Zubizar"."""
    before = context.before
    if len(before) < 2:
        return False
    if context.previous == "at":
        return before[-2] in _STAYED
    return context.previous in {"from", "for", "to"} and before[-2] in _CAME


@cache
def speech_and_and(cues: Cues) -> frozenset[str]:
    """Return the words between a name and what is its own."""
    return cues.speech | {"and", "or"}


def says_of_its_own(context: Context) -> bool:
    """As in "Zubizar said its profits fell", "Zubizar and its rivals".

    One of `speech_and_and` follows the name.
    """
    return context.after[1] in _OWN


def says_of_self(context: Context) -> bool:
    """As in "Zubizar said he had left"."""
    return context.after[1] in _SELF


def is_said_by(context: Context) -> bool:
    """As in "said Zubizar"; not "told Zubizar", nor "said Zubizar was to blame".

    A verb of speech stands before the name.
    """
    return context.previous not in TELL and context.after[0] not in _AUXILIARIES


@cache
def people_do(cues: Cues) -> frozenset[str]:
    """Return the words after a name of somebody who does something, or to whom it is done."""
    return cues.person_verbs | {"was"}


def has_verb_of_people(context: Context) -> bool:
    """As in "Zubizar died", "Zubizar was born".

    One of `people_do` follows the name.
    """
    verb, following, *_ = context.after
    return (
        verb != "was"
        or verb in context.cues.person_verbs
        or following.rstrip(".") in _PASSIVES_OF_PEOPLE
    )
