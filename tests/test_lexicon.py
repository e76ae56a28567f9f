"""Words by their numbers, between runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from generator import cache
from generator.lexicon import Lexicon


def test_a_word_keeps_its_number_and_is_forgotten_with_its_last_document(tmp_path: Path) -> None:
    """What people took back stays in no list of words."""
    with cache.opened(tmp_path / "cache.sqlite") as kept:
        first = Lexicon(kept, "a shelf")
        assert first.numbers(["one", "secret", "two"]).tolist() == [0, 1, 2]
        first.keep()
        second = Lexicon(kept, "a shelf")
        second.forget(np.array([0, 2]))
        third = Lexicon(kept, "a shelf")
        assert "secret" not in third.words
        assert third.numbers(["two", "three", "one"]).tolist() == [2, 3, 0]
    assert b"secret" not in (tmp_path / "cache.sqlite").read_bytes()
