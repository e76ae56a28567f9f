"""Settings in mkdocs.yml that the Content-Security-Policy of the pages blocks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from generator.checking.built_page import parse_page
from generator.checking.dead_links import link_targets
from generator.publishing import mkdocs_build, security_policy
from generator.settings import Site
from tests.support import ROOT, make_project

CDN = "https://cdn.example.com"


def reported(folder: Path, **changes: object) -> list[str]:
    """Return what is told of a project with these settings."""
    config_file = make_project(folder, {})
    config = yaml.safe_load(config_file.read_text("utf-8"))
    for key, value in changes.items():
        above = config
        *path, last = key.split("__")
        for part in path:
            above = above.setdefault(part, {})
        above[last] = value
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    problems = mkdocs_build.load_project(config_file).problems
    return [f"{problem.message}. {problem.hint}" for problem in problems if problem.code == "W065"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"extra_javascript": ["assets/own.js"]}, []),
        ({"extra_javascript": [f"{CDN}/x.js"]}, ["extra_javascript needs https://cdn"]),
        ({"extra_javascript": [{"path": f"{CDN}/x.js", "defer": True}]}, ["extra_javascript"]),
        ({"extra_css": ["//cdn.example.com/x.css"]}, ["extra_css needs https://cdn"]),
        ({"theme__logo": f"{CDN}/logo.png"}, ["theme.logo"]),
        ({"theme__font": {"text": "Roboto"}}, ["theme.font needs https://fonts.googleapis"]),
        (
            {"extra__analytics": {"provider": "google", "property": "G-1"}},
            ["extra.analytics needs 'unsafe-inline', https://www.googletagmanager.com"],
        ),
        ({"extra__consent": {"title": "Cookies"}}, ["extra.consent needs 'unsafe-inline'"]),
        ({"extra__consent": {"title": "C"}, "extra__seedbed__security_policy": ""}, []),
        (
            {
                "extra_javascript": [f"{CDN}/x.js"],
                "extra__seedbed__security_policy": "script-src 'self' *.example.com",
            },
            [],
        ),
    ],
)
def test_settings_that_the_policy_blocks_are_reported(
    tmp_path: Path, changes: dict[str, object], expected: list[str]
) -> None:
    """With the setting, what it needs, and the policy with which it works."""
    blocked = reported(tmp_path, **changes)
    assert len(blocked) == len(expected)
    for line, begun in zip(blocked, expected, strict=True):
        assert line.startswith(begun)


def test_the_proposed_policy_is_enough(tmp_path: Path) -> None:
    """Whoever pastes it hears nothing more."""
    changes = {"extra_javascript": [f"{CDN}/x.js"], "extra__analytics": {"provider": "google"}}
    proposed = reported(tmp_path / "a", **changes)[0].split('"')[1]
    assert reported(tmp_path / "b", **changes, extra__seedbed__security_policy=proposed) == []


def test_the_theme_writes_the_default_policy() -> None:
    """It stands in a template, which other builders read too."""
    assert security_policy.DEFAULT_POLICY in (
        ROOT / "generator/theme/partials/metadata.html"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "link", "inside"),
    [
        ("https://example.org/", "/es/", False),
        ("https://example.org/", "/es/a/b.html", False),
        ("https://example.org/", "/", True),
        ("https://example.org/", "/espresso/", True),
        ("https://example.org/en/", "/es/", False),
        ("https://example.org/en/", "../es/", False),
        ("https://example.org/en/", "/en/people/", True),
        ("https://example.org/en/", "/blog/", False),
    ],
)
def test_links_to_translations_leave_the_site(
    tmp_path: Path, url: str, link: str, *, inside: bool
) -> None:
    """`extra.alternate` names translations on the same host, which are sites of their own."""
    config_file = make_project(tmp_path, {})
    config = yaml.safe_load(config_file.read_text("utf-8"))
    home = url.removeprefix("https://example.org")
    others = [{"name": "English", "link": home, "lang": "en"}]
    others += [{"name": "Español", "link": "/es/", "lang": "es"}]
    config["site_url"] = url
    config["extra"]["alternate"] = others
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    page = parse_page(f'<a href="{link}">x</a>'.encode())
    assert (
        bool(link_targets("index.html", page, mkdocs_build.load_project(config_file).settings.site))
        == inside
    )
    assert link_targets("index.html", page, Site(url=url)) or not inside or link == "/es/"
