"""Calls MkDocs as a library: takes a configuration, returns a built site."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import msgspec

from generator import settings as settings_module
from generator.engine import workers
from generator.engine.jobs import LOCAL_WORKERS, Workers
from generator.engine.tasks import TaskSummary
from generator.files import folders, sha256
from generator.files.known_folders import ListedFolder
from generator.files.snapshot import Snapshot, folder_fingerprint, take_snapshot
from generator.model import PageCounts, Problem, SeedbedError
from generator.publishing.log_collector import LogCollector
from generator.publishing.message_sources import (
    CodeOwners,
    message_text,
    page_named_in,
    warning_problem,
)
from generator.publishing.placeholder_url import report_placeholder
from generator.publishing.rendering.write_site import (
    Prescan,
    SiteFiles,
    mkdocs_output,
    sync,
)
from generator.publishing.saved_project import encode_project, follows_from, load_saved
from generator.publishing.security_policy import blocked_settings
from generator.publishing.site_urls import require_site_url
from generator.publishing.theme_version import incompatible_theme_files
from generator.settings import Settings

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.publishing.plugin_guards import PluginFailure


@dataclass(frozen=True, slots=True)
class Project:
    """A project as its mkdocs.yml describes it."""

    config_file: Path
    settings: Settings
    site: Path
    fingerprint: str | None = None
    """Digest of the whole configuration, the theme, the hooks and the files that MkDocs watches.

    None if an extension may read other files, so that a change of the site cannot be detected.
    """
    problems: tuple[Problem, ...] = ()
    """Problems of the configuration, independent of the seeds."""
    theme_folders: tuple[str, ...] = ()
    """The folders with the project's own files of the theme, relative to mkdocs.yml."""
    workers: Workers = LOCAL_WORKERS
    """Do the work of a build."""
    encoded: bytes | None = None
    """The project for `load_saved`; None if it does not follow from mkdocs.yml alone."""


def load_project(config_file: Path) -> Project:
    """Read a project's mkdocs.yml; raise SeedbedError if it is missing or invalid."""
    saved = load_saved(config_file)
    if saved is None:
        return read_project(config_file)
    return Project(config_file, saved.settings, saved.site, saved.fingerprint, saved.problems)


def read_project(config_file: Path) -> Project:
    """Read a project's mkdocs.yml with MkDocs; raise SeedbedError if it is missing or invalid."""
    from generator.publishing.rendering.shared_inputs import (
        config_fingerprint,
        is_self_contained,
        project_theme_folders,
        uses_other_packages,
    )

    with LogCollector() as collector:
        config = _config(config_file)
    settings, theme_folders = settings_of(config), project_theme_folders(config)
    digests = [config_fingerprint(config), _page_selection(config), sha256(config_file)]
    others = [Path(config_file.parent, str(name)) for name in (*config.hooks, *config.watch)]
    digests += [
        folder_fingerprint(folder) for folder in (*theme_folders, *others) if folder.is_dir()
    ]
    digests += [sha256(path) for path in others if path.is_file()]
    sources = (
        incompatible_theme_files(theme_folders, settings.root),
        blocked_settings(config),
        report_placeholder(settings.site),
        _warnings(config, collector),
    )
    problems = tuple(chain.from_iterable(sources))
    site = Path(config.site_dir)
    # If the site's folder is a symbolic link, its target is replaced, and the link stays.
    target = site.resolve() if site.is_symlink() else site
    fingerprint = " ".join(digests) if is_self_contained(config) else None
    within = (f for f in theme_folders if f.is_relative_to(settings.root))
    own = tuple(folder.relative_to(settings.root).as_posix() for folder in within)
    project = Project(config_file, settings, target, fingerprint, problems, own)
    if theme_folders or others or uses_other_packages(config) or not follows_from(config_file):
        return project
    encoded = encode_project(project, fingerprint) if fingerprint else None
    return replace(project, encoded=encoded)


def settings_of(config: MkDocsConfig) -> Settings:
    """Return the generator's settings from a MkDocs configuration."""
    url = _written(config, "site_url")
    require_site_url(url)
    return settings_module.from_mapping(
        config.extra.get("seedbed"),
        root=Path(config.config_file_path or "mkdocs.yml").resolve().parent,
        docs=Path(config.docs_dir),
        site=settings_module.Site(
            name=config.site_name,
            description=config.site_description or None,
            url=f"{url.rstrip('/')}/" if url else None,
            language=str(config.theme.get("language", "en")),
            extensions=tuple(config.markdown_extensions),
            directory_urls=config.use_directory_urls and not _is_offline(config),
            alternate_paths=_translation_paths(config, url),
            strict=config.strict if _as_written(config, "strict") else None,
        ),
        site_dir=Path(config.site_dir),
    )


def _is_offline(config: MkDocsConfig) -> bool:
    """Whether Material's plugin `offline` is enabled, which turns directory URLs off."""
    plugins = (config.plugins.get(name) for name in ("material/offline", "offline"))
    return any(plugin and plugin.config.get("enabled", True) for plugin in plugins)


def _translation_paths(config: MkDocsConfig, url: str) -> tuple[str, ...]:
    """Return the paths of translations of this site that are separate sites on its host."""
    home = urlsplit(url or "/").path or "/"
    alternates = config.extra.get("alternate") or []
    links = (str(item.get("link", "")) for item in alternates if isinstance(item, Mapping))
    # Material resolves a relative link from the home page.
    paths = {urlsplit(urljoin(home, link)).path for link in links if not urlsplit(link).netloc}
    return tuple(sorted(path for path in paths if not home.startswith(path)))


def _page_selection(config: MkDocsConfig) -> str:
    """Return the settings that select pages, which mkdocs.yml may inherit from another file."""
    keys = ("nav", "not_in_nav", "exclude_docs", "draft_docs")
    return str([_as_written(config, key) for key in keys])


def _written(config: MkDocsConfig, key: str) -> str:
    """Return a value as written in mkdocs.yml, because MkDocs replaces it during a preview."""
    values = _as_written(config, key)
    return str(values[-1] or "") if values else ""


def _as_written(config: MkDocsConfig, key: str) -> list[Any]:
    with warnings.catch_warnings():  # deprecated in MkDocs, which is no longer developed
        warnings.simplefilter("ignore", DeprecationWarning)
        return [mapping[key] for mapping in config.user_configs if key in mapping]


MKDOCS_OUTPUT = ".seedbed/own"
"""The folder for what MkDocs renders itself, below the project's folder."""


class BuildResult(msgspec.Struct, frozen=True):
    """The result of a build by MkDocs."""

    pages: PageCounts
    """Counts of the pages outside the navigation, if our plugin rendered them."""
    site: Snapshot
    """The site as it is now."""
    changed_files: frozenset[str]
    """Files of the site that were written or removed by this build."""
    problems: tuple[Problem, ...] = ()
    """Warnings of MkDocs and plugins."""
    failures: tuple[PluginFailure, ...] = ()
    """Failures of plugins on our pages."""
    tasks: tuple[TaskSummary, ...] = ()
    """What was outdated when pages were rendered."""
    listed: Mapping[str, ListedFolder] = msgspec.field(default_factory=dict)
    """Its folders whose files were listed after they were written."""
    named_folders: frozenset[str] = frozenset()
    """Its folders with files that are not only those of a folder of documents."""


def build(
    project: Project,
    target: Path,
    count: workers.Count = workers.no_count,
    prescan: Prescan | None = None,
) -> BuildResult:
    """Build the site of the docs folder, which must be complete, into a target folder.

    Files that are the same in this folder or in the published site are not written again. Folders
    in `prescan` are not scanned again. `count` is called with the number of rendered pages.
    Raises SeedbedError, and leaves the folder unchanged, if MkDocs or a plugin fails. Which
    warnings stop a build depends on mkdocs.yml: all with `strict: true`, none with `strict: false`,
    only dead links if `strict` is not set.
    """
    prescan = prescan or Prescan()
    output = folders.recreate(project.settings.root / MKDOCS_OUTPUT)
    config = _config(project.config_file, site_dir=str(output))
    plugin: Any = config.plugins.get("seedbed")
    delivered: list[SiteFiles] = []
    is_last = plugin and config.plugins.events["post_build"] == [plugin.on_post_build]
    if not is_last:  # then all files of the site are in the output
        prescan = replace(prescan, changed=None)
    if plugin:
        with plugin.for_build(
            project.settings.jobs,
            delivered.append if is_last else None,
            count,
            prescan,
            project.workers,
        ):
            problems = _run(config)
    else:
        problems = _run(config)
    site_files = _site_files(delivered, mkdocs_output(output, project.site))
    existing = prescan.staging.snapshot if prescan.staging else take_snapshot(target)
    synced = sync(existing, site_files, project.site, project.settings.jobs, prescan.changed)
    folders.remove(output)
    failures = tuple(plugin.failures) if plugin else ()
    pages, tasks = (plugin.pages, plugin.tasks) if plugin else (PageCounts(), ())
    problems += plugin.problems if plugin else ()
    site, named = synced.scan, site_files.named_folders
    return BuildResult(
        pages, site.snapshot, synced.changed, problems, failures, tasks, site.listed, named
    )


def _site_files(delivered: Iterable[SiteFiles], output: Mapping[str, str]) -> SiteFiles:
    """Return the files that the plugin delivered, if it did, and what MkDocs wrote."""
    parts = next(iter(delivered), SiteFiles({}, {}))
    linked = {**parts.linked, **output}
    copied = {path: source for path, source in parts.copied.items() if path not in linked}
    return replace(parts, linked=linked, copied=copied)


def _run(config: MkDocsConfig) -> tuple[Problem, ...]:
    """Build as the `mkdocs` command does, and return the warnings."""
    from mkdocs.commands.build import build as mkdocs_build

    with LogCollector() as collector:
        try:
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except SeedbedError:  # from Seedbed itself or a worker, not from a page
            raise
        except (Exception, SystemExit) as error:
            owner = CodeOwners.from_config(config).owner_of_error(error)
            if isinstance(error, OSError) and not owner:  # from the disk
                raise
            raise _failure(config, collector, error, owner) from error
    dead_links = [
        message_text(record) for record in collector.records if record.name.startswith(_LINK_LOGGER)
    ]
    if dead_links and not _as_written(config, "strict"):
        hint = "Correct the page it names; `strict: false` in mkdocs.yml lets it pass"
        raise SeedbedError(f"MkDocs says: {'; '.join(dead_links)}", hint)
    return _warnings(config, collector)


_LINK_LOGGER = "mkdocs.structure"
"""The logger of warnings about links and the navigation.

Seedbed promises that links have targets, so these warnings stop a build unless `strict` is set.
"""


def _failure(
    config: MkDocsConfig, collector: LogCollector, error: BaseException, owner: str | None
) -> SeedbedError:
    """Return an error that says why the build failed, and which code is the cause."""
    errors = [
        message_text(record) for record in collector.records if record.levelno >= logging.ERROR
    ]
    page = page_named_in("; ".join(errors), Path(config.docs_dir))
    if owner:
        where = f" on the page {page}" if page else ""
        message = f"{type(error).__name__}: {error}".rstrip(": ")
        hint = "Check its settings in mkdocs.yml, or remove it; --debug shows where it failed"
        return SeedbedError(f"{owner} failed{where}: {message}", hint)
    owners = CodeOwners.from_config(config)
    if errors or not (config.strict and collector.records):
        message = "; ".join(errors) or str(error)
        hint = "Correct the page it names" if page else "--debug shows where it failed"
        return SeedbedError(f"MkDocs could not build the site: {message}", hint)
    message = "; ".join(
        f"{owners.owner_of_record(record)} says: {message_text(record)}"
        for record in collector.records
    )
    return SeedbedError(
        f"mkdocs.yml has `strict: true`, and {message}",
        "Correct what this names, or remove `strict`",
    )


def _warnings(config: MkDocsConfig, collector: LogCollector) -> tuple[Problem, ...]:
    """Return the warnings of MkDocs and plugins, each once."""
    owners = CodeOwners.from_config(config)
    docs = Path(config.docs_dir)
    return tuple(
        dict.fromkeys(warning_problem(record, owners, docs) for record in collector.records)
    )


def serve(
    project: Project, address: str | None, *, open_in_browser: bool, desk: bool = False
) -> None:
    """Serve a live preview until it is interrupted, with a desk for corrections if asked for."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    from generator.publishing.preview_early_pages import DESK

    # The `mkdocs` command sets up its log itself; it shows the address and every rebuild.
    log = logging.getLogger("mkdocs")
    log.addHandler(logging.StreamHandler())
    log.setLevel(logging.INFO)
    os.environ[DESK] = "1" if desk else "0"

    mkdocs_serve(
        config_file=str(project.config_file), open_in_browser=open_in_browser, dev_addr=address
    )


def _config(config_file: Path, **overrides: Any) -> MkDocsConfig:
    # Suppress the banner about MkDocs 2 that Material prints on every build.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config  # imported here, because MkDocs takes 300 ms to load

    if config_file.exists() and not config_file.is_file():
        raise SeedbedError(f"{config_file} is not a regular file", "Replace it with a file")
    if not config_file.is_file():
        hint = "Run this in a project's folder, or start one with `seedbed new`"
        raise SeedbedError(f"there is no {config_file}", hint)
    with LogCollector() as collector:
        try:
            return load_config(config_file=str(config_file), **overrides)
        except (Exception, SystemExit) as error:
            message = "; ".join(map(message_text, collector.records)) or str(error)
            raise SeedbedError(
                f"{config_file} is not valid: {message}", "Correct the setting it names"
            ) from error
