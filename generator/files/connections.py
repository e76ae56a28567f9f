"""Which user of this computer has the other end of a connection to our server."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

TABLES = Path("/proc/net/tcp"), Path("/proc/net/tcp6")
"""Where Linux lists connections with their users; other systems have no such file."""

_ROOT = 0
"""The user whose programs pass on the connections of others: out of a virtual machine, say."""


def is_own_connection(address: str, port: int) -> bool:
    """Whether this user, or root, has the other end of a connection; True if that is unknown."""
    owner = connection_owner(address, port)
    return owner is None or owner in {_ROOT, os.getuid()}


def connection_owner(address: str, port: int, tables: Iterable[Path] = TABLES) -> int | None:
    """Return the id of the user who has the end of a connection at this address; None if unknown.

    `tables` are lists of connections as Linux writes them.
    """
    ends = {f"{form}:{port:04X}" for form in _written(address)}
    for table in tables:
        with suppress(OSError):
            for line in table.read_text("ascii").splitlines()[1:]:
                _, local, _, _, _, _, _, user, *_ = line.split()
                if local in ends:
                    return int(user)
    return None


def _written(address: str) -> set[str]:
    """Return an address as Linux writes it: words in the order of the machine; also as IPv6."""
    packed = ipaddress.ip_address(address).packed
    forms = {packed, packed if len(packed) > 4 else bytes(10) + b"\xff\xff" + packed}
    return {
        "".join(
            f"{int.from_bytes(form[start : start + 4], sys.byteorder):08X}"
            for start in range(0, len(form), 4)
        )
        for form in forms
    }
