"""Addresses of pages: how they are formed, and how they stay the same."""
