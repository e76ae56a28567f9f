"""Settings in mkdocs.yml that need more than the pages' Content-Security-Policy allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from generator.model import Problem

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

DEFAULT_POLICY = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none';"
    " form-action 'self'"
)
"""The policy of every page if `security_policy` is not set, as the theme writes it."""

_INLINE = "'unsafe-inline'"
"""Source expression for scripts and styles in the page itself."""

_GOOGLE = "https://www.googletagmanager.com"
_FONTS = {"style-src": "https://fonts.googleapis.com", "font-src": "https://fonts.gstatic.com"}


class _Need(msgspec.Struct, frozen=True):
    """A source that a setting needs in a directive."""

    setting: str
    directive: str
    source: str


def blocked_settings(config: MkDocsConfig) -> Iterator[Problem]:
    """Yield a warning for each setting that the policy blocks, with a policy that allows it."""
    own_settings: Mapping[str, Any] = config.extra.get("seedbed") or {}
    policy = str(own_settings.get("security_policy", DEFAULT_POLICY))
    if not policy.strip():
        return
    directives = _directives(policy)
    missing = [need for need in _needs(config) if not _allows(directives, need)]
    wanted = _extended(directives, missing)
    for setting in dict.fromkeys(need.setting for need in missing):
        sources = [need.source for need in missing if need.setting == setting]
        message = f"{setting} needs {', '.join(dict.fromkeys(sources))}, which browsers block here"
        hint = f'Set extra.seedbed.security_policy to "{wanted}", or remove the setting'
        yield Problem("W065", "mkdocs.yml", message, hint, severity="warning")


def _needs(config: MkDocsConfig) -> Iterator[_Need]:
    for script in config.extra_javascript:
        yield from _external_source(
            "extra_javascript", "script-src", str(getattr(script, "path", script))
        )
    for style in config.extra_css:
        yield from _external_source("extra_css", "style-src", str(style))
    for key in ("logo", "favicon"):
        yield from _external_source(f"theme.{key}", "img-src", str(config.theme.get(key) or ""))
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


def _external_source(setting: str, directive: str, address: str) -> Iterator[_Need]:
    """Yield what a file on another host needs; nothing for a file of the site."""
    parts = urlsplit(address)
    if parts.netloc:
        yield _Need(setting, directive, f"{parts.scheme or 'https'}://{parts.netloc}")


def _directives(policy: str) -> dict[str, list[str]]:
    """Parse a policy; of a repeated directive the first one counts."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        directives.setdefault(name.lower(), sources)
    directives.pop("", None)
    return directives


def _sources(directives: Mapping[str, list[str]], name: str) -> list[str] | None:
    """Return the sources that a directive allows; None if it is not restricted."""
    return directives.get(name, directives.get("default-src"))


def _allows(directives: Mapping[str, list[str]], need: _Need) -> bool:
    sources = _sources(directives, need.directive)
    return sources is None or any(_covers(source, need.source) for source in sources)


def _covers(source: str, wanted: str) -> bool:
    """Whether a source of a policy covers another; a nonce or hash allows inline code."""
    if wanted == _INLINE:
        return source == _INLINE or source.startswith(("'nonce-", "'sha"))
    scheme, _, host = wanted.partition("://")
    pattern = source.rpartition("://")[2].partition("/")[0]
    return source in {"*", f"{scheme}:"} or fnmatchcase(host, pattern)


def _extended(directives: Mapping[str, list[str]], missing: list[_Need]) -> str:
    """Return the policy extended by the missing sources and nothing else."""
    wanted = {name: list(sources) for name, sources in directives.items()}
    for need in missing:
        allowed = wanted.setdefault(need.directive, list(_sources(wanted, need.directive) or []))
        allowed += [need.source] if need.source not in allowed else []
        wanted[need.directive] = [source for source in allowed if source != "'none'"]
    return "; ".join(" ".join((name, *sources)) for name, sources in wanted.items())
