"""What hosts do not accept: files that are too large, and sites of too many files.

Sources: <https://developers.cloudflare.com/pages/platform/limits/> and
<https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits>.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from generator.files.file_stats import FileStat
from generator.model import Problem

_HINT = "Choose another host; `raw_seeds: false` leaves out the files of the seeds themselves"


class HostLimits(msgspec.Struct, frozen=True):
    """The limits of a host, without payment; None where there is none."""

    name: str
    file_size: int | None = None
    """In bytes."""
    site_size: int | None = None
    """In bytes."""
    files: int | None = None


HOSTS = (
    HostLimits("Cloudflare Pages", file_size=25 * 2**20, files=20_000),
    HostLimits("GitHub Pages", file_size=100_000_000, site_size=1_000_000_000),
)


def exceeded_limits(
    site: Mapping[str, FileStat], hosts: tuple[HostLimits, ...] = HOSTS
) -> Iterator[Problem]:
    """Yield a warning for each host that would refuse a site with these files."""
    total = sum(stat.size for stat in site.values())
    for host in hosts:
        large = [path for path, stat in site.items() if stat.size > (host.file_size or stat.size)]
        reasons = [f"{path} has {_megabytes(site[path].size)}" for path in sorted(large)[:3]]
        if host.site_size is not None and total > host.site_size:
            reasons.insert(0, f"{_megabytes(total)} in all")
        if host.files is not None and len(site) > host.files:
            reasons.insert(0, f"{len(site):,} files, not {host.files:,}")
        if reasons:
            message = f"{host.name} does not accept this site: {'; '.join(reasons)}"
            yield Problem("W122", "site", message, _HINT, severity="warning")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
