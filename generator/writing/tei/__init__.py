"""Documents as TEI P5, for tools of editors and linguists."""
