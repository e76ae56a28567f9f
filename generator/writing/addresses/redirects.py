"""Old addresses that lead to new ones, in every way that a static site has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Address, OutputFile, PagePath
from generator.writing.addresses import urls

NETLIFY = PagePath("_redirects")
"""Where Netlify, Cloudflare Pages and others look for redirects.

Only their common dialect is written: Netlify's `301!` would also hold where a page is, as the page
of a redirect is, but Cloudflare refuses every line with it.
"""

_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>This page has moved</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{target}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body><p>This page has moved to <a href="{target}">{address}</a>.</p></body>
</html>
"""


def redirect_pages(
    moved: Mapping[Address, Address], base_path: str = "/", index: str = ""
) -> Iterator[OutputFile]:
    """Make a page at every old address, which needs no script, and the list for servers.

    The page is plain HTML: builders copy it as it stands, and put it into no navigation, search
    index or site map. The list has paths of the host, on which the site is at `home`; addresses
    end with `index`.
    """
    for old, new in sorted(moved.items()):
        page = PagePath(f"{old}index.html")
        target = f"{urls.relative(page, PagePath(new))}/{index}"
        yield OutputFile(page, _PAGE.format(target=target, address=f"{new}{index}").encode())
    lines = "".join(
        f"{base_path}{old} {base_path}{new}{index} 301\n" for old, new in sorted(moved.items())
    )
    yield OutputFile(NETLIFY, f"# Pages that have moved; written by Seedbed.\n{lines}".encode())
