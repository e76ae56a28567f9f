"""MkDocs' pages rendered on all cores; docs/about/how-it-scales.md tells how and why."""
