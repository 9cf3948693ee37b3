"""What the answers of the API hold: one schema for every shape, one sentence for every field."""
