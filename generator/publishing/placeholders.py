"""The address of a site that nobody chose: it would stand in every citation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from generator.model import Problem
from generator.settings import Site

_RESERVED = re.compile(
    # RFC 2606 and RFC 6761: names that nobody can have, and this machine.
    r"(?:.+\.)?example\.(?:com|net|org|edu)|(?:.+\.)?(?:example|invalid|localhost|test)"
    r"|127(?:\.\d+){3}|0\.0\.0\.0|::1?"
)
_STOPGAPS = frozenset(
    "username user-name yourname yourusername yourdomain yoursite yourproject yourrepo yourorg"
    " myusername mydomain mysite changeme change-me repo-name repository-name site-name"
    " project-name placeholder orgname org-name".split()
)
"""Names in the place of names, as people write them in instructions."""

_YOURS = re.compile(r"your[-_].*|.*[<>{}\[\]$].*")


def report_placeholder(site: Site) -> Iterator[Problem]:
    """Tell that `site_url` is an address that only stands in for one."""
    if is_placeholder(site.url):
        message = (
            f"site_url is {site.url}, which is nobody's: citations, feeds and the sitemap have it"
        )
        hint = "Write the address at which readers find the site, or remove the line"
        yield Problem("W066", "mkdocs.yml", message, hint, severity="warning")


def is_placeholder(url: str) -> bool:
    """Whether an address is reserved for examples, this machine's, or an instruction's."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # square brackets that hold no address of the sixth version
        return True
    # Of a host the last name, `org`, is never such a word; of a path every name may be.
    names = [*host.split(".")[:-1], *unquote(parts.path).lower().split("/")]
    stopgap = any(name in _STOPGAPS or _YOURS.fullmatch(name) for name in names)
    return bool(url) and (_RESERVED.fullmatch(host) is not None or stopgap)
