"""Markdown as the site's builder reads it, and what a browser then shows."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config

from generator.checking.built_page import BuiltPage, parse_page
from generator.writing import markup
from tests.support import ROOT, hostile_text, settled_draft


@cache
def markdown(*others: str) -> Markdown:
    """Return Python-Markdown with the site's own extensions, as MkDocs loads them, and others."""
    config = load_config(config_file=str(ROOT / "mkdocs.yml"))
    extensions = dict.fromkeys((*config.markdown_extensions, *others))
    return Markdown(extensions=list(extensions), extension_configs=config.mdx_configs or {})


VERIFIED = tuple(sorted(markup.VERIFIED_EXTENSIONS))
CHANGING = (*VERIFIED, "nl2br", "smarty", "pymdownx.fancylists", "pymdownx.smartsymbols")

settled = st.one_of(st.text(), hostile_text).map(
    lambda text: settled_draft(text).text.replace("\t", " ")
)
"""Texts as reading leaves them, without characters that HTML cannot hold."""


def shown_page(source: str, others: tuple[str, ...] = ()) -> BuiltPage:
    """Return the page that a browser shows of Markdown."""
    html = markdown(*others).reset().convert(source)
    return parse_page(f'<div class="sb-text">{html}</div>'.encode())
