"""Placeholder addresses in `site_url`, which would otherwise appear in every citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.model import Problem
from generator.settings import Site

_RESERVED = re.compile(
    # RFC 2606 and RFC 6761: reserved names, and addresses of this machine.
    r"(?:.+\.)?example\.(?:com|net|org|edu)|(?:.+\.)?(?:example|invalid|localhost|test)"
    r"|127(?:\.\d+){3}|0\.0\.0\.0|::1?"
)
_PLACEHOLDER_NAMES = frozenset(
    "username user-name yourname yourusername yourdomain yoursite yourproject yourrepo yourorg"
    " myusername mydomain mysite changeme change-me repo-name repository-name site-name"
    " project-name placeholder orgname org-name".split()
)
"""Placeholder names, as instructions use them."""

_PLACEHOLDER_PATTERN = re.compile(r"\Ayour[-_]|[<>{}\[\]$]")


def report_placeholder(site: Site) -> Iterator[Problem]:
    """Yield a warning if `site_url` is a placeholder."""
    if site.url and is_placeholder(site.url):
        message = (
            f"site_url is the placeholder {site.url}, and citations, feeds and the sitemap have it"
        )
        hint = "Write the public address of the site, or remove the line"
        yield Problem("W066", "mkdocs.yml", message, hint, severity="warning")


def is_placeholder(url: str) -> bool:
    """Whether an address is reserved for examples, local, or a placeholder of an instruction."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # square brackets without an IPv6 address
        return True
    # The last label of a host, such as `org`, is not checked; every segment of a path is.
    names = [*host.split(".")[:-1], *unquote(parts.path).lower().split("/")]
    has_placeholder = any(
        name in _PLACEHOLDER_NAMES or _PLACEHOLDER_PATTERN.search(name) for name in names
    )
    return bool(url) and (_RESERVED.fullmatch(host) is not None or has_placeholder)
