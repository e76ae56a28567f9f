"""How good the heuristics are, in figures: `make quality` prints them and holds them to floors.

One module a measure; each gives its figures, or raises `MissingError` where it lacks its texts.
To add one: write the module, name it in `__main__.MEASURES`, give each figure a line in
`floors.yml`.
"""
