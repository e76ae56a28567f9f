"""Fields of Word and RTF files, by the codes that they begin with."""

from __future__ import annotations

import re

SILENT = re.compile(r"\s*(?:ASK|PRIVATE|RD|SET|TA|TC|XE)\b", re.IGNORECASE)
"""The codes of fields whose result is stored and never shown."""
