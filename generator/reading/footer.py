"""The publisher's footer: contact lines and rights notices behind the last paragraph.

They are words of the source and stay on the page, but they are not the author's: the page sets
them apart, and neither names nor neighbours are taken from them.
"""

from __future__ import annotations

import re

from generator.model import BlockKind

_LONGEST = 40
"""Words in a paragraph; a longer one is text, whatever it mentions."""

_MOST = 6
"""Paragraphs that can be footer."""

_CUES = re.compile(
    r"""
      https?:// | \bwww\.
    | [a-z0-9-]\.(?:org|com|net|info|eu|co\.uk|gov|edu)\b
    | [\w.+-]@[\w-]++\.\w
    | ^(?:to\ contact|contact(?:\ us)?\b|subscribe|sign\ up|follow\ us|share\ this|read\ more)
    | ^(?:support\ (?:us|our)|donate)
    | © | \(c\)\ *\d{4} | \bcopyright\b | all\ rights\ reserved | \bis[bs]n\b
    | \b(?:tel|phone|fax)\s*[.:]
    | (?:originally|first)\ (?:published|appeared)\ (?:in|on|at|by) | reprinted\ (?:from|with)
    | \b(?:todos\ los\ derechos\ reservados|derechos\ de\ autor|contacto:|suscríbase|síganos)
    | \b(?:tous\ droits\ réservés|contactez|abonnez-vous|suivez-nous)
    | \b(?:alle\ rechte\ vorbehalten|kontakt:|abonnieren|folgen\ sie\ uns)
    | \b(?:todos\ os\ direitos\ reservados|contato:|assine|siga-nos)
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


def block_kinds(paragraphs: list[str]) -> list[BlockKind]:
    """Tell for each paragraph of a document whether it belongs to the footer.

    Counted from the end, as long as paragraphs are short and carry a cue. The first paragraph
    is never footer: a document is not all imprint.
    """
    footer = 0
    while footer < min(_MOST, len(paragraphs) - 1) and _is_footer(paragraphs[-1 - footer]):
        footer += 1
    text: list[BlockKind] = ["paragraph"]
    return text * (len(paragraphs) - footer) + ["footer"] * footer


def _is_footer(paragraph: str) -> bool:
    return len(paragraph.split()) <= _LONGEST and _CUES.search(paragraph) is not None
