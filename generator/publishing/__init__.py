"""Publishing: MkDocs builds the site, the check verifies it, and one step puts it in place."""
