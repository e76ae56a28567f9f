"""Names with words in lower case, as in French: musée d'Orsay, Cour pénale internationale.

Only next to a word for a kind of organization, and only with words that such names have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.linking.names.capitalized_words import CapitalizedWord
from generator.linking.names.lexicon import Cues
from generator.text.honorifics import find_honorific

_MAX_CHARACTERS = 70
"""Characters in lower case that are read before or after a run."""

_ADJECTIVE = re.compile(
    r"[^\W\d_]{3,}(?:ienne?s?|aises?|ais|oises?|ois|aine?s?|iques?|istes?|ale?s?|aux|elle?s?|aires?"
    r"|ières?|ives?)"
)
_WORD = re.compile(r" ([^\W\d_]+)(?![\w'’-])")
_OF_BEFORE_WORD = re.compile(r" (?:de la |de l['’]|du |des |de |d['’])(?=\w)")
_OF = re.compile(r" (?:de la |de l['’]|du |des |de |d['’])")
_HEAD = re.compile(r"(?<![\w-])([^\W\d_]{3,})(?: (?:de la |de l['’]|du |des |de |d['’])| )$")


_FREE_TITLES = frozenset(
    {"don", "doña", "dona", "dom", "fray", "frei", "sor", "maître", "monsieur", "madame"}
)
"""Titles in lower case that need no article before them."""

_BEFORE_TITLES = frozenset(
    """el la los las al del le les l' au du o a os as ao à do da estimado estimada querido querida
    caro cara cher chère señor señora""".split()
)
"""Words before a title in lower case; "su padre" is no title."""


def title_in_lower_case(before: Sequence[str], cues: Cues) -> str:
    """Return the title before a name: doctor in "el doctor Peña", abbé in "l'abbé Le Bihan".

    `before` are the tokens before the name. Empty if there is none, or in other languages.
    """
    if not cues.heads_come_first or not before:
        return ""
    elided, apostrophe, word = before[-1].replace("’", "'").rpartition("'")
    if not word.islower():
        return ""
    article = f"{elided.lower()}'" if apostrophe else "".join(before[-2:-1]).lower()
    is_title = word in _FREE_TITLES or article in _BEFORE_TITLES
    return word if is_title and len(word) > 2 and find_honorific(word).says_something else ""


def extend_runs(
    text: str, runs: Sequence[list[CapitalizedWord]], cues: Cues
) -> list[list[CapitalizedWord]]:
    """Return the runs with the words in lower case that belong to them.

    A run that follows the tail of another after "de" is joined to it, and may have one more tail.
    """
    extended: list[list[CapitalizedWord]] = []
    has_tail = False
    for run in runs:
        if has_tail and _OF.fullmatch(text, extended[-1][-1].end, run[0].start):
            extended[-1] = _with_tail(text, [*extended[-1], *run], cues)
            has_tail = False
            continue
        longer = _with_tail(text, run, cues)
        has_tail = longer is not run
        previous_end = extended[-1][-1].end if extended else 0
        extended.append(_with_head(text, longer, cues, previous_end))
    return extended


def _with_tail(text: str, run: list[CapitalizedWord], cues: Cues) -> list[CapitalizedWord]:
    """Return the run with the words after it, as in "Cour suprême", or the run itself."""
    heads, last = cues.organization_heads, run[-1]
    first = next((word for word in run if word.text.lower() not in cues.function), last)
    if first.text not in heads and last.text not in heads:
        return run
    length = _tail_length(text[last.end : last.end + _MAX_CHARACTERS], cues)
    if not length:
        return run
    end = last.end + length
    return [
        *run[:-1],
        CapitalizedWord(text[last.start : end], last.start, end, last.opens_sentence),
    ]


def _tail_length(text: str, cues: Cues) -> int:
    """Return the characters of adjectives and nouns that may end a name.

    As in "Banque africaine de développement", "Caisse de dépôt et placement".
    """
    index = 0
    while True:
        word = _WORD.match(text, index)
        if word and _is_adjective(word[1], cues):
            index = word.end()
        elif end := _end_of_noun(text, index, cues):
            index = end
        elif index and word and word[1] == "et" and (second := _WORD.match(text, word.end())):
            if second[1] not in cues.tail_nouns and not _is_adjective(second[1], cues):
                return index
            index = second.end()
        else:
            return index


def _end_of_noun(text: str, index: int, cues: Cues) -> int | None:
    """Return the end of a noun after "de", as in "Conseil de sécurité", or None."""
    of = _OF_BEFORE_WORD.match(text, index)
    if not of:
        return None
    noun = _WORD.match(text, of.end() - 1)
    if noun and noun[1] in cues.tail_nouns:
        return noun.end()
    noun = _WORD.match(" " + text[of.end() :])  # after an apostrophe no space precedes it
    if noun and noun[1] in cues.tail_nouns:
        return of.end() + noun.end() - 1
    return None


def _is_adjective(word: str, cues: Cues) -> bool:
    return word in cues.tails or (word.islower() and bool(_ADJECTIVE.fullmatch(word)))


def _with_head(
    text: str, run: list[CapitalizedWord], cues: Cues, stop: int
) -> list[CapitalizedWord]:
    """Return the run with a head before it, as in "musée d'Orsay"; not from before `stop`."""
    first = run[0]
    begin = max(stop, first.start - _MAX_CHARACTERS)
    match = _HEAD.search(text[begin : first.start])
    if not match or match[1] not in cues.lower_heads:
        return run
    start = begin + match.start()
    head = CapitalizedWord(text[start : first.end], start, first.end, opens_sentence=False)
    return [head, *run[1:]]
