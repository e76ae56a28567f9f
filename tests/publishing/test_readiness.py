"""What a site lacks before it is published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.publishing.publication_gaps import missing_from_site, reminder
from generator.publishing.readiness import readiness
from generator.settings import Settings
from generator.starter import LANGUAGES, NewSite, create_project
from tests.support import RELEASED


def project(folder: Path, site: NewSite, text: str) -> Settings:
    """Return the settings of a new project with one document."""
    create_project(folder, site)
    (folder / "seeds/a.txt").write_text(text, "utf-8")
    settings = mkdocs_build.load_project(folder / "mkdocs.yml").settings
    generate(settings, Options(release=False))
    return settings


def codes(settings: Settings) -> list[str]:
    """Return the codes of what is missing."""
    return [problem.code for problem in readiness(settings, settings.root / "site").problems]


def test_a_new_project_lacks_everything(tmp_path: Path) -> None:
    """The last line of a build says so."""
    settings = project(tmp_path, NewSite("Letters"), "it rained and rained, and the lamp was out.")
    assert codes(settings) == ["E070", "E071", "E072", "E073", "W123", "W139", "W139"]
    assert not readiness(settings, tmp_path / "site").is_ready
    report = generate(settings, Options(release=False)).report
    assert (reminder(settings, report) or "").startswith(
        "Before you publish, the site needs its address, a page about it, its description, who may"
    )


def test_untitled_documents_are_counted_whatever_happened_since_the_build(tmp_path: Path) -> None:
    """A page of one's own makes no title; who said that the date is unknown is not asked again."""
    settings = project(tmp_path, NewSite("Letters"), "it rained and rained, and the lamp was out.")
    (tmp_path / "docs/own.md").write_text("# A page of my own\n", "utf-8")
    asked = [it.message for it in readiness(settings, tmp_path / "site").problems[-2:]]
    assert asked == ["1 document (a.txt) without a date", "1 document (a.txt) without a title"]
    (tmp_path / "seeds/corrections.yml").write_text("documents: {a.txt: {date: }}", "utf-8")
    assert codes(settings) == ["E070", "E071", "E072", "E073", "W123", "W139"]


def test_a_site_whose_owner_has_answered_is_ready(tmp_path: Path) -> None:
    """Documents without a date may stay."""
    site = NewSite("Letters", url="https://letters.museum/", rights="CC0")
    settings = project(tmp_path, site, "The lamp\n\nThe lamp is out.\n")
    (tmp_path / "docs/about.md").write_text("# About\n\nFrom a box in the attic.\n")
    settings = replace(settings, site=replace(settings.site, description="Letters of a town."))
    assert codes(settings) == ["W123", "W139"]
    generate(settings, RELEASED)
    assert codes(settings) == ["W139"]
    assert readiness(settings, tmp_path / "site").is_ready
    assert reminder(settings, generate(settings, RELEASED).report) is None


def test_the_words_of_a_new_project_are_known_in_each_language(tmp_path: Path) -> None:
    """And those of an owner who kept the title are not taken for them."""
    for language in LANGUAGES:
        folder = tmp_path / language
        create_project(folder, NewSite("Letters", language))
        settings = mkdocs_build.load_project(folder / "mkdocs.yml").settings
        assert "E071" in [problem.code for problem in missing_from_site(settings)]
        title = (folder / "docs/about.md").read_text("utf-8").splitlines()[0]
        (folder / "docs/about.md").write_text(f"{title}\n\nFrom a box.\n", "utf-8")
        assert "E071" not in [problem.code for problem in missing_from_site(settings)]
