"""What hosts would refuse is said before somebody uploads it."""

from __future__ import annotations

from generator.files.file_stats import FileStat
from generator.publishing.host_limits import HostLimits, exceeded_limits

SITE = {"index.html": FileStat(0, 2_000_000, 0), "data/corpus.tei.xml": FileStat(0, 9_000_000, 0)}


def messages(host: HostLimits) -> list[str]:
    """Return what is said of a host."""
    return [problem.message for problem in exceeded_limits(SITE, (host,))]


def test_a_host_without_limits_accepts_everything() -> None:
    """And one whose limits are just reached."""
    assert messages(HostLimits("A")) == []
    assert messages(HostLimits("A", file_size=9_000_000, site_size=11_000_000, files=2)) == []


def test_each_limit_is_named_with_the_largest_files() -> None:
    """In one message for a host."""
    (message,) = messages(HostLimits("A", file_size=8_999_999, site_size=10_999_999, files=1))
    assert message == (
        "A does not accept this site: 2 files, not 1; 11 MB in all; data/corpus.tei.xml has 9 MB"
    )


def test_the_hosts_of_the_recipes_accept_a_small_site() -> None:
    """Nothing is said of it."""
    assert list(exceeded_limits(SITE)) == []
