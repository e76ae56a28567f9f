"""MkDocs copies the same files of a theme, and lists fewer."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config import load_config
from mkdocs.structure.files import Files

from generator.publishing.theme_templates import hide_icons
from tests.support import make_project


def test_mkdocs_copies_the_same_files(tmp_path: Path) -> None:
    """Without a look at any icon, which templates load as before."""
    hidden = tmp_path / "own/.hidden/shown.css"
    hidden.parent.mkdir(parents=True)
    hidden.write_text("a {}")
    config = load_config(config_file=str(make_project(tmp_path / "project", {})))
    config.theme.dirs.insert(0, str(tmp_path / "own"))
    before, after = Files([]), Files([])
    before.add_files_from_theme(config.theme.get_env(), config)
    hide_icons(config.theme)
    env = config.theme.get_env()
    after.add_files_from_theme(env, config)
    assert [file.src_uri for file in after] == [file.src_uri for file in before] != []
    assert not any("/." in f"/{name}" for name in env.list_templates())
    assert env.get_template(".icons/material/close.svg").render().startswith("<svg")
