"""An undecidable date stops no page and no site; messages name the code at fault."""

from __future__ import annotations

import json
from pathlib import Path

from generator.checking.built_page import parse_page
from generator.checking.check import check
from generator.model import Ledger
from generator.model.ledger import load_ledger, undo
from generator.pipeline.generate import generate
from generator.pipeline.options import Fallbacks, Options
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.support import make_project, published

KINDS = {
    "alone": "The ferry\n\n03/04/2021\n\nThe old ferry was sold to the mill.",
    "dots": "The barge\n\n3.4.2021\n\nThe old barge was sold to the inn.",
    "byline": "The boat\n\nBy Ana Ruiz | 03/04/2021\n\nThe old boat was sold to the port.",
    "label": "The raft\n\nPublished 03-04-2021\n\nThe old raft was sold to the bank.",
    "block": "---\ndate: 03/04/2021\n---\nThe canoe\n\nThe old canoe was sold to the club.",
    "weekday": "The punt\n\nSaturday, 03/04/2021\n\nThe old punt was sold to the school.",
}


def above_and_words(project: mkdocs_build.Project, title: str) -> str:
    """All that a document's page shows of its head and its text."""
    path = project.site / f"documents/undated/{title}/index.html"
    page = parse_page(path.read_bytes())
    return "\n".join((page.heading, page.text_above, *page.paragraphs))


def test_every_kind_is_published_undated_and_shows_its_date(tmp_path: Path) -> None:
    """The page with the ledger rebuilds the seed, and each is told with both readings."""
    project = published(tmp_path, {f"{name}.txt": text for name, text in KINDS.items()})
    proof = check(project.settings, project.site)
    assert (proof.documents, proof.broken) == (len(KINDS), ())
    for text in KINDS.values():
        title = next(line for line in text.split("\n") if line.startswith("The "))
        shown = above_and_words(project, title.lower().replace(" ", "-"))
        date = next(word for word in text.split() if word.endswith("2021"))
        assert date in shown
        folder = project.settings.docs / f"documents/undated/{title.lower().replace(' ', '-')}"
        ledger: Ledger = load_ledger((folder / "ledger.json").read_bytes()).steps
        page = parse_page(
            (project.site / folder.relative_to(folder.parents[2]))
            .joinpath("index.html")
            .read_bytes()
        )
        assert undo("\n\n".join(page.paragraphs), ledger) == text
    problems = generate(project.settings).report.problems
    assert [problem.code for problem in problems] == ["W011"] * len(KINDS)
    assert all(
        "2021-04-03" in problem.message and "2021-03-04" in problem.hint for problem in problems
    )


def test_one_document_alone_is_a_site(tmp_path: Path) -> None:
    """It once was refused with the whole site."""
    project = published(tmp_path, {"a.txt": KINDS["alone"]})
    assert "03/04/2021" in above_and_words(project, "the-ferry")


def test_a_corrected_date_wins(tmp_path: Path) -> None:
    """The line of the message can be pasted; an empty one leaves the document undated."""
    project = published(tmp_path, {"a.txt": KINDS["alone"], "b.txt": KINDS["dots"]})
    corrections = 'documents:\n  "a.txt": {date: 2021-04-03}\n  "b.txt": {date: }\n'
    (project.settings.seeds / "corrections.yml").write_text(corrections, "utf-8")
    assert generate(project.settings).report.problems == ()
    publish(project)
    assert "3 April 2021" in above_and_words(project, "the-ferry")


def damaged(project: mkdocs_build.Project) -> Path:
    """Return a page in the docs folder whose ledger took a line away that nothing shows."""
    path = next(project.settings.docs.glob("documents/undated/the-ferry/ledger.json"))
    record = json.loads(path.read_bytes())
    (step,) = (change for change in record["steps"] if change["rule"] == "head")
    step["changes"][0][1] = "Vanished words\n" + step["changes"][0][1]
    path.write_text(json.dumps(record), "utf-8")
    return path


def test_a_fault_of_seedbed_names_no_plugin(tmp_path: Path) -> None:
    """Where the page in docs/ is wrong already, the hint names Seedbed and the seed."""
    project = published(tmp_path, {"a.txt": KINDS["alone"]})
    damaged(project)
    proof = check(project.settings, project.site)
    assert proof.wrong_in_docs == ("a.txt",)
    assert {problem.hint for problem in proof.broken} == {
        "This is a fault of Seedbed, and not of your site: please report it with the seed"
    }
    assert {problem.source for problem in proof.broken} == {"seeds/a.txt"}


def test_faults_of_seedbed_and_of_plugins_have_different_messages(tmp_path: Path) -> None:
    """E030 is ours; E029 is the site's."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {f"{name}.txt": KINDS[name] for name in KINDS})
    )
    ours, both = frozenset(["alone.txt"]), frozenset(["alone.txt", "dots.txt"])
    fallbacks = Fallbacks(both, both, ours)  # type: ignore[arg-type]
    by_source = {
        problem.source: problem
        for problem in generate(project.settings, Options(fallbacks=fallbacks)).report.problems
    }
    assert by_source["seeds/alone.txt"].code == "E030"
    assert "mkdocs.yml is to blame: please report" in by_source["seeds/alone.txt"].hint
    assert by_source["seeds/dots.txt"].code == "E029"


def test_a_fully_escaped_page_shows_whether_seedbed_is_at_fault(tmp_path: Path) -> None:
    """The page in docs/ is right, the published one is not: then the site is to blame."""
    project = mkdocs_build.load_project(make_project(tmp_path, {"a.txt": KINDS["alone"]}))
    generate(project.settings, Options(fallbacks=Fallbacks(frozenset(["a.txt"]))))  # type: ignore[list-item]
    publish(project)
    page = project.site / "documents/undated/the-ferry/index.html"
    page.write_text(page.read_text("utf-8").replace("ferry was sold", "ferry was given"), "utf-8")
    proof = check(project.settings, project.site)
    assert ([problem.code for problem in proof.broken], proof.wrong_in_docs) == (
        ["E023", "E076", "E076"],  # two data files have the words that the page lost
        (),
    )
    written = project.settings.docs / "documents/undated/the-ferry/index.md"
    changed = written.read_text("utf-8").replace("given", "sold").replace("sold", "given")
    written.write_text(changed, "utf-8")
    assert check(project.settings, project.site).wrong_in_docs == ("a.txt",)
