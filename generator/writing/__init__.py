"""Pages and data: the corpus becomes Markdown and files that any builder can publish."""
