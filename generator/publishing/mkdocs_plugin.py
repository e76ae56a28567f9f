"""Seedbed inside MkDocs: hooks that only call plain functions.

With this plugin in mkdocs.yml, `mkdocs build` and `mkdocs serve` do everything on their own.
Nothing depends on it: a builder that does not know it publishes the docs folder as it stands.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal

from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin

from generator import store
from generator.model import Report, SeedbedError
from generator.pipeline import generate
from generator.publishing.messages import digest
from generator.publishing.preview import watch_sources
from generator.publishing.site import settings_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

_log = logging.getLogger("seedbed")
"""Not below MkDocs' own logger: one bad seed must not stop a strict build of all the others."""


class _Options(Config):  # type: ignore[no-untyped-call]
    """None: settings are in `extra.seedbed`, where every builder accepts them."""


class SeedbedPlugin(BasePlugin[_Options]):  # type: ignore[no-untyped-call]
    """Generates the docs folder before MkDocs reads it, and watches the seeds during a preview."""

    report: Report = Report()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Stay alive between the rebuilds of a preview, as MkDocs has plugins with this hook."""

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Turn the seeds into Markdown before MkDocs looks for it."""
        settings = settings_of(config)
        try:
            with store.locked(settings.root):
                self.report = generate(settings)
        except SeedbedError as error:
            raise PluginError(str(error)) from error
        for line in digest(self.report.problems):
            _log.warning(line)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, **_: object
    ) -> LiveReloadServer:
        """Rebuild when a seed or a hand-written page changes, not when we write one."""
        watch_sources(server, settings_of(config))
        return server
