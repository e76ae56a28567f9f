"""Files at the root of a site: robots.txt, llms.txt, headers for hosts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import Corpus, OutputFile, PagePath
from generator.writing import plain_text
from generator.writing.addresses import urls
from generator.writing.site_info import SiteInfo

_POLICY = """/*
  Content-Security-Policy: frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
"""
"""For hosts that read such a file. Pages carry the rest of the policy themselves."""

_UTF8 = frozenset({"utf-8", "ascii"})
"""The codecs of texts that are UTF-8."""


def site_files(
    site_info: SiteInfo, hubs: Iterable[tuple[str, PagePath]], corpus: Corpus
) -> Iterator[OutputFile]:
    """Write what hosts and machines look for at the root of a site."""
    yield OutputFile(PagePath("robots.txt"), _robots(site_info).encode())
    yield OutputFile(PagePath("_headers"), _headers(corpus, site_info).encode())
    yield OutputFile(PagePath("llms.txt"), plain_text.encode_plain_text(_llms(site_info, hubs)))


def _robots(site_info: SiteInfo) -> str:
    if site_info.hidden:
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"Sitemap: {site_info.absolute_url('sitemap.xml')}\n" if site_info.url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _llms(site_info: SiteInfo, hubs: Iterable[tuple[str, PagePath]]) -> str:
    """The site for language models (llmstxt.org): what it is, and where its plain text lies."""
    lines = [f"# {_line(site_info.name)}", "", f"> {_line(site_info.description)}", ""]
    lines += [site_info.labels("llms"), "", f"## {site_info.labels('hubs')}", ""]
    places = ((name, urls.page_address(path)) for name, path in hubs)
    shown = ((name, site_info.absolute_page(at) or site_info.page(at)) for name, at in places)
    lines += [f"- [{name}]({where})" for name, where in shown]
    return "\n".join(lines) + "\n"


def _headers(corpus: Corpus, site_info: SiteInfo) -> str:
    """The headers of the site, in the dialect of Netlify and Cloudflare.

    A rule matches whole paths, so it holds below any folder of a host. `source.txt` has the bytes
    of its seed: where one of them is no UTF-8, nothing is said of any.
    """
    same = all(document.encoding.lower() in _UTF8 for document in corpus.documents)
    texts = ["/*.txt"] if same or not site_info.raw else ["/*/text.txt", "/*llms.txt"]
    message = "".join(f"{path}\n  Content-Type: text/plain; charset=utf-8\n" for path in texts)
    return _POLICY + message


def _line(words: str) -> str:
    return " ".join(words.split())
