"""The project that a command is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.publishing.mkdocs_build import Project


def load(config_file: Path, jobs: int = 0) -> Project:
    """Return the project of a configuration; `jobs` other than 0 replaces the setting."""
    from generator.publishing.mkdocs_build import load_project

    project = load_project(config_file)
    settings = replace(project.settings, jobs=jobs or project.settings.jobs)
    return replace(project, settings=settings)
