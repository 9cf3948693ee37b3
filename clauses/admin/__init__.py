"""The desk of the clauses: decide, look at changes and alerts, keep documents and accounts."""

from clauses.admin import accounts, clauses, documents, records

__all__ = ["accounts", "clauses", "documents", "records"]
