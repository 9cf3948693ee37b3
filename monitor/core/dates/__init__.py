"""Dates as texts write them, and the words by which texts date themselves."""
