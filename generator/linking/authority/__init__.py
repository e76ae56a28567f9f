"""The names that people list in names.csv: found in every text, and stronger than every rule."""
