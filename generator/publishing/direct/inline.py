"""The inside of a line of Markdown, as HTML: escapes, entities, links, tags, emphasis, breaks.

Python-Markdown applies one pattern after the other to a paragraph. Here one expression finds them
all, which gives the same only for the Markdown that this program writes: so everything that could
have a meaning and is not listed raises `OtherMarkdownError`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Resolve = Callable[[str], str]
"""Returns the address of a link in the page; raises OtherMarkdownError if it is unknown."""


class OtherMarkdownError(Exception):
    """A text has Markdown that is not translated here."""


TAG = r"""</?(?:span|time|bdi|em|strong|a)(?:\ [a-z-]+="[^"<>\\`\[\]()|\n]*")*>"""
"""A tag of an inline element, with nothing that another pattern would take first."""

ENTITY = r"&(?:[a-zA-Z0-9]+|\#[0-9]+|\#x[0-9a-fA-F]+);"

_SPECIAL = re.compile(r"[\\&\[\]<>*_`{}|]| \n|!\[")
"""What can have a meaning inside a line."""

_INLINE = re.compile(
    rf"""
      \\(?P<escaped>[*_{{}}\[\]()\#+.!-])
    | (?P<entity>{ENTITY})
    | \[(?P<label>(?:\\.|[^\[\]\\])+)\]\((?P<target>[\w./%~-]+(?:\#[\w.-]+)?)\)
    | (?P<tag>{TAG})
    | (?<!\*)\*\*(?P<strong>\w+)\*\*(?!\*)
    | \*(?P<emphasis>(?:\\.|[^*\\\s])(?:(?:\\.|[^*\\])*(?:\\.|[^*\\\s]))?)\*(?!\*)
    | (?P<line_break>(?<=[^\ \n])\ \ \n(?=[^\ \n]))
    | (?P<other>{_SPECIAL.pattern.replace(" ", chr(92) + " ")})
    """,
    re.VERBOSE,
)


def inline_html(markdown: str, resolve: Resolve) -> str:
    """Return the words of a paragraph, heading or item as HTML; raise OtherMarkdownError."""
    if not _SPECIAL.search(markdown):
        return markdown
    return _INLINE.sub(lambda match: _html(match, resolve), markdown)


def _html(match: re.Match[str], resolve: Resolve) -> str:
    kind, text = match.lastgroup, match[0]
    if kind in ("entity", "tag"):
        return text
    if kind == "escaped":
        return text[1:]
    if kind == "target":
        return f'<a href="{resolve(match["target"])}">{inline_html(match["label"], resolve)}</a>'
    if kind == "strong":
        return f"<strong>{match['strong']}</strong>"
    if kind == "emphasis":
        return f"<em>{inline_html(match['emphasis'], resolve)}</em>"
    if kind == "line_break":
        return "<br />\n"
    raise OtherMarkdownError(text)
