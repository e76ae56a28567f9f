"""Extensions, hooks and plugins that change words: documents keep theirs or are left out."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.checking.check import check
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from tests.support import make_project

NOTES: dict[str, str | bytes] = {
    "bridge.txt": (
        'The "old" bridge\n\nBy Ana Ruiz\n3 May 2020\n\n'
        "It's closed -- (c) the city... see https://example.org/x, {--not--} :smile: or HTML.\n"
        "1/2 of it is *gone*; a. that is all.\n"
    ),
    "ferry.txt": "The ferry\n\nIt sails at noon, they say.\n",
}
EXTENSIONS = [
    "abbr",
    "nl2br",
    "smarty",
    *(f"pymdownx.{name}" for name in "critic emoji fancylists magiclink smartsymbols".split()),
    {"pymdownx.snippets": {"auto_append": ["glossary.txt"]}},
    "pymdownx.tilde",
]


def project_with(
    folder: Path, hook: str = "", extensions: tuple[object, ...] = ()
) -> mkdocs_build.Project:
    """Return a project with a hook in mkdocs.yml, and Markdown extensions besides ours."""
    config_file = make_project(folder, NOTES)
    config = yaml.safe_load(config_file.read_text("utf-8"))
    config["markdown_extensions"] += extensions
    config["hooks"] = ["hook.py"]
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    (folder / "hook.py").write_text(hook)
    return mkdocs_build.load_project(config_file)


def built(project: mkdocs_build.Project) -> Publication:
    """Return the project, generated and published."""
    generate(project.settings)
    return publish(project)


def test_extensions_that_change_words_change_none_of_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Curly quotes, dashes, symbols, emoji, abbreviations, breaks: only for hand-written pages."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "glossary.txt").write_text("*[HTML]: HyperText\n")
    project = project_with(tmp_path, extensions=tuple(EXTENSIONS))
    published = built(project)
    assert published.proof.broken == ()
    assert published.report is None
    page = next(project.site.glob("documents/2020/*/index.html")).read_text("utf-8")
    assert '<div class="sb-whole">' in page


def test_a_page_that_a_hook_changes_is_written_fully_escaped(tmp_path: Path) -> None:
    """The other pages stay Markdown."""
    hook = "def on_page_markdown(markdown, **_): return markdown.replace('--', '–')\n"
    project = project_with(tmp_path, hook)
    published = built(project)
    assert published.proof.broken == ()
    assert published.report is not None
    assert published.report.errors == 0
    pages = [path.read_text("utf-8") for path in project.settings.docs.glob("documents/*/*/*.md")]
    assert sorted('<div class="sb-whole">' in page for page in pages) == [False, True]


def test_a_page_that_is_still_changed_is_left_out(tmp_path: Path) -> None:
    """The message has a code; the other documents are published."""
    hook = "def on_page_content(html, **_): return html.replace('city', 'town')\n"
    project = project_with(tmp_path, hook)
    published = built(project)
    assert published.report is not None
    assert [problem.code for problem in published.report.problems] == ["E029"]
    assert published.proof.documents == 1
    assert check(project.settings, project.site).broken == ()
    assert not list(project.site.glob("documents/2020/*/ledger.json"))


def test_a_site_that_changes_every_document_is_not_published(tmp_path: Path) -> None:
    """The site itself is at fault, and the message says what is wrong."""
    hook = "def on_page_content(html, **_): return html.replace('</p>', ' more</p>')\n"
    project = project_with(tmp_path, hook)
    with pytest.raises(SeedbedError, match=r"(?s)E023.*Every document is affected"):
        built(project)
    assert not project.site.exists()
