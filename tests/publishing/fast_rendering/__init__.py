"""Tests of pages that are rendered without Python-Markdown."""
