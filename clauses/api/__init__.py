"""The programs' door: what the pages state as typed JSON under /api/v1/, and the acts that a token may do."""
