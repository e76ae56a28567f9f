"""Calling MkDocs, and other plugins and hooks in the same project."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.checking.check import check
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publication import Publication
from generator.publishing.publish import publish
from tests.support import make_project

FERRY = "The ferry\n\nBy Tom Lee\n4 May 2020\n\nIt sails from Lima at noon, said Tom Lee.\n"
BRIDGE = "The bridge\n\nBy Ana Ruiz\n3 May 2020\n\nThe bridge in Lima was closed, said Tom Lee.\n"
NOTES: dict[str, str | bytes] = {"ferry.txt": FERRY, "bridge.txt": BRIDGE}


def project_with(
    folder: Path, hook: str, seeds: dict[str, str | bytes] = NOTES, **settings: object
) -> Path:
    """Return a project with a hook of its own and other settings in mkdocs.yml, which is given."""
    config_file = make_project(folder, seeds)
    config = yaml.safe_load(config_file.read_text("utf-8"))
    config |= {"hooks": ["hook.py"], **settings}
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    (folder / "hook.py").write_text(hook, "utf-8")
    return config_file


def built(config_file: Path) -> tuple[mkdocs_build.Project, Publication]:
    """Return the project, generated and published."""
    project = mkdocs_build.load_project(config_file)
    generate(project.settings)
    return project, publish(project)


RECORDER = """
from pathlib import Path

EVENTS = Path(__file__).with_name("events.txt")


def note(event):
    with EVENTS.open("a") as file:
        file.write(event + "\\n")


def on_startup(command, dirty):
    note(f"startup {command} {dirty}")


def on_pre_build(**_):
    note("pre_build")


def on_post_build(**_):
    note("post_build")


def on_shutdown():
    note("shutdown")
"""


def test_plugins_get_the_startup_and_shutdown_events(tmp_path: Path) -> None:
    """As `mkdocs build` tells them, and of the end of a build that fails too."""
    config_file = project_with(tmp_path, RECORDER)
    built(config_file)
    events = tmp_path / "events.txt"
    expected = ["startup build False", "pre_build", "post_build", "shutdown"]
    assert events.read_text().splitlines() == expected
    hook = f"{RECORDER}\n\ndef on_env(env, **_):\n    raise ValueError('no environment')\n"
    other = tmp_path / "other"
    failing = project_with(other, hook)
    project = mkdocs_build.load_project(failing)
    generate(project.settings)
    with pytest.raises(SeedbedError, match=r'the hook "hook.py" .*ValueError: no environment'):
        publish(project)
    assert (other / "events.txt").read_text().splitlines() == [
        "startup build False",
        "pre_build",
        "shutdown",
    ]


TEMPLATED = """
from jinja2 import Environment

DELIMITERS = [("{%", "%}", "{{", "}}", "{#", "#}"), ("[%", "%]", "[[", "]]", "[#", "#]")]


def rendered(words):
    for delimiters in DELIMITERS:
        words = Environment(*delimiters).from_string(words).render()
    return words


def rendered_all(value):
    if isinstance(value, str):
        return rendered(value)
    if isinstance(value, list):
        return [rendered_all(one) for one in value]
    if isinstance(value, dict):
        return {key: rendered_all(one) for key, one in value.items()}
    return value


def on_page_markdown(markdown, page, **_):
    page.meta = rendered_all(page.meta)
    page.title = rendered(page.title)
    return rendered(markdown)
"""


def test_words_are_not_templates_on_any_page(tmp_path: Path) -> None:
    """No code runs and no build ends, whatever stands in a text, a title, a name, a file's name."""
    proof = tmp_path / "written-by-a-seed"
    code = "self.__init__.__globals__.__builtins__.open("
    run = f'{{{{ {code}"{proof}", "w").write("x") }}}}'
    seeds: dict[str, str | bytes] = {
        "a.txt": f"{run}\n\nBy Ana Ruiz\n3 May 2020\n\nTom Lee saw {{# and {{% if x %}} in Lima.\n",
        "{{ 7*7 }}.txt": f"Tom Lee of [[ 7*7 ]] and (% x %)\n\nHe met Tom Lee. {run} {{%\n",
        "c.txt": "{# A comment {% raw %}\n\n4 May 2020\n\n{{ 7*7 }} [[ 7*7 ]] {{%- x -%}}\n",
    }
    config_file = project_with(tmp_path / "p", TEMPLATED, seeds)
    settings = "{seedbed: {seeds: seeds, review: true}}"
    text = config_file.read_text("utf-8")
    config = {**yaml.safe_load(text), "extra": yaml.safe_load(settings)}
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    project, published = built(config_file)
    assert published.proof.broken == ()
    assert published.report is None
    assert not proof.exists()
    titles = {run, "Tom Lee of [[ 7*7 ]] and (% x %)", "{# A comment {% raw %}"}
    pages = [LexborHTMLParser(path.read_bytes()) for path in project.site.rglob("*.html")]
    heads = {str(head.text()) for page in pages if (head := page.css_first(".sb-head h1"))}
    assert titles <= heads
    timeline = LexborHTMLParser((project.site / "timeline/index.html").read_bytes())
    assert titles <= {link.text() for link in timeline.css("article a")}
    for page in pages:
        for record in page.css("script[type='application/ld+json']"):
            said = yaml.safe_load(record.text())
            assert said["@type"] == "Dataset" or said["headline"] in titles


def test_a_plugin_that_fails_on_a_page_affects_only_that_page(tmp_path: Path) -> None:
    """A document is left out, and the plugin named; other pages do without its work."""
    hook = (
        "def on_page_markdown(markdown, page, **_):\n"
        "    if 'bridge' in page.file.src_uri or page.file.src_uri.startswith('people/tom'):\n"
        "        raise ValueError(f'no {page.file.name}')\n"
    )
    project, published = built(project_with(tmp_path, hook))
    assert published.report is not None
    (left_out,) = published.report.problems
    assert (left_out.code, left_out.source) == ("E031", "seeds/bridge.txt")
    assert 'the hook "hook.py" fails on its page: ValueError' in left_out.message
    assert [(problem.code, problem.source) for problem in published.problems] == [
        ("W064", "docs/people/tom-lee/index.md")
    ]
    assert len(list(project.site.glob("documents/2020/*/ledger.json"))) == 1
    assert (project.site / "people/tom-lee/index.html").is_file()
    assert check(project.settings, project.site).broken == ()


FRAGILE = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Fragile(Preprocessor):
    def run(self, lines):
        if any("sails" in line for line in lines):
            raise ValueError("no such line")
        return lines


class FragileExtension(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Fragile(md), "fragile", PRIORITY)
"""
CHANGES_PAGES = "def on_page_context(context, **_):\n    return context\n"
"""A hook with which MkDocs renders all pages itself."""


BEFORE_HTML, AFTER_HTML = 100, 1
"""Priorities: Python-Markdown takes HTML out of the lines at 20."""


def built_with_fragile_extension(folder: Path, priority: int, hook: str) -> Publication:
    """Return what is published with an extension of Markdown that fails on a word."""
    (folder / "fragile.py").write_text(FRAGILE.replace("PRIORITY", str(priority)), "utf-8")
    config_file = project_with(folder, hook)
    config = yaml.safe_load(config_file.read_text("utf-8"))
    config["markdown_extensions"].append("fragile:FragileExtension")
    config_file.write_text(yaml.safe_dump(config), "utf-8")
    return built(config_file)[1]


@pytest.fixture
def own_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let extensions be modules of the project's folder; no tracebacks, as in a build."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "tracebacklimit", 0, raising=False)
    yield
    sys.modules.pop("fragile", None)


@pytest.mark.usefixtures("own_modules")
@pytest.mark.parametrize("hook", ["", CHANGES_PAGES])
def test_a_document_on_which_an_extension_fails_is_left_out(tmp_path: Path, hook: str) -> None:
    """The module is named; pages of names do without their text."""
    published = built_with_fragile_extension(tmp_path, BEFORE_HTML, hook)
    assert published.report is not None
    (left_out,) = published.report.problems
    assert (left_out.code, left_out.source) == ("E031", "seeds/ferry.txt")
    assert "(fragile.py) fails on its page: ValueError: no such line" in left_out.message


@pytest.mark.usefixtures("own_modules")
def test_a_document_is_escaped_if_an_extension_fails_on_its_words(tmp_path: Path) -> None:
    """Its page is one element of HTML then, which most extensions do not see."""
    published = built_with_fragile_extension(tmp_path, AFTER_HTML, "")
    assert (published.report, published.proof.documents) == (None, 2)


def test_a_plugin_that_fails_on_every_document_is_at_fault_itself(tmp_path: Path) -> None:
    """No document is left out, and the site is not published."""
    hook = "def on_page_content(html, page, **_): return page.meta.get('sha256') and page.nothing\n"
    project = mkdocs_build.load_project(project_with(tmp_path, hook))
    generate(project.settings)
    with pytest.raises(SeedbedError, match=r"(?s)E031 the hook .*AttributeError.*Every document"):
        publish(project)


WARNING = (
    "import logging\n"
    "def on_env(env, **_):\n"
    "    logging.getLogger('mkdocs.plugins.thing').warning('nav is being replaced')\n"
)


@pytest.mark.parametrize("strict", [None, False, True])
def test_strict_in_mkdocs_yml_decides_which_warnings_stop_a_build(
    tmp_path: Path, strict: bool | None
) -> None:
    """What is harmless is told as whose it is; a dead link of one's own is a promise of ours."""
    config_file = project_with(tmp_path, WARNING)
    if strict is not None:
        with config_file.open("a") as file:
            file.write(f"strict: {str(strict).lower()}\n")
    project = mkdocs_build.load_project(config_file)
    generate(project.settings)
    if strict:
        with pytest.raises(SeedbedError, match=r'`strict: true`, and the hook "hook.py" says: nav'):
            publish(project)
        return
    published = publish(project)
    assert [(problem.code, problem.message) for problem in published.problems] == [
        ("W062", 'the hook "hook.py" says: nav is being replaced')
    ]
    again = publish(project)  # nothing is built, and the same is told
    assert again.problems == published.problems
    (tmp_path / "docs/about.md").write_text("# About\n\n[a](nope.md) [b](<nope/>)\n")
    generate(project.settings)
    if strict is None:
        with pytest.raises(SeedbedError, match=r"MkDocs says: .*nope.md.*`strict: false`"):
            publish(project)
        return
    links = [problem for problem in publish(project).problems if problem.code == "W063"]
    assert [problem.source for problem in links] == ["about/index.html"] * 2
    assert check(project.settings, project.site).warnings == tuple(links)


def test_an_unknown_key_is_only_a_warning(tmp_path: Path) -> None:
    """MkDocs says so when it reads the file."""
    project = mkdocs_build.load_project(project_with(tmp_path, "", no_such_key=3))
    (warning,) = [problem for problem in project.problems if problem.code == "W062"]
    assert re.match(r"MkDocs says: .*no_such_key", warning.message)
