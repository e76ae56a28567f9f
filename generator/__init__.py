"""Seedbed turns a folder of documents into an archive that people can read, search and cite."""

__version__ = "0.1.0"
