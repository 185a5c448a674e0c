"""The spaCy pipeline: one component a file, in the order in which they run."""
