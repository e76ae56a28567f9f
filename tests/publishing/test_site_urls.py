"""Addresses of sites that would give every page an odd address."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import SeedbedError
from generator.publishing.mkdocs_build import load_project
from generator.publishing.site_urls import find_fault
from tests.support import Case, cases, make_project


@cases("site_urls")
def test_faults_of_addresses(case: Case) -> None:
    """Each rule of the table has cases, and so have addresses that resemble them."""
    fault = find_fault(case.given)
    assert (fault.name if fault else None) == case.expect


@pytest.mark.parametrize("url", ["https://letters.museum/#top", "https://letters.museum//a/"])
def test_such_an_address_stops_a_run(url: str, tmp_path: Path) -> None:
    """The message has the setting, its fault and what to do."""
    config_file = make_project(tmp_path, {})
    text = config_file.read_text("utf-8").replace("https://example.org/", url)
    config_file.write_text(text, "utf-8")
    message = r"site_url in mkdocs\.yml has (a part|an empty).*\. .+"
    with pytest.raises(SeedbedError, match=message):
        load_project(config_file)
