"""Segmentation: the kinds of blocks by case files, and laws that hold for any text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model.ledger import Draft
from generator.reading.structure import find_structure as structure_rules
from generator.reading.structure import interrupted_paragraphs, letterheads
from generator.reading.structure.compose import compose
from generator.reading.structure.context import Genre
from generator.reading.structure.find_structure import RULES, find_structure
from generator.reading.structure.interrupted_paragraphs import CUT_RULES
from generator.reading.structure.lines import split_lines
from generator.reading.structure.regions import Region
from generator.reading.structure.rule_matches import Rule
from generator.reading.structure.short_lines import is_all_short_lines
from tests.support import Case, cases, hostile_text, load_cases

line = st.sampled_from(
    [
        *(
            "CHAPTER IV.",
            "ANNA. Who is it?",
            "MILLER:",
            "- 14 -",
            "A HEAD    12",
            "* * *",
            "1. one",
        ),
        *("(1) a note", "text(1) goes on", "Dear Sir,", "Yours,", "rope      12", "ab  cd", "II"),
        *("4 June 1842", "the river rose and took the old bridge with it, and the wo-", "od was"),
        *("    set off like a line of verse,", "                              TOM.", "\f", "", ""),
        *("[Footnote 1: see", "(She goes.)", "T", "he mill", "- a rope", "1840 the cow", "P.S. No"),
    ]
)
text_with_layout = st.lists(line, max_size=40).map("\n".join)


def as_rows(text: str) -> list[str]:
    """Return the regions and furniture of a text, each as a row, in the order of the text."""
    structure = find_structure(text)
    rows = [(region.lines[0].number, _row(region)) for region in structure.regions]
    rows += [(item.line.number, f"furniture | {item.line.text}") for item in structure.furniture]
    return [row for _, row in sorted(rows)]


def _row(region: Region) -> str:
    joins = region.joins or ("line",) * (len(region.lines) - 1)
    glue = {"line": " / ", "space": " ", "none": "", "hyphen": ""}
    words = ""
    for index, current in enumerate(region.lines):
        if index:
            words = words[:-1] if joins[index - 1] == "hyphen" else words
            words += glue[joins[index - 1]]
        words += _marked(region, current.start, current.text)
    kind = "quote" if region.quoted else region.kind
    return f"{kind} | {words}"


def _marked(region: Region, start: int, words: str) -> str:
    for gap in reversed(region.gaps):
        if start <= gap.start < start + len(words):
            words = words[: gap.start - start] + "+" + words[gap.end - start :]
    for mark in reversed(region.marks):
        if start <= mark.start < start + len(words):
            inside = words[mark.start - start : mark.end - start]
            shown = f"[{mark.value}:{inside}]" if mark.kind == "noteref" else f"{{{inside}}}"
            words = words[: mark.start - start] + shown + words[mark.end - start :]
    return " ".join(words.split())


@cases("structure/prose")
def test_prose(case: Case) -> None:
    """Paragraphs, headings, captions, ornaments, quotations, page furniture."""
    assert as_rows(case.given) == case.expect


@cases("structure/drama")
def test_drama(case: Case) -> None:
    """Speeches with their labels, stage directions, and what is neither."""
    assert as_rows(case.given) == case.expect


@cases("structure/verse")
def test_verse(case: Case) -> None:
    """Stanzas keep their lines."""
    assert as_rows(case.given) == case.expect


@cases("structure/letters")
def test_letters(case: Case) -> None:
    """The parts of letters, and days of diaries."""
    assert as_rows(case.given) == case.expect


@cases("structure/lists")
def test_lists(case: Case) -> None:
    """Items, entries, tables and columns."""
    assert as_rows(case.given) == case.expect


@cases("structure/notes")
def test_notes(case: Case) -> None:
    """Notes and the references to them."""
    assert as_rows(case.given) == case.expect


def test_every_rule_is_needed_by_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, one of the texts has other blocks."""
    files = ("prose", "drama", "verse", "letters", "lists", "notes")
    texts = [case for file in files for case in load_cases(f"structure/{file}")]
    for rule in RULES:
        monkeypatch.setattr(structure_rules, "_rules_of", partial(_rules_without, rule))
        assert any(as_rows(case["given"]) != case["expect"] for case in texts), rule.name


def _rules_without(rule: Rule, genre: Genre | None) -> tuple[Rule, ...]:
    return tuple(other for other in RULES if other is not rule and other.is_of(genre))


def test_long_rows_begin_nothing_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all rules tried on all rows, texts with a row as long as a paragraph are the same."""
    files = ("prose", "drama", "verse", "letters", "lists", "notes")
    given = [case["given"] for file in files for case in load_cases(f"structure/{file}")]
    texts = [text for case in given for text in _with_a_long_row(case)]
    structures = [*map(find_structure, texts)]
    monkeypatch.setattr(structure_rules, "_rules_of", _rules_for_all_rows)
    assert [*map(find_structure, texts)] == structures


def _with_a_long_row(text: str) -> Iterator[str]:
    """Yield a text with one of its first rows made a paragraph, for each of them."""
    rows = text.split("\n")
    for index, row in enumerate(rows[:12]):
        if row.strip():
            yield "\n".join(
                [*rows[:index], f"{row} {'and the river rose ' * 16}", *rows[index + 1 :]]
            )


def _rules_for_all_rows(genre: Genre | None) -> tuple[Rule, ...]:
    return tuple(replace(rule, only_short=False) for rule in RULES if rule.is_of(genre))


def restored(text: str) -> str:
    """Return the text of the blocks, with empty lines between them."""
    return compose(Draft(text), find_structure(text)).draft.text


@cases("hard_wraps")
def test_hard_wraps(case: Case) -> None:
    """Lines that the width of a column forced are joined; verse, lists and addresses are not."""
    assert restored(case.given) == case.expect.rstrip("\n")


@cases("cut_paragraphs")
def test_cut_paragraphs(case: Case) -> None:
    """Paragraphs that a page break cut are joined; headings, captions and lists are not."""
    assert restored(case.given) == case.expect.rstrip("\n")


def test_every_cut_rule_is_needed_by_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, one of the texts is joined otherwise."""
    texts = [(case["given"], case["expect"].rstrip("\n")) for case in load_cases("cut_paragraphs")]
    for rule in CUT_RULES:
        others = [other for other in CUT_RULES if other is not rule]
        monkeypatch.setattr(interrupted_paragraphs, "CUT_RULES", others)
        assert any(restored(text) != expected for text, expected in texts), rule.name


@pytest.mark.parametrize("end", [*".!?…:;。！？", *(f".{mark}" for mark in "\"'”’»)]*_")])
def test_nothing_is_joined_to_a_complete_sentence(end: str) -> None:
    """Not even a paragraph that begins in lower case."""
    text = (
        f"It rained on the council in its hall.\n\nNobody was told of the cracks{end}"
        f"\n\nas we know now.\n\nThe tower of the bridge fell{end}"
    )
    assert restored(text) == text


@pytest.mark.parametrize(
    "mark",
    ["-", "--", *(f"{bullet} " for bullet in "-–—•*·▪►"), "1. ", "12) ", "(3) ", "a) ", "IV. "],
)
def test_a_list_item_is_not_joined_to_the_paragraph_before_it(mark: str) -> None:
    """Not even if that paragraph stops in the middle of a sentence."""
    text = f"The council met in the hall for nine hours.\n\nIt asked for a toll and\n\n{mark}one"
    assert restored(text) == text


@cases("running_heads")
def test_running_heads(case: Case) -> None:
    """Which lines do not belong to the text."""
    furniture = find_structure(with_prose(case.given)).furniture
    assert [item.line.text for item in furniture] == case.expect


def with_prose(text: str) -> str:
    """Return a text with a page for the word FILL and a paragraph for the word SHORT."""
    words = "the river rose and the old bridge began to move"
    page, paragraph = (" ".join([words] * count) for count in (60, 3))
    return text.replace("FILL", page).replace("SHORT", paragraph)


@pytest.mark.parametrize(
    "form",
    [
        *("Page #", "PAGE #", "p. #", "s. #", "pág #", "pág. #", "Página #", "Seite #"),
        *("pagina #", "Page #/2", "Page # of 2", "página # de 2", "Seite # von 2", "Page # sur 2"),
        *("- # -", "— # —", "[#]"),
    ],
)
def test_an_unambiguous_page_number_need_not_interrupt_a_sentence(form: str) -> None:
    """Two of them are enough."""
    numbers = [form.replace("#", number) for number in "12"]
    source = with_prose("FILL.\n\n{}\n\nFILL.\n\n{}").format(*numbers)
    assert [item.line.text for item in find_structure(source).furniture] == numbers


def test_every_page_begins_with_a_mark() -> None:
    """A number at the foot names the page above it."""
    source = with_prose("FILL\n\n- 7 -\n\fFILL\n\n- 8 -\n\fFILL\n\n- 9 -\n")
    pages = find_structure(source).pages
    assert [mark.value for mark in pages] == ["7", "8", "9"]
    assert pages[0].start == 0
    assert [source[mark.start : mark.start + 9] for mark in pages] == ["the river"] * 3


def test_a_rule_above_notes_ends_no_page() -> None:
    """The number below the notes is that of the whole page."""
    page = "FILL(1) and\n\n____________\n(1) On the {}.\n\n- {} -\n\f"
    notes = {"7": "ferry of that year", "8": "older mill", "9": "toll"}
    source = with_prose("".join(page.format(notes[label], label) for label in notes))
    pages = find_structure(source).pages
    assert [(mark.value, source[mark.start : mark.start + 9]) for mark in pages] == [
        (label, "the river") for label in "789"
    ]


@given(st.one_of(text_with_layout, hostile_text, st.text()))
def test_every_line_is_in_one_region_or_is_furniture(text: str) -> None:
    """No line is lost, and none is shown twice."""
    structure = find_structure(text)
    numbers = Counter(line.number for region in structure.regions for line in region.lines)
    numbers.update(item.line.number for item in structure.furniture)
    assert numbers == Counter(range(len(split_lines(text))))
    firsts = [region.lines[0].number for region in structure.regions]
    assert firsts == sorted(firsts)


@given(st.one_of(text_with_layout, hostile_text))
def test_regions_fit_together(text: str) -> None:
    """Lines are in order, joins are between them, marks are inside them."""
    for region in find_structure(text).regions:
        numbers = [line.number for line in region.lines]
        assert numbers == sorted(numbers)
        assert len(region.joins) in {0, len(region.lines) - 1}
        assert region.rule
        first, last = region.lines[0].start, region.lines[-1].end
        assert all(first <= mark.start <= mark.end <= last for mark in region.marks)


@given(text_with_layout)
def test_the_structure_of_a_text_is_always_the_same(text: str) -> None:
    """It depends on nothing but the text and its language."""
    assert find_structure(text, "en") == find_structure(text, "en")


def test_rules_have_different_names() -> None:
    """A block names the rule that gave its kind."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_very_many_very_short_lines_are_kept_as_printed() -> None:
    """In chunks between empty lines; one line fewer, and rules are asked."""
    many = "ropes\nhooks\n\n" * 10_000
    structure = find_structure(many)
    assert {region.kind for region in structure.regions} == {"lines"}
    assert [len(region.lines) for region in structure.regions] == [2] * 10_000
    assert not is_all_short_lines(split_lines(many.removesuffix("hooks\n\n")))
    assert not is_all_short_lines(split_lines("The ropes and hooks\n" * 20_000))


@pytest.mark.parametrize(
    ("sign", "row"),
    [
        ("number of a house", "12a, Lower Quay"),
        ("street", "Behind Mill Lane, at the pump"),
        ("street before its name", "au fond de la rue du Bac"),
        ("German street", "Hafenstraße 4, beim Bäcker oben"),
        ("postal district", "N. W. 3"),
        ("regiment, ship or camp", "on board H.M.S. Arrow"),
        ("telephone", "Telephone 41 at the office"),
        ("firm", "Garland & Co, ropemakers of the town"),
    ],
)
def test_each_sign_of_an_address_makes_one(
    sign: str, row: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the date of a letter; without the sign it is something else."""
    text = f"{row}\n4 June 1884\n\nDear Mr. Poe,\n\nThe ferry is sold.\n\nYours truly,\nAnn Orme\n"
    assert as_rows(text)[0] == f"address | {row}"
    others = tuple(other for other in letterheads.ADDRESS_SIGNS if other.name != sign)
    monkeypatch.setattr(letterheads, "ADDRESS_SIGNS", others)
    assert as_rows(text)[0] != f"address | {row}"
