"""The publisher's footer: contact lines and rights notices after the last paragraph.

They are words of the source and stay on the page, but not words of the author: the page shows
them apart, and names and related documents are not taken from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from generator.model import Block, BlockKind

_MAX_WORDS = 40
"""Words of a paragraph; a longer one is text, even with a cue."""

_MAX_PARAGRAPHS = 6
"""Paragraphs that can belong to the footer."""

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


_NO_FOOTER: frozenset[BlockKind] = frozenset({"table", "columns", "stanza", "item", "note"})
"""Kinds whose parts would run together in a footer."""


def with_footer(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks of a document with its footer as such."""
    kinds = block_kinds(["" if block.kind in _NO_FOOTER else block.text for block in blocks])
    return tuple(
        replace(block, kind=kind, rule="publisher's footer") if kind == "footer" else block
        for block, kind in zip(blocks, kinds, strict=True)
    )


def block_kinds(paragraphs: list[str]) -> list[BlockKind]:
    """Return the kind of each paragraph of a document.

    The footer is the last paragraphs as long as they are short and have a cue. The first
    paragraph never belongs to it, because a document is more than its footer.
    """
    count = 0
    while count < min(_MAX_PARAGRAPHS, len(paragraphs) - 1) and _is_footer(paragraphs[-1 - count]):
        count += 1
    text: list[BlockKind] = ["paragraph"]
    return text * (len(paragraphs) - count) + ["footer"] * count


def _is_footer(paragraph: str) -> bool:
    return len(paragraph.split()) <= _MAX_WORDS and _CUES.search(paragraph) is not None
