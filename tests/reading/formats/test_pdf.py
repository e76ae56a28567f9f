"""PDF: lines, paragraphs, pages, headings, running heads, and words that nobody sees."""

from __future__ import annotations

import pytest

from generator.model.readings import Reading
from generator.reading.formats.open_reading import open_reading
from generator.reading.read import read_document
from tests.reading.formats.making import lines_at, pdf, words_at
from tests.support import seed

WHOLE_LEFT = (
    "paragraph: The mill at the ford had ground corn for three parishes since the old king,"
    " and nobody alive had seen it stand still in winter."
)
WHOLE_SECOND = (
    "paragraph: Now the wheel was broken, and the miller sat at the door and looked at the"
    " water, which ran by as if nothing had happened."
)
LEFT = [
    "The mill at the ford had ground corn for",
    "three parishes since the old king, and no-",
    "body alive had seen it stand still in win-",
    "ter.",
]
SECOND = [
    "Now the wheel was broken, and the miller",
    "sat at the door and looked at the water,",
    "which ran by as if nothing had happened.",
]


def read(data: bytes) -> Reading:
    """Return the reading of a PDF, which must have one."""
    opened = open_reading("a.pdf", data)
    assert opened.reading is not None, opened.refusal
    return opened.reading


def blocks(data: bytes) -> list[str]:
    """Return the kind and the text of each block of the document."""
    document, problems = read_document(seed(data, "a.pdf"))
    assert document is not None, problems
    return [f"{block.kind}: {block.text}" for block in document.blocks]


def left_out(data: bytes) -> dict[str, int]:
    """Return what was left out, by kind."""
    return {omission.kind: omission.count for omission in read(data).omissions}


def test_lines_become_paragraphs_without_divided_words() -> None:
    """A short line and more space end a paragraph; a hyphen at a line's end is undone."""
    content = lines_at(50, 700, LEFT) + lines_at(50, 620, SECOND)
    assert blocks(pdf(content)) == [WHOLE_LEFT, WHOLE_SECOND]


def test_columns_are_read_one_after_the_other() -> None:
    """The second column goes on where the first one ends, in the middle of a sentence too."""
    content = lines_at(50, 700, SECOND[:2]) + lines_at(320, 700, SECOND[2:])
    assert blocks(pdf(content)) == [WHOLE_SECOND]


def test_a_paragraph_goes_on_over_a_page_and_keeps_its_mark() -> None:
    """Running heads and page numbers are taken out; the page is marked in mid-paragraph."""

    def page(number: int, lines: list[str]) -> str:
        head = words_at(50, 770, "THE MILL AT THE FORD", 9)
        return head + lines_at(50, 700, lines) + words_at(290, 30, str(number), 9)

    pages = [page(1, SECOND[:2]), page(2, SECOND[2:]), page(3, LEFT), page(4, SECOND)]
    document = read_document(seed(pdf(*pages), "a.pdf")).value
    assert document is not None
    first = document.blocks[0]
    assert first.text.endswith("water, which ran by as if nothing had happened.")
    marks = [(mark.kind, mark.value, mark.start) for mark in first.marks]
    assert marks == [("page", "1", 0), ("page", "2", first.text.index("which"))]
    assert "THE MILL" not in document.text
    assert ("page edges", 8) in document.repairs


def test_larger_words_are_headings_and_the_largest_the_title() -> None:
    """Levels follow the sizes."""
    content = (
        words_at(50, 750, "The broken wheel", 24)
        + words_at(50, 710, "Of the ford", 16)
        + lines_at(50, 680, SECOND)
        + words_at(50, 620, "Of the miller", 16)
        + lines_at(50, 590, LEFT)
    )
    document = read_document(seed(pdf(content), "a.pdf")).value
    assert document is not None
    assert document.metadata.title.value == "The broken wheel"
    assert [b.text for b in document.blocks if b.kind == "heading"] == [
        "Of the ford",
        "Of the miller",
    ]


def test_words_under_a_black_area_are_left_out() -> None:
    """They are nowhere in the reading; words beside the area stay."""
    data = pdf(
        words_at(50, 700, "Paid to ")
        + words_at(100, 700, "Jonathan")
        + words_at(170, 700, "in May.")
        + "0 0 0 rg 98 695 55 18 re f\n"
    )
    assert "Jonathan" not in read(data).text
    assert "in May." in read(data).text
    assert left_out(data) == {"words under black areas": 1}


def test_white_tiny_and_outside_words_are_left_out() -> None:
    """Each kind is counted by its name."""
    data = pdf(
        words_at(50, 700, "Seen.")
        + f"1 1 1 rg {words_at(50, 600, 'white words')} 0 0 0 rg\n"
        + words_at(50, 500, "tiny", 0.2)
        + words_at(-400, 400, "far away words")
    )
    assert blocks(data) == ["paragraph: Seen."]
    assert left_out(data) == {
        "words without contrast": 2,
        "words too small to see": 1,
        "words outside of the page": 3,
    }


def test_white_words_on_a_dark_area_are_seen() -> None:
    """Contrast counts, and not the colour."""
    data = pdf("0 0 0 rg 40 690 200 30 re f 1 1 1 rg\n" + words_at(50, 700, "Seen as well."))
    assert blocks(data) == ["paragraph: Seen as well."]
    assert left_out(data) == {}


def test_invisible_words_without_a_picture_are_hidden() -> None:
    """Only over a picture they are the text of a scan."""
    data = pdf(words_at(50, 700, "Seen.") + "3 Tr\n" + words_at(50, 600, "not seen"))
    assert blocks(data) == ["paragraph: Seen."]
    assert left_out(data) == {"hidden words": 2}


def test_a_page_without_words_is_no_text() -> None:
    """An empty page is refused with a remedy, and never an empty document."""
    opened = open_reading("a.pdf", pdf("0 0 0 rg 0 0 10 10 re f\n"))
    assert opened.refusal is not None
    assert opened.refusal.code == "E058"


def test_a_sentence_that_goes_on_is_one_paragraph() -> None:
    """A line that is a little short ends no paragraph if the sentence goes on with a small letter.

    Short lines of a list stay apart, though their letters are small too.
    """
    ragged = [SECOND[0], "sat at the door and looked at the", "water, which ran by as before."]
    items = ["oak for the wheel", "iron for the axle"]
    content = lines_at(50, 700, [*LEFT[:3], *ragged]) + lines_at(50, 580, [*items, SECOND[0]])
    found = [text.partition(": ")[2] for text in blocks(pdf(content))]
    assert [text[:10] for text in found] == ["The mill a", "oak for th", "iron for t", "Now the wh"]


def columns(rows: list[list[tuple[int, str]]]) -> bytes:
    """Return a PDF with a title and words at places of its lines."""
    words = (words_at(x, 700 - 14 * y, words) for y, row in enumerate(rows) for x, words in row)
    return pdf(words_at(50, 760, "The ships of Vila", 20) + "".join(words))


def test_rows_with_words_at_the_same_places_are_a_table() -> None:
    """Without tags their places say what the columns are; a cell may be missing."""
    rows = [
        [(60, "Ship"), (205, "Days"), (300, "Port")],
        [(50, "Vera"), (200, "12 days"), (300, "Vila")],
        [(50, "Ada"), (300, "Lima")],
        [(50, "Eva"), (200, "9 days"), (300, "Vila")],
    ]
    table = "table: Ship\tDays\tPort\nVera\t12 days\tVila\nAda\t\tLima\nEva\t9 days\tVila"
    assert blocks(columns(rows)) == [table]


@pytest.mark.parametrize(
    "rows",
    [
        [[(50, "Vera"), (200, "12 days")], [(50, "Ada"), (200, "3 days")]],
        [[(50, "Vera"), (200, "12 days")], [(50, "Ada"), (220, "3 days")], [(50, "E"), (190, "9")]],
        [[(50, "1."), (70, "First")], [(50, "2."), (70, "Second")], [(50, "3."), (70, "Third")]],
    ],
)
def test_other_rows_are_no_table(rows: list[list[tuple[int, str]]]) -> None:
    """Two rows, words at other places, the labels of a list."""
    assert not any(block.startswith("table") for block in blocks(columns(rows)))


def test_a_file_with_earlier_states_is_not_published() -> None:
    """What was removed from a PDF may still stand in it; so may notes, and attached files."""
    data = pdf(words_at(50, 700, "Seen by everybody."))
    assert read(data).original == "original.pdf"
    start = data.index(b"startxref")
    assert read(data + data[start:]).original is None
    hidden = pdf(words_at(50, 700, "Seen.") + "1 1 1 rg " + words_at(50, 600, "not seen"))
    document = read_document(seed(hidden, "a.pdf")).value
    assert document is not None
    assert document.origin is not None
    assert document.origin.original is None


def test_lines_under_the_words_of_an_item_belong_to_it() -> None:
    """An item hangs: its later lines begin further right than its marker."""
    content = (
        lines_at(50, 700, SECOND)
        + words_at(50, 640, "• Mend the wheel of the mill at the ford,")
        + words_at(62, 626, "before the ice comes.")
        + words_at(50, 612, "• Ask the parish.")
    )
    found = [text for text in blocks(pdf(content)) if text.startswith("item")]
    assert found == [
        "item: • Mend the wheel of the mill at the ford, before the ice comes.",
        "item: • Ask the parish.",
    ]


def test_list_items_keep_their_markers() -> None:
    """A bullet or a number begins an item."""
    items = ["1. Mend the wheel of the mill at the ford.", "2. Ask the parish for the money."]
    document, _ = read_document(
        seed(pdf(lines_at(50, 700, SECOND) + lines_at(50, 640, items)), "a.pdf")
    )
    assert document is not None
    marked = [(b.kind, b.marks[0].kind, b.text[:2]) for b in document.blocks if b.kind == "item"]
    assert marked == [("item", "marker", "1."), ("item", "marker", "2.")]


def test_a_sentence_and_an_item_in_slightly_larger_letters_are_no_headings() -> None:
    """As in text that a machine recognised, which errs in sizes; one much larger is a heading."""
    sentence = "No corn is ground here until then, said the miller to all."
    lines = [("Some words of the usual size stand here, and they go on.", 12.0)] * 3
    lines += [("* iron for the axle", 13.8), (sentence, 13.8), ("What is needed", 13.8)]
    lines += [(sentence, 18.0)]
    page = "".join(words_at(50, 700 - 40 * i, text, size) for i, (text, size) in enumerate(lines))
    reading = open_reading("a.pdf", pdf(page)).reading
    assert reading is not None
    headings = [block.text for block in reading.blocks if block.kind == "heading"]
    assert headings == ["What is needed", sentence]
