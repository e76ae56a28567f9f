"""Heads that people and programs write, odd but honest: each has its page, and stops no other."""

from __future__ import annotations

from pathlib import Path

from generator.checking.check import check
from generator.files import folders
from generator.model import Problem
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from tests.support import make_project

ODD = {
    "space.txt": "Qui\u00a0?\n\nUn texte de quelques mots.\n",
    "wide.txt": "A\u3000title\u202fof\u00a0three\n\nSome words.\n",
    "literal.txt": "---\ntitle: |\n  A title\n---\nSome words.\n",
    "folded.txt": "---\ntitle: A title\n  that goes on\nsection: >\n  Local\n---\nSome words.\n",
    "escape.txt": '---\ntitle: "e\\u0301t\\u200be"\nsection: "News\\tTwo"\n---\nSome words.\n',
    "lists.txt": "---\ntitle: A\nauthors:\n- |\n  Ana Ruiz\n---\nSome words.\n",
    "nothing.txt": "---\ntitle: B\nauthor: null\nsection: ~\n---\nSome words.\n",
}


def test_an_odd_head_passes_the_check(tmp_path: Path) -> None:
    """No-break spaces, values over several lines, escapes, and nulls that are no names."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {k: v.encode() for k, v in ODD.items()})
    )
    report = generate(project.settings).report
    mkdocs_build.build(project, folders.recreate(tmp_path / "built"))
    proof = check(project.settings, tmp_path / "built")
    assert [str(problem) for problem in proof.broken] == []
    assert report.documents == proof.documents == len(ODD)
    front = {path: path.read_text("utf-8") for path in (tmp_path / "docs/documents").rglob("*.md")}
    assert not any("- 'null'" in text or "section: '~'" in text for text in front.values())
    assert any("title: A title that goes on" in text for text in front.values())


def test_a_file_name_cannot_control_a_terminal() -> None:
    """Nor turn round, or break, the line of a message."""
    message = str(Problem("E001", "seeds/e\x1b[31m\u202e\nfine.txt", "no", "Mend it"))
    assert message == "seeds/e\\x1b[31m\\u202e\\nfine.txt: E001 no. Mend it"
