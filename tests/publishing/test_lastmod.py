"""The sitemap has the day on which a document last changed, if it is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.files import table_rows
from generator.pipeline.generate import generate
from generator.publishing import lastmod, mkdocs_build
from generator.text.formulas import unescape_formula
from tests.support import make_project

SEEDS: dict[str, str | bytes] = {
    "a.txt": "The bridge\n\nBy Ana Ruiz\n3 May 2021\n\nThe old bridge reopens on Monday.\n",
    "b.txt": "The tower\n\nBy Tom Lee\n\nThe tower stays closed for another year.\n",
}


def days(project: mkdocs_build.Project) -> dict[str, str]:
    """Build, and give what the sitemap says of documents."""
    generate(project.settings)
    mkdocs_build.build(project, project.site)
    sitemap = (project.site / "sitemap.xml").read_text("utf-8")
    lines = re.findall(r"<url><loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?</url>", sitemap)
    assert any("/authors/" in place for place, _ in lines)
    assert [day for place, day in lines if "/documents/" not in place and day] == []
    return {place.rstrip("/").split("/")[-1]: day for place, day in lines if "/documents/" in place}


def test_a_documents_page_has_its_date_until_its_seed_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day of the change lasts; the day of a build is told nowhere."""
    project = mkdocs_build.load_project(make_project(tmp_path, SEEDS))
    assert days(project) == {"the-bridge": "2021-05-03", "the-tower": ""}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    tower = project.settings.seeds / "b.txt"
    tower.write_text(tower.read_text("utf-8") + "\nNobody knows why.\n", "utf-8")
    assert days(project) == {"the-bridge": "2021-05-03", "the-tower": "2026-09-21"}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1890000000")
    assert days(project) == {"the-bridge": "2021-05-03", "the-tower": "2026-09-21"}


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_run_knows_the_days_and_the_digests_that_its_files_have(
    urls: str, tmp_path: Path
) -> None:
    """Whatever the dates and the addresses are; documents that are withdrawn have none."""
    dates = ("", "3 May 2021", "May 2020", "1 May 2019", "2018")
    seeds: dict[str, str | bytes] = {
        f"=letters/{number}.txt": f"Title {number}\n\nBy Ana Ruiz\n{date}\n\nIt rained.\n"
        for number, date in enumerate(dates)
    }
    config_file = make_project(tmp_path, seeds)
    with config_file.open("a", encoding="utf-8") as config:
        config.write(f"\nuse_directory_urls: {urls}\n")
    project = mkdocs_build.load_project(config_file)
    decided = ("/0.txt: {date: 1990~}", "/1.txt: {date: 1990/1991}", "/2.txt: {withdrawn: true}")
    text = "documents:\n" + "".join(f"  =letters{line}\n" for line in decided)
    for corrections in ("", text, ""):
        (project.settings.seeds / "corrections.yml").write_text(corrections, "utf-8")
        known = generate(project.settings).documents
        assert known
        docs = project.settings.docs
        assert known.days == lastmod.last_modified_days(tmp_path, docs)
        rows = table_rows(docs / "data/documents.csv")
        assert known.digests == {unescape_formula(row["path"]): row["sha256"] for row in rows}
    assert generate(project.settings).documents is None


def test_older_tables_and_truncated_lines_give_no_day(tmp_path: Path) -> None:
    """The days of changes have been kept for some time only."""
    (tmp_path / "docs/data").mkdir(parents=True)
    table = "address,date\none/,2021-05\ntwo/\nthree/,a day in May\n"
    (tmp_path / "docs/data/documents.csv").write_text(table, "utf-8")
    assert lastmod.last_modified_days(tmp_path, tmp_path / "docs") == {"one/index.md": "2021-05"}
    (tmp_path / "addresses.csv").write_text("seed,address\na.txt,one/\n", "utf-8")
    assert lastmod.last_modified_days(tmp_path, tmp_path / "docs") == {"one/index.md": "2021-05"}
    (tmp_path / "addresses.csv").write_text("address,changed\none/,2024-02-03\nten/\n", "utf-8")
    assert lastmod.last_modified_days(tmp_path, tmp_path / "docs") == {"one/index.md": "2024-02-03"}
