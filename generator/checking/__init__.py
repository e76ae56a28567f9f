"""The check of a built site: it depends on no builder, and not on how pages were written."""
