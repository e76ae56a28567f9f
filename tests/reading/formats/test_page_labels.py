"""Pages of an original: what their marks are called, and where they lead."""

from __future__ import annotations

import pytest

from generator.model import Block, Mark
from generator.reading.formats.inline_text import InlineText
from generator.writing.blocks.body import Surroundings, html_body
from generator.writing.blocks.inline import PageLinks


@pytest.mark.parametrize(
    ("stated", "label"),
    [
        ("4", "4"),
        (" xii ", "xii"),
        ("p. 4", "4"),
        ("p.4", "4"),
        ("Page xii", "xii"),
        ("S. 17", "17"),
        ("página 3", "3"),
        ("fol. 3r", "fol. 3r"),
        ("plate 2", "plate 2"),
        ("p12", "p12"),
        ("page", "page"),
        ("S. Maria", "S. Maria"),
    ],
)
def test_a_page_is_called_by_its_number(stated: str, label: str) -> None:
    """A citation writes "p." itself; what counts other things than pages is kept."""
    text = InlineText()
    text.mark_page(stated)
    text.add("Words.")
    block = text.block("paragraph")
    assert block is not None
    assert [mark.value for mark in block.marks] == [label]


@pytest.mark.parametrize(
    ("label", "name"), [("3", "S. 3"), ("fol. 3r", "fol. 3r"), ('3"', "S. 3&quot;")]
)
def test_the_name_of_a_mark_is_in_the_language_of_the_site(label: str, name: str) -> None:
    """Screen readers say it; only a page that is published has a link."""
    block = Block("paragraph", "Words.", marks=(Mark("page", 0, 0, label, 2),))
    around = Surroundings(["p-00000000"], {}, page_links=PageLinks("original.pdf#page=", "S. {n}"))
    html = html_body([block], around).replace("&#32;", " ").replace("&#34;", "&quot;")
    assert f'href="original.pdf#page=2" aria-label="{name}"></a>' in html
    assert "aria-label" not in html_body([block], Surroundings(["p-00000000"], {}))
