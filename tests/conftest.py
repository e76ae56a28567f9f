"""Fixtures of several tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
import pytest
from hypothesis import HealthCheck, settings

from generator.publishing import mkdocs_build
from tests import hostile
from tests.support import EXAMPLE_FACTOR, MAX_EXAMPLES, THE_SEED, make_project, published

settings.register_profile(
    "default",
    max_examples=MAX_EXAMPLES,
    deadline=None,
    derandomize=not EXAMPLE_FACTOR,  # whether a change passes must not depend on chance
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("default")

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Keep what Jinja compiles, for all projects of a session: the half of what a build costs.

    Every test has a project of its own, each with the same 45 templates.
    """
    compile_template, compiled = jinja2.Environment.compile, dict[object, CodeType]()

    def compile_once(
        self: jinja2.Environment, source: str, name: str | None = None, *rest: Any, **more: Any
    ) -> CodeType:
        key = source, name, more.get("raw"), *sorted(self.filters), *sorted(self.extensions)
        if key not in compiled:
            compiled[key] = compile_template(self, source, name, *rest, **more)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return a site of three seeds, built once for the tests that change nothing."""
    from generator.pipeline.generate import generate
    from generator.publishing.publish import publish

    folder: Path = tmp_path_factory.mktemp("built")
    seeds: dict[str, str | bytes] = {
        "peru.txt": THE_SEED.read_bytes(),
        "letters/hostile.txt": HOSTILE,
        "undated.txt": (
            "A note on bridges\n\nThe old bridge was closed when its tower cracked; see"
            " https://example.org/bridges?id=3, or write to ana@example.org.\n"
        ),
    }
    project = mkdocs_build.load_project(make_project(folder, seeds))
    # One of them has moved, so that every builder meets a redirect.
    now, before = "documents/undated/a-note-on-bridges/", "documents/notes/bridges/"
    row = f"undated.txt,{now},{before} {now},{'0' * 64}\n"
    (folder / "addresses.csv").write_text(f"seed,address,published,sha256\n{row}", "utf-8")
    generate(project.settings)
    publish(project)
    return project


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Our own hostile seeds, built."""
    return published(tmp_path_factory.mktemp("attacked"), hostile.seeds())


HOSTILE = """<img src=x onerror="window.PWN=1"> Council & "friends"

By Ana Ruiz and Tom Lee
3 May 2020

<script>window.PWN=1</script> The [council](javascript:window.PWN=1) approved it on Tuesday.

1986. It was a good year & a long one, {{ config }} said __init__ of *it*.
"""
