"""Projects of other generators with the same pages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml

_ARTICLE = re.compile(r'(<div class="sb-text"[^>]*>).*?(</div>)', re.DOTALL)
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def stock_mkdocs(project: Path) -> Path:
    """Write a mkdocs.yml with Material's own search and without our plugin."""
    text = (project / "mkdocs.yml").read_text("utf-8")
    target = project / "stock.yml"
    target.write_text(re.sub(r"(?m)^( *)- seedbed$", r"\1- search", text), "utf-8")
    return target


def hugo(project: Path, folder: Path) -> Path:
    """Create a Hugo site of the documents, with a template as large as ours."""
    page = next((project / "site/documents").rglob("index.html")).read_text("utf-8")
    plain = page.replace("{{", "{ {")
    template = _ARTICLE.sub(r"\1{{ .Content }}\2", plain, count=1)
    layouts = folder / "layouts/_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(template, "utf-8")
    (layouts / "list.html").write_text("{{ .Title }}", "utf-8")
    (folder / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS"]\n'
        "[markup.goldmark.renderer]\nunsafe = true\n",
        "utf-8",
    )
    for path in sorted((project / "docs/documents").rglob("index.md")):
        _content(path, folder / "content" / path.relative_to(project / "docs"))
    return folder


def _content(source: Path, target: Path) -> None:
    """Copy the folder of a page with only the title as front matter: Hugo cannot read EDTF."""
    shutil.copytree(source.parent, target.parent)
    text = source.read_text("utf-8")
    front = _FRONT.match(text)
    title = yaml.safe_load(front[1])["title"] if front else ""
    body = text[front.end() :] if front else text
    target.write_text(f"---\n{yaml.safe_dump({'title': title})}---\n{body}", "utf-8")
