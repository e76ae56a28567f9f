"""Plain text to Markdown that renders to exactly that text, and front matter.

The only module that writes words as Markdown. Tests with the site's own extensions check its
promise: a browser shows `paragraph(block)` as exactly the block's text.
"""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import frontmatter
import yaml

from generator.model import Block, Span
from generator.model.pages import EXTERNAL_LINK_REL, WRAPPER_CLASS
from generator.text import web_links
from generator.text.web_links import WebLink
from generator.writing import date_forms

MetaValue = str | int | list[str] | Mapping[str, str] | list[dict[str, str]]
"""Values of front matter: strings that are safe in HTML, numbers, lists, mappings."""

Meta = dict[str, MetaValue]

_BACKSLASHED = "*_[]#+-.!()"
"""Characters that Python-Markdown lets a backslash escape; before any other it stays visible.

Braces are not among them: a plugin that takes a page for a template looks for `{%` and `{#` before
Markdown does, and ignores a backslash before them.
"""

_OPENING = r"(?<=[\[(%#@])[\[(%#@]"
"""The second character of other openings of an expression in a template: `[[`, `(%`, `%%`, `[#`.

Projects choose such delimiters if they already use `{{` for something else.
"""

_INLINE = re.compile(rf"[\\`|~^$&<>*_\[\]{{}}]|([=+])(?=\1)|:(?=[\w+-]+:)|(?<=\]):|{_OPENING}")
"""Characters with a meaning anywhere in a line, in the extensions that sites commonly use."""

_IN_HEADING = re.compile(rf"#|{_INLINE.pattern}")
_LINE_START = re.compile(r"#[\[(%#@]*|[+\-=:!?/]|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d*")

_DENSE = 200
"""Characters to escape above which a paragraph is dense; prose has one in a hundred words."""

_SPECIAL_IN_HTML = re.compile(rf"[&<>{{}}]|{_OPENING}")
_NOT_WORD = re.compile(r"[^\w\s]|_")
_NOT_PLAIN = re.compile(rf"[^\w/.:?#%,=-]|_|{_OPENING}")
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

_IN_FRONT_MATTER = re.compile(rf'[&<>"{{}}]|{_OPENING}')
"""Characters with a meaning in HTML, or that could open an expression in a template."""


def escape(words: str) -> str:
    """Escape words for use inside a line of Markdown."""
    return _INLINE.sub(lambda match: _escape(match[0]), words)


def escape_line(words: str) -> str:
    """Escape words that begin a line, where lists, headings and rules have a meaning too."""
    start = _LINE_START.match(words, _NUMBER.match(words).end())  # type: ignore[union-attr]
    if start is None:
        return escape(words)
    escaped = "".join(map(_escape, start[0]))
    return words[: start.start()] + escaped + escape(words[start.end() :])


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A span of a block's text that links to a page of the site."""

    start: int
    end: int
    page: str
    """A path from `urls`, which needs no escape."""
    index: str = ""
    """What its address has after the folder in HTML."""

    @property
    def span(self) -> Span:
        """The span in the block's text."""
        return Span(self.start, self.end)


def paragraph(
    block: Block, name: str, css_class: str = "", links: Sequence[InternalLink] = ()
) -> str:
    """Return a block as a paragraph with an id; its line feeds become line breaks.

    Web and mail addresses in the text become links, and so do the `usable_links` of `links`.
    Python-Markdown's cost grows with the square of the characters that are escaped in one paragraph
    (a megabyte of backticks takes three minutes), so a dense one is written as HTML instead.
    """
    if _is_dense(block):
        return _html(block, name, css_class, _DENSE_HTML, ())
    attributes = f"#{name} .{css_class}" if css_class else f"#{name}"
    return f"{''.join(_render(block, _MARKDOWN, links))}\n{{ {attributes} }}"


def usable_links(block: Block, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Choose the spans of a block's text that can be links to pages of the site.

    A link cannot be in a dense paragraph, cross a line feed or the border of an emphasis, or
    overlap another link. `spans` must be in the order of the text.
    """
    if _is_dense(block):
        return ()
    taken = deque(Span(link.start, link.end) for link in web_links.find_links(block.text))
    emphasis = deque(block.emphasis)
    chosen: list[Span] = []
    for span in spans:
        for upcoming in (taken, emphasis):
            while upcoming and upcoming[0].end <= span.start:
                upcoming.popleft()
        is_free = not taken or span.end <= taken[0].start
        is_separate = not chosen or chosen[-1].end <= span.start
        if is_free and is_separate and _fits(span, emphasis) and "\n" not in _words(block, span):
            chosen.append(span)
    return tuple(chosen)


def _fits(span: Span, emphasis: deque[Span]) -> bool:
    """Whether a link is before the next emphasis, or inside it."""
    if not emphasis or span.end <= emphasis[0].start:
        return True
    return emphasis[0].start <= span.start and span.end <= emphasis[0].end


def _words(block: Block, span: Span) -> str:
    return block.text[span.start : span.end]


def _is_dense(block: Block) -> bool:
    """Whether Markdown would have to process very many characters one by one."""
    special = len(_INLINE.findall(block.text))
    breaks = block.text.count("\n")
    addresses = block.text.count("://") + block.text.count("@")
    return special + breaks + addresses + 2 * len(block.emphasis) > _DENSE


def html_paragraph(
    block: Block, name: str, css_class: str = "", links: Sequence[InternalLink] = ()
) -> str:
    """Return a paragraph as one block of HTML, which Markdown passes on unchanged.

    Every special character is an entity, so that no extension, snippet or template changes it.
    """
    return _html(block, name, css_class, _ESCAPED_HTML, links)


def join_html_paragraphs(paragraphs: Iterable[str]) -> str:
    """Return HTML paragraphs as one block: apart, they take quadratic time in Markdown."""
    return "\n".join((f'<div class="{WRAPPER_CLASS}">', *paragraphs, "</div>"))


def is_verified_with(extensions: Iterable[str]) -> bool:
    """Whether tests verify that text from this module keeps every word with these extensions."""
    return VERIFIED_EXTENSIONS.issuperset(extensions)


def link(words: str, target: str) -> str:
    """Return a link to a page of the site; the target comes from `urls` and needs no escape."""
    return _bracketed(escape(words), target)


def escape_before_link(markdown: str) -> str:
    """Escape an exclamation mark before a link, which would turn the link into an image."""
    return re.sub(r"(?<!\\)!$", r"\\!", markdown)


def heading(level: int, words: str) -> str:
    """Return a heading; a number sign at its end would not be shown, so it is escaped."""
    return f"{'#' * level} {_IN_HEADING.sub(lambda match: _escape(match[0]), words)}"


def code(words: str) -> str:
    """Return words as a block of code in HTML, which builders do not change."""
    return f"<pre><code>{_entities(words)}</code></pre>"


def span(css_class: str, markdown: str) -> str:
    """Return Markdown within a `span` element."""
    return f'<span class="{css_class}">{markdown}</span>'


def time(date: str, words: str) -> str:
    """Return a date that programs can read too; `date` is EDTF and needs no escape."""
    is_valid_in_html = bool(date) and date_forms.iso(date) == date
    return f'<time datetime="{date}">{escape(words)}</time>' if is_valid_in_html else escape(words)


def block(css_class: str, sections: Iterable[str], tag: str = "div") -> str:
    """Return sections within an element of a CSS class."""
    inner = "\n\n".join(sections)
    return f'<{tag} class="{css_class}" markdown>\n\n{inner}\n\n</{tag}>'


def details(summary: str, terms: Iterable[tuple[str, str]]) -> str:
    """Return terms and their meanings in a `details` element, as one block of HTML."""
    pairs = (
        f"<dt><code>{_few_entities(term)}</code></dt><dd>{_few_entities(meaning)}</dd>"
        for term, meaning in terms
    )
    opening = f'<details class="sb-fold"><summary>{_few_entities(summary)}</summary>'
    return f"{opening}<dl>{''.join(pairs)}</dl></details>"


def html_safe(words: str) -> str:
    """Escape words for front matter, whose strings templates print into HTML unchanged.

    The theme decodes these entities where it writes JSON (partials/metadata.html).
    """
    return _IN_FRONT_MATTER.sub(_entity, " ".join(words.split()))


def escape_html(words: str) -> str:
    """Escape words for the text and the attributes of HTML that Markdown passes on."""
    return re.sub(rf"[{{}}]|{_OPENING}", _entity, html.escape(words))


def _entity(match: re.Match[str]) -> str:
    named = "&quot;" if match[0] == '"' else _HTML.get(match[0])
    return named or f"&#{ord(match[0])};"


def page(meta: Meta, body: str) -> bytes:
    """Return a whole page: front matter and Markdown in UTF-8, with a line feed at the end."""
    post = frontmatter.Post(body, None, **meta)
    text = frontmatter.dumps(post, Dumper=_DUMPER, sort_keys=False, width=1_000_000)
    return f"{text}\n".encode()


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class _Syntax:
    """The functions that write a paragraph in Markdown or in HTML."""

    text: Callable[[str], str]
    """Escapes words inside a line."""
    line: Callable[[str], str]
    """Escapes words that begin a line."""
    line_break: str
    emphasis: tuple[str, str]
    """Text before and after emphasised words."""
    internal_link: Callable[[str, InternalLink], str]
    """Returns a link to a page of the site; its words are already escaped."""


def _entities(words: str) -> str:
    return _NOT_WORD.sub(lambda match: _HTML.get(match[0]) or f"&#{ord(match[0])};", words)


def _few_entities(words: str) -> str:
    """Escape only what `VERIFIED_EXTENSIONS` interpret in HTML; other text keeps its size."""
    return _SPECIAL_IN_HTML.sub(lambda match: _HTML.get(match[0]) or f"&#{ord(match[0])};", words)


def _html(
    block: Block, name: str, css_class: str, syntax: _Syntax, links: Sequence[InternalLink]
) -> str:
    attributes = f'id="{name}" class="{css_class}"' if css_class else f'id="{name}"'
    return f"<p {attributes}>{''.join(_render(block, syntax, links))}</p>"


def _escape(character: str) -> str:
    if character in _BACKSLASHED:
        return f"\\{character}"
    return _HTML.get(character) or f"&#{ord(character)};"


def _markdown_link(words: str, link: InternalLink) -> str:
    return _bracketed(words, link.page)


def _bracketed(words: str, page: str) -> str:
    """Return a link whose bracket opens no expression together with its first character."""
    escaped = re.sub(r"^[%#@(]", _entity, words)
    return f"[{escaped}]({page})"


def _html_link(words: str, link: InternalLink) -> str:
    """Return a link to the published page: builders do not resolve file names in HTML."""
    return f'<a href="{link.page.removesuffix("index.md")}{link.index}">{words}</a>'


_MARKDOWN = _Syntax(escape, escape_line, "  \n", ("*", "*"), _markdown_link)
_DENSE_HTML = _Syntax(_few_entities, _few_entities, "<br>\n", ("<em>", "</em>"), _html_link)
_ESCAPED_HTML = _Syntax(_entities, _entities, "<br>\n", ("<em>", "</em>"), _html_link)


def _render(
    block: Block, syntax: _Syntax, internal_links: Sequence[InternalLink] = ()
) -> Iterator[str]:
    """Yield the block's text in order, with emphasis and links."""
    usable = frozenset(usable_links(block, (link.span for link in internal_links)))
    internal = [link for link in internal_links if link.span in usable]
    unsorted: list[WebLink | InternalLink] = [*web_links.find_links(block.text), *internal]
    links = deque(sorted(unsorted, key=lambda link: link.start))
    position = 0
    for span in block.emphasis:
        yield from _with_links(block.text, Span(position, span.start), links, syntax)
        yield syntax.emphasis[0]
        yield from _with_links(block.text, span, links, syntax)
        yield syntax.emphasis[1]
        position = span.end
    yield from _with_links(block.text, Span(position, len(block.text)), links, syntax)


def _with_links(
    words: str, span: Span, links: deque[WebLink | InternalLink], syntax: _Syntax
) -> Iterator[str]:
    """Yield a span of the text with its links; one that crosses its border is left out."""
    position = span.start
    while links and links[0].start < span.end:
        link = links.popleft()
        if position <= link.start and link.end <= span.end:
            before = _lines(words, Span(position, link.start), syntax)
            inside = _lines(words, Span(link.start, link.end), syntax)
            if isinstance(link, InternalLink):
                yield escape_before_link(before) + syntax.internal_link(inside, link)
            else:
                href = attribute(link.href)
                yield f'{before}<a href="{href}" rel="{EXTERNAL_LINK_REL}">{inside}</a>'
            position = link.end
    yield _lines(words, Span(position, span.end), syntax)


def _lines(words: str, span: Span, syntax: _Syntax) -> str:
    first, *others = words[span.start : span.end].split("\n")
    start = syntax.line(first) if span.start == 0 else syntax.text(first)
    return syntax.line_break.join([start, *map(syntax.line, others)])


def attribute(href: str) -> str:
    """Escape an address for an attribute in HTML so that Markdown does not interpret it."""
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", href)
