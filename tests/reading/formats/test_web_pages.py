"""Web pages without trafilatura, which is an extra: signs decide, and the page says so."""

from __future__ import annotations

import sys

import pytest

from tests.reading.formats.test_pictures import reading_of
from tests.support import ROOT

_LONG = "The old mill at the ford burned on Sunday, and nobody was hurt, as all were at church."
_NEWS = (
    '<nav><a href="/">Home</a> <a href="/n">News</a></nav><h1>Mill burns</h1>'
    f"<p>{_LONG}</p><p>Short.</p><p>{_LONG}</p><aside>Ten more fires</aside><footer>Terms</footer>"
)
_PLAIN = "<p>Report</p><p>By Ada</p>" + f"<p>{_LONG}</p>" * 6


@pytest.mark.parametrize(
    ("page", "text", "furniture"),
    [
        (_NEWS, ["Mill burns", _LONG, "Short.", _LONG], ["Home News", "Ten more fires", "Terms"]),
        (_PLAIN, ["Report", "By Ada", *[_LONG] * 6], []),
    ],
)
def test_signs_decide_what_is_the_text(
    page: str, text: list[str], furniture: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a page without any sign, all is its text."""
    assert reading_of("a.html", page.encode()).warnings == ()
    monkeypatch.setattr(sys, "path", [str(ROOT)])  # packages are looked for nowhere else
    reading = reading_of("a.html", page.encode())
    assert reading.reader.endswith(", without a judge")
    assert [warning.code for warning in reading.warnings] == ["W099"]
    assert [block.text for block in reading.blocks if not block.removed_by] == text
    assert [block.text for block in reading.blocks if block.removed_by] == furniture
