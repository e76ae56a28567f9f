"""Tables of documents and names, as files to download."""
