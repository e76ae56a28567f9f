"""How much a word says of a text: its share of BM25, in four bits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MAX_IMPACT = 15
"""The highest weight."""

_K1 = 1.2
_B = 0.75
"""The usual constants of BM25: how soon more occurrences say little, and what a long text costs."""

_Floats = npt.NDArray[np.float64]


def average_length(lengths: npt.NDArray[np.int64]) -> float:
    """Give how long texts are, to two digits: one edit seldom moves it, and all weights with it."""
    read = lengths[lengths > 0]
    return float(f"{read.mean():.1e}") if len(read) else 1.0


def length_norms(lengths: npt.NDArray[np.int64], average: float) -> _Floats:
    """What the length of each text takes from its words."""
    found: _Floats = _K1 * (1 - _B + _B * lengths.astype(np.float64) / average)
    return found


def quantized_impacts(counts: npt.NDArray[np.uint64], norms: _Floats) -> npt.NDArray[np.uint64]:
    """Give the weights of words that stand so often in texts with such norms: 0 to 15."""
    times = counts.astype(np.float64)
    return np.minimum((MAX_IMPACT + 1) * times / (times + norms), MAX_IMPACT).astype(np.uint64)
