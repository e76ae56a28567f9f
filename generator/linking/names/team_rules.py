"""Rules for towns whose names are used for clubs: "Leeds beat Coventry", but "in Leeds".

Usually a name has one kind in all of a document. Towns are the exception, because a report of a
match calls clubs by their towns and also says in which town they played.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.linking.names.context import Context


class TeamRule(NamedTuple):
    """A reason to take a town's name for a club's, by the words around it; it has no weight."""

    name: str
    matches: Callable[[Context], bool]


_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}\.?")
_WIN_NOUNS = frozenset({"win", "victory", "defeat", "draw", "match", "game", "goals"})
_CLUB_ENDINGS = (" Town", " City", " County", " End", " Vale", " Villa")
"""Words for places that end the names of clubs too."""

_AFTER_A_TOWN = frozenset({"(", ",", "-", "–", "—"})


def towns_that_are_teams(towns: Iterable[tuple[str, Context]]) -> frozenset[str]:
    """Return the towns that at least one rule takes for a club."""
    return frozenset(name for name, context in towns if is_team(context))


def has_club_ending(name: str) -> bool:
    """Whether a name ends as those of clubs and of places do: Carrow Town."""
    return name.endswith(_CLUB_ENDINGS)


def is_team(context: Context) -> bool:
    """Whether at least one rule takes the town's name for a club's."""
    return any(rule.matches(context) for rule in TEAM_RULES)


def is_town_here(context: Context) -> bool:
    """Whether a name that is also used for a club is the town: "in Leeds", "LEEDS (AP)"."""
    cues = context.cues
    words_before_towns = cues.place_prepositions, cues.ways, cues.place_words
    return (
        any(context.previous in words for words in words_before_towns)
        or context.after[0] in _AFTER_A_TOWN
    )


def _score(context: Context) -> bool:
    """As in "Leeds 2 Coventry 1": a number, then the next name or the end of the line."""
    number, following = context.after[:2]
    return (
        number.isdigit()
        and len(number) < 3
        and (not following or following[0].isupper())
        and following not in context.cues.months
    )


def _verb_and_score(context: Context) -> bool:
    """As in "Leeds led 20-7", "Leeds lost 2-0"."""
    verb, score = context.after[:2]
    return verb.islower() and _SCORE.fullmatch(score) is not None


def _beats(context: Context) -> bool:
    """As in "Leeds beat Coventry", "Leeds, which beat Coventry"."""
    after, verbs = context.after, context.cues.sports
    has_clause = after[0] == "," and after[1] in {"which", "who", "que"}
    return after[0] in verbs or (has_clause and not verbs.isdisjoint(after[2:4]))


def _is_beaten(context: Context) -> bool:
    """As in "beat Leeds 2-1", "win over Leeds"."""
    is_over = context.previous in {"over", "against"} and not _WIN_NOUNS.isdisjoint(
        context.before[-2:-1]
    )
    return is_over or context.previous in context.cues.sports


def _plays_for(context: Context) -> bool:
    """As in "played for Leeds", "ten goals for Leeds"."""
    return context.previous in {"for", "with"} and any(
        word in context.cues.plays for word in context.before[-3:-1]
    )


def _player_follows(context: Context) -> bool:
    """As in "Leeds striker Ana Roe"."""
    return context.after[0] in context.cues.players and context.after[1][:1].isupper()


TEAM_RULES = (
    TeamRule("score follows", _score),
    TeamRule("verb and score follow", _verb_and_score),
    TeamRule("beats", _beats),
    TeamRule("plays for", _plays_for),
    TeamRule("word for a club before", lambda c: c.previous in c.cues.club_words),
    TeamRule("is beaten", _is_beaten),
    TeamRule("player follows", _player_follows),
    TeamRule("article of a club before", lambda c: c.previous in c.cues.articles_of_clubs),
)
"""Applied to names of towns only."""
