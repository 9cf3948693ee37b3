"""Three invented platforms with eighteen months of captures, loaded into an empty database."""
