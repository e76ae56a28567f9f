"""Names that begin or go on in lower case, as in French: musée d'Orsay, Cour pénale internationale.

Only next to a word that says what the name names, and only with words that such names are made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.linking.names.capitals import CapitalizedWord
from generator.linking.names.lexicon import Cues

_LONGEST = 70
"""Characters of lower case that are looked at, on either side."""

_ADJECTIVE = re.compile(
    r"[^\W\d_]{3,}(?:ienne?s?|aises?|ais|oises?|ois|aine?s?|iques?|istes?|ale?s?|aux|elle?s?|aires?"
    r"|ières?|ives?)"
)
_WORD = re.compile(r" ([^\W\d_]+)(?![\w'’-])")
_OF = re.compile(r" (?:de la |de l['’]|du |des |de |d['’])(?=\w)")
_LINK = re.compile(r" (?:de la |de l['’]|du |des |de |d['’])")
_HEAD = re.compile(r"(?<![\w-])([^\W\d_]{3,})(?: (?:de la |de l['’]|du |des |de |d['’])| )$")


def extend_runs(
    text: str, runs: Sequence[list[CapitalizedWord]], cues: Cues
) -> list[list[CapitalizedWord]]:
    """Give the runs with the words in lower case that belong to them."""
    found: list[list[CapitalizedWord]] = []
    tailed = False
    for run in runs:
        if tailed and _LINK.fullmatch(text, found[-1][-1].end, run[0].start):
            found[-1] = _with_tail(text, [*found[-1], *run], cues)
            tailed = False
            continue
        longer = _with_tail(text, run, cues)
        tailed = longer is not run
        found.append(_with_head(text, longer, cues, found[-1][-1].end if found else 0))
    return found


def _with_tail(text: str, run: list[CapitalizedWord], cues: Cues) -> list[CapitalizedWord]:
    """As in "Cour suprême", "Banque africaine de développement"."""
    heads = cues.organization_heads
    named = next((word for word in run if word.text.lower() not in cues.function), run[-1])
    if named.text not in heads and run[-1].text not in heads:
        return run
    last = run[-1]
    end = _tail_end(text[last.end : last.end + _LONGEST], cues)
    if not end:
        return run
    end += last.end
    return [*run[:-1], CapitalizedWord(text[last.start : end], last.start, end, last.first)]


def _tail_end(text: str, cues: Cues) -> int:
    index = 0
    while True:
        word = _WORD.match(text, index)
        of = _OF.match(text, index)
        if word and _is_adjective(word[1], cues):
            index = word.end()
        elif of and (noun := _WORD.match(text, of.end() - 1)) and noun[1] in cues.tail_nouns:
            index = noun.end()
        elif of and (noun := _WORD.match(" " + text[of.end() :])) and noun[1] in cues.tail_nouns:
            index = of.end() + noun.end() - 1
        elif index and word and word[1] == "et" and (noun := _WORD.match(text, word.end())):
            if noun[1] not in cues.tail_nouns and not _is_adjective(noun[1], cues):
                return index
            index = noun.end()
        else:
            return index


def _is_adjective(word: str, cues: Cues) -> bool:
    return word in cues.tails or (word.islower() and bool(_ADJECTIVE.fullmatch(word)))


def _with_head(
    text: str, run: list[CapitalizedWord], cues: Cues, stop: int
) -> list[CapitalizedWord]:
    """As in "musée d'Orsay", "région Bretagne"."""
    first = run[0]
    begin = max(stop, first.start - _LONGEST)
    match = _HEAD.search(text[begin : first.start])
    if not match or match[1] not in cues.lower_heads:
        return run
    start = begin + match.start()
    return [CapitalizedWord(text[start : first.end], start, first.end, False), *run[1:]]
