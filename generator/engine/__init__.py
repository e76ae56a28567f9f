"""Incremental builds: a database, entries, fingerprints and worker processes."""
