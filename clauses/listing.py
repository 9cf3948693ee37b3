"""Keeps the rows that lists read as the clauses are: called inside the transaction that changes a document's clauses.

Cost follows change: of a clause that is listed as it is, nothing is read but a digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from clauses.core.search_syntax import document_mark, type_mark
from clauses.core.search_words import indexed_words
from clauses.models import Clause, Label, ListedClause, ListedFigure, ListedType, ListingState, TypeCount
from clauses.models.listing import position_of
from clauses.site_taxonomy import taxonomy_in_force
from clauses.word_index import Words, add_words, drop_unlisted_words, drop_words
from monitor.models import Document

# Raise it where the same clause is to be listed otherwise, and say in the release notes to run `manage.py relist`.
_LISTING_VERSION = 2
_CHUNK = 500
_Labels = Mapping[int, Sequence[str]]
_Row = tuple[int, int, int, str, datetime]


def list_document(document_id: int) -> int:
    """Make the rows of a document's standing clauses what they are to be. How many clauses were listed anew.

    Waits for whoever else is at work on the document, until the transaction ends. Call it last: whoever else lists
    waits until the transaction ends, and must not hold what it still needs.
    """
    return list_documents([document_id])


def list_documents(documents: Iterable[int]) -> int:
    """As `list_document`, for several: locked in the order of their keys, and the change is marked once."""
    keys = sorted(set(documents))
    list(Document.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
    found = [_list(key) for key in keys]
    if any(is_changed for _, is_changed in found):
        mark_change()
    return sum(fresh for fresh, _ in found)


def _list(document_id: int) -> tuple[int, bool]:
    """How many clauses were listed anew, and whether anything was changed, to be marked by the caller."""
    labels = _labels(document_id)
    wanted = {row[0]: _digest(row, labels) for row in _standing(document_id)}
    known = {
        clause: (position, made_of)
        for clause, position, made_of in ListedClause.objects.filter(document=document_id).values_list(
            "clause", "position", "made_of"
        )
    }
    gone = [position for clause, (position, made_of) in known.items() if wanted.get(clause) != made_of]
    fresh = [clause for clause, made_of in wanted.items() if known.get(clause, (0, ""))[1] != made_of]
    _drop(gone)
    for start in range(0, len(fresh), _CHUNK):
        _add(fresh[start : start + _CHUNK], labels, wanted)
    if gone or fresh:
        _count(document_id)
    return len(fresh), bool(gone or fresh)


def list_all() -> Iterator[int]:
    """List every document, each in a transaction of its own. Yields how many clauses of each were listed anew."""
    yield from _list_each(Document.objects.order_by("pk"))


def list_unlisted() -> Iterator[int]:
    """List the documents of which clauses stand and none is listed: so all after the migration that brought the lists.

    Also those of which figures are listed as they were before each stood once for any type. Each in a transaction of
    its own: killed, it goes on with the others when it is called again.
    """
    standing = Clause.objects.standing().filter(document=OuterRef("pk"), current__isnull=False)
    listed = ListedClause.objects.filter(document=OuterRef("pk"))
    figures = ListedFigure.objects.filter(document=OuterRef("pk"))
    is_unlisted = Q(Exists(standing)) & ~Q(Exists(listed))
    is_of_before = Q(Exists(figures)) & ~Q(Exists(figures.filter(type="")))
    if not ListedClause.objects.exists():
        # The index of words is the table of no model, so that a flush leaves it as it was.
        drop_unlisted_words()
    yield from _list_each(Document.objects.filter(is_unlisted | is_of_before).order_by("pk"))


def _list_each(documents: QuerySet[Document]) -> Iterator[int]:
    for document_id in documents.values_list("pk", flat=True):
        with transaction.atomic():
            count = list_document(document_id)
        yield count


def list_anew() -> Iterator[int]:
    """List every document as if none were listed, in one transaction, which readers see the end of only.

    Yields as `list_all` does. Whoever works on a document waits until all are listed.
    """
    with transaction.atomic():
        for document_id in forget_all():
            yield _list(document_id)[0]
        mark_change()


def forget(documents: Sequence[int]) -> None:
    """Take the clauses of documents, locked by the caller, out of the lists. The caller marks the change, last."""
    _drop(list(ListedClause.objects.filter(document__in=documents).values_list("position", flat=True)))
    TypeCount.objects.filter(document__in=documents).delete()


def forget_all() -> list[int]:
    """Take all documents out of the lists. Their keys. Inside a transaction that lists them anew and marks the change.

    They stay locked until it ends. One that comes meanwhile is listed by its own analysis, and left alone.
    """
    documents = list(Document.objects.order_by("pk").select_for_update().values_list("pk", flat=True))
    for model in (ListedFigure, ListedType, ListedClause, TypeCount):
        model._default_manager.filter(document__in=documents).delete()
    drop_unlisted_words()
    return documents


def mark_change() -> None:
    """Say that what is listed has changed. Holds up everybody else who lists until the transaction ends.

    The last lock that a transaction takes: after documents, in the order of their keys, and after counters.
    """
    ListingState.objects.update_or_create(pk=1, defaults={"mark": uuid4().hex})


def _standing(document_id: int) -> Iterable[_Row]:
    found = Clause.objects.standing().filter(document=document_id, current__isnull=False)
    # Earlier history that is joined moves the first sight of words that stay what they are.
    since = "current__first_version__first_seen_at"
    return found.order_by("number").values_list("pk", "current", "severity", "confidence", since)


def _labels(document_id: int) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Label.objects.filter(clause__document=document_id).order_by("rank")
    for clause, slug in rows.values_list("clause", "type"):
        found.setdefault(clause, []).append(slug)
    return found


def _digest(row: _Row, labels: _Labels) -> str:
    *values, since = row
    made_of = repr((_LISTING_VERSION, values, since.astimezone(UTC).isoformat(), labels.get(row[0], ())))
    return hashlib.sha256(made_of.encode()).hexdigest()[:16]


def _drop(positions: Sequence[int]) -> None:
    for start in range(0, len(positions), _CHUNK):
        chunk = positions[start : start + _CHUNK]
        ListedFigure.objects.filter(listed__in=chunk).delete()
        ListedType.objects.filter(listed__in=chunk).delete()
        ListedClause.objects.filter(position__in=chunk).delete()
    drop_words(positions)


def _add(keys: Sequence[int], labels: _Labels, made_of: Mapping[int, str]) -> None:
    clauses = list(
        Clause.objects.filter(pk__in=keys)
        .select_related("current__wording", "current__classification", "current__first_version")
        .prefetch_related("current__classification__facts")
    )
    rows = [_listed(clause, made_of[clause.pk]) for clause in clauses]
    types: list[ListedType] = []
    figures: list[ListedFigure] = []
    for clause, row in zip(clauses, rows, strict=True):
        slugs = labels.get(clause.pk, ())
        types += (
            ListedType(
                listed=row,
                type=slug,
                rank=rank,
                document_id=row.document_id,
                points=row.points,
                since=row.since,
            )
            for rank, slug in enumerate(slugs)
        )
        figures += _figures(clause, row, slugs)
    ListedClause.objects.bulk_create(rows)
    ListedType.objects.bulk_create(types)
    ListedFigure.objects.bulk_create(figures)
    add_words(
        _words(clause, row, labels.get(clause.pk, ())) for clause, row in zip(clauses, rows, strict=True)
    )


def _listed(clause: Clause, made_of: str) -> ListedClause:
    assert clause.current
    return ListedClause(
        position=position_of(clause.severity, clause.number),
        clause=clause,
        document_id=clause.document_id,
        severity=clause.severity,
        confidence=clause.confidence,
        points=clause.current.classification.points,
        since=clause.current.first_version.first_seen_at,
        made_of=made_of,
    )


def _figures(clause: Clause, row: ListedClause, slugs: Sequence[str]) -> Iterator[ListedFigure]:
    assert clause.current
    for fact in clause.current.classification.facts.all():
        amount = fact.value_read().normalized
        for slug in ("", *slugs):
            yield ListedFigure(
                listed=row,
                type=slug,
                document_id=row.document_id,
                kind=fact.kind,
                value=fact.value,
                unit=fact.unit,
                amount=amount if isinstance(amount, float) else None,
            )


def _words(clause: Clause, row: ListedClause, slugs: Sequence[str]) -> Words:
    assert clause.current
    known = taxonomy_in_force().types
    names = " / ".join(known[slug].name for slug in slugs if slug in known)
    return Words(
        position=row.position,
        heading=indexed_words(clause.current.heading),
        names=indexed_words(names),
        body=indexed_words(clause.current.wording.text),
        marks=[document_mark(row.document_id), *map(type_mark, slugs)],
    )


def _count(document_id: int) -> None:
    all_of_them = ListedClause.objects.filter(document=document_id).order_by().values_list("severity")
    by_type = (
        ListedType.objects.filter(document=document_id).order_by().values_list("type", "listed__severity")
    )
    rows = [("", *row) for row in all_of_them.annotate(n=Count("pk"))] + list(by_type.annotate(n=Count("pk")))
    TypeCount.objects.filter(document=document_id).delete()
    TypeCount.objects.bulk_create(
        TypeCount(document_id=document_id, type=slug, severity=severity, clauses=count)
        for slug, severity, count in rows
    )
