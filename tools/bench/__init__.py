"""The cost of a build, compared with MkDocs, Zensical and Hugo on the same pages: `make bench`."""
