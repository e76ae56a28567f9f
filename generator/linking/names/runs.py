"""Words with a capital that stand together: how far a name may reach."""

from __future__ import annotations

from collections.abc import Sequence

from generator.linking.names.connectors import CONNECTORS, Junction
from generator.linking.names.lists import Cues
from generator.linking.names.words import Word

_LONGEST = 12
"""Words in one name; no name of a ministry in the development sets has more."""

_BY_TEXT = {
    text: tuple(rule for rule in CONNECTORS if text in rule.between)
    for rule in CONNECTORS
    for text in rule.between
}


def gather(text: str, words: Sequence[Word], cues: Cues) -> list[list[Word]]:
    """Put neighbouring words together into runs; linear in the number of words."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _joined(Junction(text, runs[-1], word, cues)):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_with_tail(text, run, cues) for run in runs] if cues.tails else runs


def _with_tail(text: str, run: list[Word], cues: Cues) -> list[Word]:
    """As in "Cour suprême", "Banque africaine de développement": adjectives behind a head."""
    if run[0].text not in cues.organization_heads and run[-1].text not in cues.organization_heads:
        return run
    last = run[-1]
    words = text[last.end : last.end + 60].split(" ")
    if words[0]:
        return run
    taken = 0
    while taken + 1 < len(words) and words[taken + 1].rstrip(",.;:)»") in cues.tails:
        taken += 1
        if words[taken][-1] in ",.;:)»":
            break
    else:
        if taken and len(words) > taken + 2 and words[taken + 1] in {"de", "des", "du"}:
            taken += 2 if words[taken + 2].rstrip(",.;:)»").islower() else 0
    if not taken:
        return run
    end = last.end + len(" ".join(words[: taken + 1]).rstrip(",.;:)»"))
    return [*run[:-1], Word(text[last.start : end], last.start, end, last.first)]


def _joined(at: Junction) -> bool:
    start, end = at.left.end, at.right.start
    if end - start > 14 or len(at.run) >= _LONGEST or at.left.text == "I":
        return False
    if is_function(at.right.text, at.cues):
        return False
    gap = at.text[start:end]
    if gap in _BY_TEXT:
        return any(rule.holds(at) for rule in _BY_TEXT[gap])
    if not gap:
        return at.left.text.endswith(".")
    return gap[0] == " " and "\n" not in gap and _particles(at.left.text, gap, at.cues)


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


def is_function(word: str, cues: Cues) -> bool:
    """Whether a word has its capital from its place alone: The, After, Tres."""
    return (
        word.lower() in cues.function
        and word not in cues.function_in_names
        and not (word.isupper() and len(word) > 1)
    )
