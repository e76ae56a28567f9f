"""Names that people teach in `names.csv`: found in every text, and stronger than every rule."""
