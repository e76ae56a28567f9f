"""Words with a capital that stand together: how far a name may reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.linking.names.capitals import CapitalizedWord
from generator.linking.names.connectors import CONNECTORS, Gap, GapRule
from generator.linking.names.lexicon import Cues
from generator.linking.names.lowercase import extend_runs

_LONGEST = 12
"""Words in one name; no name of a ministry in the development sets has more."""


def rules_by_gap(rules: Sequence[GapRule]) -> dict[str, tuple[GapRule, ...]]:
    """Give the rules that may hold for each text between two words."""
    texts = dict.fromkeys(text for rule in rules for text in sorted(rule.between))
    return {text: tuple(rule for rule in rules if text in rule.between) for text in texts}


BY_TEXT = rules_by_gap(CONNECTORS)


def find_runs(
    text: str, words: Sequence[CapitalizedWord], cues: Cues
) -> list[list[CapitalizedWord]]:
    """Put neighbouring words together into runs; linear in the number of words."""
    runs: list[list[CapitalizedWord]] = []
    for word in _without_elision(words) if cues.elides else words:
        if runs and _joined(Gap(text, runs[-1], word, cues)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return extend_runs(text, runs, cues) if cues.tails else runs


def _without_elision(words: Sequence[CapitalizedWord]) -> Iterator[CapitalizedWord]:
    """As in "L'Union africaine" where a sentence begins; names such as L'Oréal stand elsewhere."""
    for word in words:
        if word.first and word.text[1:2] in {"'", "’"} and word.text[0] in "LDQSNJCM":
            if word.text[2:3].isupper():
                yield CapitalizedWord(word.text[2:], word.start + 2, word.end, first=True)
        else:
            yield word


def _joined(at: Gap) -> bool:
    start, end = at.left.end, at.right.start
    if end - start > 14 or len(at.run) >= _LONGEST or at.left.text == "I":
        return False
    if len(at.run) == 1 and end - start > 1 and _is_portfolio(at.left.text, at.cues):
        return False
    gap = at.text[start:end]
    if is_function_word(at.right.text, at.cues):
        return _inner_article(at, gap)
    if gap in BY_TEXT:
        return any(rule.holds(at) for rule in BY_TEXT[gap])
    if not gap:
        return at.left.text.endswith(".")
    return gap[0] == " " and "\n" not in gap and _particles(at.left.text, gap, at.cues)


def _is_portfolio(word: str, cues: Cues) -> bool:
    """As in "secretario de Economía del PSOE"."""
    return cues.heads_come_first and word in cues.portfolios


def _inner_article(at: Gap, gap: str) -> bool:
    """As in "Bruno Le Maire", "Deportivo de La Coruña"."""
    right, text = at.right, at.text
    if right.text not in at.cues.articles_in_names or text[right.end : right.end + 1] != " ":
        return False
    if not text[right.end + 1 : right.end + 2].isupper() or is_function_word(at.left.text, at.cues):
        return False
    return gap == " " or (gap[:1] == " " and _particles(at.left.text, gap, at.cues))


def _particles(left: str, gap: str, cues: Cues) -> bool:
    """As in "de", "de la", "d'", "von der": articles only behind a particle."""
    between = gap.replace("'", " ").replace("’", " ").split()
    if len(between) == 1 and left.lower() in cues.particles:
        between = [left.lower(), *between]
    return (
        0 < len(between) <= 2
        and between[0] in cues.particles
        and (
            len(between) == 1 or between[1] in cues.particles or between[1] in cues.second_particles
        )
    )


def is_function_word(word: str, cues: Cues) -> bool:
    """Whether a word has its capital from its place alone: The, After, Tres."""
    return (
        word.lower() in cues.function
        and word not in cues.function_in_names
        and not (word.isupper() and len(word) > 1)
    )
