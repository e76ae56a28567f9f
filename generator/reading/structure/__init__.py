"""What the lines of a text are: blocks of a kind, and page furniture.

`lines` keeps what the layout says, `find` segments the lines into regions and gives each a kind,
`compose` makes the blocks and every change that they need.
"""
