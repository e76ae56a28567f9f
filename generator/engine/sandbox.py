"""A process that reads untrusted files; if it fails or hangs, the build goes on.

The process has no environment, few open files and limits on memory, and it writes no large file.
The process that started it waits with a time limit, ends it when that is over, and starts another
for the next file.
Memory is limited by the system on Linux; elsewhere the waiting process asks for it once a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Literal

import msgspec

Failure = Literal["time", "memory"]
"""Why there is no answer; a process that died has most often run out of memory."""

_HEADER = 8
"""Bytes of the length before each message."""

_PIECE = 1_000_000
"""Bytes to read at once."""


class Limits(msgspec.Struct, frozen=True):
    """What one process may take."""

    memory: int = 1_500_000_000
    """Bytes."""
    seconds: float = 20.0
    """For each file, and a second more for each megabyte."""
    max_seconds: float = 300.0
    calls: int = 200
    """Files after which another process is started, because libraries lose memory."""

    def seconds_for(self, size: int) -> float:
        """Return the time limit for a file of this size."""
        return min(self.max_seconds, self.seconds + size / 1_000_000)


class LimitedProcess(msgspec.Struct):
    """Calls one function in a process of its own, which is started when it is first needed."""

    function: str
    """`module:name` of a function that takes a path and bytes and returns bytes."""
    limits: Limits = msgspec.field(default_factory=Limits)
    _process: subprocess.Popen[bytes] | None = None
    _answers: Queue[bytes | None] = msgspec.field(default_factory=Queue)
    _calls: int = 0

    def call(self, path: str, data: bytes) -> bytes | Failure:
        """Return what the function returns, or why there is nothing."""
        if self._process is None or self._calls >= self.limits.calls:
            self._start()
        self._calls += 1
        try:
            self._send(msgspec.msgpack.encode((path, data)))
        except OSError:
            self.close()
            return "memory"
        answer = self._wait(time.monotonic() + self.limits.seconds_for(len(data)))
        if not isinstance(answer, bytes):
            self.close()
        return answer

    def close(self) -> None:
        """End the process; the next call starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()  # the thread that reads answers closes its end of the pipe

    def __del__(self) -> None:
        """End the process with its owner."""
        with suppress(Exception):
            self.close()

    def _start(self) -> None:
        self.close()
        root = str(Path(__file__).parents[2])
        code = (
            f"import sys; sys.path.insert(0, {root!r});"
            "from generator.engine.sandbox_child import main; main()"
        )
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-I", "-B", "-c", code, self.function, str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,  # a buffer has a lock, which a thread may hold while the program ends
            env=_environment(),
            start_new_session=True,
        )
        self._answers, self._calls = Queue(), 0
        arguments = (self._process.stdout, self._answers)
        Thread(target=_receive, args=arguments, daemon=True).start()

    def _send(self, message: bytes) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise BrokenPipeError
        whole = memoryview(len(message).to_bytes(_HEADER, "big") + message)
        while whole:
            whole = whole[process.stdin.write(whole) :]

    def _wait(self, deadline: float) -> bytes | Failure:
        while (left := deadline - time.monotonic()) > 0:
            try:
                answer = self._answers.get(timeout=min(left, 1.0))
            except Empty:
                if self._is_too_large():
                    return "memory"
                continue
            return "memory" if answer is None else answer
        return "time"

    def _is_too_large(self) -> bool:
        """Whether the process takes too much memory, where the system does not limit it."""
        if sys.platform == "linux" or self._process is None:
            return False
        return resident_bytes(self._process.pid) > self.limits.memory


def _receive(stream: IO[bytes], answers: Queue[bytes | None]) -> None:
    """Put every answer into the queue, and None when the process has ended."""
    with suppress(OSError, ValueError), stream:
        while len(header := _read(stream, _HEADER)) == _HEADER:
            size = int.from_bytes(header, "big")
            data = _read(stream, size)
            if len(data) < size:
                break
            answers.put(data)
    answers.put(None)


def _read(stream: IO[bytes], size: int) -> bytes:
    """Return so many bytes; fewer only if the pipe was closed."""
    pieces: list[bytes] = []
    while size and (piece := stream.read(min(size, _PIECE))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _environment() -> dict[str, str]:
    """Return an environment without anything of the user's; Windows starts nothing without some."""
    names = ("SYSTEMROOT", "SYSTEMDRIVE") if sys.platform == "win32" else ()
    own = {name: os.environ[name] for name in names if name in os.environ}
    return {**own, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def resident_bytes(pid: int) -> int:
    """Return the memory that a process takes; 0 if the system does not tell."""
    if sys.platform == "win32":
        command = ["tasklist", "/FI", f"PID eq {pid}", "/FO", "CSV", "/NH"]
    else:
        command = ["ps", "-o", "rss=", "-p", str(pid)]
    try:
        output = subprocess.run(  # noqa: S603  (fixed programs of the system)
            command, capture_output=True, text=True, timeout=5, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    last = output.strip().rpartition('","')[2] if sys.platform == "win32" else output
    digits = "".join(filter(str.isdecimal, last))
    return int(digits) * 1_024 if digits else 0
