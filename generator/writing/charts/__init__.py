"""Charts as HTML that needs no script and no style of its own.

Each chart is one block without an empty line, which Markdown passes on unchanged. It has all that
it shows in words too, for screen readers and for browsers that draw nothing.
"""
