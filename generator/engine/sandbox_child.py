"""What the process of `engine.sandbox` runs: calls of one function, until its pipe is closed."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import BinaryIO

import msgspec

_HEADER = 8
"""Bytes of the length before each message, as in `engine.sandbox`."""

_MAX_OPEN_FILES = 64
_MAX_FILE_SIZE = 200_000_000
"""Bytes of a file that it writes; libraries unpack their tables into a temporary one."""

_MAX_CPU_SECONDS = 3_600
_DEATH_OF_PARENT = 1
"""`PR_SET_PDEATHSIG` of Linux."""

_SIGKILL = 9


def main() -> None:
    """Serve calls; the arguments are the function and the limit of memory in bytes."""
    name, memory = sys.argv[1:3]
    answers = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)  # what a library prints must not look like an answer
    module, _, function = name.partition(":")
    call = getattr(import_module(module), function)
    _limit(int(memory))
    requests = sys.stdin.buffer
    while (request := _read(requests)) is not None:
        path, data = msgspec.msgpack.decode(request, type=tuple[str, bytes])
        answer: bytes = call(path, data)
        answers.write(len(answer).to_bytes(_HEADER, "big"))
        answers.write(answer)
        answers.flush()


def _read(stream: BinaryIO) -> bytes | None:
    header = stream.read(_HEADER)
    return stream.read(int.from_bytes(header, "big")) if len(header) == _HEADER else None


def _limit(memory: int) -> None:
    """Set the limits that the system has; Windows has none, and macOS not that of memory."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: _MAX_FILE_SIZE,
        resource.RLIMIT_NOFILE: _MAX_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: _MAX_CPU_SECONDS,
    }
    for limit, value in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, _SIGKILL)
