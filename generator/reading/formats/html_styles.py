"""What the style sheet of a page says of its words: hidden, italic or bold, or a heading by size.

Only rules that hold on an ordinary screen count. A selector that the parser does not know, and a
rule that would hide most of the page, are left out: a script may show what it hides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from generator.reading.formats.colours import BLACK, WHITE, css_colour, is_clear

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PIECE = re.compile(r"([^{};]{1,2000})(\{)|(\})|[^{};]+|;")
_PROPERTY = re.compile(r"(?:^|[;{])\s*([a-z-]{3,20})\s*:\s*([^;!}]{1,80})")
_SELECTOR = re.compile(r"""(?:[\w\s.#*>+~-]|\[[\w\s"'~^$*|=.-]{1,80}\]){1,200}""")
"""Selectors that are applied: elements, classes, ids and attributes, in and beside each other."""

_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*|@layer\b[^{]*", re.IGNORECASE)
_ID, _CLASS, _TAG = (re.compile(form) for form in (r"#[\w-]", r"[.\[:][\w-]", r"(?:^|[\s>+~])\w"))
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)(pt|px)")

Look = Mapping[str, str]
"""The properties of an element that its styles set."""

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


class _Unseen(msgspec.Struct, frozen=True):
    """A way to put words on a page that nobody sees."""

    name: str
    holds: Callable[[Look], bool]


_PLACES = ("left", "right", "top", "bottom", "text-indent", "margin-left")
_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|vw|%)|-\d{2,}(?:em|rem)")
_NOTHING = re.compile(r"(?:0|1px|0?\.0*1?)(?:px|pt|em|rem|%)?")
_NO_CLIP = re.compile(
    r"rect\((?:[01](?:px)?[\s,]*){4}\)|inset\((?:50|100)%\)|circle\(0(?:px|%)?(?: at [^()]*)?\)"
)
_NO_SCALE = re.compile(r"scale[xy]?\(0(?:\.0+)?\)")
_MOVED = re.compile(r"translate[xy]?\([^()]{0,20}-\d{4,}px[^()]{0,20}\)")
_NO_FONT = re.compile(r"0(?:px|pt)?(?:/.*| .*)")
_GROUND = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^()]{5,60}\)|[a-z]+")
_INLINE = frozenset("b em font i mark small span strong u".split())


def _has(form: re.Pattern[str], *names: str) -> Callable[[Look], bool]:
    """Return whether one of these properties has such a value."""
    return lambda look: any(form.fullmatch(look.get(name, "")) for name in names)


def _ground(look: Look) -> str:
    """Return the colour below the words of an element; empty if it states none."""
    match = _GROUND.match(look.get("background-color") or look.get("background", ""))
    return match[0] if match else ""


def _is_in_its_ground(look: Look) -> bool:
    ink, ground = look.get("color", "?"), _ground(look)
    colours = css_colour(ink), css_colour(ground)
    is_like = all(colours) and colours[0] is not None and colours[0].is_like(colours[1] or WHITE)
    return ink == ground or is_like


_IS_SMALL = _has(_NOTHING, "height", "max-height", "width", "max-width")

UNSEEN = (
    _Unseen("not displayed", lambda look: look.get("display", "").startswith("none")),
    _Unseen("hidden in Outlook", lambda look: look.get("mso-hide") == "all"),
    _Unseen("without content", lambda look: look.get("content-visibility") == "hidden"),
    _Unseen("not visible", lambda look: look.get("visibility") in {"hidden", "collapse"}),
    _Unseen("transparent", lambda look: look.get("opacity", "1").rstrip("0.%") == ""),
    _Unseen("in a clear colour", lambda look: is_clear(look.get("color", ""))),
    _Unseen("without size", _has(_NOTHING, "font-size")),
    _Unseen("in a font without size", _has(_NO_FONT, "font")),
    _Unseen("scaled to nothing", _has(_NO_SCALE, "transform", "scale")),
    _Unseen("beside the page", _has(_AWAY, *_PLACES)),
    _Unseen("moved away", _has(_MOVED, "transform")),
    _Unseen("clipped", _has(_NO_CLIP, "clip", "clip-path")),
    _Unseen(
        "in no room",
        lambda look: look.get("overflow") in {"hidden", "clip"} and _IS_SMALL(look),
    ),
    _Unseen("in the colour of their ground", _is_in_its_ground),
)
"""Each has its cases in `tests/cases/unseen_words.yml`."""


class PageStyles(msgspec.Struct, frozen=True):
    """The elements of a page that its style sheet sets apart, by their numbers in the tree."""

    hidden: frozenset[int] = frozenset()
    emphasized: frozenset[int] = frozenset()
    headings: Mapping[int, int] = msgspec.field(default_factory=dict)
    """The levels of paragraphs that look like headings."""


class _Rule(msgspec.Struct, frozen=True):
    selector: str
    properties: Look

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
    for node in tree.css("font[color]"):
        colour = (node.attributes.get("color") or "").lower()
        found.setdefault(node.mem_id, {}).setdefault("color", colour)
    for node in tree.css("[style]"):
        found.setdefault(node.mem_id, {}).update(look_of(node))
    if not found:
        return PageStyles()
    if not _has_ground(tree, css):
        for look in found.values():
            look.setdefault("background-color", look.get("background", "white"))
    hidden = frozenset(_hidden(tree, found))
    return PageStyles(
        hidden,
        frozenset(number for number, look in found.items() if _is_emphasized(look)),
        dict(_headings(tree, found)),
    )


def _has_ground(tree: LexborHTMLParser, css: str) -> bool:
    """Whether a page may have another colour than white; sheets that are not here may say so."""
    signs = "[bgcolor], [background], [style*=background], link[rel~=stylesheet]"
    return "background" in css or tree.css_first(signs) is not None


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
    for match in _PIECE.finditer(css):
        if match[2]:
            around.append(match[1].strip())
            start = match.end()
        elif match[3] and around:
            selectors = around.pop()
            if not selectors.startswith("@"):
                yield from _of(selectors, css[start : match.start()], around)


def _of(selectors: str, body: str, around: Iterable[str]) -> Iterator[_Rule]:
    properties = _properties(body)
    if any(not _SCREEN.fullmatch(outer) for outer in around):
        # What holds only on some screens hides nothing.
        properties = {name: value for name, value in properties.items() if name == "display"}
        properties = {} if "none" in properties.values() or "print" in str(around) else properties
    if properties:
        for selector in selectors.split(","):
            if _SELECTOR.fullmatch(selector):
                yield _Rule(selector.strip(), properties)


def _properties(body: str) -> dict[str, str]:
    return {name: value.strip() for name, value in _PROPERTY.findall(body.lower())}


def look_of(node: LexborNode) -> dict[str, str]:
    """Return what an element says of itself."""
    return _properties(_COMMENT.sub("", node.attributes.get("style") or ""))


def _is_unseen(look: Look) -> bool:
    return any(way.holds(look) for way in UNSEEN)


def _hidden(tree: LexborHTMLParser, found: Mapping[int, Look]) -> Iterator[int]:
    """Yield the hidden elements; what a sheet hides of most of the page a script may show."""
    numbers = {number for number, look in found.items() if _is_unseen(look)}
    most = _MAX_HIDDEN * len(tree.body.text() if numbers and tree.body else "")
    for node in tree.css("body *") if numbers else ():
        is_own = node.mem_id in numbers and (node.tag == "font" or _is_unseen(look_of(node)))
        if is_own or (node.mem_id in numbers and len(node.text()) <= most):
            yield node.mem_id
    yield from (node.mem_id for node in tree.css("[style*=background]") if _is_bar(node, found))


def _is_bar(node: LexborNode, found: Mapping[int, Look]) -> bool:
    """Whether words stand on black of their own, and nothing gives them another colour."""
    ground = css_colour(_ground(look_of(node)))
    if ground is None or not ground.is_like(BLACK) or node.tag not in _INLINE:
        return False
    around: LexborNode | None = node
    while around is not None:
        names = around.attributes.keys() & {"color", "text"}
        if names or "color" in found.get(around.mem_id, {}):
            return False
        around = around.parent
    return not any("color" in found.get(inner.mem_id, {}) for inner in node.css("*"))


def _is_emphasized(look: Look) -> bool:
    is_italic = look.get("font-style", "").startswith(("italic", "oblique"))
    return is_italic or _is_bold(look)


def _is_bold(look: Look) -> bool:
    return look.get("font-weight", "") in {"bold", "bolder", "600", "700", "800", "900"}


def _headings(tree: LexborHTMLParser, found: Mapping[int, Look]) -> Iterator[tuple[int, int]]:
    """Yield paragraphs whose words are all in bold spans, with their levels."""
    for paragraph in tree.css("p"):
        words = " ".join((paragraph.text() or "").split())
        spans = [node for node in children(paragraph) if (node.text() or "").strip()]
        looks = [found.get(span.mem_id, {}) for span in spans if span.tag == "span"]
        is_short = 0 < len(words) <= _MAX_HEADING and words[-1] not in ".,;:"
        if is_short and looks and len(looks) == len(spans) and all(map(_is_bold, looks)):
            size = max(map(_points, looks)) / _USUAL
            yield paragraph.mem_id, next(level for least, level in _LEVELS if size >= least)


def _points(look: Look) -> float:
    match = _POINTS.match(look.get("font-size", ""))
    return _USUAL if match is None else float(match[1]) * (1 if match[2] == "pt" else 0.75)


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the nodes directly in a node, in order."""
    child = node.child
    while child is not None:
        yield child
        child = child.next
