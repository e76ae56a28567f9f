"""Readers of files that are no plain text: each makes a reading of bytes.

`detect` has the table of formats. A reader gets bytes and returns a reading, or raises a refusal;
it touches neither disk nor network. Libraries are imported where a file needs them.
"""
