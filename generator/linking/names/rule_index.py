"""The type of the rules about the words around a name, and a quick way to find those that match."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.linking.names.context import Context
from generator.linking.names.lexicon import Cues
from generator.linking.names.rule_type import Rule

WordSet = Callable[[Cues], Container[str]]
"""Returns words of a language."""

_CACHED = 65_536
"""Words of which a process remembers the rules that allow them."""


def one_of(words: Container[str]) -> WordSet:
    """Return a set that is the same in all languages."""
    return lambda _cues: words


def _always(_context: Context) -> bool:
    return True


@dataclass(frozen=True, slots=True, eq=False)
class ContextRule(Rule[Context]):
    """One reason to believe that a name is of a kind, by the words around it."""

    matches: Callable[[Context], bool] = _always
    """Asked only where the words in `before` and `after` are right."""
    before: WordSet | None = None
    """What the word right before the name must be, in lower case; None if that does not matter."""
    after: WordSet | None = None
    """What the word right after the name must be; None if that does not matter."""


ContextMatcher = Callable[[Context], list[ContextRule]]
"""Returns the rules that match the words around a name, in the order of the table."""


def index_rules(rules: Sequence[ContextRule]) -> ContextMatcher:
    """Return the function that finds rules that match; few allow the words beside a name.

    For each of these words it remembers which rules allow it, as bits of a number.
    """

    @lru_cache(_CACHED)
    def allow_before(word: str, cues: Cues) -> int:
        return _bits([rule.before is None or word in rule.before(cues) for rule in rules])

    @lru_cache(_CACHED)
    def allow_after(word: str, cues: Cues) -> int:
        return _bits([rule.after is None or word in rule.after(cues) for rule in rules])

    @lru_cache(_CACHED)
    def chosen(bits: int) -> list[ContextRule]:
        return [rule for index, rule in enumerate(rules) if bits >> index & 1]

    def matching(context: Context) -> list[ContextRule]:
        cues = context.cues
        bits = allow_before(context.previous, cues) & allow_after(context.after[0], cues)
        return [rule for rule in chosen(bits) if rule.matches(context)]

    return matching


def _bits(flags: Sequence[bool]) -> int:
    """Return a number with a bit for each flag, the first of them the lowest."""
    return sum(flag << index for index, flag in enumerate(flags))
