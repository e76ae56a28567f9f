"""Hostile files cost themselves and one message each, whatever they do to their readers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.reading.formats.open_reading import open_reading
from tests.reading.formats.making import docx, epub, fodt, ods, paragraph, pdf, run, words_at, xlsx
from tests.reading.formats.making_hostile import hostile_files
from tests.reading.formats.making_msg import Letter
from tests.support import make_project

HOSTILE = hostile_files()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_remedy(name: str) -> None:
    """Without an exception, and without its hidden words."""
    opened = open_reading(name, HOSTILE[name])
    assert opened.reading is None
    assert opened.refusal is not None
    assert opened.refusal.hint
    assert "Error" not in opened.refusal.message


def good_files(number: int) -> dict[str, str | bytes]:
    """Return a file of each format, with words of its own."""
    words = f"This is letter {number}, and it says that {number} ships came in."
    cell = f'<c t="inlineStr"><is><t>{words}</t></is></c>'
    row = f"<table:table-row><table:table-cell><text:p>{words}</text:p></table:table-cell>"
    return {
        f"{number}.txt": f"Letter {number}\n\n{words}\n",
        f"{number}.md": f"# Letter {number}\n\n{words}\n",
        f"{number}.html": f"<h1>Letter {number}</h1><p>{words}</p>",
        f"{number}.docx": docx(paragraph(run(words))),
        f"{number}.fodt": fodt(f"<text:p>{words}</text:p>"),
        f"{number}.rtf": f"{{\\rtf1 {words}\\par}}",
        f"{number}.epub": epub({"a.xhtml": f"<p>{words}</p>"}),
        f"{number}.eml": f"From: Ada <a@example.org>\nSubject: {number}\n\n{words}\n",
        f"{number}.msg": Letter(f"Letter {number}", words, "Ada").file(),
        f"{number}.pdf": pdf(words_at(50, 700, words)),
        f"{number}.xlsx": xlsx({"S": f"<sheetData><row>{cell}</row></sheetData>"}),
        f"{number}.ods": ods(f"<table:table>{row}</table:table-row></table:table>"),
        f"{number}.srt": f"1\n00:00:01,000 --> 00:00:02,000\n{words}\n",
        f"{number}.xml": f"<TEI><text><body><p>{words}</p></body></text></TEI>",
    }


@pytest.mark.slow
def test_fifty_hostile_files_among_a_thousand_cost_fifty_documents(tmp_path: Path) -> None:
    """All others have pages."""
    many = (item for number in range(1_000) for item in good_files(number).items())
    seeds = dict(item for item, _ in zip(many, range(950), strict=False))
    hostile = {f"{turn}-{name}": data for turn in range(2) for name, data in HOSTILE.items()}
    hostile = dict(list(hostile.items())[:50])
    settings = mkdocs_build.load_project(make_project(tmp_path, {**seeds, **hostile})).settings
    report = generate(settings).report
    assert report.documents == 950
    errors = Counter(str(p.source) for p in report.problems if p.severity == "error")
    assert errors == {f"seeds/{name}": 1 for name in hostile}
