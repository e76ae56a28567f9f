"""Colours of a project: they take effect, and too little contrast is a warning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Corpus, SeedbedError
from generator.pipeline.corpus_warnings import corpus_warnings
from generator.settings import COLOURS, from_mapping
from generator.writing.theme_colours import (
    DEFAULT_COLOURS,
    contrast_ratio,
    find_low_contrast,
    stylesheet,
)

CSS = Path(__file__).parents[2] / "generator" / "theme" / "assets" / "seedbed.css"
colours = st.from_regex(r"\A#[0-9a-f]{6}\Z")


def test_the_contrast_ratio_is_that_of_wcag() -> None:
    """Black on white is the maximum; the others are from WCAG's own calculator."""
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast_ratio("#0b5394", "#fffefb") == pytest.approx(
        contrast_ratio("#fffefb", "#0b5394")
    )


def test_the_default_colours_are_those_of_the_stylesheet_and_readable() -> None:
    """Both in the light and in the dark."""
    blocks = re.findall(r"data-md-color-scheme\S*\]\S* \{(.*?)\}", CSS.read_text(), re.DOTALL)
    for own, block in zip(DEFAULT_COLOURS.values(), blocks, strict=False):
        assert set(own.values()) <= set(re.findall(r"#\w{6}", block))
    assert list(find_low_contrast(DEFAULT_COLOURS)) == []
    assert {scheme: tuple(own) for scheme, own in DEFAULT_COLOURS.items()} == COLOURS


@given(colours, colours)
def test_any_colour_is_readable_or_a_warning(ink: str, paper: str) -> None:
    """No pair of colours with too little contrast is without a warning."""
    names = {colour.name for colour in find_low_contrast({"light": {"ink": ink, "paper": paper}})}
    assert ("ink" in names) or contrast_ratio(ink, paper) >= 4.5
    css = stylesheet({"light": {"ink": ink, "paper": paper}}).data.decode()
    assert f"--sb-ink: {ink};" in css
    assert f"--md-default-bg-color: {paper};" in css


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"ligth": {}}, "Did you mean `light`"),
        ({"light": {"lnik": "#000000"}}, "Did you mean `link`"),
        ({"light": {"link": None}}, "in quotes"),
        ({"light": {"link": "navy"}}, "six hexadecimal digits"),
        ({"light": {"link": "#000000} *{display:none"}}, "six hexadecimal digits"),
        ({"light": "#000000"}, "It takes lines such as"),
    ],
)
def test_an_invalid_colour_is_an_error(tmp_path: Path, wanted: object, message: str) -> None:
    """Before anything is built."""
    with pytest.raises(SeedbedError, match=message):
        from_mapping({"colours": wanted}, root=tmp_path, docs=tmp_path / "docs")


def test_low_contrast_is_a_warning(tmp_path: Path) -> None:
    """With the numbers, and only for those colours."""
    wanted = {"dark": {"link": "#333333"}}
    settings = from_mapping({"colours": wanted}, root=tmp_path, docs=tmp_path / "docs")
    warnings = [
        problem
        for problem in corpus_warnings(settings, Corpus((), {}), ())
        if problem.code == "W060"
    ]
    assert [
        "link #333333 on paper #171614 has a contrast of 1.4" in str(problem)
        for problem in warnings
    ] == [True]
