"""A placeholder address in `site_url` causes a warning."""

from __future__ import annotations

from pathlib import Path

from generator.publishing import mkdocs_build
from generator.publishing.placeholder_url import is_placeholder
from tests.support import Case, cases, make_project


@cases("placeholder_urls")
def test_a_placeholder_address_is_recognized(case: Case) -> None:
    """And no other is."""
    assert is_placeholder(case.given) is case.expect


def test_a_new_project_gets_a_warning_about_its_placeholder_address(tmp_path: Path) -> None:
    """Until somebody writes the right one, or none."""
    config = make_project(tmp_path, {})
    problems = mkdocs_build.load_project(config).problems
    assert [(problem.code, problem.source, problem.severity) for problem in problems] == [
        ("W066", "mkdocs.yml", "warning")
    ]
    assert "https://example.org/" in problems[0].message
    text = config.read_text("utf-8")
    config.write_text(text.replace("https://example.org/", "https://letters.museum/"), "utf-8")
    assert mkdocs_build.load_project(config).problems == ()
