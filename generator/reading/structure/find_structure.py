"""The structure of a text: furniture, notes, and regions of lines with a kind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from generator.model import Mark
from generator.reading.characters import count_letters
from generator.reading.structure import (
    below_title,
    captions,
    closings,
    columns,
    day_entries,
    divisions,
    drama,
    headings,
    letterheads,
    lists,
    mail_parts,
    paragraphs,
    record_signatures,
    salutations,
    short_headings,
    titles,
    unmarked_lists,
    verse,
)
from generator.reading.structure.context import Context, Genre
from generator.reading.structure.divisions import division_rows
from generator.reading.structure.entries import find_entries
from generator.reading.structure.furniture import find_furniture
from generator.reading.structure.geometry import (
    HYPHENS,
    Geometry,
    divides_small,
    divides_word,
    ends_sentence,
    measure,
)
from generator.reading.structure.interrupted_paragraphs import join_cut_paragraphs
from generator.reading.structure.joins import Spelling, join_of
from generator.reading.structure.letter_shape import (
    byline_parts,
    dated_parts,
    letter_parts,
    looks_like_letter,
    telegram_parts,
)
from generator.reading.structure.levels import with_levels
from generator.reading.structure.lines import Line, split_lines
from generator.reading.structure.lists import begins_item, hangs_below_number, is_dash_item
from generator.reading.structure.notes import Note, find_notes, is_rule, sign_span
from generator.reading.structure.pages import find_pages
from generator.reading.structure.references import mark_references
from generator.reading.structure.regions import Furniture, Join, Region, Structure
from generator.reading.structure.rows import Row, make_rows
from generator.reading.structure.rule_matches import Rule, RuleMatch, is_long
from generator.reading.structure.running_heads import MAX_HEAD, looks_like_head
from generator.reading.structure.runs import Runs
from generator.reading.structure.short_lines import as_printed, is_all_short_lines
from generator.reading.structure.speakers import label_lengths
from generator.reading.structure.styles import chunk_stops, row_settings, verse_styles
from generator.reading.structure.text_shape import make_profile, measure_breaks

RULES: tuple[Rule, ...] = (
    *day_entries.RULES,
    *columns.RULES,
    *paragraphs.FIRST_RULES,
    *mail_parts.RULES,
    *salutations.FIRST_RULES,
    *closings.FIRST_RULES,
    *record_signatures.RULES,
    *letterheads.RULES,
    *divisions.RULES,
    *below_title.RULES,
    *headings.RULES,
    *salutations.RULES,
    *closings.RULES,
    *titles.RULES,
    *captions.RULES,
    *short_headings.FIRST_RULES,
    *drama.RULES,
    *lists.RULES,
    *headings.LATE_RULES,
    *short_headings.RULES,
    Rule("speech: continued", drama.find_continued_speech, texts="play"),
    *unmarked_lists.RULES,
    *verse.RULES,
    *paragraphs.RULES,
)


def find_structure(text: str, language: str | None = None) -> Structure:
    """Return the structure of a text, in time linear in its length."""
    lines = split_lines(text)
    if is_all_short_lines(lines):
        return as_printed(lines)
    furniture = find_furniture(lines)
    refused = _takes_too_much(furniture, lines)
    if refused:
        furniture = ()
    rows = make_rows(lines, frozenset(item.line.number for item in furniture))
    divides = any(line.text[-1] in HYPHENS and line.text[-2:-1].isalnum() for line in lines)
    spelling = Spelling.of(text, language) if divides else Spelling()
    geometry = measure(rows)
    notes = find_notes(rows, geometry)
    in_notes = {index for note in notes for index in range(note.start, note.stop)}
    rules = _rules_above_notes(rows, notes) - in_notes if furniture else frozenset()
    left_out = in_notes | rules
    body = _without(rows, left_out) if left_out else rows
    if any(row.after_page for row in body):
        body = tuple(_with_page_gaps(body, geometry))
    context = _context(text, body, geometry if body is rows else measure(body))
    regions = [_region(context, block, spelling) for block in _segment(context)]
    regions = [*join_cut_paragraphs(regions, spelling, context.geometry)]
    regions += [_note_region(rows, note, spelling) for note in notes]
    regions.sort(key=lambda region: region.lines[0].number)
    regions = mark_references(with_levels(regions))
    removed = *furniture, *(Furniture(rows[index].line, "rule above notes") for index in rules)
    return Structure(
        regions=tuple(regions),
        furniture=tuple(sorted(removed, key=lambda item: item.line.number)),
        pages=find_pages(lines, furniture),
        refused=("running heads",) if refused else (),
    )


_MAX_LOST = 0.1
"""The share of letters and digits that furniture can have; more is a mistake of the rules."""


def _takes_too_much(furniture: Sequence[Furniture], lines: Sequence[Line]) -> bool:
    taken = sum(count_letters(item.line.text) for item in furniture)
    return taken > 0 and taken > _MAX_LOST * sum(count_letters(line.text) for line in lines)


def _rules_above_notes(rows: Sequence[Row], notes: Sequence[Note]) -> frozenset[int]:
    """Return the printed rules between the text of a page and its notes."""
    above = (note.start - 1 for note in notes if note.start)
    return frozenset(index for index in above if is_rule(rows[index].text))


def _without(rows: Sequence[Row], left_out: set[int]) -> tuple[Row, ...]:
    """Return rows without some of them; what follows them is set off, unless a page ends."""
    body: list[Row] = []
    cut = gap = 0
    for index, row in enumerate(rows):
        if index in left_out:
            cut, gap = cut or row.after_page, 1
            continue
        after_page = bool(body) and (row.after_page or bool(cut))
        gap = 0 if after_page else max(row.gap, gap)
        is_same = gap == row.gap and after_page == row.after_page
        body.append(
            row if is_same else msgspec.structs.replace(row, gap=gap, after_page=after_page)
        )
        cut = gap = 0
    return tuple(body)


def _with_page_gaps(rows: Sequence[Row], geometry: Geometry) -> Iterator[Row]:
    """Yield rows; after a page break the gap says whether the block before it goes on."""
    for index, row in enumerate(rows):
        if row.after_page and not _goes_on(rows[index - 1], row, geometry):
            yield msgspec.structs.replace(row, gap=1)
        else:
            yield row


def _goes_on(before: Row, row: Row, geometry: Geometry) -> bool:
    """Whether a block goes on after a page break."""
    if (
        looks_like_head(row.text)
        and len(row.line.words) <= 8
        and row.right < 0.8 * (geometry.width or 100)
    ):
        return False
    if divides_word(before.text, row.text) or (
        row.text[:1].islower() and not begins_item(row.text)
    ):
        return True
    if geometry.paragraph_indent is not None:
        return True
    return not ends_sentence(before.text) and geometry.may_be_full(before, row)


def _context(text: str, rows: Sequence[Row], geometry: Geometry) -> Context:
    stops = chunk_stops(rows)
    labels = label_lengths(rows, geometry, stops)
    entries = find_entries(rows, stops)
    is_letter = not any(labels) and looks_like_letter(rows)
    letter = letter_parts(rows) if is_letter else frozenset()
    bylines = byline_parts(rows)
    items = [begins_item(row.text) for row in rows]
    days = dated_parts(rows, geometry)
    names = unmarked_lists.listed_rows(rows)
    begins = _begins(rows, labels, entries, items, letter | names)
    settings = row_settings(rows, geometry, stops, _with(begins, bylines))
    widths = [setting.width for setting in settings]
    profile = make_profile(
        measure_breaks(rows, geometry, stops, labels, begins), is_letter=is_letter
    )
    styles = [setting.style for setting in settings]
    if profile.is_verse:
        styles = verse_styles(rows, styles, geometry)
    context = Context(
        text,
        rows,
        geometry,
        styles,
        widths,
        stops,
        labels,
        entries,
        profile,
        frozenset(_repeated(rows, stops)),
        letter | bylines | days | telegram_parts(rows),
        names,
        division_rows(rows, stops, geometry),
        items,
        [headings.is_capitals(row.text) for row in rows],
    ).with_wraps()
    context = replace(context, headings=headings.heading_rows(context))
    return replace(context, runs=_runs(context))


def _begins(
    rows: Sequence[Row],
    labels: Sequence[int],
    entries: Sequence[bool],
    items: Sequence[bool],
    parts: frozenset[int],
) -> list[bool]:
    """Return whether each row begins something new: a speech, an entry, an item, an amount."""
    amounts = [row.text[0].isnumeric() and paragraphs.begins_with_amount(row) for row in rows]
    return [
        bool(label)
        or entry
        or item
        or (amounts[index] and amounts[index - 1] and index > 0)
        or is_dash_item(row.text)
        or (index > 0 and not row.gap and hangs_below_number(rows[index - 1], row))
        or index in parts
        for index, (label, entry, item, row) in enumerate(
            zip(labels, entries, items, rows, strict=True)
        )
    ]


def _with(begins: Sequence[bool], bylines: frozenset[int]) -> Sequence[bool]:
    """Return whether each row begins something new, also prose right below a byline."""
    if len(bylines) < 2:
        return begins
    return [begin or index in bylines for index, begin in enumerate(begins)]


_MIN_REPEATED = 3
"""Rows with the same words that are no headings: most headings stand once."""


def _repeated(rows: Sequence[Row], stops: Sequence[int]) -> Iterator[str]:
    """Yield the texts of the rows that stand alone, each the same as others."""
    alone = Counter(
        row.text
        for index, row in enumerate(rows)
        if stops[index] == index + 1 and len(row.text) <= MAX_HEAD
    )
    return (text for text, count in alone.items() if count >= _MIN_REPEATED)


def _runs(context: Context) -> Runs:
    return Runs(
        rows=context.rows,
        margin=verse.margin(context),
        verse=verse.verse_stops(context),
        lines=paragraphs.line_stops(context),
    )


def _segment(context: Context) -> Iterator[RuleMatch]:
    """Yield the blocks of a text, one after the other, by the first rule that fits."""
    of_genre = _rules_of(context.profile.genre)
    rules = [rule for rule in of_genre if rule.can_find is None or rule.can_find(context)]
    of_labelled = [rule for rule in rules if rule.labelled]
    of_long = [rule for rule in rules if not rule.only_short]
    index, previous = 0, None
    while index < len(context.rows):
        of_row = of_long if is_long(context.rows[index]) else rules
        tried = of_labelled if context.labels[index] else of_row
        previous = _first_match(context, index, previous, tried)
        yield previous
        index = previous.stop


@cache
def _rules_of(genre: Genre | None) -> tuple[Rule, ...]:
    """Return the rules that are tried in texts of a genre."""
    return tuple(rule for rule in RULES if rule.is_of(genre))


def _first_match(
    context: Context, index: int, previous: RuleMatch | None, rules: Sequence[Rule]
) -> RuleMatch:
    if is_rule(context.rows[index].text):
        return RuleMatch("ornament", index, index + 1, "ornament")
    for rule in rules:
        found = rule.find(context, index, previous)
        if found is not None:
            return found
    return RuleMatch("lines", index, index + 1, "lines")


def _region(context: Context, found: RuleMatch, spelling: Spelling) -> Region:
    rows = context.rows[found.start : found.stop]
    joins = tuple(
        _join(context, found, index, spelling) for index in range(found.start, found.stop - 1)
    )
    return Region(
        kind=found.kind,
        lines=tuple(row.line for row in rows),
        rule=found.rule,
        joins=joins if any(join != "line" for join in joins) else (),
        marks=found.marks,
        gaps=found.gaps,
        level=found.level,
        quoted=found.quoted,
    )


def _join(context: Context, found: RuleMatch, index: int, spelling: Spelling) -> Join:
    """Return what becomes of the break after a row inside a block."""
    before, after = context.rows[index].text, context.rows[index + 1].text
    if found.breaks == "keep" and divides_small(before, after):
        return join_of(before, after, spelling)
    if found.breaks != "wrap":
        return "line"
    if found.rule == paragraphs.DROP_CAP and index == found.start:
        return "none"
    over_page = context.rows[index + 1].after_page and not context.profile.is_verse
    is_broken = not (context.wraps(index) or over_page or _hangs(context, index))
    if found.kind == "speech" and is_broken:
        return "line"
    return join_of(before, after, spelling)


def _hangs(context: Context, index: int) -> bool:
    """Whether the row below a label is set in below its words, and begins small."""
    row, below = context.rows[index], context.rows[index + 1]
    is_below = 0 < context.labels[index] < len(row.text) and below.text[0].islower()
    return is_below and not context.profile.is_verse and below.indent > row.indent + _LEAST_HANG


_LEAST_HANG = 5
"""Columns that words below a label are set in more than verse."""


def _note_region(rows: Sequence[Row], note: Note, spelling: Spelling) -> Region:
    lines = tuple(row.line for row in rows[note.start : note.stop])
    joins = tuple(join_of(before.text, after.text, spelling) for before, after in pairwise(lines))
    span = sign_span(lines[0])
    marks = (Mark("marker", span.start, span.end),) if span else ()
    return Region("note", lines, note.rule, joins, marks)
