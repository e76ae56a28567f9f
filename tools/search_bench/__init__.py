"""Figures of the search beside Pagefind's, over the same made corpus; `make search-bench`."""
