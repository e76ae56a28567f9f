"""Benchmark of the search and of Pagefind on the same generated corpus: `make search-bench`."""
