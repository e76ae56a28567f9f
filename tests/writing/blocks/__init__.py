"""Tests of the blocks of a document as Markdown and HTML."""
