"""What a build costs, beside stock MkDocs, Zensical and Hugo on the same pages: `make bench`."""
