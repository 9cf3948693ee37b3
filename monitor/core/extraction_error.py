"""Why a page gave no text. Each message is one line, fit for the capture log."""

from __future__ import annotations


class ExtractionError(Exception):
    """A page could not be read as a text. Raised only as one of its kinds below, named for what is wrong."""


class NothingSelected(ExtractionError):
    """The page was read, but no element matches the selectors: usually the page's structure has changed."""


class EmptyText(ExtractionError):
    """The page, or the selected part of it, holds no words."""


class NotText(ExtractionError):
    """The bytes are no text we can read: binary, in an unknown character set, or of an unsupported type."""


class BadSelector(ExtractionError):
    """A `select` or `remove` selector is not valid CSS."""
