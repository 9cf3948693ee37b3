"""Reads of the pages: one module a subject. Nothing here changes a row."""
