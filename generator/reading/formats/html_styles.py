"""What the style sheet of a page says of its words: hidden, italic or bold, or a heading by size.

Only rules that hold on an ordinary screen count. A selector that the parser does not know, and a
rule that would hide most of the page, are left out: a script may show what it hides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(r"([^{};]{1,2000})(\{)|(\})|[^{};]+|;")
_PROPERTY = re.compile(
    r"(?<![\w-])(display|visibility|font-style|font-weight|font-size)\s*:\s*([^;!}]{1,60})"
)
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*", re.IGNORECASE)
_ID, _CLASS, _TAG = (re.compile(form) for form in (r"#[\w-]", r"[.\[:][\w-]", r"(?:^|[\s>+~])\w"))
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)(pt|px)")

_MAX_STYLES = 500_000
"""Characters of style sheets that are read."""

_MAX_RULES = 400
"""Rules that are applied; a page of a large site has some hundred that hide something."""

_MAX_HIDDEN = 0.3
"""The share of the words of a page above which a rule that hides them is not believed."""

_USUAL = 12.0
"""Points of letters of which no rule says the size."""

_MAX_HEADING = 120
"""Characters of a bold line that is a heading."""

_LEVELS = ((1.6, 1), (1.2, 2), (0.0, 3))
"""The level of a heading by the size of its letters, in that of usual ones."""


@dataclass(frozen=True, slots=True)
class PageStyles:
    """The elements of a page that its style sheet sets apart, by their numbers in the tree."""

    hidden: frozenset[int] = frozenset()
    emphasized: frozenset[int] = frozenset()
    headings: Mapping[int, int] = field(default_factory=dict)
    """The levels of paragraphs that look like headings."""


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: str
    properties: Mapping[str, str]
    is_for_some: bool
    """Whether it holds only on some screens; then it hides nothing."""

    @property
    def weight(self) -> tuple[int, int, int]:
        """How strong it is among rules for the same element."""
        ids, classes, tags = (len(form.findall(self.selector)) for form in (_ID, _CLASS, _TAG))
        return ids, classes, tags


def page_styles(tree: LexborHTMLParser, sheets: Iterable[str] = ()) -> PageStyles:
    """Return what the style sheets in a page, and `sheets` beside it, say of its words."""
    inside = (node.text() or "" for node in tree.css("style"))
    css = "\n".join((*sheets, *inside))[:_MAX_STYLES]
    found = _declared(tree, css) if "{" in css else {}
    if not found:
        return PageStyles()
    return PageStyles(
        frozenset(_hidden(tree, found)),
        frozenset(number for number, look in found.items() if _is_emphasized(look)),
        dict(_headings(tree, found)),
    )


def _declared(tree: LexborHTMLParser, css: str) -> dict[int, dict[str, str]]:
    """Return the properties of each element for which a rule has some, the strongest of each."""
    rules = sorted(_rules(css), key=lambda rule: rule.weight)
    found: dict[int, dict[str, str]] = {}
    for rule in rules[-_MAX_RULES:]:
        with suppress(SelectolaxError, ValueError):
            for node in tree.css(rule.selector):
                found.setdefault(node.mem_id, {}).update(rule.properties)
    return found


def _rules(css: str) -> Iterator[_Rule]:
    """Yield the rules with a property that counts, one for each selector."""
    around: list[str] = []
    start = 0
    css = _COMMENT.sub(" ", css)
    for match in _RULE.finditer(css):
        if match[2]:
            around.append(match[1].strip())
            start = match.end()
        elif match[3] and around:
            selectors = around.pop()
            if not selectors.startswith("@"):
                yield from _of(selectors, css[start : match.start()], around)


def _of(selectors: str, body: str, around: Iterable[str]) -> Iterator[_Rule]:
    properties = {name: value.strip() for name, value in _PROPERTY.findall(body.lower())}
    is_for_some = any(not _SCREEN.fullmatch(outer) for outer in around)
    if is_for_some:
        properties = {name: value for name, value in properties.items() if name == "display"}
        properties = {} if "none" in properties.values() or "print" in str(around) else properties
    if properties:
        for selector in selectors.split(","):
            yield _Rule(selector.strip(), properties, is_for_some)


def _is_hidden(look: Mapping[str, str]) -> bool:
    hidden = look.get("visibility") in {"hidden", "collapse"}
    return hidden or look.get("display", "").startswith("none")


def _hidden(tree: LexborHTMLParser, found: Mapping[int, Mapping[str, str]]) -> Iterator[int]:
    """Yield the hidden elements; one with much of the page may be shown by a script."""
    numbers = {number for number, look in found.items() if _is_hidden(look)}
    most = _MAX_HIDDEN * len(tree.body.text() if numbers and tree.body else "")
    for node in _elements(tree) if numbers else ():
        if node.mem_id in numbers and len(node.text()) <= most:
            yield node.mem_id


def _is_emphasized(look: Mapping[str, str]) -> bool:
    is_italic = look.get("font-style", "").startswith(("italic", "oblique"))
    return is_italic or _is_bold(look)


def _is_bold(look: Mapping[str, str]) -> bool:
    return look.get("font-weight", "") in {"bold", "bolder", "600", "700", "800", "900"}


def _headings(
    tree: LexborHTMLParser, found: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[int, int]]:
    """Yield paragraphs whose words are all in bold spans, with their levels."""
    for paragraph in tree.css("p"):
        words = " ".join((paragraph.text() or "").split())
        spans = [node for node in _children(paragraph) if (node.text() or "").strip()]
        looks = [found.get(span.mem_id, {}) for span in spans if span.tag == "span"]
        is_short = 0 < len(words) <= _MAX_HEADING and words[-1] not in ".,;:"
        if is_short and looks and len(looks) == len(spans) and all(map(_is_bold, looks)):
            size = max(map(_points, looks)) / _USUAL
            yield paragraph.mem_id, next(level for least, level in _LEVELS if size >= least)


def _points(look: Mapping[str, str]) -> float:
    match = _POINTS.match(look.get("font-size", ""))
    return _USUAL if match is None else float(match[1]) * (1 if match[2] == "pt" else 0.75)


def _elements(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    yield from tree.css("body *")


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next
