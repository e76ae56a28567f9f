"""One seed at a time: bytes become a document that knows nothing of other seeds."""
