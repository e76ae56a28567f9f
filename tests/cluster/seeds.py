"""Seeds of several kinds, enough for two batches."""

from __future__ import annotations

import io
import zipfile

from tests.conftest import HOSTILE

_MAIL = "From: Ana Ruiz <ana@example.org>\nTo: Tom Lee <tom@example.org>\nSubject: Bridges\n\n"


def seeds(letters: int = 50) -> dict[str, str | bytes]:
    """Return letters, and seeds that a process with limits opens."""
    texts: dict[str, str | bytes] = {
        f"letters/{number:03d}.txt": (
            f"Letter {number}\n\nBy Ana Ruiz\n{number % 28 + 1} May 1950\n\nMayor Tom Lee met"
            f" Anna Weber of the Ministry of Health in Lima on day {number}.\n"
        )
        for number in range(letters)
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", f"Part {number}\n\nBy Tom Lee\n\nOf an archive.\n")
    return {
        **texts,
        "hostile.txt": HOSTILE,
        "parts.zip": packed.getvalue(),
        "mail.eml": f"{_MAIL}The old bridge was closed.\n",
    }
