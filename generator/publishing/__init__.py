"""The site: MkDocs builds it, the check proves it, one step puts it in place."""
