"""The three proofs of structure: words, joins and indents of the page are those of the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import structs

from generator.checking.evidence import Decisions
from generator.checking.page_proof import PageChecker
from generator.model import Block, Change, Document, Extracted, Mark, Metadata, Seed, SeedPath
from generator.model.ledger import LEDGER, Draft, dump_ledger
from generator.pipeline.sources import seed_source
from generator.publishing import mkdocs_build
from generator.text.paragraph_ids import paragraph_ids
from generator.writing import markup
from generator.writing.blocks.body import Surroundings, html_body
from generator.writing.front_matter import Meta
from tests.support import make_project

NAME = "documents/undated/a/index.html"
LONG = "The river rose in the night and by the morning the meadow was a lake. " * 40


def document(source: str, draft: Draft, *blocks: Block) -> Document:
    """Return a document of these blocks."""
    seed = Seed(SeedPath("a.txt"), source.encode())
    title = Metadata(Extracted("a", "file name"))
    return Document(seed.path, seed.digest, "utf-8", "", blocks, draft.ledger, title)


def body(published: Document) -> str:
    """Return the words of a page in HTML."""
    names = paragraph_ids(block.text for block in published.blocks)
    return html_body(published.blocks, Surroundings(names, {}))


def found(
    folder: Path,
    source: str,
    published: Document,
    html: str | None = None,
    corrections: str = "",
) -> list[str]:
    """Return code and message of each problem of a page, built as it should be or as `html`."""
    project = mkdocs_build.load_project(make_project(folder, {"a.txt": source}))
    page = project.settings.docs / NAME.replace(".html", ".md")
    for path in (page, project.site / NAME):
        path.parent.mkdir(parents=True, exist_ok=True)
    meta: Meta = {"title": "a", "kind": "document", "words": 1}
    page.write_bytes(markup.page(meta, body(published)))
    page.with_name(LEDGER).write_bytes(dump_ledger(published))
    shown = f'<h1>a</h1><div class="sb-text">{body(published) if html is None else html}</div>'
    (project.site / NAME).write_text(shown, "utf-8")
    (report,) = PageChecker(
        project.settings, project.site, Decisions(corrections), seed_source(project.settings.seeds)
    )([NAME])
    return [f"{problem.code} {problem.message}" for problem in report.problems]


def without(source: str, line: str, rule: str = "running heads") -> Draft:
    """Return a draft without a line, which a rule has left out."""
    start = source.index(line)
    return Draft(source).with_step(rule, [Change(start, f"{line}\n\n", "")])


EVERY = "Of the sea\n\nIt rained.\n\nSun\n  moon\n\nThe mill\n\nA\tB\n\n1. Bread"
REST = "\n\nStar\nsky\n\nDew\nfog\n\nHail* fell.\n\n* In June."
EVERY += REST
BLOCKS = (
    Block("heading", "Of the sea", level=1),
    Block("paragraph", "It rained."),
    Block("stanza", "Sun\nmoon", indents=(0, 1)),
    Block("caption", "The mill"),
    Block("table", "A\tB"),
    Block("item", "1. Bread", marks=(Mark("marker", 0, 2),)),
    Block("stanza", "Star\nsky"),
    Block("stanza", "Dew\nfog"),
    Block("paragraph", "Hail* fell.", marks=(Mark("noteref", 4, 5, "1"),)),
    Block("note", "* In June.", marks=(Mark("marker", 0, 1),)),
)
INDENT = Draft(EVERY).with_step("spaces", [Change(EVERY.index("  moon"), "  ", "")])


def test_a_page_as_it_should_be(tmp_path: Path) -> None:
    """Every proof holds."""
    assert found(tmp_path, EVERY, document(EVERY, INDENT, *BLOCKS)) == []


FAULTS = {
    "a heading is removed": (r"<h2.*?</h2>\n", "", "E023"),
    "a heading is a paragraph": ("h2", "p", "E060 the page shows block 1 as paragraph"),
    "another level": ("h2", "h3", "E060 the page shows block 1 as level 2 instead of 1"),
    "a caption is joined": (
        '</p>\n<p id="p-[0-9a-f]+" class="caption">',
        "\n",
        "E023",
    ),
    "a caption is a paragraph": (' class="caption"', "", "E060 the page shows block 4 as par"),
    "an indent is lost": (' data-indent="1"', "", "E060 the page shows block 3 as stanza with"),
    "lines of verse are gone": ("<span[^>]*>(moon)</span>", r"\1", "E060 the page shows block 3"),
    "a line end is lost": ("<br>\n", " ", "E023"),
    "cells run together": ("</td><td>", " ", "E023"),
    "a number is no marker": ("<span[^>]*>(1&#46;)</span>", r"\1", "E060 the page shows block 6"),
    "words stand in a list": ("<li", "x<li", "E024 the article contains words in <ol>"),
    "an unknown element": ("(It rained&#46;)", r"<b>\1</b>", "E024 the article contains <b>"),
    "an unknown class": ("caption", "md-overlay", "E024 the article contains <p>"),
    "a line is there twice": ("(<br>\n)(<span[^>]*>sky</span>)", r"\1\2\1\2", "E023"),
    "a cell is dropped": ("<td>B</td>", "", "E023"),
    "cells change places": ("<td>A</td><td>B</td>", "<td>B</td><td>A</td>", "E023"),
    "two stanzas are one": (r"(sky</span>)</p>\n<p [^>]*>", r"\1<br>\n", "E023"),
    "a stanza is two": (r"(Star</span>)<br>\n", r'\1</p>\n<p id="p-00000000">', "E023"),
    "a note is lost": ("<aside.*?</aside>", "", "E023"),
    "a note is a paragraph": ("<aside[^>]*>(.*?)</aside>", r"\1", "E060 the page shows block 10"),
    "a reference is none": ('<a class="noteref"[^>]*>(.*?)</a>', r"\1", "E060 the page shows bl"),
    "a note leads back to nothing": ('href="#ref-1"', 'href="#ref-2"', "E060 the page shows bl"),
    "a reference leads elsewhere": ('href="#note-1"', 'href="#note-2"', "E060 the page shows bl"),
    "a quotation is made up": ("(<p id=.*?</p>)", r"<blockquote>\1</blockquote>", "E060 the page"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_page_is_reported(tmp_path: Path, fault: str) -> None:
    """A theme, plugin or extension has changed what stands there."""
    pattern, after, message = FAULTS[fault]
    right = document(EVERY, INDENT, *BLOCKS)
    html, count = re.subn(pattern, after, body(right))
    assert count
    assert any(problem.startswith(message) for problem in found(tmp_path, EVERY, right, html))


SPEECH = "HAM [Aside].\nA little more than kin,\nand less than kind."


@pytest.mark.parametrize(
    ("change", "problems"), [(None, 0), ((r"<span[^>]*>(A little[^<]*)</span>", r"\1"), 1)]
)
def test_a_direction_beside_a_label_is_no_line_of_verse(
    tmp_path: Path, change: tuple[str, str] | None, problems: int
) -> None:
    """The line of the label has no element; the lines below it have."""
    speech = Block("speech", SPEECH, marks=(Mark("speaker", 0, 3),), indents=(0, 0, 0))
    published = document(SPEECH, Draft(SPEECH), speech)
    html = re.sub(*change, body(published)) if change else None
    assert len(found(tmp_path, SPEECH, published, html)) == problems


def test_an_indent_that_reading_lost_is_reported(tmp_path: Path) -> None:
    """Page and record agree, and the source says otherwise."""
    blocks = (*BLOCKS[:2], Block("stanza", "Sun\nmoon"), *BLOCKS[3:])
    (problem,) = found(tmp_path, EVERY, document(EVERY, INDENT, *blocks))
    assert problem == 'E060 the line "moon" is indented in the source, and not on the page'


@pytest.mark.parametrize("line", ["Chapter 3", "June 4, 1842", "The mill at Carrow"])
def test_a_line_that_was_taken_for_furniture_is_reported(tmp_path: Path, line: str) -> None:
    """A heading with its number, the date of a diary, what stands there once."""
    source = f"It rained.\n\n{line}\n\n{LONG}"
    blocks = (Block("paragraph", "It rained."), Block("paragraph", LONG.strip()))
    draft = without(source, line).with_step("spaces", [Change(12 + len(LONG) - 1, " ", "")])
    (problem,) = found(tmp_path, source, document(source, draft, *blocks))
    assert (
        problem == f'E061 "{line}" was left out as a running head or page number without evidence'
    )


@pytest.mark.parametrize("rule", ["spaces", "hard wraps", "page breaks", "notes at the foot"])
def test_a_line_that_vanishes_in_another_step_is_reported(tmp_path: Path, rule: str) -> None:
    """Whatever the step is called that took the date of a diary."""
    source = f"June 4, 1842\n\n{LONG}".strip()
    draft = Draft(source).with_step(rule, [Change(0, "June 4, 1842\n\n", "")])
    right = document(source, draft, Block("paragraph", draft.text))
    assert "E061" in {problem[:4] for problem in found(tmp_path, source, right)}


def paged(pages: int) -> str:
    """Return a text with a running head on every page."""
    return "\n\n".join(f"THE HARBOUR GAZETTE {number}\n\nIt rained." for number in range(pages))


def test_much_furniture_needs_the_word_of_a_person(tmp_path: Path) -> None:
    """More than three words in a hundred."""
    source = paged(3)
    heads = re.finditer(r"THE HARBOUR GAZETTE \d\n\n", source)
    changes = [Change(head.start(), head[0], "") for head in heads]
    draft = Draft(source).with_step("running heads", changes)
    right = document(source, draft, *(Block("paragraph", "It rained."),) * 3)
    (problem,) = found(tmp_path / "a", source, right)
    assert problem.startswith("E061 running heads and page numbers with more than 3 %")
    word = "structure: {a.txt: {furniture: leave-out}}"
    assert found(tmp_path / "b", source, right, corrections=word) == []


@pytest.mark.parametrize(
    ("before", "gap", "after", "kind", "is_proven"),
    [
        ("The old mill", "\n\n", "It rained.", "paragraph", False),
        ("It rained.", "\n\n", "The old mill", "paragraph", False),
        ("It rained and", "\n\n", "the mill stood.", "paragraph", True),
        ("It rained and", "\n\n", "the mill stood.", "caption", False),
        ("It rained.", "\n\f\n", "The mill stood.", "paragraph", True),
        (f"{LONG}It rained upon", "\n\n", "London.", "paragraph", True),
        (f"{LONG}It rained.", "\n\n", "London.", "paragraph", False),
    ],
)
def test_lines_are_joined_with_evidence_only(
    tmp_path: Path, before: str, gap: str, after: str, kind: str, *, is_proven: bool
) -> None:
    """A page break, or a sentence that goes on; headings and captions are never joined."""
    source = f"{before}{gap}{after}"
    draft = Draft(source).with_step("cut paragraphs", [Change(len(before), gap, " ")])
    block = Block(kind, draft.text)  # type: ignore[arg-type]
    problems = found(tmp_path, source, document(source, draft, block))
    assert [problem[:4] for problem in problems] == ([] if is_proven else ["E062"])


def test_a_furniture_line_between_is_evidence_and_wraps_go_in_running_text_only(
    tmp_path: Path,
) -> None:
    """As in a paragraph that goes on over a page, and in a stanza that may not run together."""
    source = "1\n\nIt rained\n\n2\n\nUpon the mill.\n\n3"
    draft = Draft(source).with_step(
        "running heads", [Change(0, "1", ""), Change(14, "2", ""), Change(33, "3", "")]
    )
    draft = draft.with_step("empty lines", [Change(0, "\n\n", ""), Change(29, "\n\n", "")])
    changes = [Change(9, "\n\n", " "), Change(11, "\n\n", "")]
    draft = draft.with_step("cut paragraphs", changes)
    block = Block("paragraph", "It rained Upon the mill.")
    word = "structure: {a.txt: {furniture: leave-out}}"
    assert found(tmp_path / "a", source, document(source, draft, block), corrections=word) == []
    source = "The sun\nrises"
    draft = Draft(source).with_step("hard wraps", [Change(7, "\n", " ")])
    for number, (kind, code) in enumerate((("paragraph", []), ("stanza", ["E062"]))):
        joined = structs.replace(block, kind=kind, text="The sun rises")
        problems = found(tmp_path / str(number), source, document(source, draft, joined))
        assert [problem[:4] for problem in problems] == code
