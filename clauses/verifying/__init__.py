"""Checking clauses and change sets against the stored texts, and everything that a record rests on."""
