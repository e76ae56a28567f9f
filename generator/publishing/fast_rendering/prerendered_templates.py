"""Page templates of which only the parts that differ are rendered for each page.

Two thirds of the time in which Jinja renders a page go into what is the same on the next one:
header, navigation, palette, scripts. A shape is a set of pages that differ only in three blocks and
the title. The template is rendered once for each shape, with a stand-in page that records which
values the template reads. A template that reads a value not handled here is rendered in full.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    import jinja2
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

TEMPLATE = "main.html"

OWN_BLOCKS = ("site_meta", "htmltitle", "container")
"""The blocks of the template that are rendered for each page."""

_OPENING, _CLOSING = '\x02<&"', '"&>\x03'
"""Around a mark: a filter would change these characters, and the mark would not be found."""

_MARKS = re.compile(f"{_OPENING}([a-z_]+){_CLOSING}")

_CONSTANT = ("ancestors", "is_homepage", "next_page", "parent", "previous_page")
"""What is the same for pages outside the navigation, and is compared nevertheless."""

_MAX_SHAPES = 1_000
"""Most shapes that are kept: one has 10 kB."""


def _mark(name: str) -> str:
    return f"{_OPENING}{name}{_CLOSING}"


def _folders(url: str) -> list[str]:
    """Return the folders above an address, the longest last."""
    names = url.split("/")[:-1]
    return ["/".join(names[: count + 1]) for count in range(len(names))]


class OtherTemplateError(Exception):
    """A template asks a page for something that may differ between pages of a shape."""


class WatchedMeta:
    """Front matter that notes what it is asked for, with a mark in the place of the title."""

    def __init__(self, meta: Mapping[str, Any], asked: set[str]) -> None:
        self._meta = meta
        self._asked = asked

    def __getitem__(self, key: str) -> Any:
        """Return a value, and note its key."""
        self._asked.add(key)
        value = self._meta[key]
        return _mark(key) if key == "title" else value

    def __contains__(self, key: str) -> bool:
        """Whether there is a value; its key is noted."""
        self._asked.add(key)
        return key in self._meta

    def __iter__(self) -> Iterator[str]:
        """Raise OtherTemplateError: a loop over all values may show any."""
        raise OtherTemplateError("a loop over the front matter")

    def __str__(self) -> str:
        """Raise OtherTemplateError."""
        raise OtherTemplateError("the whole front matter")

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value or the default, and note its key."""
        return self[key] if key in self else default  # noqa: SIM401  (that is this function)

    keys = values = items = __iter__


class WatchedContents:
    """A table of contents of which only the first address may be asked."""

    def __iter__(self) -> Iterator[WatchedContents]:
        """Yield the first entry; raise OtherTemplateError if another is asked for."""
        yield self
        raise OtherTemplateError("the table of contents")

    @property
    def url(self) -> str:
        """The mark for the address of the first entry."""
        return f"#{_mark('contents')}"


class WatchedPage:
    """A page that raises OtherTemplateError if it is asked for what differs within a shape."""

    def __init__(self, page: Page, url: str, asked: set[str]) -> None:
        self.meta = WatchedMeta(page.meta, asked)
        self.toc = WatchedContents() if page.toc else ()
        self.url = url
        for attribute in _CONSTANT:
            setattr(self, attribute, getattr(page, attribute))

    def __getattr__(self, name: str) -> Any:
        """Raise OtherTemplateError."""
        raise OtherTemplateError(name)


class Shape(msgspec.Struct, frozen=True):
    """A rendered template with marks, cut at them."""

    pieces: Sequence[str]
    """Texts, and at each second position the name of a mark."""
    variables: Mapping[str, Any]
    """What the template and those that it extends set before the blocks."""
    blocks: Mapping[str, list[Any]]

    def fill(self, template: jinja2.Template, context: Mapping[str, Any]) -> str:
        """Return the page of a context; raise OtherTemplateError if a mark is left."""
        page = context["page"]
        own = template.new_context({**context, **self.variables})
        own.blocks = dict(self.blocks)
        values = {name: "".join(own.blocks[name][0](own)) for name in OWN_BLOCKS}
        values["title"] = str(page.meta.get("title", ""))
        values["contents"] = next((entry.url[1:] for entry in page.toc), "")
        whole = "".join(
            values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces)
        )
        if "\x02" in whole:
            raise OtherTemplateError("a mark is left")
        return whole


_ATTRIBUTES = frozenset(dir(dict))


def _ask_dicts_for_items_first(env: jinja2.Environment) -> None:
    """Have templates find values in dicts without an exception for each, with the same results.

    Jinja asks a dict for an attribute first, and `meta.title` is none. A value that is missing is
    the same for all dicts.
    """
    ask = env.getattr
    undefined = cache(lambda attribute: env.undefined(obj={}, name=attribute))

    def get(obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute not in _ATTRIBUTES:
            value = obj.get(attribute, missing)
            return undefined(attribute) if value is missing else value
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return ask(obj, attribute)

    env.getattr = get  # type: ignore[method-assign]


def make_relative_fast(env: jinja2.Environment) -> None:
    """Have the filter `url` join the address of a file below another folder to that of the root.

    It is the same address in a fifth of the time; a document has links to some forty names.
    """
    relative: Callable[[Context, str], str] = env.filters["url"]

    @pass_context
    def url(context: Context, value: str) -> str:
        page, address = context["page"], str(value)
        is_plain = page is not None and _PLAIN_ADDRESS.fullmatch(address)
        if (
            not is_plain
            or address.partition("/")[0] == page.url.partition("/")[0]
            or not page.url.endswith(("/", ".html"))
        ):
            return relative(context, value)
        return "../" * str(page.url).count("/") + address

    env.filters["url"] = url


_PLAIN_ADDRESS = re.compile(r"(?:[\w~-][\w.~-]*/)*[\w~-][\w.~-]*/?")


class PageShapes:
    """Renders pages outside the navigation, by their shapes where that is sure."""

    def __init__(self, env: jinja2.Environment, nav: Navigation) -> None:
        self.env = env
        _ask_dicts_for_items_first(env)
        env.context_class = QuickContext
        make_relative_fast(env)
        self._template = env.get_template(TEMPLATE)
        self._nav_folders = frozenset(folder for page in nav.pages for folder in _folders(page.url))
        self._asked: set[str] = {"title"}
        self._shapes: dict[object, Shape] = {}
        self.is_on = all(name in self._template.blocks for name in OWN_BLOCKS)

    def render(self, context: Mapping[str, Any]) -> str:
        """Return the page of a context, as its template renders it."""
        if self._has_shape(context["page"]):
            try:
                return self._render(context)
            except Exception:  # whatever a template does with a mark: it is asked again without
                self.is_on = False
        return self._template.render(context)

    def _has_shape(self, page: Page) -> bool:
        return (
            self.is_on
            and len(self._shapes) < _MAX_SHAPES
            and "title" in page.meta
            # A link from the navigation to a page below this one would have another address.
            and posixpath.dirname(page.url) not in self._nav_folders
        )

    def _render(self, context: Mapping[str, Any]) -> str:
        shape = self._shapes.get(self._key(context["page"]))
        if shape:
            return shape.fill(self._template, context)
        shape = self._new_shape(context)
        whole = self._template.render(context)
        self.is_on = shape.fill(self._template, context) == whole
        self._shapes[self._key(context["page"])] = shape
        return whole

    def _key(self, page: Page) -> tuple[object, ...]:
        """Return what the template asks a page for; it grows when it asks for more."""
        constant = [repr(getattr(page, name)) for name in _CONSTANT]
        meta = [repr(page.meta.get(key)) for key in sorted(self._asked - {"title"})]
        return self._watched_url(page.url), bool(page.toc), *constant, *meta

    def _watched_url(self, url: str) -> str:
        """Return an address with the same relative links as this one.

        So pages can share a shape. Only the folders count that both have in common, and how many
        there are. Templates link to pages of the navigation, and to files in folders at the top of
        the site.
        """
        folders = _folders(url)
        top = folders[:1] if len(folders) > 1 else []
        names = [
            posixpath.basename(folder)
            if folder in top or folder in self._nav_folders
            else _mark("url")
            for folder in folders
        ]
        return "/".join([*names, posixpath.basename(url)])

    def _new_shape(self, context: Mapping[str, Any]) -> Shape:
        page, variables = context["page"], dict[str, Any]()
        watched = WatchedPage(page, self._watched_url(page.url), self._asked)
        marked = self._template.new_context({**context, "page": watched})
        marked.blocks |= {name: [_marking(name, variables)] for name in OWN_BLOCKS}
        text = "".join(self._template.root_render_func(marked))
        # Only now are the blocks of the templates known that this one extends.
        blocks = dict(marked.blocks)
        for name in OWN_BLOCKS:
            blocks[name] = [self._template.blocks[name], *blocks[name][1:]]
        remembered = {name: _remembered(value) for name, value in variables.items()}
        return Shape(_MARKS.split(text), remembered, blocks)


class RememberedModule:
    """An imported template whose macros return what they returned for the same arguments.

    It was imported for a watched page, so its macros depend on their arguments and on what is the
    same for all pages of the shape.
    """

    def __init__(self, module: TemplateModule) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        """Return a macro or variable of the template."""
        value = getattr(self._module, name)
        if isinstance(value, Macro):
            value = RememberedMacro(value)
        self.__dict__[name] = value
        return value


_MAX_REMEMBERED = 8192
"""Most results of a macro that are kept: a name or a title has 300 bytes."""


class RememberedMacro:
    """A macro that is called once for the same words."""

    def __init__(self, macro: Callable[..., Any]) -> None:
        self.of_words = lru_cache(_MAX_REMEMBERED)(macro)
        self._macro = macro

    def __call__(self, *arguments: Any, **named: Any) -> str:
        """Return what the macro returns."""
        return str(self._macro(*arguments, **named))


_WORDS = frozenset({str})
_SCOPES = frozenset({"_block_vars", "_loop_vars"})
"""What Jinja adds to the arguments of a call."""


class QuickContext(Context):
    """A context that calls remembered macros directly, without Jinja's check for decorators."""

    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a function that a template names."""
        if type(function) is RememberedMacro and named.keys() <= _SCOPES:
            is_known = _WORDS.issuperset(map(type, arguments))
            return function.of_words(*arguments) if is_known else function(*arguments)
        return super().call(function, *arguments, **named)


def _remembered(value: Any) -> Any:
    return RememberedModule(value) if isinstance(value, TemplateModule) else value


def _marking(name: str, variables: dict[str, Any]) -> Callable[[Context], Iterator[str]]:
    """Return a block that writes a mark, and takes over the variables that are set before it."""

    def block(context: Context) -> Iterator[str]:
        variables.update(context.vars)
        yield _mark(name)

    return block
