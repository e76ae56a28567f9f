"""From bytes to a reading, whatever a reader does: no file raises an exception."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

import msgspec

from generator.model.readings import Opened, Reading
from generator.reading.formats import refusals
from generator.reading.formats.detect import Format, find_format, is_plain_text
from generator.reading.formats.measured_pictures import with_measured_pictures
from generator.reading.formats.refusals import RefusedError

OpenReading = Callable[[str, bytes], Opened]
"""Opens a file with this path and these bytes."""

LIMITED_FUNCTION = "generator.reading.formats.open_reading:open_as_bytes"
"""What a process with limits calls."""

_MAX_TEXT = 20_000_000
"""Characters of a reading; the longest novels have three million."""

_MAX_BLOCKS = 400_000
_MAX_MARKS = 400_000


def open_reading(path: str, data: bytes) -> Opened:
    """Return the reading of a file, or why it has none; neither for plain text.

    A reader that fails in an unforeseen way means that the file is damaged.
    """
    try:
        form = find_format(path, data)
        return Opened() if form is None else Opened(_read(form, data))
    except RefusedError as error:
        return Opened(refusal=error.refusal)
    except ImportError as error:
        return Opened(refusal=refusals.has_no_library(error.name or "").refusal)
    except MemoryError:
        return Opened(refusal=refusals.is_too_costly("needs more memory than allowed").refusal)
    except RecursionError:
        return Opened(refusal=refusals.is_too_large("is nested too deeply").refusal)
    except Exception as error:  # whatever a hostile file makes of a reader
        what = f"{type(error).__name__} while reading it"
        return Opened(refusal=refusals.is_damaged(what).refusal)


def open_as_bytes(path: str, data: bytes) -> bytes:
    """Return what `open_reading` returns, encoded, as another process sends it."""
    return msgspec.msgpack.encode(open_reading(path, data))


def limited(call: Callable[[str, bytes], bytes | str]) -> OpenReading:
    """Return the function that opens files in another process.

    `call` returns the answer of `open_as_bytes` there, or why there is none: "time" or "memory".
    Plain text never leaves this process.
    """

    def open_in_process(path: str, data: bytes) -> Opened:
        if is_plain_text(path, data):
            return Opened()
        answer = call(path, data)
        if isinstance(answer, bytes):
            return msgspec.msgpack.decode(answer, type=Opened)
        what = {"time": "takes too long to read"}.get(answer, "needs more memory than allowed")
        return Opened(refusal=refusals.is_too_costly(what).refusal)

    return open_in_process


def load_reader(name: str) -> Callable[[bytes], Reading]:
    """Return the function of a reader, which is imported now."""
    module, _, function = name.partition(":")
    found = getattr(import_module(f"generator.reading.formats.{module}"), function)
    return cast("Callable[[bytes], Reading]", found)


def _read(form: Format, data: bytes) -> Reading:
    return _checked(with_measured_pictures(load_reader(form.reader)(data)))


def _checked(reading: Reading) -> Reading:
    """Return a reading that is not absurdly large."""
    marks = sum(len(block.marks) + len(block.emphasis) for block in reading.blocks)
    text = sum(len(block.text) for block in reading.blocks) + len(reading.source or "")
    if text > 2 * _MAX_TEXT or len(reading.blocks) > _MAX_BLOCKS or marks > _MAX_MARKS:
        raise refusals.is_too_costly("holds more text than a document can have")
    if not reading.parts and not any(block.text.strip() for block in reading.blocks):
        raise refusals.has_no_text()
    return reading
