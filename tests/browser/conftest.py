"""Marks the tests of this folder, and skips them in one line where there is no browser."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support import chromium

HOW = "needs a browser: `apt install chromium`, then `make browser`"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where everything must be there, a missing browser fails the tests instead."""
    here = Path(__file__).parent
    found = chromium() and find_spec("playwright")
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            if not found and not os.environ.get("SEEDBED_REQUIRE_ALL"):
                item.add_marker(pytest.mark.skip(reason=HOW))
