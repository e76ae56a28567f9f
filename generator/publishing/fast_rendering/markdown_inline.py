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


INLINE_TAGS = "(?:span|time|bdi|em|strong|a|q)"
"""The elements inside a line."""

ENTITY = r"&(?:[a-zA-Z0-9]+|\#[0-9]+|\#x[0-9a-fA-F]+);"

_LINE_BREAK = "\x02"
"""Two spaces and a line feed, as one character that no text has here."""

_SIGNS = r"\\&\[\]<>*_`{}|\x02"
_SPECIAL = re.compile(f"[{_SIGNS}]")
"""What can have a meaning inside a line."""

_TAG = rf'</?{INLINE_TAGS}(?:\ [a-z-]+="[^"<>\\`\[\]()|\n]*")*>'

_INLINE = re.compile(
    # The first character is outside the group, so that the search for it is fast.
    rf"""
    (?P<sign>{_SPECIAL.pattern})(?:
      (?<=\\) (?P<escaped>[*_{{}}\[\]()\#+.!-])
    | (?P<as_is>(?:(?<=&){ENTITY[1:]}|(?<=<){_TAG[1:]})(?:[^{_SIGNS}]*+(?:{ENTITY}|{_TAG}))*)
    | (?<=\[)(?:(?<!!\[)|(?<=\\!\[)) (?P<label>(?:\\.|[^\[\]\\])+)
          \]\((?P<target>[\w./%~-]+(?:\#[\w.-]+)?)\)
    | (?<=\*)(?<!\*\*) \*(?P<strong>\w+)\*\*(?!\*)
    | (?<=\*) (?P<emphasis>(?:\\.|[^*\\\s])(?:(?:\\.|[^*\\])*(?:\\.|[^*\\\s]))?)\*(?!\*)
    | (?<=\x02) (?P<line_break>)
    )?
    """,
    re.VERBOSE,
)


def inline_html(markdown: str, resolve: Resolve) -> str:
    """Return the words of a paragraph, heading or item as HTML; raise OtherMarkdownError.

    A line feed is a line break after two spaces, and none after other than one space.
    """
    words = markdown
    if "\n" in words:
        words = words.replace("  \n", _LINE_BREAK)
        if _OTHER_LINE_END.search(words):
            raise OtherMarkdownError(markdown)
    return _words(words, resolve)


_OTHER_LINE_END = re.compile(r"\s[\n\x02]|\x02\n|[\n\x02]\s")


def _words(words: str, resolve: Resolve) -> str:
    if not _SPECIAL.search(words):
        return words
    return _INLINE.sub(lambda match: _html(match, resolve), words)


def _html(match: re.Match[str], resolve: Resolve) -> str:
    kind = match.lastgroup
    if kind == "as_is":
        return match[0]
    if kind == "target":
        return f'<a href="{resolve(match["target"])}">{_words(match["label"], resolve)}</a>'
    if kind == "escaped":
        return match["escaped"]
    if kind == "emphasis":
        return f"<em>{_words(match['emphasis'], resolve)}</em>"
    if kind == "strong":
        return f"<strong>{match['strong']}</strong>"
    if kind == "line_break":
        return "<br />\n"
    raise OtherMarkdownError(match[0])
