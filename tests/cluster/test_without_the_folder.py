"""A whole build by a worker that has nothing but what it is sent, in this process."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import pytest

from generator.engine.cluster import job_plugin
from generator.engine.cluster_paths import Folders
from generator.engine.cluster_sender import portable_supplies
from generator.engine.jobs import Delivered, Job, Part
from generator.engine.packed_files import unpack_files
from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.cluster.seeds import seeds
from tests.cluster.support import require_cluster
from tests.support import make_project, tree

T = TypeVar("T")
V = TypeVar("V")


def copied(value: T) -> T:
    """Return a value after a journey as bytes."""
    copy: T = pickle.loads(pickle.dumps(value))  # noqa: S301  (our own bytes)
    return copy


@dataclass
class SeparateWorker:
    """A worker that works in this process, and in a folder of its own."""

    folders: Folders
    own: Path
    items: list[object] = field(default_factory=list)
    """What it worked on."""

    def count(self, jobs: int) -> int:
        """Return what is asked for."""
        return jobs or 2

    def batch_size(self, size: int, share: int = 0) -> int:  # noqa: ARG002  (as in `Workers`)
        """Return the same size."""
        return size

    def map(self, job: Job[T, V], items: Iterable[T], jobs: int) -> Iterator[list[Delivered[V]]]:
        """Yield the parts of the result for each item, after a journey as bytes."""
        if jobs <= 1:
            yield from map(job.prepare_delivering(), items)
            return
        plugin = copied(job_plugin(job, self.folders))
        plugin.setup(SimpleNamespace(local_directory=str(self.own)))
        for item in items:
            sent = portable_supplies(copied(job.supplies(item))(), self.folders)
            answer = copied(plugin.work_on(*copied((item, sent))))
            if answer.error:
                raise answer.error
            self.items.append(item)
            files = unpack_files(answer.files) or [()] * len(answer.values)
            parts = map(Part, answer.values, files)
            yield [part.delivered(job.output_folder or Path()) for part in parts]
        plugin.teardown(None)


@pytest.mark.slow
def test_the_site_is_that_of_a_local_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every kind of seed; nothing falls back to this process, and nothing is left."""
    require_cluster()
    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", False)  # as a worker leaves it
    sites = []
    for name in ("local", "far"):
        project = mkdocs_build.load_project(make_project(tmp_path / name, seeds()))
        project = replace(project, settings=replace(project.settings, jobs=1))
        if name == "far":
            own = tmp_path / "own"
            own.mkdir()
            worker = SeparateWorker(Folders((project.settings.root,)), own)
            settings = replace(project.settings, jobs=2)
            project = replace(project, workers=worker, settings=settings)
        generate(project.settings, Options(workers=project.workers))
        publish(project)
        sites.append((tree(project.settings.docs), tree(project.site)))
    assert sites[0] == sites[1]
    assert not list(own.iterdir())
    names = {str(item) for batch in worker.items for item in batch if isinstance(item, str)}  # type: ignore[attr-defined]
    assert any(name.endswith("index.md") for name in names)  # rendered
    assert any(name.endswith("index.html") for name in names)  # checked
