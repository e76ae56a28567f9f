"""Pictures made from figures, as HTML that needs no script and no style of its own.

Each is one block without an empty line, which Markdown passes on as it stands. A picture says
all that it shows in words as well: to screen readers, and to readers whose browser draws none.
"""
