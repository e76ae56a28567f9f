"""The language of a text, by py3langid (97 languages, works offline), or None if unsure."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from itertools import islice
from threading import Lock, Thread

from generator.reading.language_scores import LanguageModel

_MIN_LETTERS = 40
"""With fewer letters the answer is random: the shortest texts in the paper on langid have 60."""

_MARGIN = 8.0
"""How much likelier, in natural logarithms, the best language must be than the second."""

_SAMPLE = 4_000
"""Characters that are classified; more text did not change an answer."""

_SHORT_SAMPLE = 300
"""Characters at the beginning and in the middle that are classified first, because the cost grows
with the length. If their answer is clear, it counts. This changed no answer for 383 English texts,
of which five had no clear answer, for 175 texts in 35 languages, nor for 1,600 texts and parts of
texts of 1,000 to 4,000 characters."""

_CLEAR_MARGIN = 40.0
"""The margin of a clear answer, five times the usual one."""

_LOAD_LOCK = Lock()


def detect_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language of `text`; None if it is too short or unclear."""
    letters = islice(filter(str.isalpha, text[:_SAMPLE]), _MIN_LETTERS)
    if sum(1 for _ in letters) < _MIN_LETTERS:
        return None
    middle = len(text) // 2
    if len(text) > 2 * _SHORT_SAMPLE:
        best = _model().best(text[:_SHORT_SAMPLE] + text[middle : middle + _SHORT_SAMPLE])
        if best and best.margin >= _CLEAR_MARGIN:
            return best.language
    best = _model().best(text[:_SAMPLE])
    return best.language if best and best.margin >= _MARGIN else None


LoadModel = Callable[[], LanguageModel]
"""Returns the model; it is hashable, and equal loaders return equal models."""


@cache  # 68 MB, which the projects of one process share
def unpack_model() -> LanguageModel:
    """Return the model of py3langid, which takes more than half a second to unpack."""
    from py3langid import langid  # imported late, because few commands need it

    return LanguageModel.of(langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE))


_LOAD: ContextVar[LoadModel] = ContextVar("how the model is loaded", default=unpack_model)


def load_with(load: LoadModel) -> None:
    """Have `detect_language` load the model by another function, in this thread."""
    _LOAD.set(load)


def preload(load: LoadModel) -> None:
    """Start loading the model in the background; a second call with an equal loader costs nothing.

    Unpacking needs the interpreter lock for a small part of its time. A call of `detect_language`
    in the meantime waits for it.
    """
    load_with(load)
    Thread(target=loaded_model, args=(load,), daemon=True).start()


def loaded_model(load: LoadModel) -> LanguageModel:
    """Return a model, which is loaded once for all threads."""
    with _LOAD_LOCK:  # `cache` alone would let two threads load the model twice
        return _load_once(load)


def _model() -> LanguageModel:
    return loaded_model(_LOAD.get())


@cache
def _load_once(load: LoadModel) -> LanguageModel:
    return load()
