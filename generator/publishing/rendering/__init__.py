"""MkDocs' pages rendered on all cores: docs-site/docs/developers/how-it-scales.md says why."""
