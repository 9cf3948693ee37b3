"""The gold set of a site: which sentences wait for a label, how far curators agree, and the set as evaluation data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Count, F, QuerySet

from clauses.core.agreement import Agreement, agreement
from clauses.core.sentences import sentences
from clauses.models import GoldLabel, GoldSentence
from clauses.queries.twins import Json
from monitor.core.normalize import fingerprint


@dataclass(frozen=True, slots=True)
class GoldProgress:
    """How many sentences were drawn, are labeled by as many as wanted, and wait for one curator; and the agreement."""

    drawn: int
    done: int
    waiting: int
    by_you: int
    agreement: Agreement


def unlabeled() -> QuerySet[GoldSentence]:
    """The sentences that fewer curators labeled than wanted, in the order of drawing."""
    counted = GoldSentence.objects.annotate(said=Count("labels__labeled_by", distinct=True))
    return counted.filter(said__lt=F("wanted"))


def waiting_for(user: User, at: datetime) -> QuerySet[GoldSentence]:
    """Those that a curator may be given: not labeled by them, and looked at by nobody else."""
    own = GoldLabel.objects.filter(labeled_by=user)
    free = GoldSentence.objects.free_for(user, at)
    return unlabeled().filter(pk__in=free.values("pk")).exclude(pk__in=own.values("sentence"))


def progress(user: User, at: datetime) -> GoldProgress:
    """How far the set is."""
    drawn = GoldSentence.objects.count()
    pairs = [(said[0], said[1]) for _, said in _said() if len(said) > 1]
    return GoldProgress(
        drawn, drawn - unlabeled().count(), waiting_for(user, at).count(), labeled_by(user), agreement(pairs)
    )


def labeled_by(user: User) -> int:
    """How many sentences a curator labeled."""
    return GoldLabel.objects.filter(labeled_by=user).order_by().values("sentence").distinct().count()


def last_labeled(user: User) -> GoldSentence | None:
    """The sentence that a curator labeled last."""
    row = GoldLabel.objects.filter(labeled_by=user).select_related("sentence").last()
    return row.sentence if row else None


def gold_rows() -> Iterator[Json]:
    """The labeled sentences in the form of the corpora, in the order of drawing.

    `labels` are the types that every curator gave who labeled it, `said` what each gave; `agreed`: all the same.
    """
    for sentence, said in _said():
        yield {
            "text": sentence.text,
            "labels": sorted(frozenset.intersection(*said)),
            "said": [sorted(types) for types in said],
            "agreed": len(set(said)) == 1,
            "service": sentence.platform,
            "band": sentence.band,
            "sha256": sentence.sha256,
        }


def gold_hashes() -> frozenset[str]:
    """The hashes of all sentences that were drawn, labeled or not."""
    return frozenset(GoldSentence.objects.values_list("sha256", flat=True))


def sentence_hashes(text: str) -> frozenset[str]:
    """The hashes of the sentences of a text, by which sentences are known again."""
    return frozenset(fingerprint(text[start:end]) for start, end in sentences(text))


def _said() -> Iterator[tuple[GoldSentence, list[frozenset[str]]]]:
    """Each labeled sentence with the latest label of each of its curators, in the order of their first ones."""
    for sentence in GoldSentence.objects.prefetch_related("labels").order_by("pk"):
        latest = {row.labeled_by_id: frozenset(row.types) for row in sentence.labels.all()}
        if latest:
            yield sentence, list(latest.values())
