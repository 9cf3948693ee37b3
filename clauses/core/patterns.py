"""Regular expressions from the data files, with the taxonomy's shared words put in."""

from __future__ import annotations

import re
from collections.abc import Mapping

from clauses.core.tables import Table

_WORD = re.compile(r"<([a-z_]+)>")
_ESCAPE = re.compile(r"\\.")
# How deep a shared word may be made of shared words.
_DEPTH = 3


def regexes(table: Table, key: str, words: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    """The compiled patterns of a list that must not be empty. Raises TaxonomyError as `regex` does."""
    return tuple(regex(table, key, source, words) for source in table.texts(key))


def optional_regex(table: Table, key: str, words: Mapping[str, str]) -> re.Pattern[str] | None:
    """The compiled pattern, or None where the key is absent. Raises TaxonomyError as `regex` does."""
    return regex(table, key, table.text(key), words) if key in table.row else None


def regex(table: Table, key: str, source: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern with the shared words put in: `<data>` stands for what `words` says under "data".

    Raises TaxonomyError for an unknown word, a capital letter or what is no regular expression.
    """
    for _ in range(_DEPTH):
        source = _WORD.sub(lambda found: words.get(found.group(1), found.group()), source)
    if unknown := _WORD.search(source):
        raise table.error(key, f"uses the unknown word {unknown.group()}")
    plain = _ESCAPE.sub("", source)
    if plain != plain.lower():
        raise table.error(key, "must be in lower case: texts are folded before they are read")
    try:
        return re.compile(source)
    except re.error as error:
        raise table.error(key, f"is not a regular expression: {error}") from None
