"""Pages of ours from Markdown to HTML without Python-Markdown, and templates rendered in parts.

A faster way to the same bytes: whatever is not certain is left to MkDocs, and in each build some
pages are rendered both ways and compared (docs-site/docs/developers/rendering.md).
"""
