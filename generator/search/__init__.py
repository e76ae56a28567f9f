"""The search index, built from entries and term counts; it does not depend on pages."""
