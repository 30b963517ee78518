"""What exit interviews mean: guides, the code book, who may read, when things close."""
