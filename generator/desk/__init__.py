"""The desk: corrections that a person makes in the preview, as lines of `corrections.yml`."""
