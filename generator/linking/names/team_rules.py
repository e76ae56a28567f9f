"""Towns that play: "Leeds beat Coventry" speaks of two clubs, "in Leeds" of a town.

What a name is holds for all its mentions in a document; a town is the exception, because stories
of matches name clubs by their towns and go on to say where they played.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from generator.linking.names.context_rules import Context


class TeamRule(NamedTuple):
    """A rule about the words around a town's name."""

    name: str
    holds: Callable[[Context], bool]


def towns_that_are_teams(named: Iterable[tuple[str, Context]]) -> frozenset[str]:
    """Give the towns that some rule takes for a club; `named` has towns and the words around."""
    return frozenset(text for text, around in named if is_team(around))


def is_team(around: Context) -> bool:
    """Whether some rule takes a town's name for a club, by the words around it."""
    return any(rule.holds(around) for rule in TEAMS)


def is_town_here(around: Context) -> bool:
    """Whether a town that plays is a town here all the same: "in Leeds", "LEEDS (AP)"."""
    cues = around.cues
    where = cues.place_prepositions, cues.ways, cues.place_words
    return any(around.previous in some for some in where) or around.after[0] in {
        "(",
        ",",
        "-",
        "–",
        "—",
    }


def _score(around: Context) -> bool:
    """As in "Leeds 2 Coventry 1": a figure, then the next name or the end of the line."""
    figure, following = around.after[0], around.after[1]
    return (
        figure.isdigit()
        and len(figure) < 3
        and (not following or following[0].isupper())
        and following not in around.cues.months
    )


def _beats(around: Context) -> bool:
    """As in "Leeds beat Coventry", "Leeds, which beat Coventry"."""
    after = around.after
    which = after[0] == "," and after[1] in {"which", "who", "que"}
    return after[0] in around.cues.sports or (
        which and not around.cues.sports.isdisjoint(after[2:4])
    )


def _beaten(around: Context) -> bool:
    """As in "beat Leeds 2-1", "win over Leeds"."""
    over = around.previous in {"over", "against"} and around.before[-2:-1] in _WON
    return over or around.previous in around.cues.sports


def _plays_for(around: Context) -> bool:
    """As in "played for Leeds", "ten goals for Leeds"."""
    return around.previous in {"for", "with"} and any(
        word in around.cues.plays for word in around.before[-3:-1]
    )


def _side(around: Context) -> bool:
    """As in "Leeds striker Ana Roe"."""
    return around.after[0] in around.cues.players and around.after[1][:1].isupper()


_WON = (("win",), ("victory",), ("defeat",), ("draw",), ("match",), ("game",), ("goals",))

TEAMS = (
    TeamRule("score", _score),
    TeamRule("beats", _beats),
    TeamRule("plays for", _plays_for),
    TeamRule("what clubs are", lambda s: s.previous in s.cues.club_words),
    TeamRule("is beaten", _beaten),
    TeamRule("has players", _side),
    TeamRule("article of a club", lambda s: s.previous in s.cues.articles_of_clubs),
)
"""They are asked of names of towns only."""
