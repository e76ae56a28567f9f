"""Pages rendered by their shapes are what their template makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.templates import url_filter

from generator.publishing.fast_rendering.prerendered_templates import (
    PageShapes,
    RememberedMacro,
)

_BASE = """{% set kind = page.meta.kind %}{% import "labels" as labels with context %}<html>
{% block site_meta %}{{ base_url }}{% endblock %}<header>{{ page.meta.title }} HEADER</header>
{% block extra %}{{ kind }}{% if page.meta.hide %} hidden{% endif %}{% endblock %}
{% if page.toc | first is defined %}<a href="{{ (page.toc | first).url }}">skip</a>{% endif %}
{% block htmltitle %}{% endblock %}{% block container %}{% endblock %}</html>"""
_MAIN = """{% extends "base" %}
{% block site_meta %}{{ super() }} {{ page.url }}{% endblock %}
{% block htmltitle %}<title>{{ page.meta.title }}</title>{% endblock %}
{% block container %}{{ kind }} {{ labels.t("by") }} {{ page.content }} {{ page.meta.words }}
{% endblock %}"""
_LABELS = "{% macro t(key) %}{{ key }} in {{ page.meta.kind }}{% endmacro %}"


def shapes(header: str = "", main: str = _MAIN) -> PageShapes:
    """Return the shapes of a small theme, with something in its header."""
    templates = {"base": _BASE.replace("HEADER", header), "main.html": main, "labels": _LABELS}
    env = jinja2.Environment(loader=jinja2.DictLoader(templates), autoescape=False)  # noqa: S701  (as MkDocs)
    env.filters["url"] = url_filter
    return PageShapes(env, nav=SimpleNamespace(pages=[SimpleNamespace(url="people/")]))  # type: ignore[arg-type]


def page(name: str, **values: Any) -> Any:
    """Return a page as templates see it."""
    contents = [SimpleNamespace(url=f"#{name}")] if values.pop("contents", False) else []
    constant: dict[str, Any] = dict.fromkeys(("parent", "next_page", "previous_page"))
    constant |= {"is_homepage": False, "ancestors": []}
    meta = {"title": f"Of {name}", "kind": "document", **values}
    url = f"documents/{name}/"
    return SimpleNamespace(url=url, toc=contents, content=f"{name}!", meta=meta, **constant)


_PAGES = (
    page("a", words=3),
    page("b", words=4),
    page("c", kind="entity"),
    page("d", kind="entity", hide=["toc"]),
    page("e", contents=True),
    page("f", contents=True),
    page("g", words=5),
)


def rendered(made: PageShapes, pages: tuple[Any, ...] = _PAGES) -> list[str]:
    """Return pages by their shapes; fails if the template makes another."""
    contexts: list[Mapping[str, Any]] = [{"page": item, "base_url": ".."} for item in pages]
    texts = [made.render(context) for context in contexts]
    assert texts == [made.env.get_template("main.html").render(context) for context in contexts]
    return texts


def test_pages_are_what_the_template_makes() -> None:
    """With blocks that extend others, variables, macros, front matter and contents."""
    made = shapes()
    rendered(made)
    assert made.is_on


def test_a_template_that_asks_for_more_of_the_front_matter_has_more_shapes() -> None:
    """Nothing is known beforehand of what a theme shows."""
    made = shapes("{{ page.meta.words }}{{ page.meta.get('note') }}")
    rendered(made)
    assert made.is_on


@pytest.mark.parametrize(
    "header",
    [
        "{{ page.content }}",
        "{{ page.url }}",
        "{{ page.meta.title | upper }}",
        "{{ page.meta.title | length }}",
        "{{ page.meta.title | e }}",
        "{% for key in page.meta %}{{ key }}{% endfor %}",
        "{{ page.meta.items() | list }}",
        "{{ page.toc | length }}",
        "{% for entry in page.toc %}{{ entry.url }}{% endfor %}",
        "{{ page.canonical_url }}",
        "{{ page.meta }}",
    ],
)
def test_a_template_that_may_show_anything_is_rendered_as_a_whole(header: str) -> None:
    """Then there are no shapes."""
    made = shapes(header)
    rendered(made)
    assert not made.is_on


def test_a_theme_without_the_blocks_is_rendered_as_a_whole() -> None:
    """As one of a project's own."""
    made = shapes(main="{{ page.url }}")
    rendered(made)
    assert not made.is_on


def test_a_page_above_one_of_the_navigation_is_rendered_as_a_whole() -> None:
    """The address of that page is another one from there."""
    made = shapes()
    above = page("x")
    above.url = "people/"
    rendered(made, (above,))
    assert made.is_on


def test_shapes_are_used() -> None:
    """Of pages of one shape only the first is rendered as a whole."""
    made = shapes()
    rendered(made)
    assert 0 < len(made._shapes) < len(_PAGES)


@pytest.mark.parametrize(
    "expression",
    [
        "page.meta.words",
        "page.meta.note",
        "page.meta.note.text",
        "page.meta.keys",
        "page.meta.get('words')",
        "page.url",
        "page.note",
        "page.note.text",
        "page['url']",
    ],
)
def test_templates_find_values_as_in_jinja(expression: str) -> None:
    """Those that do not exist too, with the same errors."""
    source = f"{{{{ {expression} }}}} {{{{ {expression} is defined }}}}"
    values = {"page": SimpleNamespace(url="a/", meta={"words": 3})}

    def outcome(env: jinja2.Environment) -> str:
        try:
            return env.from_string(source).render(values)
        except jinja2.UndefinedError as error:
            return str(error)

    assert outcome(shapes().env) == outcome(jinja2.Environment(autoescape=False))  # noqa: S701


def test_macros_are_called_once_for_the_same_words() -> None:
    """Whether in a block or in a loop; with anything else they are called each time."""
    called = list[str]()

    def macro(*words: object, **named: object) -> str:
        called.append(f"{words}{named}")
        return "x"

    remembered = RememberedMacro(macro)
    template = """{% for _ in [1, 2] %}{{ t("a") }}{{ t("a", "b") }}{{ t(1) }}{{ t("a", n="") }}
    {%- endfor %}{% block end %}{{ t("a") }}{% endblock %}"""
    assert shapes().env.from_string(template).render(t=remembered) == 9 * "x"
    assert called == ["('a',){}", "('a', 'b'){}", *2 * ["(1,){}", "('a',){'n': ''}"]]


@given(
    st.lists(st.sampled_from(["a", "b.html", "..", ".", "", "~x-1", "é", "http:", "#p"])).map(
        "/".join
    ),
    st.sampled_from(["", "index.html", "a/", "a/b/", "a/b/index.html", "b.html", "c/d/e/"]),
)
def test_addresses_are_relative_as_mkdocs_makes_them(address: str, url: str) -> None:
    """Whatever the address, also where no shorter way leads to it."""
    env = shapes().env
    context = env.from_string("{{ address | url }}").render
    values = {"page": SimpleNamespace(url=url), "base_url": ".", "address": address}
    expected = url_filter(values, address)  # type: ignore[arg-type]
    assert context(values) == expected
