"""MkDocs' pages rendered on all cores; docs/about/developers/how-it-scales.md tells how and why."""
