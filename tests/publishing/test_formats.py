"""Files of other formats through to the published site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.checking.check import check
from generator.explain import seed as explain
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.results_in_words import formats_in_words
from tests.reading.formats.making import docx, paragraph, pdf, run, words_at, zipped
from tests.support import ROOT, make_project, published, tree

LETTER = (
    b"From: Ada Miller <ada@example.org>\nSubject: The broken wheel\n"
    b"Date: Mon, 5 Mar 1923 10:00:00 +0000\nContent-Type: multipart/mixed; boundary=x\n\n"
    b"--x\nContent-Type: text/plain\n\nThe wheel of the mill is broken, and I send a list.\n"
    b'--x\nContent-Type: text/plain; name="list.txt"\nContent-Disposition: attachment\n\n'
    b"A list of things\n\nOak, iron and rope are wanted for the wheel of the mill.\n--x--\n"
)
SECRETS = ("Quincewood", "Larchbottom", "Elderberry", "Hazelrigg")

SEEDS: dict[str, str | bytes] = {
    "plain.txt": "A plain text\n\nIt was always read, and it is read as before.\n",
    "report.docx": docx(
        paragraph(run("Report on the mill"), properties='<w:pStyle w:val="Title"/>')
        + paragraph(
            run("The wheel is "),
            run("broken", "<w:i/>"),
            run(" and must be mended. "),
            run(SECRETS[0], "<w:vanish/>"),
            f"<w:del><w:r><w:delText>{SECRETS[1]}</w:delText></w:r></w:del>",
        ),
        {
            "styles.xml": '<w:styles><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
            "</w:styles>",
            "comments.xml": f"<w:comments><w:comment>{paragraph(run(SECRETS[2]))}</w:comment>"
            "</w:comments>",
        },
    ),
    "payment.pdf": pdf(
        words_at(50, 700, "Payment for the wheel")
        + words_at(50, 660, "Paid to the carpenter ")
        + words_at(230, 660, SECRETS[3])
        + "0 0 0 rg 225 655 80 20 re f\n"
    ),
    "leaflet.pdf": pdf(
        words_at(50, 700, "A leaflet on wheels", 24) + words_at(50, 660, "Oak is best for them."),
        words_at(50, 700, "Iron is for the axle."),
    ),
    "letter.eml": LETTER,
    "box.zip": zipped({"in/first.md": "# First\n\nOf *three* things in a box.\n"}),
    "page.html": "<title>T</title><h1>The mill today</h1><p>It stands still, since it broke.</p>"
    "<script>alert(1)</script>",
    "broken.pdf": b"%PDF-1.7 and no more",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Publish a site with one file of several formats."""
    return published(tmp_path_factory.mktemp("formats"), SEEDS)


def test_every_file_and_every_part_has_a_page(project: mkdocs_build.Project) -> None:
    """The damaged one costs itself alone, and the check finds nothing."""
    titles = sorted(
        path.read_text("utf-8").partition("title: ")[2].partition("\n")[0]
        for path in (project.settings.docs / "documents").rglob("index.md")
    )
    assert titles == [
        "A leaflet on wheels",
        "A list of things",
        "A plain text",
        "First",
        "Payment for the wheel",
        "Report on the mill",
        "The broken wheel",
        "The mill today",
    ]
    proof = check(project.settings, project.site)
    assert proof.broken == ()
    assert proof.documents == len(titles)


def test_the_report_counts_formats_and_what_was_left_out(project: mkdocs_build.Project) -> None:
    """For the closing summary; a corpus of texts has no such line."""
    report = generate(project.settings).report
    words = formats_in_words(report)
    assert words == (
        "Formats: 2 pdf, 2 text, 1 docx, 1 html, 1 mail, 1 markdown. Left out of files:"
        " deleted words 1, hidden words 1, words in comments 1, words under black areas 1."
    )


def test_hidden_words_are_in_no_file(project: mkdocs_build.Project) -> None:
    """Neither pages nor data, search, ledger or the copy of a seed have them."""
    for folder in (project.settings.docs, project.site):
        for path, data in tree(folder).items():
            assert not any(word.encode() in data for word in SECRETS), path


def test_the_copy_of_a_file_is_the_text_that_was_read(project: mkdocs_build.Project) -> None:
    """A Word file also says who edited it; a text is copied as it is."""
    copies = {
        path.parent.name: path.read_bytes() for path in project.settings.docs.rglob("source.txt")
    }
    report = "Report on the mill\n\nThe wheel is broken and must be mended."
    assert copies["report-on-the-mill"].decode() == report
    assert copies["a-plain-text"] == SEEDS["plain.txt"].encode()  # type: ignore[union-attr]


def test_a_letter_lists_what_it_encloses(project: mkdocs_build.Project) -> None:
    """And the enclosure names its letter; neither makes a collection of the letter."""
    letter = (project.site / "documents/1923/the-broken-wheel/index.html").read_text("utf-8")
    assert re.search(r"<h2 id=\"parts\">Enclosed</h2>\s*<ul>\s*<li><a [^>]*>A list of", letter)
    enclosed = next(project.site.rglob("a-list-of-things/index.html")).read_text("utf-8")
    assert re.search(r"Enclosed in <a [^>]*>The broken wheel</a>", enclosed)
    collections = {path.parent.name for path in project.site.glob("collections/*/index.html")}
    assert not any("letter" in name for name in collections)


def test_a_pdf_without_hidden_words_is_published_with_its_pages(
    project: mkdocs_build.Project,
) -> None:
    """Its viewer opens at each page, from the margin too; one with a covered name is nowhere."""
    originals = {path.parent.name: path for path in project.site.rglob("original.pdf")}
    assert originals.keys() == {"a-leaflet-on-wheels"}
    path = originals["a-leaflet-on-wheels"]
    assert path.read_bytes() == SEEDS["leaflet.pdf"]
    page = (path.parent / "index.html").read_text("utf-8")
    pages = re.findall(r'href="original\.pdf#page=(\d)"', page)
    assert pages == ["1", "2", "1", "2"]
    pictures = [path.parent.name for path in project.site.rglob("documents/*/*/*.jpg")]
    assert pictures == ["a-leaflet-on-wheels"]


def test_the_ledger_names_reader_and_text(project: mkdocs_build.Project) -> None:
    """And counts what was left out, by kind."""
    ledgers = [path.read_text("utf-8") for path in project.settings.docs.rglob("ledger.json")]
    report = next(ledger for ledger in ledgers if "report.docx" in ledger)
    assert '"reader":"docx 2"' in report
    assert '"left_out":{"deleted words":1,"hidden words":1,"words in comments":1}' in report


def test_values_of_a_letter_have_evidence(project: mkdocs_build.Project) -> None:
    """The header that states a value is named."""
    decisions = explain.explain_seed(project.settings, "seeds/letter.eml")
    values = {field: (value["value"], value["rule"]) for field, value in decisions["values"]}
    assert values["title"] == ("The broken wheel", "stated by the file: header Subject")
    assert values["author"] == ("Ada Miller", "stated by the file: header From")
    assert values["date"] == ("1923-03-05", "stated by the file: header Date")


def test_a_value_that_the_file_no_longer_states_is_found(project: mkdocs_build.Project) -> None:
    """The check reads the file again, and not only what the ledger says of it."""
    path = next(
        path
        for path in project.settings.docs.rglob("ledger.json")
        if '"source":"letter.eml"' in path.read_text("utf-8")
    )
    before = path.read_bytes()
    path.write_bytes(before.replace(b"header From", b"header Sender"))
    try:
        codes = {problem.code for problem in check(project.settings, project.site).broken}
    finally:
        path.write_bytes(before)
    assert codes == {"E028"}


def test_a_withdrawn_container_withdraws_its_parts(tmp_path: Path) -> None:
    """Also those that were published before."""
    seeds = {name: SEEDS[name] for name in ("plain.txt", "letter.eml", "box.zip")}
    project = published(tmp_path, seeds)
    corrections = tmp_path / "seeds" / "corrections.yml"
    corrections.write_text(
        "documents:\n  letter.eml:\n    withdrawn: {reason: Not ours.}\n", "utf-8"
    )
    generate(project.settings)
    pages = [path.read_text("utf-8") for path in project.settings.docs.rglob("index.md")]
    assert not any("Oak, iron and rope" in page for page in pages)
    assert any("three" in page for page in pages)


def test_only_changed_containers_are_opened_again(tmp_path: Path) -> None:
    """A second run with one new seed reads that seed alone, and the pages stay the same."""
    config = make_project(tmp_path, {"box.zip": SEEDS["box.zip"], "letter.eml": LETTER})
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    before = tree(project.settings.docs / "documents")
    (tmp_path / "seeds" / "plain.txt").write_text(str(SEEDS["plain.txt"]), "utf-8")
    result = generate(project.settings)
    explained = {str(summary).partition(":")[0]: str(summary) for summary in result.tasks}
    assert explained["parts of containers"] == "parts of containers: 2 up to date"
    assert explained["seeds"].startswith("seeds: 4 up to date, 1 ")
    after = tree(project.settings.docs / "documents")
    ledgers = [path for path in before if path.endswith("ledger.json")]
    assert [path for path in ledgers if after[path] != before[path]] == []


def test_plain_text_loads_no_library_of_other_formats() -> None:
    """A corpus of texts starts as fast as before."""
    code = (
        "import sys; from generator.model import Seed, SeedPath;"
        "from generator.reading.read import read_document;"
        "read_document(Seed(SeedPath('a.txt'), b'Title\\n\\nWords of a text.'));"
        "print(sorted(sys.modules.keys() & {'PIL', 'pypdfium2', 'trafilatura', 'lxml', 'olefile',"
        " 'selectolax', 'email', 'csv'}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert result.stdout.strip() == "[]"
