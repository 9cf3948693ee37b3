"""All that is on record as one file, and a site filled from it. The format is described in docs/archive-format.md."""
