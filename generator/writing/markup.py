"""Plain text to Markdown that renders to exactly that text, and front matter.

The only module that writes words as Markdown. Tests with the site's own extensions check its
promise: a browser shows `paragraph(block)` as exactly the block's text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from generator.model.pages import WRAPPER_CLASS
from generator.writing import date_forms
from generator.writing.front_matter import Meta, front_matter

_BACKSLASHED = "*_[]#+-.!()"
"""Characters that Python-Markdown lets a backslash escape; before any other it stays visible.

Braces are not among them: a plugin that takes a page for a template looks for `{%` and `{#` before
Markdown does, and ignores a backslash before them.
"""

_BRACKETS = r"\[(%#@"
_OPENING = rf"(?<=[{_BRACKETS}][{_BRACKETS}])"
"""The second character of other openings of an expression in a template: `[[`, `(%`, `%%`, `[#`.

Projects choose such delimiters if they already use `{{` for something else.
"""


def _special(always: str, other: str = "", *conditions: str) -> re.Pattern[str]:
    """Return a pattern of one character: any of `always`, or one of which a condition holds.

    Conditions look at what is before and after its end. A pattern that begins with a set of
    characters is found several times as fast as one of alternatives.
    """
    holds = "|".join((f"(?<=[{always}])", *conditions, _OPENING))
    return re.compile(f"[{always}{other}{_BRACKETS}](?:{holds})")


_ANYWHERE = r"\\`|~^$&<>*_\[\]{}"
_REPEATED = (r"(?<==)(?==)", r"(?<=\+)(?=\+)")
_COLONS = (r"(?<=:)(?=[\w+-]+:)", r"(?<=\]:)")

_INLINE = _special(_ANYWHERE, "=+:", *_REPEATED, *_COLONS)
"""Characters with a meaning anywhere in a line, in the extensions that sites commonly use."""

_PLAIN_IN_ASCII = re.sub(f"[{_ANYWHERE}=+:{_BRACKETS}]", "", "".join(map(chr, range(128)))).encode()
"""To look for other characters takes a tenth of the time that the pattern takes."""

_IN_HEADING = _special(f"#{_ANYWHERE}", "=+:", *_REPEATED, *_COLONS)
_LINE_START = re.compile(r"#[\[(%#@]*|[+\-=:!?/]|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d*")

_IN_ESCAPED_HTML = _special("{}")
_SPECIAL_IN_HTML = _special("&<>{}")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_NOT_PLAIN = re.compile(rf"[^\w/.:?#%,=-]|_|[{_BRACKETS}]{_OPENING}")
"""Characters of an address that Markdown could interpret before the link around them."""

VERIFIED_EXTENSIONS = frozenset(
    # Extensions that MkDocs, Material and their users turn on; tests/writing/test_markup.py turns
    # all of them on at once. nl2br, smarty and others that change any text are not among them.
    [
        *"abbr admonition attr_list def_list fenced_code footnotes md_in_html".split(),
        *"sane_lists tables toc wikilinks".split(),
        *(
            f"pymdownx.{name}"
            for name in """
            arithmatex betterem blocks.admonition blocks.caption blocks.definition blocks.details
            blocks.html blocks.tab caret critic details emoji highlight inlinehilite keys mark
            progressbar quotes saneheaders snippets superfences tabbed tasklist tilde
            """.split()
        ),
    ]
)

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

_IN_FRONT_MATTER = _special('&<>"{}')
"""Characters with a meaning in HTML, or that could open an expression in a template."""


def escape(words: str) -> str:
    """Escape words for use inside a line of Markdown."""
    return _INLINE.sub(lambda match: _escape(match[0]), words)


def escape_line(words: str) -> str:
    """Escape words that begin a line, where lists, headings and rules have a meaning too."""
    return _begin_line(words, _escape)


def text_entities(words: str) -> str:
    """Write what Markdown could interpret inside a line as entities, for HTML among Markdown."""
    return _INLINE.sub(lambda match: _as_entity(match[0]), words)


def line_entities(words: str) -> str:
    """Write what Markdown could interpret in a whole line as entities."""
    return _begin_line(words, _as_entity)


def _begin_line(words: str, escape_character: Callable[[str], str]) -> str:
    """Escape a line, with the characters that have a meaning only at its beginning."""
    start = _LINE_START.match(words, _NUMBER.match(words).end())  # type: ignore[union-attr]
    position = start.start() if start else 0
    inside = start.end() if start else 0
    escaped = "".join(map(escape_character, start[0])) if start else ""
    rest = _INLINE.sub(lambda match: escape_character(match[0]), words[inside:])
    return words[:position] + escaped + rest


def has_more_special(words: str, limit: int) -> bool:
    """Whether `escape` escapes more characters or pairs of them than a number."""
    others = words.encode(errors="surrogatepass").translate(None, _PLAIN_IN_ASCII)
    return len(others) > limit and len(_INLINE.findall(words)) > limit


def join_html_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return HTML paragraphs as one block: apart, they take quadratic time in Markdown."""
    return "\n".join((f'<div class="{WRAPPER_CLASS}">', *paragraphs, "</div>"))


def is_verified_with(extensions: Iterable[str]) -> bool:
    """Whether tests verify that text from this module keeps every word with these extensions."""
    return VERIFIED_EXTENSIONS.issuperset(extensions)


def link(words: str, target: str) -> str:
    """Return a link to a page of the site; the target comes from `urls` and needs no escape."""
    return bracketed(escape(words), target)


def escape_before_link(markdown: str) -> str:
    """Escape an exclamation mark before a link, which would turn the link into an image."""
    is_possible = "!" in markdown[-2:]  # most words before links end otherwise
    return re.sub(r"(?<!\\)!$", r"\\!", markdown) if is_possible else markdown


def heading(level: int, words: str) -> str:
    """Return a heading; a number sign at its end would not be shown, so it is escaped."""
    return f"{'#' * level} {_IN_HEADING.sub(lambda match: _escape(match[0]), words)}"


def code(words: str) -> str:
    """Return words as a block of code in HTML, which builders do not change."""
    return f"<pre><code>{entities(words)}</code></pre>"


def span(css_class: str, markdown: str) -> str:
    """Return Markdown within a `span` element."""
    return f'<span class="{css_class}">{markdown}</span>'


def time(date: str, words: str) -> str:
    """Return a date that programs can read too; `date` is EDTF and needs no escape."""
    is_valid_in_html = bool(date) and date_forms.iso(date) == date
    return f'<time datetime="{date}">{escape(words)}</time>' if is_valid_in_html else escape(words)


def block(css_class: str, sections: Iterable[str], tag: str = "div") -> str:
    """Return sections within an element of a CSS class, or of none."""
    inner = "\n\n".join(sections)
    opening = f'{tag} class="{css_class}"' if css_class else tag
    return f"<{opening} markdown>\n\n{inner}\n\n</{tag}>"


def details(summary: str, terms: Iterable[tuple[str, str]]) -> str:
    """Return terms and their meanings in a `details` element, as one block of HTML."""
    pairs = (
        f"<dt><code>{few_entities(term)}</code></dt><dd>{few_entities(meaning)}</dd>"
        for term, meaning in terms
    )
    opening = f'<details class="sb-fold"><summary>{few_entities(summary)}</summary>'
    return f"{opening}<dl>{''.join(pairs)}</dl></details>"


def html_safe(words: str) -> str:
    """Escape words for front matter, whose strings templates print into HTML unchanged.

    The theme decodes these entities where it writes JSON (partials/json.html).
    """
    return _IN_FRONT_MATTER.sub(_entity, " ".join(words.split()))


def escape_html(words: str) -> str:
    """Escape words for the text and the attributes of HTML that Markdown passes on."""
    return _IN_ESCAPED_HTML.sub(_entity, html.escape(words))


def _entity(match: re.Match[str]) -> str:
    named = "&quot;" if match[0] == '"' else _HTML.get(match[0])
    return named or f"&#{ord(match[0])};"


def page(meta: Meta, body: str) -> bytes:
    """Return a whole page: front matter and Markdown in UTF-8, with a line feed at the end."""
    text = f"---\n{front_matter(meta)}\n---\n\n{body}".strip()
    return f"{text}\n".encode()


def entities(words: str) -> str:
    """Write every character that is no letter, figure or space as an entity."""
    return _NOT_WORD.sub(lambda match: _as_entity(match[0]), words)


def few_entities(words: str) -> str:
    """Escape only what `VERIFIED_EXTENSIONS` interpret in HTML; other text keeps its size."""
    return _SPECIAL_IN_HTML.sub(lambda match: _as_entity(match[0]), words)


def _escape(character: str) -> str:
    return f"\\{character}" if character in _BACKSLASHED else _as_entity(character)


def _as_entity(character: str) -> str:
    return _HTML.get(character) or f"&#{ord(character)};"


def bracketed(words: str, page: str) -> str:
    """Return a link whose bracket opens no expression together with its first character."""
    escaped = re.sub(r"^[%#@(]", _entity, words)
    return f"[{escaped}]({page})"


def attribute(href: str) -> str:
    """Escape an address for an attribute in HTML so that Markdown does not interpret it."""
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", href)
