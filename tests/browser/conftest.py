"""Marks the tests of this folder, skips them in one line without a browser, and starts it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.publishing import mkdocs_build
from tests.browser.serving import FLAGS, served
from tests.browser.visiting import PATIENCE
from tests.support import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOW = "needs a browser: `apt install chromium`, then `make browser`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where everything must be there, a missing browser fails the tests instead."""
    here = Path(__file__).parent
    available = chromium() and find_spec("playwright")
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if not available and not os.environ.get("SEEDBED_REQUIRE_ALL"):
                item.add_marker(pytest.mark.skip(reason=HOW))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless chromium."""
    program = chromium()
    assert program, "this machine should have a chromium"
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=FLAGS, timeout=PATIENCE)
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(built: mkdocs_build.Project) -> Iterator[str]:
    """Yield the built site, served on this machine."""
    with served(built.site) as where:
        yield where
