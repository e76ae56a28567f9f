"""Plain text to Markdown that renders back to that very text, and front matter.

The only door through which words become Markdown. The law, held by tests with the site's own
extensions: what a browser shows of `paragraph(block)` is the block's text, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import frontmatter
import yaml

from generator.model import Block

MetaValue = str | int | list[str]
"""What front matter may hold: strings that are safe in HTML, numbers, lists of strings."""

_BACKSLASHED = "*_[]{}#+-.!()"
"""Signs before which Python-Markdown honours a backslash; before any other it stays visible."""

_INLINE = re.compile(r"[\\`|~^$&<>*_\[\]{}]|([=+])(?=\1)|:(?=[\w+-]+:)")
"""What can mean something anywhere in a line, in the extensions that sites commonly use."""

_LINE_START = re.compile(r"[#+\-=:!?/]|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d*")

_DENSE = 200
"""Signs to escape in a paragraph beyond which it is dense; prose has one in a hundred words."""

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def text(words: str) -> str:
    """Escape words for use inside a line of Markdown."""
    return _INLINE.sub(lambda match: _escape(match[0]), words)


def line(words: str) -> str:
    """Escape words that begin a line, where more signs have a meaning: lists, headings, rules."""
    sign = _LINE_START.match(words, _NUMBER.match(words).end())  # type: ignore[union-attr]
    if sign is None:
        return text(words)
    return words[: sign.start()] + _escape(sign[0]) + text(words[sign.end() :])


def paragraph(block: Block, name: str, css_class: str = "") -> str:
    """Write a block as a paragraph with an id; its line feeds become line breaks.

    Python-Markdown's cost grows with the square of the signs that are escaped in one paragraph
    (a megabyte of backticks takes three minutes), so a dense one is written as HTML instead.
    """
    if sum(1 for _ in _INLINE.finditer(block.text)) > _DENSE:
        return _html_paragraph(block, name, css_class)
    attributes = f"#{name} .{css_class}" if css_class else f"#{name}"
    return f"{''.join(_pieces(block))}\n{{ {attributes} }}"


def link(words: str, target: str) -> str:
    """Write a link to a page of ours; the target comes from `urls` and needs no escape."""
    return f"[{text(words)}]({target})"


def heading(level: int, words: str) -> str:
    """Write a heading; a number sign at its end would be taken for decoration."""
    return f"{'#' * level} {text(words).replace('#', _escape('#'))}"


def html_safe(words: str) -> str:
    """Escape words for front matter, whose strings templates print into HTML as they stand."""
    return re.sub(r'[&<>"]', lambda match: _HTML.get(match[0], "&quot;"), " ".join(words.split()))


def page(meta: Mapping[str, MetaValue], body: str) -> bytes:
    """Write a whole page: front matter and Markdown, in UTF-8, ending in a line feed."""
    post = frontmatter.Post(body, None, **meta)
    written = frontmatter.dumps(post, Dumper=_DUMPER, sort_keys=False, width=1_000_000)
    return f"{written}\n".encode()


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def _html_paragraph(block: Block, name: str, css_class: str) -> str:
    """The same paragraph as one block of HTML, which Markdown passes on as it stands."""
    attributes = f'id="{name}" class="{css_class}"' if css_class else f'id="{name}"'
    pieces: list[str] = []
    position = 0
    for span in block.emphasis:
        before, inside = block.text[position : span.start], block.text[span.start : span.end]
        pieces += (_html_text(before), "<em>", _html_text(inside), "</em>")
        position = span.end
    pieces.append(_html_text(block.text[position:]))
    return f"<p {attributes}>{''.join(pieces)}</p>"


def _html_text(words: str) -> str:
    escaped = re.sub(r"[&<>]", lambda match: _HTML[match[0]], words)
    return escaped.replace("\n", "<br>\n")


def _escape(sign: str) -> str:
    if sign in _BACKSLASHED:
        return f"\\{sign}"
    return _HTML.get(sign) or f"&#{ord(sign)};"


def _pieces(block: Block) -> Iterator[str]:
    """The block's text in order, emphasised stretches between asterisks."""
    position = 0
    for span in block.emphasis:
        yield _lines(block.text[position : span.start], fresh=position == 0)
        yield f"*{text(block.text[span.start : span.end])}*"
        position = span.end
    yield _lines(block.text[position:], fresh=position == 0)


def _lines(words: str, *, fresh: bool) -> str:
    first, *others = words.split("\n")
    return "  \n".join([line(first) if fresh else text(first), *map(line, others)])
