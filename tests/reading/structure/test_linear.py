"""No rule of segmentation reads the same rows again and again; calls are counted, not seconds."""

from __future__ import annotations

from functools import partial

import pytest

from generator.reading.head.lines_with_dates import is_whole_date
from generator.reading.structure.find_structure import find_structure
from tests.counting_calls import count_calls

_LINES = 200
_MAX_GROWTH = 2.2
"""The factor by which calls may grow if a text is twice as long; quadratic growth has up to 4."""

_FULL = "the ferry of the harbour carried nets and ropes over to the island"

SHAPES: dict[str, list[str]] = {
    "one letter a line": ["a"],
    "one capital a line": ["A"],
    "one letter a paragraph": ["a", ""],
    "indents that alternate": ["a line of words", "    another of them"],
    "indents of all kinds": [f"{' ' * indent}some short words" for indent in range(0, 40, 3)],
    "verse": ["The nets are drawn, the tide is low,", "  And no one rows today;"],
    "stanzas": ["The nets are drawn, the tide is low,", "  And no one rows today;", ""],
    "questions and answers": ["Q. Where were you then?", "A. I was at sea."],
    "items with dashes": ["- a rope"],
    "items with dashes apart": ["– a rope", ""],
    "items with stars": ["* a rope"],
    "items with one number": ["1. a rope"],
    "items that hang": ["1. a rope", "   and a net"],
    "full rows that begin as items and as headings": [f"1. Act one: {_FULL}"],
    "words after a name": ["Ida: a rope", "Nils: a net"],
    "names in capitals": ["IDA. A rope.", "NILS. A net."],
    "notes": ["[1] See the log.", "[2] See the chart."],
    "references": ["The net tore.[1]"],
    "centred rows": [f"{' ' * 28}centred words"],
    "centred rows in capitals": [f"{' ' * 28}CENTRED WORDS"],
    "centred rows that wrap": [f"    {_FULL}", f"        {_FULL[:58]}"],
    "rows at the right": [f"{' ' * 50}set to the right"],
    "capitals": ["THE FERRY SAILS AGAIN"],
    "small letters": ["the ferry sails again"],
    "rights": ["© a", ""],
    "cut paragraphs": ["and the ferry of the harbour carried all its nets over", ""],
    "paragraphs that a page cuts": ["and the ferry of the harbour carried nets over\f"],
    "wrapped rows": [_FULL],
    "divided words": [f"{_FULL}-"],
    "brackets": ["(all leave"],
    "brackets apart": ["[All leave", ""],
    "footnotes": ["[Footnote 1: see the log"],
    "gaps": ["ropes    12", "nets  and   hooks  7"],
    "captions": ["Fig. 3. A net", ""],
    "page numbers": ["- 3 -\f"],
    "numbers": ["3", ""],
    "entries": ["1840 the cow"],
    "rules": ["* * *", ""],
    "salutations": ["Dear Ida,"],
    "ends of letters": ["Yours truly,", "Nils Berg", ""],
    "quoted lines": ["> a rope"],
}
"""Lines that are repeated."""

FRAMES = {
    "text": "A title\n\n",
    "play": "A title\n\nIDA. A rope.\n\nNILS. A net.\n\nIDA. So.\n\nNILS. No.\n\n(They leave.)\n\n",
    "letter": "Dear Ida,\n\nIt rained.\n\n",
    "paragraph": f"A title\n\n{_FULL}, {_FULL}, {_FULL}.\n\n{_FULL} and {_FULL} ",
    "prose": "\n".join([*([_FULL] * 30), "", ""]),
}
"""What stands above them."""


def _count_calls(text: str) -> int:
    """Return how many functions are called to find the structure of a text."""
    return count_calls(partial(find_structure, text, "en"))


@pytest.mark.slow
@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("shape", SHAPES)
def test_calls_grow_with_the_length_of_the_text(shape: str, frame: str) -> None:
    """With the square of it, a megabyte of short lines would take hours."""
    lines = SHAPES[shape]
    calls = [
        _count_calls(FRAMES[frame] + "\n".join(lines * (count // len(lines))))
        for count in (_LINES, 2 * _LINES)
    ]
    assert calls[1] < _MAX_GROWTH * calls[0]


@pytest.mark.parametrize(
    "shape",
    [
        "a" * 40_000,
        "word " * 8_000,
        " " * 40_000,
        "\n" * 40_000,
        "\f" * 40_000,
        "a\n" * 4_000,
        "A\n" * 4_000,
        "a line of words\n    another one of them\n" * 1_000,
        "ANNA. " * 8_000,
        "ANNA. a word\n" * 2_000,
        "1. a word\n" * 2_000,
        "* a\n" * 2_000,
        "(" * 40_000,
        "(\n" * 4_000,
        "[Footnote 1: a\n" * 2_000,
        "12\n\n" * 4_000,
        "ab  cd\n" * 4_000,
        "ab-\n" * 4_000,
        "A TITLE\n" * 3_000,
        "Dear Sir,\n" * 3_000,
    ],
)
def test_the_cost_is_linear(shape: str) -> None:
    """Four times the text takes about four times the calls, whatever its shape."""
    short, long = shape[: len(shape) // 8], shape[: len(shape) // 2]
    assert _count_calls(long) < 6 * max(_count_calls(short), 2_000)


def test_a_long_line_is_no_date() -> None:
    """A date may have spaces between its parts, but nobody writes so many; it is not read."""
    assert is_whole_date(f"12{' ' * 20}May 1986")
    assert not is_whole_date(f"12{' ' * 200}May 1986")
