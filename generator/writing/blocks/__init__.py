"""The blocks of a document as Markdown and HTML that show exactly their words and structure.

`inline` writes the words of a block, `elements` the element of each kind, and `body` puts lists,
quotations and notes together.
"""
