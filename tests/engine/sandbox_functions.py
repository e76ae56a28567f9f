"""What the process of `test_limited` does, by the path that it is called with."""

from __future__ import annotations

import os
import time


def obey(path: str, data: bytes) -> bytes:
    """Do what the path says."""
    if path == "hang":
        time.sleep(60)
    elif path == "abort":
        os.abort()
    elif path == "exit":
        os._exit(0)
    elif path == "stop-reading":
        os.close(0)
        os._exit(3)
    elif path == "memory":
        try:
            return bytes(len(bytearray(3_000_000_000)) % 2)
        except MemoryError:
            return b"MemoryError"
    elif path == "environment":
        return str("SECRET_TOKEN" in os.environ).encode()
    elif path == "print":
        print("this must not look like an answer")  # noqa: T201
        return b"printed"
    elif path == "pid":
        return str(os.getpid()).encode()
    return path.encode() + data
