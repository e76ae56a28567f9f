"""Whose the other end of a connection is."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from generator.files.connections import connection_owner, is_own_connection

TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0
   1: 0100007F:C350 0100007F:1F40 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0
   2: 0000000000000000FFFF00000100007F:C351 0000000000000000FFFF00000100007F:1F40 01 0:0 00:0 0 1002
   3: 00000000000000000000000001000000:C352 00000000000000000000000001000000:1F40 01 0:0 00:0 0 1003
"""


@pytest.mark.skipif(sys.byteorder != "little", reason="the table is that of such a machine")
@pytest.mark.parametrize(
    ("address", "port", "owner"),
    [
        ("127.0.0.1", 0xC350, 1001),
        ("127.0.0.1", 0xC351, 1002),
        ("::1", 0xC352, 1003),
        ("127.0.0.1", 0xC353, None),
        ("127.0.0.2", 0xC350, None),
    ],
)
def test_the_table_of_connections_names_the_user(
    tmp_path: Path, address: str, port: int, owner: int | None
) -> None:
    """A program may have asked for an address of IPv4 by IPv6."""
    (tmp_path / "tcp").write_text(TABLE)
    assert connection_owner(address, port, [tmp_path / "missing", tmp_path / "tcp"]) == owner


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_connection_of_this_process_is_its_own(host: str) -> None:
    """By every way to this machine."""
    own, family = ("::1", socket.AF_INET6) if host == "::1" else ("127.0.0.1", socket.AF_INET)
    asking = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((own, 0), family=family) as server, socket.socket(asking) as client:
        client.connect((host, server.getsockname()[1]))
        accepted, (address, port, *_) = server.accept()
        with accepted:
            assert connection_owner(address, port) == os.getuid()
            assert is_own_connection(address, port)
