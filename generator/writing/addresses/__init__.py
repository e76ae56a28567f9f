"""Addresses of pages: how they are made, and how they last."""
