"""Who signs minutes, reports, wills and deeds, and the names of their witnesses."""

from __future__ import annotations

import re

from generator.reading.letter_lines import is_office
from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.letter_shape import telegram_parts
from generator.reading.structure.letter_words import is_name, is_valediction_row
from generator.reading.structure.rule_matches import Rule, RuleMatch

_TAIL_ROWS = 30
"""Rows at the end among which marks are looked for."""


def find_signature_at_end(
    context: Context, index: int, _previous: RuleMatch | None
) -> RuleMatch | None:
    """Find who signs minutes, a report or an article, on the last row or below closing words."""
    stop, text = context.stops[index], context.rows[index].text
    is_last = stop == len(context.rows) and stop - index <= _MAX_CLOSING_ROWS
    if index <= 2 or not (is_last and context.starts_chunk(index)):
        return None
    is_closed = stop == index + 1 or is_valediction_row(text) or _BY_ORDER.match(text) is not None
    if not (is_closed and _signs_report(context.rows[stop - 1].text)):
        return None
    return RuleMatch("signature", index, stop, "signature: of a report", "stay")


def find_signature_of_telegram(
    context: Context, index: int, _previous: RuleMatch | None
) -> RuleMatch | None:
    """Find the name on the last row of a telegram."""
    is_last = index > 2 and index == len(context.rows) - 1
    if not (is_last and index in telegram_parts(context.rows)):
        return None
    return RuleMatch("signature", index, index + 1, "signature: of a telegram")


def _is_in_capitals(context: Context) -> bool:
    return context.profile.in_capitals


def find_signature_of_deed(
    context: Context, index: int, previous: RuleMatch | None
) -> RuleMatch | None:
    """Find who signs a will, a deed or minutes: beside a seal, with a mark, one below the other."""
    if index <= 2 or previous is None:
        return None
    text = context.rows[index].text
    begins = context.starts_chunk(index) or previous.rule == SEALED
    if text[-1] in ")]." and begins and _SEALED.fullmatch(text):
        return RuleMatch("signature", index, index + 1, SEALED)
    if _is_marked(context, index):
        return RuleMatch("signature", index, index + 1, "signature: a mark")
    if _is_above_witnesses(context, index) or _signs_clause(context, index, previous):
        return RuleMatch("signature", index, index + 1, "signature: below the clause of a deed")
    if _sign_report(context, index):
        stop = context.stops[index]
        return RuleMatch("signature", index, stop, "signature: of several people", "stay")
    return None


_BY_ORDER = re.compile(
    r"(?:by|per) (?:order|command)\b|im (?:auftrage?|namen)\b|par ordre\b|por (?:orden|mandato)\b",
    re.IGNORECASE,
)
_MAX_CLOSING_ROWS = 2
SEALED = "signature: beside a seal"


def _is_marked(context: Context, index: int) -> bool:
    """Whether a row at the end is the mark of somebody who cannot write."""
    is_last = index >= len(context.rows) - _TAIL_ROWS
    return is_last and _MARK.fullmatch(context.rows[index].text) is not None


_MARK = re.compile(
    r"(?:(?:The|Her|His) (?:mark|sign) of .{3,40}|[A-Z].{3,40}(?:,| X) (?:his|her|the) (?:X )?mark)"
    r"(?: X)?[.,]?"
)


def _signs_clause(context: Context, index: int, previous: RuleMatch) -> bool:
    """Whether a name stands alone below the clause with which a will or a deed ends."""
    row, clause = context.rows[index], context.rows[previous.start]
    if len(row.line.words) > _MOST_NAMES:
        return False
    is_below = previous.stop == index and _ATTESTATION.match(clause.text) is not None
    return is_below and not context.wraps(index) and is_name(row.text.rstrip("."))


_MOST_NAMES = 6

_ATTESTATION = re.compile(
    r"(?:in (?:witness|testimony) where ?of|given under (?:my|our) hands?|dated this|signed this"
    r"|as witness (?:my|our) hands?)\b",
    re.IGNORECASE,
)


def _sign_report(context: Context, index: int) -> bool:
    """Whether the last rows of a text are names, the first of them with an office or "Signed"."""
    stop = context.stops[index]
    if stop != len(context.rows) or not 2 <= stop - index <= _MOST_SIGNERS:
        return False
    if not (context.starts_chunk(index) or ends_sentence(context.rows[index - 1].text)):
        return False
    first, *others = (context.rows[row].text for row in range(index, stop))
    if len(others) == 1 and _names_officer(first, others[0]):
        return True
    return _signs_report(first) and all(
        _signs_report(text) or is_name(text.rstrip(".")) for text in others
    )


def _names_officer(first: str, second: str) -> bool:
    """Whether one row is a name and the other an office: "Le maire," above "A. Lebrun"."""
    first, second = first.rstrip(",."), second.rstrip(".")
    is_above = is_office(first.split(" ", 1)[-1]) and is_name(second)
    return is_above or (is_name(first) and is_office(second.split(" ", 1)[-1]))


_MOST_SIGNERS = 12


def find_witnesses(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the names below "in the presence of" or "Witnesses:"."""
    stop = context.stops[index]
    if previous is None or not index or stop - index > _MOST_SIGNERS:
        return None
    rows = context.rows[index:stop]
    if any(len(row.text) > _LONGEST_WITNESS or not row.text[0].isupper() for row in rows):
        return None
    if not _PRESENCE.search(context.rows[index - 1].text):
        return None
    return RuleMatch("signature", index, stop, "signature: of witnesses", "stay")


def _is_above_witnesses(context: Context, index: int) -> bool:
    """Whether a name stands alone above "Witnesses:"."""
    row = context.rows[index]
    is_short = len(row.line.words) <= _MOST_NAMES and index + 1 < len(context.rows)
    if not (is_short and context.starts_chunk(index) and context.is_last(index)):
        return False
    below = context.rows[index + 1].text
    is_above = len(below) <= _LONGEST_WITNESS and _PRESENCE.search(below) is not None
    return is_above and is_name(row.text.rstrip("."))


def _has_witnesses(context: Context) -> bool:
    return any(word in context.text for word in _WITNESS_WORDS)


_WITNESS_WORDS = "resence", "RESENCE", "itness", "ITNESS", "eugen", "émoins", "estigo", "estimo"
"""Parts of the words below, in small letters and in capitals, without their first letter."""
_LONGEST_WITNESS = 60
_PRESENCE = re.compile(
    r"(?:\bin (?:the )?presence of(?: us)?|^(?:the )?witness(?:es|ed by)?|^zeugen|^témoins"
    r"|^testigos|^testimoni)\b ?[,:.—-]*$",
    re.IGNORECASE,
)


def _signs_report(text: str) -> bool:
    """Whether a row is a name after "Signed" or beside an office, or initials alone."""
    name = _SIGNED.sub("", text)
    first, _, second = name.rstrip(".").partition(", ")
    if name != text or not second:
        return (name != text and is_name(first)) or _INITIALS.fullmatch(text) is not None
    return (is_name(first) and is_office(second)) or (is_office(first) and is_name(second))


_SIGNED = re.compile(
    r"^(?:Attest(?:ed)?(?: by)?: |\((?:[Ss]igned|SIGNED|gez\.|[Ss]igné|[Ff]irmado)\)"
    r"|(?:Signed|Signé|Firmado)[:,]|gez\.) *"
)
_SEALED = re.compile(r"[^\W\d_][^\n]{2,40} [(\[](?:L\. ?S\.?|SEAL|Seal|Siegel)[)\]]\.?")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\. ?){2,4}")


RULES = (
    Rule(
        "signature: of witnesses",
        find_witnesses,
        texts="no plays",
        can_find=_has_witnesses,
        only_short=True,
    ),
    Rule(
        "signature: of a telegram",
        find_signature_of_telegram,
        texts="no plays",
        can_find=_is_in_capitals,
        only_short=True,
    ),
    Rule("signature: of a deed", find_signature_of_deed, texts="no plays"),
    Rule("signature: at the end", find_signature_at_end, texts="no plays"),
)
