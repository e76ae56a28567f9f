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
    imprint: SiteInfo, hubs: Iterable[tuple[str, PagePath]], corpus: Corpus
) -> Iterator[OutputFile]:
    """Write what hosts and machines look for at the root of a site."""
    yield OutputFile(PagePath("robots.txt"), _robots(imprint).encode())
    yield OutputFile(PagePath("_headers"), _headers(corpus, imprint).encode())
    yield OutputFile(PagePath("llms.txt"), plain_text.encoded(_llms(imprint, hubs)))


def _robots(imprint: SiteInfo) -> str:
    if imprint.hidden:
        return "User-agent: *\nDisallow: /\n"
    sitemap = f"Sitemap: {imprint.absolute_url('sitemap.xml')}\n" if imprint.url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _llms(imprint: SiteInfo, hubs: Iterable[tuple[str, PagePath]]) -> str:
    """The site for language models (llmstxt.org): what it is, and where its plain text lies."""
    lines = [f"# {_line(imprint.name)}", "", f"> {_line(imprint.description)}", ""]
    lines += [imprint.labels("llms"), "", f"## {imprint.labels('hubs')}", ""]
    places = ((name, urls.page_address(path)) for name, path in hubs)
    shown = ((name, imprint.absolute_page(at) or imprint.page(at)) for name, at in places)
    lines += [f"- [{name}]({where})" for name, where in shown]
    return "\n".join(lines) + "\n"


def _headers(corpus: Corpus, imprint: SiteInfo) -> str:
    """The headers of the site, in the dialect of Netlify and Cloudflare.

    A rule matches whole paths, so it holds below any folder of a host. `source.txt` has the bytes
    of its seed: where one of them is no UTF-8, nothing is said of any.
    """
    same = all(one.encoding.lower() in _UTF8 for one in corpus.documents)
    texts = ["/*.txt"] if same or not imprint.raw else ["/*/text.txt", "/*llms.txt"]
    told = "".join(f"{path}\n  Content-Type: text/plain; charset=utf-8\n" for path in texts)
    return _POLICY + told


def _line(words: str) -> str:
    return " ".join(words.split())
