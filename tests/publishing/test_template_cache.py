"""Compiled templates are cached, and checked before use."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from generator.publishing.rendering.template_cache import TemplateCache


def rendered(folder: Path, source: str = "{{ 1 + 1 }} bridges", made_by: str = "us") -> str:
    """Render a template with what is kept in a folder."""
    env = jinja2.Environment(loader=jinja2.DictLoader({"main.html": source}), autoescape=True)
    env.bytecode_cache = TemplateCache(folder, made_by)
    return env.get_template("main.html").render()


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And again when its source or the program is another one."""
    compiled: list[str] = []
    compile_ = jinja2.Environment.compile

    def note(self: jinja2.Environment, source: str, *args: object, **more: object) -> object:
        compiled.append(source)
        return compile_(self, source, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(jinja2.Environment, "compile", note)
    for _ in range(2):
        assert rendered(tmp_path) == "2 bridges"
    assert len(compiled) == 1
    assert rendered(tmp_path, "{{ 2 + 1 }} towers") == "3 towers"
    assert rendered(tmp_path, "{{ 2 + 1 }} towers", "others") == "3 towers"
    assert len(compiled) == 3


@pytest.mark.parametrize("junk", [b"", b"junk", bytes(4000)])
def test_a_damaged_template_is_compiled_again(tmp_path: Path, junk: bytes) -> None:
    """Or one that was written to half, whatever Jinja would make of it."""
    rendered(tmp_path)
    for path in tmp_path.iterdir():
        whole = path.read_bytes()
        for bytes_ in (junk, whole[:-3], whole[:40] + junk):
            path.write_bytes(bytes_)
            assert rendered(tmp_path) == "2 bridges"
            assert path.read_bytes() != bytes_


def test_without_a_writable_folder_templates_are_compiled(tmp_path: Path) -> None:
    """A cache that cannot be written is not an error."""
    (tmp_path / "file").write_text("here")
    assert rendered(tmp_path / "file") == "2 bridges"
