"""The quality of the rules: `make quality` prints scores and compares them with their floors.

Each module is a measure. It yields its scores, or raises `MissingError` if its texts are missing.
To add one, write the module, add it to `__main__.MEASURES`, and add each score to `floors.yml`.
"""
