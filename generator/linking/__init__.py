"""The corpus as a whole: what can only be known once every document is read."""
