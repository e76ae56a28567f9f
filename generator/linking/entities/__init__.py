"""Names of all documents become people, organizations and places."""
