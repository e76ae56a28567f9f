"""Pages and data: the corpus as Markdown and files that any builder can publish."""
