"""The parts of a letter: place and date, address, salutation, valediction, signature, postscript."""

from __future__ import annotations

import re

from collections.abc import Sequence

from generator.reading.structure.context import Context
from generator.reading.structure.found import Found, Rule
from generator.reading.structure.rows import Row

_HEAD_ROWS = 16
_TAIL_ROWS = 25

_SALUTATION = re.compile(
    r"(?:(?:my|mein|meine|mon|ma|meu|minha|mi|muy|most)\s+)?(?:(?:most|very|much|sehr|très|muito)[\s-]+)?"
    r"(?:dear|dearest|esteemed|honou?red|beloved|good|worthy|valued|much-valued|respected|revered"
    r"|lieber|liebe|liebes|liebster|liebste|theurer|teurer|theuerster|geehrter|geehrte|verehrter|verehrte|verehrtester|hochverehrt\w*|hochgeehrt\w*"
    r"|cher|chère|chers|querido|querida|estimado|estimada|señor|señora|prezado|prezada|caro|cara"
    r"|sir|sirs|madam|gentlemen|monsieur|madame|messieurs|mademoiselle|excellenz|ew\.|euer|eure)\b.{0,60}",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|jan|mär|märz|mai|juni|juli|okt|dez|ene|abr|ago|dic"
    r"|fév|fev|avr|juin|juil|août|aout|déc|set|out|mayo|enero|junho|julho|maio)[a-zäéûçñ]{0,8}\b\.?"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|lord.s day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|d|\.|,|te|ten|er)?\s*(?:of\s+|de\s+)?{_MONTH}|\b{_MONTH}\s*(?:the\s+)?\d{{1,2}}|\b{_DAY}\b"
    rf"|\b{_MONTH},?\s+1\d{{3}}\b|\b\d{{1,2}}\.\s?(?:\d{{1,2}}|[IVX]{{1,4}})\.\s?(?:1\d)?\d\d\b|^1[5-9]\d\d\.?$|,\s+1[5-9]\d\d\.?$",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    rf"(?:{_MONTH}\s+)?\d{{1,2}}(?:st|nd|rd|th|d)\b\.?(?:\s*\(.{{1,40}}\)\.?)?", re.IGNORECASE
)
_VALEDICTION = re.compile(
    r"\b(?:sincerely|yours|respectfully|faithfully|affectionately|affectionate|obedient|attached|devoted|humble servant"
    r"|regards|farewell|adieu|ergebenst|ergebener|ergebene|hochachtungsvoll|grüße|grüsse|gruß|herzlich|dein|deine|ihr|ihre|euer"
    r"|votre|serviteur|dévoué|tout à vous|agréez|cordialement|atentamente|afectísimo|seu|vosso|servidor)\b",
    re.IGNORECASE,
)
_POSTSCRIPT = re.compile(r"(?:\w{1,4}\s)?(?:p\.\s?s|ps|n\.\s?b|nb|nachschrift|postscriptum|p\.\s?d)\b[.:—-]?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:to\s+(?:the\s+)?[A-Z]|an\s+(?:den|die|das|herrn|frau)|à\s+(?:m|l)|a\s+mr|herrn?\b|frau\b|seiner|seine|sr\b|monsieur\b|madame\b|mr\.?\s|mrs\.?\s|baron|to\b)",
    re.IGNORECASE,
)


def looks_like_letter(rows: Sequence[Row]) -> bool:
    """Whether a text begins with a salutation, or ends with a valediction and a signature."""
    head = any(
        len(row.line.words) <= 9 and not row.text.endswith(".") and _SALUTATION.fullmatch(row.text)
        for row in rows[:_HEAD_ROWS]
    )
    tail = any(
        len(row.text) < 75 and _is_valediction(row.text) and not row.text.endswith("?")
        for row in rows[-_TAIL_ROWS:]
    )
    right = any(row.indent >= 18 and len(row.line.words) <= 8 for row in rows[-14:])
    return head or (tail and right)


def find_salutation(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a salutation near the beginning of a letter."""
    text = context.rows[index].text
    if index > _HEAD_ROWS or len(text.split()) > 9 or not _SALUTATION.fullmatch(text):
        return None
    if context.wraps(index) or not re.search(r"(?:[,:!;]|--|—|–)[-–—]*$|[^\W\d_]$", text):
        return None
    if text.endswith(".") and len(text.split()) > 4:
        return None
    return Found("salutation", index, index + 1, "salutation")


def find_dateline(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a row that says no more than a place and a date."""
    row = context.rows[index]
    if len(row.line.words) > 12 or context.wraps(index) or context.labels[index]:
        return None
    if _ENTRY.fullmatch(row.text) and (context.geometry.width is None or row.right < 0.6 * context.geometry.width):
        return Found("dateline", index, index + 1, "dateline: entry of a diary")
    if not _DATE.search(row.text) or not (row.text[0].isupper() or row.text[0].isdigit() or context.geometry.is_at_right(row) or row.text[:2] in {"à ", "le"}):
        return None
    near_edge = index <= _HEAD_ROWS or context.profile.is_letter and index >= len(context.rows) - _TAIL_ROWS
    alone = context.starts_chunk(index) or context.geometry.is_at_right(row) or index <= _HEAD_ROWS
    if not near_edge or not alone or _is_sentence(row.text):
        return None
    return Found("dateline", index, index + 1, "dateline")


def _is_sentence(text: str) -> bool:
    lower = [word for word in text.split() if word[:1].islower() and word.strip(".,") not in {"de", "le", "den", "ce", "of", "am", "p.m", "a.m", "d", "à", "the", "la", "du", "au", "und", "et", "y"}]
    return len(lower) > 3


def find_closing(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a valediction or signature near the end of a letter."""
    if not context.profile.is_letter or context.labels[index]:
        return None
    row = context.rows[index]
    if len(context.rows) - index > _TAIL_ROWS or len(row.text) > 75 or context.wraps(index):
        return None
    at_right = context.geometry.is_at_right(row) or row.indent >= 18
    if at_right and not _is_valediction(row.text):
        return Found("signature", index, _closing_stop(context, index), "signature: set to the right")
    if _is_valediction(row.text) and (context.starts_chunk(index) or at_right) and len(row.line.words) <= 16:
        if _ends_with_name(row.text):
            return Found("signature", index, _closing_stop(context, index), "signature: after a valediction")
        return Found("valediction", index, index + 1, "valediction")
    if previous is not None and previous.kind == "valediction" and len(row.line.words) <= 6:
        return Found("signature", index, index + 1, "signature: below a valediction")
    if context.starts_chunk(index) and context.is_last(index) and len(row.line.words) <= 4 and _is_name(row.text):
        return Found("signature", index, index + 1, "signature: a name alone")
    return None


def _closing_stop(context: Context, index: int) -> int:
    stop = index + 1
    while stop < context.stops[index] and context.rows[stop].indent >= 18 and stop < index + 4:
        stop += 1
    return stop


def _is_valediction(text: str) -> bool:
    return _VALEDICTION.search(text) is not None


def _ends_with_name(text: str) -> bool:
    last = text.rstrip(".").split()[-1]
    return last.isupper() and len(last) > 1 or (not text.endswith((",", "!")) and text[:1].isupper() and last[:1].isupper())


def _is_name(text: str) -> bool:
    words = re.sub(r"[(\[*]\w+[)\]]?|\*\d+", "", text).replace(".", " ").split()
    return bool(words) and all(word[:1].isupper() or word in {"von", "de", "v", "van"} for word in words)


def find_postscript(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find a postscript: after its label, or any text after the signature."""
    labelled = _POSTSCRIPT.match(context.rows[index].text) and context.profile.is_letter
    after_signature = previous is not None and previous.kind in {"signature", "postscript"}
    if not labelled and not (after_signature and context.profile.is_letter and len(context.rows[index].text) > 25):
        return None
    from generator.reading.structure.paragraphs import paragraph_stop

    return Found("postscript", index, paragraph_stop(context, index), "postscript", "wrap")


def find_address(context: Context, index: int, previous: Found | None) -> Found | None:
    """Find the address of a letter, above the salutation or below the signature."""
    if not context.profile.is_letter or not _ADDRESS.match(context.rows[index].text):
        return None
    near_top = index <= _HEAD_ROWS and (previous is None or previous.kind in {"heading", "dateline"})
    near_end = previous is not None and previous.kind in {"signature", "dateline", "valediction", "postscript"}
    if not (near_top or near_end) or context.wraps(index) or len(context.rows[index].text) > 55:
        return None
    stop = index + 1
    while stop < context.stops[index] and stop < index + 6 and len(context.rows[stop].text) <= 55:
        if _SALUTATION.fullmatch(context.rows[stop].text) or context.wraps(stop - 1):
            break
        stop += 1
    return Found("address", index, stop, "address", "stay")


RULES = (
    Rule("dateline", find_dateline),
    Rule("address", find_address),
    Rule("salutation", find_salutation),
    Rule("closing", find_closing),
    Rule("postscript", find_postscript),
)
