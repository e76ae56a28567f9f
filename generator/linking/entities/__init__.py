"""Entity resolution: from the names in all documents to people, organizations and places."""
