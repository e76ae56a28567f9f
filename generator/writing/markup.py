"""Plain text to Markdown that renders back to that very text, and front matter.

The only door through which words become Markdown. The law, held by tests with the site's own
extensions: what a browser shows of `paragraph(block)` is the block's text, to the letter.
"""

from __future__ import annotations

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
"""What front matter may hold: strings that are safe in HTML, numbers, lists, mappings."""

Meta = dict[str, MetaValue]

_BACKSLASHED = "*_[]#+-.!()"
"""Signs before which Python-Markdown honours a backslash; before any other it stays visible.

Braces are not among them: a plugin that takes a page for a template looks for `{%` and `{#` before
Markdown does, and a backslash in front of them means nothing to it.
"""

_OPENING = r"(?<=[\[(%#@])[\[(%#@]"
"""The second character of what else opens an expression in a template: `[[`, `(%`, `%%`, `[#`.

Projects choose such delimiters where `{{` means something to them already.
"""

_INLINE = re.compile(rf"[\\`|~^$&<>*_\[\]{{}}]|([=+])(?=\1)|:(?=[\w+-]+:)|(?<=\]):|{_OPENING}")
"""What can mean something anywhere in a line, in the extensions that sites commonly use."""

_IN_HEADING = re.compile(rf"#|{_INLINE.pattern}")
_LINE_START = re.compile(r"#[\[(%#@]*|[+\-=:!?/]|(?<=\d)[.)](?=\s|$)")
_NUMBER = re.compile(r"\d*")

_DENSE = 200
"""Signs to escape in a paragraph beyond which it is dense; prose has one in a hundred words."""

_SEEN_IN_HTML = re.compile(rf"[&<>{{}}]|{_OPENING}")
_SIGN = re.compile(r"[^\w\s]|_")
_NOT_PLAIN = re.compile(rf"[^\w/.:?#%,=-]|_|{_OPENING}")
"""Signs of an address that Markdown could see before it sees the link around them."""

PROVED = frozenset(
    # What MkDocs, Material and their users turn on; tests/writing/test_markup.py turns on all of
    # it at once. Not here are nl2br, smarty and others that change words without being asked to.
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
"""What means something to HTML, and what could open an expression in a template."""


def escape(words: str) -> str:
    """Escape words for use inside a line of Markdown."""
    return _INLINE.sub(lambda match: _escape(match[0]), words)


def escape_line(words: str) -> str:
    """Escape words that begin a line, where more signs have a meaning: lists, headings, rules."""
    sign = _LINE_START.match(words, _NUMBER.match(words).end())  # type: ignore[union-attr]
    if sign is None:
        return escape(words)
    begun = "".join(map(_escape, sign[0]))
    return words[: sign.start()] + begun + escape(words[sign.end() :])


@dataclass(frozen=True, slots=True)
class InternalLink:
    """A stretch of a block's text that leads to a page of ours."""

    start: int
    end: int
    page: str
    """From `urls`: it needs no escape."""
    index: str = ""
    """What its address has after the folder, where it is written as HTML."""

    @property
    def span(self) -> Span:
        """Where it stands in the block's text."""
        return Span(self.start, self.end)


def paragraph(
    block: Block, name: str, css_class: str = "", links: Sequence[InternalLink] = ()
) -> str:
    """Write a block as a paragraph with an id; its line feeds become line breaks.

    Web and mail addresses that the text prints become links, and so do those `links` that are
    `linkable`. Python-Markdown's cost grows with the square of the signs that are escaped in one
    paragraph (a megabyte of backticks takes three minutes), so a dense one is written as HTML
    instead.
    """
    if _is_dense(block):
        return _html(block, name, css_class, _DENSE_FORM, ())
    attributes = f"#{name} .{css_class}" if css_class else f"#{name}"
    return f"{''.join(_written(block, _MARKDOWN, links))}\n{{ {attributes} }}"


def usable_links(block: Block, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Choose the stretches of a block's text that can be links to pages of ours.

    Not in a dense paragraph, not across a line feed or the border of an emphasis, and not where
    another link is; `spans` are in the order of the text.
    """
    if _is_dense(block):
        return ()
    taken = deque(Span(one.start, one.end) for one in web_links.find_links(block.text))
    emphasis = deque(block.emphasis)
    chosen: list[Span] = []
    for span in spans:
        for passed in (taken, emphasis):
            while passed and passed[0].end <= span.start:
                passed.popleft()
        free = not taken or span.end <= taken[0].start
        apart = not chosen or chosen[-1].end <= span.start
        if free and apart and _fits(span, emphasis) and "\n" not in _words(block, span):
            chosen.append(span)
    return tuple(chosen)


def _fits(span: Span, emphasis: deque[Span]) -> bool:
    """A link stands before the next emphasis, or inside it."""
    if not emphasis or span.end <= emphasis[0].start:
        return True
    return emphasis[0].start <= span.start and span.end <= emphasis[0].end


def _words(block: Block, span: Span) -> str:
    return block.text[span.start : span.end]


def _is_dense(block: Block) -> bool:
    """Tell whether Markdown would have to look at very many places, one by one."""
    signs = len(_INLINE.findall(block.text))
    breaks = block.text.count("\n")
    addresses = block.text.count("://") + block.text.count("@")
    return signs + breaks + addresses + 2 * len(block.emphasis) > _DENSE


def html_paragraph(
    block: Block, name: str, css_class: str = "", links: Sequence[InternalLink] = ()
) -> str:
    """Write the same paragraph as one block of HTML, which Markdown passes on as it stands.

    Every sign in it is an entity, so that no extension, snippet or template finds anything to do.
    """
    return _html(block, name, css_class, _HTML_FORM, links)


def join_html_paragraphs(paragraphs: Iterable[str]) -> str:
    """Hold many HTML paragraphs together: Markdown takes the square of their number when apart."""
    return "\n".join((f'<div class="{WRAPPER_CLASS}">', *paragraphs, "</div>"))


def is_verified_with(extensions: Iterable[str]) -> bool:
    """Tell whether what this module writes is known to keep every word with these extensions."""
    return PROVED.issuperset(extensions)


def link(words: str, target: str) -> str:
    """Write a link to a page of ours; the target comes from `urls` and needs no escape."""
    return _bracketed(escape(words), target)


def escape_before_link(written: str) -> str:
    """Finish what is written before a link: an exclamation mark would make it a picture."""
    return re.sub(r"(?<!\\)!$", r"\\!", written)


def heading(level: int, words: str) -> str:
    """Write a heading; a number sign at its end would be taken for decoration."""
    return f"{'#' * level} {_IN_HEADING.sub(lambda match: _escape(match[0]), words)}"


def code(words: str) -> str:
    """Write words as a block of code, in which no builder finds anything to do."""
    return f"<pre><code>{_entities(words)}</code></pre>"


def span(css_class: str, markdown: str) -> str:
    """Set a stretch of Markdown apart within its line."""
    return f'<span class="{css_class}">{markdown}</span>'


def time(date: str, words: str) -> str:
    """Write a date that machines can read too; `date` is EDTF and needs no escape."""
    exact = bool(date) and date_forms.iso(date) == date  # what HTML takes for a date
    return f'<time datetime="{date}">{escape(words)}</time>' if exact else escape(words)


def block(css_class: str, sections: Iterable[str], tag: str = "div") -> str:
    """Set a part of a page apart, for the stylesheet."""
    inner = "\n\n".join(sections)
    return f'<{tag} class="{css_class}" markdown>\n\n{inner}\n\n</{tag}>'


def details(summary: str, terms: Iterable[tuple[str, str]]) -> str:
    """Write terms with what they mean, to be unfolded; HTML that Markdown passes on as it is."""
    pairs = (
        f"<dt><code>{_few_entities(one)}</code></dt><dd>{_few_entities(said)}</dd>"
        for one, said in terms
    )
    opening = f'<details class="sb-fold"><summary>{_few_entities(summary)}</summary>'
    return f"{opening}<dl>{''.join(pairs)}</dl></details>"


def html_safe(words: str) -> str:
    """Escape words for front matter, whose strings templates print into HTML as they stand.

    The theme takes these entities back where it writes JSON (partials/metadata.html).
    """
    return _IN_FRONT_MATTER.sub(_entity, " ".join(words.split()))


def in_html(words: str) -> str:
    """Escape words for HTML that Markdown passes on: for its text and its attributes alike."""
    return re.sub(rf"[{{}}]|{_OPENING}", _entity, escape(words))


def _entity(match: re.Match[str]) -> str:
    named = "&quot;" if match[0] == '"' else _HTML.get(match[0])
    return named or f"&#{ord(match[0])};"


def page(meta: Meta, body: str) -> bytes:
    """Write a whole page: front matter and Markdown, in UTF-8, ending in a line feed."""
    post = frontmatter.Post(body, None, **meta)
    written = frontmatter.dumps(post, Dumper=_DUMPER, sort_keys=False, width=1_000_000)
    return f"{written}\n".encode()


_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class _Form:
    """How the words of a paragraph are written."""

    text: Callable[[str], str]
    """Escapes words inside a line."""
    line: Callable[[str], str]
    """Escapes words that begin a line."""
    line_break: str
    emphasis: tuple[str, str]
    """What stands before and behind emphasised words."""
    inward: Callable[[str, InternalLink], str]
    """Makes a link to a page of ours of its words, already escaped."""


def _entities(words: str) -> str:
    return _SIGN.sub(lambda match: _HTML.get(match[0]) or f"&#{ord(match[0])};", words)


def _few_entities(words: str) -> str:
    """What the extensions in `PROVED` see even in HTML: a megabyte of other signs stays one."""
    return _SEEN_IN_HTML.sub(lambda match: _HTML.get(match[0]) or f"&#{ord(match[0])};", words)


def _html(
    block: Block, name: str, css_class: str, form: _Form, links: Sequence[InternalLink]
) -> str:
    attributes = f'id="{name}" class="{css_class}"' if css_class else f'id="{name}"'
    return f"<p {attributes}>{''.join(_written(block, form, links))}</p>"


def _escape(sign: str) -> str:
    if sign in _BACKSLASHED:
        return f"\\{sign}"
    return _HTML.get(sign) or f"&#{ord(sign)};"


def _markdown_link(inside: str, link: InternalLink) -> str:
    return _bracketed(inside, link.page)


def _bracketed(inside: str, page: str) -> str:
    """The bracket in front of the words could open an expression together with their first."""
    apart = re.sub(r"^[%#@(]", _entity, inside)
    return f"[{apart}]({page})"


def _html_link(inside: str, link: InternalLink) -> str:
    """Builders follow no file in HTML: the page is meant as browsers see it."""
    return f'<a href="{link.page.removesuffix("index.md")}{link.index}">{inside}</a>'


_MARKDOWN = _Form(escape, escape_line, "  \n", ("*", "*"), _markdown_link)
_DENSE_FORM = _Form(_few_entities, _few_entities, "<br>\n", ("<em>", "</em>"), _html_link)
_HTML_FORM = _Form(_entities, _entities, "<br>\n", ("<em>", "</em>"), _html_link)


def _written(block: Block, form: _Form, inward: Sequence[InternalLink] = ()) -> Iterator[str]:
    """The block's text in order, its emphasised stretches marked."""
    free = frozenset(usable_links(block, (one.span for one in inward)))
    ours = [one for one in inward if one.span in free]
    found: list[WebLink | InternalLink] = [*web_links.find_links(block.text), *ours]
    links = deque(sorted(found, key=lambda link: link.start))
    position = 0
    for span in block.emphasis:
        yield from _linked(block.text, Span(position, span.start), links, form)
        yield form.emphasis[0]
        yield from _linked(block.text, span, links, form)
        yield form.emphasis[1]
        position = span.end
    yield from _linked(block.text, Span(position, len(block.text)), links, form)


def _linked(
    words: str, span: Span, links: deque[WebLink | InternalLink], form: _Form
) -> Iterator[str]:
    """A stretch of the text with the links that lie in it; one across its border is none."""
    position = span.start
    while links and links[0].start < span.end:
        link = links.popleft()
        if position <= link.start and link.end <= span.end:
            before = _lines(words, Span(position, link.start), form)
            inside = _lines(words, Span(link.start, link.end), form)
            if isinstance(link, InternalLink):
                yield escape_before_link(before) + form.inward(inside, link)
            else:
                href = attribute(link.href)
                yield f'{before}<a href="{href}" rel="{EXTERNAL_LINK_REL}">{inside}</a>'
            position = link.end
    yield _lines(words, Span(position, span.end), form)


def _lines(words: str, span: Span, form: _Form) -> str:
    first, *others = words[span.start : span.end].split("\n")
    begun = form.line(first) if span.start == 0 else form.text(first)
    return form.line_break.join([begun, *map(form.line, others)])


def attribute(href: str) -> str:
    """Write an address for an attribute in HTML, so that Markdown sees nothing in it."""
    return _NOT_PLAIN.sub(lambda match: f"&#{ord(match[0])};", href)
