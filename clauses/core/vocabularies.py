"""Words of law and of terms in other languages than English, by language and type."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clauses.core.patterns import regex
from clauses.core.tables import Table

_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language: common ones, by which it is told apart, and for each type those that show it."""

    common: frozenset[str]
    types: Mapping[str, tuple[re.Pattern[str], ...]]


def read_vocabularies(
    table: Table, words: Mapping[str, str], types: Collection[str]
) -> Mapping[str, Vocabulary]:
    """The vocabularies of a file, by language; each a table of common words and, for each type, a list of patterns.

    A pattern begins at a word. Raises TaxonomyError for a type that is not of the taxonomy, and as `regex` does.
    """
    return MappingProxyType({code: _vocabulary(table, code, words, types) for code in table.row})


def _vocabulary(table: Table, code: str, words: Mapping[str, str], types: Collection[str]) -> Vocabulary:
    own = table.table(code)
    if not _LANGUAGE.fullmatch(code):
        raise table.error(code, "must be two letters, as in ISO 639-1")
    own.only("common", *types)
    found = {
        slug: tuple(regex(own, slug, rf"\b(?:{source})", words) for source in own.texts(slug))
        for slug in own.row
        if slug != "common"
    }
    return Vocabulary(frozenset(own.text("common").split()), MappingProxyType(found))
