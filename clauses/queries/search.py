"""Searching clauses by words: in their wording, in the heading above them, and in the names of their types."""

from __future__ import annotations

import re
from functools import reduce
from operator import and_

from django.db.models import Exists, F, Func, OuterRef, Q, TextField

from clauses.models import Label
from clauses.site_taxonomy import taxonomy_in_force

QUOTATION_MARKS = '"“”„«»'
_TERM = re.compile(
    rf"[{QUOTATION_MARKS}]([^{QUOTATION_MARKS}]+)[{QUOTATION_MARKS}]|([^\s{QUOTATION_MARKS}]+)"
)


class _Nearest(Func):
    """The last entry of a JSON list, as text: the nearest heading of a heading path."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        return self.as_sql(
            compiler, connection, template="JSON_EXTRACT(%(expressions)s, '$[#-1]')", **context
        )

    def as_postgresql(self, compiler, connection, **context):  # type: ignore[no-untyped-def]
        return self.as_sql(compiler, connection, template="(%(expressions)s ->> -1)", **context)


def search_terms(words: str) -> list[str]:
    """What is looked for: each word by itself, words in quotation marks together."""
    found = [(together or single).strip() for together, single in _TERM.findall(words)]
    return [" ".join(term.split()) for term in found if term]


def nearest_heading() -> Func:
    """The heading right above a clause's current wording."""
    return _Nearest(F("current__heading_path"))


def matching(words: str) -> Q:
    """That every term is found, for clauses annotated with `nearest_heading`. Case counts for nothing."""
    return reduce(and_, (_found(term) for term in search_terms(words)), Q())


def _found(term: str) -> Q:
    here = Q(current__wording__text__icontains=term) | Q(nearest_heading__icontains=term)
    slugs = [slug for slug, known in taxonomy_in_force().types.items() if term.lower() in known.name.lower()]
    return here | Q(Exists(Label.objects.filter(clause=OuterRef("pk"), type__in=slugs))) if slugs else here
