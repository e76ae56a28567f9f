"""Speeches with their labels, and stage directions."""

from __future__ import annotations

import re

from generator.model import Mark
from generator.reading.structure.context import Context
from generator.reading.structure.geometry import ends_sentence
from generator.reading.structure.rule_matches import Rule, RuleMatch
from generator.reading.structure.speaker_labels import time_code_length

_ASIDE = re.compile(r"(?<!\s)\s*+_?[(\[]")
_OPEN, _CLOSE = "([", ")]"
_ENTRANCE = re.compile(
    r"(?:enter|re-enter|exit|exeunt|alarum|flourish|curtain|vorhang|rideau|telón|sipario"
    r"|the same|another (?:room|part)|vorige|die vorigen"
    r"|entra|entran|sale|salen|entrent|entre)\b",
    re.IGNORECASE,
)


def find_speech(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find the words after a speaker's label."""
    length = context.labels[index]
    if not length:
        return None
    row = context.rows[index]
    stop = speech_stop(context, index)
    start = time_code_length(row.text)
    name = _ASIDE.split(row.text[start:length], maxsplit=1)[0].rstrip(" _")
    position = row.line.start + start
    mark = Mark("speaker", position, position + len(name))
    return RuleMatch("speech", index, stop, "speech: label", "wrap", (mark,))


def find_continued_speech(
    context: Context, index: int, previous: RuleMatch | None
) -> RuleMatch | None:
    """Find words of a speech after a stage direction or an empty line, without a label."""
    if previous is None:
        return None
    if previous.kind != "speech" and previous.rule not in {_BRACKETS, _REMARK}:
        return None
    return RuleMatch("speech", index, speech_stop(context, index), "speech: continued", "wrap")


def speech_stop(context: Context, index: int) -> int:
    """Return the index after the last row of a speech that begins with a row."""
    stop = index + 1
    if _stands_apart(context, index):
        stop = min(stop + 1, len(context.rows))
    while stop < len(context.rows) and (
        stop < context.stops[stop - 1] or context.rows[stop].after_page
    ):
        if _interrupts_speech(context, stop, index):
            break
        stop += 1
    return stop


def _stands_apart(context: Context, index: int) -> bool:
    """Whether a label is all that a row has, and an empty line is below it."""
    return context.is_last(index) and context.labels[index] == len(context.rows[index].text)


def _interrupts_speech(context: Context, index: int, start: int) -> bool:
    if context.labels[index]:
        return True
    row, first = context.rows[index], context.rows[start]
    if context.wraps(index - 1) and row.indent <= context.rows[index - 1].indent:
        return False
    if row.text[0] in _OPEN and is_stage_direction(context, index):
        return True
    if _is_exit_row(context, index):
        return True
    if (
        context.geometry.begins_paragraph(context.rows[index - 1], row)
        and row.indent == first.indent
    ):
        return not context.profile.is_verse and context.labels[start] < len(first.text)
    return context.headings[index]


def _is_exit_row(context: Context, index: int) -> bool:
    """Whether a row between speeches says who comes or goes, without brackets."""
    text, before = context.rows[index].text, context.rows[index - 1].text
    is_short = len(text) <= _MAX_EXIT and text[-1] in ".]"
    return is_short and ends_sentence(before) and _COMES_OR_GOES.match(text) is not None


_MAX_EXIT = 60
_COMES_OR_GOES = re.compile(
    r"(?:Exeunt|Exit|Re-enter|Enter [A-Z]|Alarums?\b|Flourish\b"
    r"|An? (?:\w+ )?(?:trumpet|shot|cry|knock\w*|bell|noise|shout)s?\b"
    r".{0,20}\b(?:within|without)\b)"
)


def find_brackets(context: Context, index: int, _previous: RuleMatch | None) -> RuleMatch | None:
    """Find a direction in brackets that stands alone."""
    if context.rows[index].text[0] not in _OPEN:
        return None
    if not is_stage_direction(context, index):
        return None
    return RuleMatch("stage", index, bracket_stop(context, index) or index + 1, _BRACKETS, "wrap")


def find_direction(context: Context, index: int, previous: RuleMatch | None) -> RuleMatch | None:
    """Find the scene below a heading, who enters, and remarks between the speeches of a play."""
    above = previous.kind if previous else ""
    stop = block_stop(context, index)
    if above == "heading" and _is_direction(context, index, stop):
        rule = "stage: below a heading"
    elif above == "speech" and _is_short_remark(context, index):
        rule = _REMARK
    elif _ENTRANCE.match(context.rows[index].text) or _is_exit_row(context, index):
        rule = "stage: entrance"
    else:
        return None
    return RuleMatch("stage", index, stop, rule, "wrap")


def _is_direction(context: Context, index: int, stop: int) -> bool:
    """Whether rows below a heading are no field of a transcript, and no line of a song."""
    if _FIELD.match(context.rows[index].text):
        return False
    is_line = context.rows[stop - 1].text[-1] in ",;" and context.stops[index] > stop + 1
    return not is_line


_FIELD = re.compile(
    r"(?:interview\w*|narrators?|respondents?|informants?|transcri\w+|record\w+|date of|tape|file"
    r"|present|anwesend|présents?|presentes)\b.{0,30}:",
    re.IGNORECASE,
)
"""What a transcript says of itself above its first words."""

_BRACKETS = "stage: brackets"
_REMARK = "stage: remark between speeches"
_MAX_REMARK = 2
"""Rows of a remark without brackets."""


def _is_short_remark(context: Context, index: int) -> bool:
    """Whether rows without a label stand alone between two speeches that have one."""
    stop = block_stop(context, index, _MAX_REMARK + 1)
    if not context.starts_chunk(index) or stop != context.stops[index] or stop >= len(context.rows):
        return False
    rows = context.rows[index:stop]
    ends = rows[-1].text[-1] in ".)]" and not any(_SPOKEN.search(row.text) for row in rows)
    return stop - index <= _MAX_REMARK and ends and context.styles[index] != "broken"


_SPOKEN = re.compile(
    r"\b(?:I|[Mm]y|[Ww]e|[Oo]ur|[Yy]ou|[Yy]our|[Ii]ch|[Mm]eine?|[Ww]ir|[Jj]e|[Jj]['’]|[Nn]ous|[Yy]o|[Nn]osotros|[Ee]u)\b"
)
"""A word of somebody who speaks, which no direction has."""


def block_stop(context: Context, index: int, most: int | None = None) -> int:
    """Return the index after the rows that wraps join to a row, of which `most` are read."""
    stop = index + 1
    limit = len(context.rows) if most is None else index + most
    while stop < limit and context.wraps(stop - 1) and not context.labels[stop]:
        if context.rows[stop].indent != context.rows[
            index
        ].indent and not context.geometry.is_centred(context.rows[stop]):
            break
        stop += 1
    return stop


def is_stage_direction(context: Context, index: int) -> bool:
    """Whether brackets around whole rows make them a direction, in a text with speakers."""
    stop = bracket_stop(context, index)
    if stop is None:
        return context.profile.genre == "play" and _is_half_open(context, index)
    if context.profile.genre == "play":
        return True
    text = context.rows[index].text
    if stop == index + 1 and _AUDIENCE.search(text):
        return True
    if context.profile.is_letter:
        return False
    return text.startswith("[") and stop == index + 1 and len(text) <= 40 and "." not in text


def _is_half_open(context: Context, index: int) -> bool:
    """Whether a short row has a bracket before it that nothing closes: "[Exit."."""
    text = context.rows[index].text
    below = (row.text for row in context.rows[index + 1 : index + 4])
    following = next((text for text in below if "[" in text or "]" in text), "")
    is_short = text[0] == "[" and text[-1] == "." and len(text) <= _MAX_EXIT
    return is_short and "]" not in text and following.find("]") <= following.find("[")


_AUDIENCE = re.compile(
    r"\b(?:applause|laughter|laughs?|cheer(?:s|ing)?|hear, hear|interruptions?|inaudible|crosstalk"
    r"|the band|tape (?:ends|stops|begins)|pause|silence|music"
    r"|beifall|heiterkeit|zwischenrufe?|gelächter"
    r"|applaudissements|rires|aplausos|risas|applausi|ilarità|risos)\b",
    re.IGNORECASE,
)
"""What a report of a speech or a recording says of those who listen."""


def bracket_stop(context: Context, index: int) -> int | None:
    """Return the index after the row where the bracket at the beginning of a row closes.

    None if it closes inside a row, with words after it.
    """
    depth = 0
    for stop in range(index, min(context.stops[index], index + 30)):
        text = context.rows[stop].text
        for position, character in enumerate(text):
            depth += (character in _OPEN) - (character in _CLOSE)
            if depth == 0:
                return stop + 1 if not text[position + 1 :].strip(" .") else None
    return None


RULES = (
    Rule("speech", find_speech, labelled=True),
    Rule("stage: brackets", find_brackets),
    Rule("stage", find_direction, texts="play"),
)
