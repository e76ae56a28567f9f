"""Duplicates, versions and related documents, found by their words."""
