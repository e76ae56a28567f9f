"""Every decision about one document or one name, with its reason."""
