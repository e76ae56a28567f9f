"""The head of a document: the lines above its text, and what they say of it."""
