"""Plugins that archives use beside ours: each builds, and does what it is there for."""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT, make_project, require

pytestmark = pytest.mark.slow

_SEEDBED = ROOT / ".venv-plugins" / "bin" / "seedbed"
_BRACES = "The braces\n\n2 May 2020\n\nHe wrote {{ 7 * 7 }} and {# once and forgot the end.\n"
_TOLD = "The bridge\n\nBy Ana Ruiz\n3 May 2020\n\nThe bridge in Lima was closed, said Tom Lee.\n"
_TAGGED = "---\ntags: [ours]\n---\n# About\n"
_COUNTED = "# About\n\nIt is {{ 7 * 7 }}.\n"
_NOTES = {"notes.md": "# Notes\n"}
_POST = "---\ndate: 2024-01-02\n---\n# First post\n\nWe have begun.\n"


@dataclass(frozen=True)
class Plugin:
    """A plugin in mkdocs.yml, and a file of the site in which its work is seen."""

    name: str
    file: str
    words: str
    options: dict[str, Any] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    """Pages by hand that it works on."""
    warnings: tuple[str, ...] = ()
    """The codes of messages about it."""
    needs_host: str = ""
    """A host that it asks while it builds."""


PLUGINS = (
    Plugin("rss", "feed_rss_created.xml", "<title>The bridge</title>", {"use_git": False}),
    Plugin(
        "tags",
        "about/index.html",
        "md-tag",
        pages={"about.md": _TAGGED},
    ),
    Plugin(
        "macros",
        "about/index.html",
        "It is 49.",
        pages={"about.md": _COUNTED},
    ),
    Plugin("awesome-nav", "index.html", "notes/", pages=_NOTES, warnings=("W062",)),
    Plugin("print-site", "print_page/index.html", "was closed, said", warnings=("W062", "W063")),
    Plugin(
        *("blog", "blog/index.html", "First post"),
        pages={"blog/index.md": "# Blog\n", "blog/posts/first.md": _POST},
    ),
    Plugin(
        *("social", "about/index.html", "assets/images/social/about.png"),
        pages={"about.md": "# About\n"},
        needs_host="fonts.google.com",
    ),
)


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_a_plugin_works_beside_ours(plugin: Plugin, tmp_path: Path) -> None:
    """The check finds nothing, and no text of a seed is taken for a template."""
    require(_SEEDBED.exists(), ".venv-plugins (make slow)")
    if plugin.needs_host and not _is_known(plugin.needs_host):
        pytest.skip(f"{plugin.name} needs {plugin.needs_host}, which cannot be reached")
    config_file = make_project(tmp_path, {"braces.txt": _BRACES, "bridge.txt": _TOLD})
    config = yaml.safe_load(config_file.read_text("utf-8"))
    config["plugins"] = ["seedbed", {plugin.name: plugin.options}]
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    for name, text in plugin.pages.items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    result = subprocess.run(
        [_SEEDBED, "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "no errors found" in result.stdout
    codes = {code for code in ("W062", "W063", "W064") if code in result.stderr}
    assert codes == set(plugin.warnings), result.stderr
    assert plugin.words in (tmp_path / "site" / plugin.file).read_text("utf-8")
    page = tmp_path / "site/documents/2020/the-braces/index.html"
    assert "7 * 7" in page.read_text("utf-8")


def _is_known(host: str) -> bool:
    try:
        socket.getaddrinfo(host, 443)
    except OSError:
        return False
    return True
