"""What mkdocs.yml has pages load that their own Content-Security-Policy forbids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from generator.model import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

DEFAULT_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none';"
    " form-action 'self'"
)
"""The policy of every page where `security_policy` says nothing, as the theme writes it."""

_INLINE = "'unsafe-inline'"
"""Scripts and styles in the page itself."""

_GOOGLE = "https://www.googletagmanager.com"
_FONTS = {"style-src": "https://fonts.googleapis.com", "font-src": "https://fonts.gstatic.com"}


@dataclass(frozen=True, slots=True)
class _Need:
    """What a setting needs a page to be allowed."""

    setting: str
    directive: str
    source: str


def blocked_settings(config: MkDocsConfig) -> Iterator[Problem]:
    """Say of each setting that the policy would make idle, and with which policy it works."""
    ours: Mapping[str, Any] = config.extra.get("seedbed") or {}
    policy = str(ours.get("security_policy", DEFAULT_POLICY))
    if not policy.strip():
        return
    directives = _directives(policy)
    missing = [need for need in _needs(config) if not _allows(directives, need)]
    wanted = _extended(directives, missing)
    for setting in dict.fromkeys(need.setting for need in missing):
        sources = [need.source for need in missing if need.setting == setting]
        message = f"{setting} needs {', '.join(dict.fromkeys(sources))}, which browsers block here"
        hint = f'Set extra.seedbed.security_policy to "{wanted}", or take the setting out'
        yield Problem("W065", "mkdocs.yml", message, hint, severity="warning")


def _needs(config: MkDocsConfig) -> Iterator[_Need]:
    for script in config.extra_javascript:
        yield from _foreign("extra_javascript", "script-src", str(getattr(script, "path", script)))
    for style in config.extra_css:
        yield from _foreign("extra_css", "style-src", str(style))
    for key in ("logo", "favicon"):
        yield from _foreign(f"theme.{key}", "img-src", str(config.theme.get(key) or ""))
    if config.theme.name == "material" and config.theme.get("font", True):
        for directive, source in _FONTS.items():
            yield _Need("theme.font", directive, source)
    analytics = config.extra.get("analytics")
    if isinstance(analytics, Mapping) and analytics.get("provider"):
        yield _Need("extra.analytics", "script-src", _INLINE)
        if analytics["provider"] == "google":
            for directive in ("script-src", "connect-src", "img-src"):
                yield _Need("extra.analytics", directive, _GOOGLE)
            yield _Need("extra.analytics", "connect-src", "https://*.google-analytics.com")
    if config.extra.get("consent"):
        yield _Need("extra.consent", "script-src", _INLINE)


def _foreign(setting: str, directive: str, address: str) -> Iterator[_Need]:
    """Give what a file of another host needs; nothing for one of the site's own."""
    parts = urlsplit(address)
    if parts.netloc:
        yield _Need(setting, directive, f"{parts.scheme or 'https'}://{parts.netloc}")


def _directives(policy: str) -> dict[str, list[str]]:
    """Read a policy; what is said twice holds as it was said first."""
    read: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        read.setdefault(name.lower(), sources)
    read.pop("", None)
    return read


def _sources(directives: Mapping[str, list[str]], name: str) -> list[str] | None:
    """Give what a directive allows; None where nothing restricts it."""
    return directives.get(name, directives.get("default-src"))


def _allows(directives: Mapping[str, list[str]], need: _Need) -> bool:
    sources = _sources(directives, need.directive)
    return sources is None or any(_covers(source, need.source) for source in sources)


def _covers(source: str, wanted: str) -> bool:
    """Tell whether a source of a policy allows another; a nonce or digest allows what is inline."""
    if wanted == _INLINE:
        return source == _INLINE or source.startswith(("'nonce-", "'sha"))
    scheme, _, host = wanted.partition("://")
    named = source.rpartition("://")[2].partition("/")[0]
    return source in {"*", f"{scheme}:"} or fnmatchcase(host, named)


def _extended(directives: Mapping[str, list[str]], missing: list[_Need]) -> str:
    """Write the policy that allows all that is missing, and nothing else that it forbade."""
    wanted = {name: list(sources) for name, sources in directives.items()}
    for need in missing:
        have = wanted.setdefault(need.directive, list(_sources(wanted, need.directive) or []))
        have += [need.source] if need.source not in have else []
        wanted[need.directive] = [source for source in have if source != "'none'"]
    return "; ".join(" ".join((name, *sources)) for name, sources in wanted.items())
