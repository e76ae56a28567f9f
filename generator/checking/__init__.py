"""The check of a built site: it knows no builder, and not how pages were written."""
