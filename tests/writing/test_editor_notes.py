"""Notes of the editor: as HTML they show text and links, and can do nothing else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.corrections import parse_editor_note
from generator.model import Address, Corpus, EditorNote, PagePath, SeedPath
from generator.writing.editor_notes import note_html, note_view
from tests.support import hostile_text

ADDRESSES = {SeedPath("letters/b.txt"): Address("documents/1891/b/")}
PAGE = PagePath("documents/1890/a/index.md")
ALLOWED = set("p em strong a span ul ol li blockquote code pre h1 h2 h3 h4 h5 h6 hr br".split())


def shown(text: str, index: str = "") -> str:
    """Return a note on a letter as HTML."""
    note = note_view(EditorNote(text), "letters", Corpus((), ADDRESSES))
    return note_html(note, PAGE, index) if note else ""


@given(st.one_of(st.text(), hostile_text))
def test_a_note_is_text_and_links_alone(text: str) -> None:
    """No element of HTML, no script, no picture, whatever is written."""
    html = shown(text)
    body = LexborHTMLParser(f"<div id=n>{html}</div>").css_first("#n")
    assert body is not None
    for node in body.css("*"):
        if node.mem_id != body.mem_id:
            assert node.tag in ALLOWED
            assert set(node.attributes) <= {"href", "rel"}
            assert re.match(r"(?i)https?://|mailto:|\.|$", node.attributes.get("href") or "")
    assert "{" not in html
    assert "\n\n" not in html


def test_a_link_to_a_seed_leads_to_its_page() -> None:
    """It is written as the file lies beside the note's subject."""
    assert 'href="../../1891/b/"' in shown("See [the answer](b.txt).")
    assert 'href="../../1891/b/index.html"' in shown("See [it](../letters/b.txt).", "index.html")
    assert "href" not in shown("See [it](missing.txt), [this](javascript:alert(1)).")


def test_a_note_has_fields_at_its_top() -> None:
    """A damaged one costs itself, and says in which line it is."""
    text = "---\ntitle: Letters\nordr: file\norder: size\n---\nText.\n"
    note, problems = parse_editor_note("letters/_about.md", text)
    assert (note.title, note.order, note.text) == ("Letters", "date", "Text.")
    assert [(problem.code, problem.line) for problem in problems] == [("W073", 3), ("W073", 4)]
    assert "`order`" in problems[0].hint


def test_a_note_on_the_site_names_its_leads() -> None:
    """One in a line, or several in a list; what is no text is left out."""
    note, problems = parse_editor_note("_about.md", "---\nlead: letters/a b.txt\n---\nText.")
    assert (note.lead, note.text, problems) == (("letters/a b.txt",), "Text.", ())
    note = parse_editor_note("_about.md", "---\nlead:\n- a.txt\n- [x]\n- b.txt\n---\n").value
    assert note.lead == ("a.txt", "b.txt")
    _, problems = parse_editor_note("_about.md", "---\ntitle: [a]\n---\n")
    assert [problem.code for problem in problems] == ["W073"]


@given(st.one_of(st.text(), hostile_text))
def test_no_note_raises(text: str) -> None:
    """Whatever its fields are."""
    parse_editor_note("_about.md", text)
    parse_editor_note("_about.md", f"---\n{text}\n---\nText.")


def test_comments_in_a_note_are_not_shown() -> None:
    """Editors write them for each other; in code they are words."""
    note = parse_editor_note(
        "_notes/a.md", "---\ntitle: A\n---\nB <!-- secret\nline --> C `<!-- D -->`"
    )
    assert shown(note.value.text).count("secret") == 0
    assert "D" in shown(note.value.text)
    assert parse_editor_note("_notes/a.md", "<!-- secret -->").value.text == ""
