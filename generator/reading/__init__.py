"""Reading: the bytes of one seed become a document, independent of all other seeds."""
