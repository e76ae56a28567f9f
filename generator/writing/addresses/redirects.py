"""Redirects from old addresses to new ones, in every form that a static site can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Address, OutputFile, PagePath
from generator.writing.addresses import urls

NETLIFY = PagePath("_redirects")
"""The file in which Netlify, Cloudflare Pages and others look for redirects.

Only their common dialect is written. Netlify's `301!` would take precedence over an existing page,
such as the redirect page itself, but Cloudflare rejects every line with it.
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
    """Write a redirect page without a script at every old address, and the list for servers.

    The pages are plain HTML: builders copy them unchanged and leave them out of navigation, search
    index and site map. The list has paths of the host, where the site is at `base_path`. `index`
    is what addresses have after the folder of a page.
    """
    for old, new in sorted(moved.items()):
        page = PagePath(f"{old}index.html")
        target = f"{urls.relative(page, PagePath(new))}/{index}"
        yield OutputFile(page, _PAGE.format(target=target, address=f"{new}{index}").encode())
    lines = "".join(
        f"{base_path}{old} {base_path}{new}{index} 301\n" for old, new in sorted(moved.items())
    )
    yield OutputFile(NETLIFY, f"# Pages that have moved; written by Seedbed.\n{lines}".encode())
