"""Files at the root of a site: robots.txt, llms.txt and headers for hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import OutputFile, PagePath
from generator.writing import plain_text
from generator.writing.addresses import urls
from generator.writing.site_info import SiteInfo

_POLICY = """/*
  Content-Security-Policy: frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""
"""Headers for hosts that read such a file. Pages have the rest of the policy themselves."""

_UTF8 = frozenset({"utf-8", "ascii"})
"""Encodings that are UTF-8 or a subset of it."""


def site_files(
    site_info: SiteInfo, index_pages: Iterable[tuple[str, PagePath]], encodings: Iterable[str]
) -> Iterator[OutputFile]:
    """Write the files that hosts and programs look for at the root of a site.

    `encodings` are those of all documents.
    """
    yield OutputFile(PagePath("robots.txt"), _robots(site_info).encode())
    yield OutputFile(PagePath("_headers"), _headers(encodings, site_info).encode())
    yield OutputFile(
        PagePath("llms.txt"), plain_text.encode_plain_text(_llms(site_info, index_pages))
    )


def _robots(site_info: SiteInfo) -> str:
    if site_info.hidden:
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"Sitemap: {site_info.absolute_url('sitemap.xml')}\n" if site_info.url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _llms(site_info: SiteInfo, index_pages: Iterable[tuple[str, PagePath]]) -> str:
    """Return the site's description for language models (llmstxt.org), with its index pages."""
    lines = [f"# {_line(site_info.name)}", "", f"> {_line(site_info.description or '')}", ""]
    lines += [site_info.labels("llms"), "", f"## {site_info.labels('hubs')}", ""]
    for name, path in index_pages:
        address = urls.page_address(path)
        lines.append(f"- [{name}]({site_info.absolute_page(address) or site_info.page(address)})")
    return "\n".join(lines) + "\n"


def _headers(encodings: Iterable[str], site_info: SiteInfo) -> str:
    """Return the headers of the site, in the dialect of Netlify and Cloudflare.

    A rule matches whole paths, so it applies below any folder of a host. `source.txt` has the bytes
    of its seed: if one seed is not UTF-8, no charset is declared for any of them.
    """
    all_utf8 = all(encoding.lower() in _UTF8 for encoding in encodings)
    texts = ["/*.txt"] if all_utf8 or not site_info.raw else ["/*/text.txt", "/*llms.txt"]
    headers = "".join(f"{path}\n  Content-Type: text/plain; charset=utf-8\n" for path in texts)
    return _POLICY + headers


def _line(words: str) -> str:
    return " ".join(words.split())
