"""The pure packages, wired to the engine: from the seeds to the docs folder."""
