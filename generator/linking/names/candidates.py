"""Runs of capitalized words that may be one name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.connectors import GAP_RULES, Gap, GapRule
from generator.linking.names.lexicon import Cues
from generator.linking.names.lowercase import extend_runs

_MAX_WORDS = 12
"""Words in one name; no name of a ministry in the development sets has more."""

_MAX_GAP = 14
"""Characters between two words of a name."""


_ORDINAL = re.compile(r"(?<!\w)(\d{1,3}(?:st|nd|rd|th|d)) \Z")
_MAX_ORDINAL = 7
"""Characters of an ordinal number and the space before it and after it."""

_UNITS = frozenset(
    """Division Regiment Battalion Brigade Infantry Cavalry Squadron Corps Army Fleet Circuit
    Artillery Hussars Lancers Dragoons Highlanders Rifles Foot Battery""".split()
)
"""Units of an army, and courts, that have numbers."""

_POSSESSIVES = ("'s", "’s")
"""Part of the name of some companies: Moody's."""


def rules_by_gap(rules: Sequence[GapRule]) -> dict[str, tuple[GapRule, ...]]:
    """Map each text between two words to the rules for it."""
    texts = dict.fromkeys(text for rule in rules for text in sorted(rule.texts))
    return {text: tuple(rule for rule in rules if text in rule.texts) for text in texts}


RULES_BY_GAP = rules_by_gap(GAP_RULES)


def find_runs(
    text: str, words: Sequence[CapitalizedWord], cues: Cues
) -> list[list[CapitalizedWord]]:
    """Group words that may be one name into runs; linear in the number of words."""
    runs: list[list[CapitalizedWord]] = []
    run: list[CapitalizedWord] = []
    if any(possessive in text for possessive in _POSSESSIVES):
        words = [_with_possessive(text, word, cues) for word in words]
    for word in _without_elision(words) if cues.elides else words:
        is_near = run and word.start - run[-1].end <= _MAX_GAP
        if is_near and _is_joined(Gap(text, run, word, cues)):
            run.append(word)
        else:
            run = [word]
            runs.append(run)
    if not _UNITS.isdisjoint([word.text for run in runs for word in run]):
        for run in runs:
            _prepend_ordinal(text, run)
    return extend_runs(text, runs, cues) if cues.tails else runs


def _prepend_ordinal(text: str, run: list[CapitalizedWord]) -> None:
    """Add the number of a unit to its name: 9th Division, 1st Circuit Court."""
    if _UNITS.isdisjoint([word.text for word in run]):
        return
    start = run[0].start
    ordinal = _ORDINAL.search(text, max(0, start - _MAX_ORDINAL), start)
    if ordinal:
        number = CapitalizedWord(ordinal[1], *ordinal.span(1), opens_sentence=False)
        run.insert(0, number)


def _with_possessive(text: str, word: CapitalizedWord, cues: Cues) -> CapitalizedWord:
    """Return a word with its possessive 's, if that is the name of an organization."""
    end = word.end + 2
    if text[word.end : end] not in _POSSESSIVES or f"{word.text}'s" not in cues.organizations:
        return word
    return CapitalizedWord(text[word.start : end], word.start, end, word.opens_sentence)


def _without_elision(words: Sequence[CapitalizedWord]) -> Iterator[CapitalizedWord]:
    """Drop an elided article at the start of a sentence: "L'Union africaine".

    Inside a sentence it belongs to a name: L'Oréal.
    """
    for word in words:
        is_elided = word.text[1:2] in {"'", "’"} and word.text[0] in "LDQSNJCM"
        if not (word.opens_sentence and is_elided):
            yield word
        elif word.text[2:3].isupper():
            yield CapitalizedWord(word.text[2:], word.start + 2, word.end, opens_sentence=True)


def _is_joined(gap: Gap) -> bool:
    """Whether the next word continues the run."""
    start, end = gap.left.end, gap.right.start
    if len(gap.run) >= _MAX_WORDS or gap.left.text == "I":
        return False
    if len(gap.run) == 1 and end - start > 1 and _is_portfolio(gap.left.text, gap.cues):
        return False
    between = gap.text[start:end]
    if is_function_word(gap.right.text, gap.cues):
        return _is_inner_article(gap, between)
    if between in RULES_BY_GAP:
        return any(rule.matches(gap) for rule in RULES_BY_GAP[between])
    if not between:
        return gap.left.text.endswith(".")
    return (
        between[0] == " "
        and "\n" not in between
        and _are_particles(gap.left.text, between, gap.cues)
    )


def _is_portfolio(word: str, cues: Cues) -> bool:
    """As in "secretario de Economía del PSOE", where no name begins."""
    return cues.heads_come_first and word in cues.portfolios


def _is_inner_article(gap: Gap, between: str) -> bool:
    """As in "Bruno Le Maire", "Deportivo de La Coruña"."""
    left, right, text, cues = gap.left.text, gap.right, gap.text, gap.cues
    if right.text not in cues.articles_in_names or text[right.end : right.end + 1] != " ":
        return False
    if not text[right.end + 1 : right.end + 2].isupper() or is_function_word(left, cues):
        return False
    return between == " " or (between[:1] == " " and _are_particles(left, between, cues))


def _are_particles(left: str, between: str, cues: Cues) -> bool:
    """As in "de", "de la", "d'", "von der"; an article only after a particle."""
    particles = between.replace("'", " ").replace("’", " ").split()
    if len(particles) == 1 and left.lower() in cues.particles:
        particles = [left.lower(), *particles]
    if not 1 <= len(particles) <= 2 or particles[0] not in cues.particles:
        return False
    return all(word in cues.particles or word in cues.second_particles for word in particles[1:])


def is_function_word(word: str, cues: Cues) -> bool:
    """Whether a word is capitalized by its place in the sentence alone: The, After, Tres."""
    return (
        word.lower() in cues.function
        and word not in cues.function_in_names
        and not (word.isupper() and len(word) > 1)
    )
