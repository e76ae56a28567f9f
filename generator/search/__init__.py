"""The search index, made of entries and term counts; it knows no page."""
