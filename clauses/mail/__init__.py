"""Every mail as its reader meets it: HTML and text from the same values."""
