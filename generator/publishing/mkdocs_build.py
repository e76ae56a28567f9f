"""MkDocs, called as a library: configuration in, a built site out."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from generator import settings as settings_module
from generator.engine import workers
from generator.files import folders, sha256
from generator.files.snapshot import Snapshot, folder_fingerprint, take_snapshot
from generator.model import PageCounts, Problem, SeedbedError
from generator.publishing.blame import Origins, page_in, warned, words
from generator.publishing.guards import Failure
from generator.publishing.placeholders import placeholder
from generator.publishing.policy import blocked
from generator.publishing.rendering.sync import (
    NO_PARTS,
    NOTHING_SEEN,
    Prescan,
    SiteFiles,
    mkdocs_output,
    sync,
)
from generator.publishing.theme_version import incompatible_theme_files
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@dataclass(frozen=True, slots=True)
class Project:
    """A project as its mkdocs.yml describes it."""

    config_file: Path
    settings: Settings
    site: Path
    described: str = ""
    """Digest of its whole configuration, its own theme, its hooks, and what it has MkDocs watch.

    Empty where an extension may read other files, and so nobody knows when the site changes.
    """
    problems: tuple[Problem, ...] = ()
    """What a person should know of it, whatever its seeds are."""


def load_project(config_file: Path) -> Project:
    """Read a project's mkdocs.yml; raises SeedbedError when it is missing or wrong."""
    from generator.publishing.rendering.shared_inputs import (
        config_fingerprint,
        is_self_contained,
        project_theme_folders,
    )

    with LogCollector() as heard:
        config = _config(config_file)
    settings, own = settings_of(config), project_theme_folders(config)
    found = [config_fingerprint(config), _selected(config), sha256(config_file)]
    others = [Path(config_file.parent, str(name)) for name in (*config.hooks, *config.watch)]
    found += [folder_fingerprint(folder) for folder in (*own, *others) if folder.is_dir()]
    found += [sha256(path) for path in others if path.is_file()]
    told = (
        incompatible_theme_files(own, settings.root),
        blocked(config),
        placeholder(settings.site),
        _warnings(config, heard),
    )
    problems = tuple(chain.from_iterable(told))
    place = Path(config.site_dir)
    # A link to what a server shows: the folder behind it changes places, and the link stays.
    target = place.resolve() if place.is_symlink() else place
    described = " ".join(found) if is_self_contained(config) else ""
    return Project(config_file, settings, target, described, problems)


def settings_of(config: MkDocsConfig) -> Settings:
    """Take the generator's settings out of a MkDocs configuration."""
    url = _written(config, "site_url")
    return settings_module.from_mapping(
        config.extra.get("seedbed"),
        root=Path(config.config_file_path or "mkdocs.yml").resolve().parent,
        docs=Path(config.docs_dir),
        site=settings_module.Site(
            name=config.site_name,
            description=config.site_description or "",
            url=f"{url.rstrip('/')}/" if url else "",
            language=str(config.theme.get("language", "en")),
            extensions=tuple(config.markdown_extensions),
            directory_urls=config.use_directory_urls and not _is_offline(config),
            alternate_paths=_sisters(config, url),
            strict=config.strict if _as_written(config, "strict") else None,
        ),
        site_dir=Path(config.site_dir),
    )


def _is_offline(config: MkDocsConfig) -> bool:
    """Tell whether Material's plugin `offline` is on: it turns directory URLs off by itself."""
    found = (config.plugins.get(name) for name in ("material/offline", "offline"))
    return any(plugin and plugin.config.get("enabled", True) for plugin in found)


def _sisters(config: MkDocsConfig, url: str) -> tuple[str, ...]:
    """Give the paths of translations of this site that are sites of their own on its host."""
    home = urlsplit(url or "/").path or "/"
    alternates = config.extra.get("alternate") or []
    links = (str(one.get("link", "")) for one in alternates if isinstance(one, Mapping))
    # Material takes a relative one from the home page on.
    paths = {urlsplit(urljoin(home, link)).path for link in links if not urlsplit(link).netloc}
    return tuple(sorted(path for path in paths if not home.startswith(path)))


def _selected(config: MkDocsConfig) -> str:
    """Describe which pages a site has: mkdocs.yml may have it from the file that it inherits."""
    keys = ("nav", "not_in_nav", "exclude_docs", "draft_docs")
    return str([_as_written(config, key) for key in keys])


def _written(config: MkDocsConfig, key: str) -> str:
    """Give a value as mkdocs.yml has it: during a preview MkDocs puts its own address there."""
    found = _as_written(config, key)
    return str(found[-1] or "") if found else ""


def _as_written(config: MkDocsConfig, key: str) -> list[Any]:
    with warnings.catch_warnings():  # MkDocs, which is frozen, calls this deprecated
        warnings.simplefilter("ignore", DeprecationWarning)
        return [mapping[key] for mapping in config.user_configs if key in mapping]


OWN = ".seedbed/own"
"""Where MkDocs writes what it renders itself, below the project's folder."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of MkDocs' work."""

    pages: PageCounts
    """The figures of the pages outside of the navigation, as far as our plugin rendered them."""
    lies: Snapshot
    """The site as it lies there."""
    touched: frozenset[str]
    """Its files that were put there now, or taken away."""
    problems: tuple[Problem, ...] = ()
    """What MkDocs and plugins warn of."""
    failures: tuple[Failure, ...] = ()
    """Which plugins failed on which pages of ours."""


def build(
    project: Project,
    target: Path,
    count: workers.Count = workers.untold,
    seen: Prescan = NOTHING_SEEN,
) -> BuildResult:
    """Make a folder the site of the docs folder, which must be complete.

    What is the same in this folder already, or in the published site, is not written again.
    What was `seen` already is not looked at again; `count` hears how many pages are rendered.
    Raises SeedbedError, and leaves the folder as it was, when MkDocs or a plugin fails. What they
    warn of stops a build as mkdocs.yml says: all of it with `strict: true`, nothing with
    `strict: false`, links that lead nowhere where it says neither.
    """
    own = folders.recreate(project.settings.root / OWN)
    config = _config(project.config_file, site_dir=str(own))
    plugin: Any = config.plugins.get("seedbed")
    delivered: list[SiteFiles] = []
    if plugin:
        alone = config.plugins.events["post_build"] == [plugin.on_post_build]
        with plugin.for_build(
            project.settings.jobs, delivered.append if alone else None, count, seen
        ):
            problems = _run(config)
    else:
        problems = _run(config)
    parts = delivered[0] if delivered else NO_PARTS
    linked = {**parts.linked, **mkdocs_output(own, project.site)}
    whole = SiteFiles(linked, parts.copied)
    there = take_snapshot(target, seen.aside)
    snapshot, touched = sync(there, whole, project.site, project.settings.jobs, seen.docs)
    folders.remove(own)
    failures = tuple(plugin.failures) if plugin else ()
    return BuildResult(
        plugin.pages if plugin else PageCounts(), snapshot, touched, problems, failures
    )


def _run(config: MkDocsConfig) -> tuple[Problem, ...]:
    """Build as the `mkdocs` command does, and give what was warned of."""
    from mkdocs.commands.build import build as mkdocs_build

    with LogCollector() as heard:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except SeedbedError:  # of a worker or of ours, and no fault of a page
            raise
        except (Exception, SystemExit) as error:
            who = Origins.of(config).of_error(error)
            if isinstance(error, OSError) and not who:  # of the disk
                raise
            raise _failure(config, heard, error, who) from error
    dead = [words(one) for one in heard.records if one.name.startswith(_LINKS)]
    if dead and not _as_written(config, "strict"):
        hint = "Mend the page it names; `strict: false` in mkdocs.yml lets it pass"
        raise SeedbedError(f"MkDocs says: {'; '.join(dead)}", hint)
    return _warnings(config, heard)


_LINKS = "mkdocs.structure"
"""Who speaks of links and of the navigation. That these lead somewhere is a promise of ours, and
so it stops a build where mkdocs.yml does not say how strict it is to be."""


def _failure(
    config: MkDocsConfig, heard: LogCollector, error: BaseException, who: str
) -> SeedbedError:
    """Say why there is no site, in the words of whoever says so, and as theirs."""
    errors = [words(one) for one in heard.records if one.levelno >= logging.ERROR]
    page = page_in("; ".join(errors), Path(config.docs_dir))
    if who:
        where = f" on the page {page}" if page else ""
        message = f"{type(error).__name__}: {error}".rstrip(": ")
        hint = "Look at its settings in mkdocs.yml, or take it out; --debug shows where it failed"
        return SeedbedError(f"{who} could not do its work{where}: {message}", hint)
    origins = Origins.of(config)
    if errors or not (config.strict and heard.records):
        message = "; ".join(errors) or str(error)
        hint = "Mend the page it names" if page else "--debug shows where it failed"
        return SeedbedError(f"MkDocs could not build the site: {message}", hint)
    message = "; ".join(f"{origins.of_record(one)} says: {words(one)}" for one in heard.records)
    return SeedbedError(
        f"mkdocs.yml has `strict: true`, and {message}",
        "Mend what this names, or leave `strict` out",
    )


def _warnings(config: MkDocsConfig, heard: LogCollector) -> tuple[Problem, ...]:
    """Give what MkDocs and plugins warned of, each once."""
    origins = Origins.of(config)
    docs = Path(config.docs_dir)
    return tuple(dict.fromkeys(warned(record, origins, docs) for record in heard.records))


def serve(project: Project, address: str | None, *, open_in_browser: bool) -> None:
    """Serve a live preview until it is interrupted."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    mkdocs_serve(
        config_file=str(project.config_file), open_in_browser=open_in_browser, dev_addr=address
    )


def _config(config_file: Path, **overrides: Any) -> MkDocsConfig:
    # Silences the banner about MkDocs 2 that Material prints on every build.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config  # here, because MkDocs takes 300 ms to load

    if not config_file.is_file():
        hint = "Run this in a project's folder, or start one with `seedbed new`"
        raise SeedbedError(f"there is no {config_file}", hint)
    with LogCollector() as heard:
        try:
            return load_config(config_file=str(config_file), **overrides)
        except (Exception, SystemExit) as error:
            message = "; ".join(map(words, heard.records)) or str(error)
            raise SeedbedError(
                f"{config_file} is not right: {message}", "Mend the setting it names"
            ) from error


class LogCollector(logging.Handler):
    """Collects what MkDocs warns of, instead of letting it print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Collect a message."""
        self.records.append(record)

    def __enter__(self) -> LogCollector:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
