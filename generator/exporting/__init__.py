"""A built site in other forms: a copy to open from disk, a book, a bag, a static repository."""
