"""Forms about pages that are read or are to be read, for the desk and for the watch list."""
