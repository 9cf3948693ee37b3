"""The desk of the clauses: decide, look at changes and alerts, keep documents and accounts."""

from clauses.admin import accounts, clauses, deliveries, documents, records

__all__ = ["accounts", "clauses", "deliveries", "documents", "records"]
