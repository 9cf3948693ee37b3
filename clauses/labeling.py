"""Drawing sentences for the gold set, handing them out, one to a curator, and putting down what was said of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import heapify, heappop, heappush

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from clauses.core.sentences import sentences
from clauses.models import Clause, Decision, GoldLabel, GoldSentence, Wording
from clauses.models.choices import ConfidenceWord
from clauses.queries.gold import sentence_hashes, waiting_for
from clauses.queries.scope import shown
from monitor.core.normalize import fingerprint
from monitor.models import Platform

MOST_DRAWN = 200
# As in the gold sets of the project: shorter ones are headings, longer ones were not cut.
_FEWEST_WORDS, _MOST_WORDS = 6, 120
# One sentence in so many is labeled by two curators, to know how far they agree.
_TWICE_IN = 4
# Of a platform and a band, so many clauses are looked at for one that gives a sentence.
_LOOKED_AT = 40
# Others may take what was just found free: so many are tried.
_TRIED = 20

Stratum = tuple[Platform, str]


class NothingToLabel(ValueError):
    """A label for a sentence that is not the curator's to label; the message says why."""


def draw(count: int, at: datetime) -> int:
    """Draw up to so many sentences more, and `MOST_DRAWN` at most. How many there were.

    Fair: of each platform and band of confidence in turn, those first of which the fewest were drawn. Without chance:
    the hashes of platforms and texts decide, so nobody chose, and the same archive gives the same sentences. Left out
    are sentences of texts that a curator ruled on, from which the site may have learned, and other languages.
    """
    taught = _taught()
    drawn = 0
    with transaction.atomic():
        strata = _strata()
        while strata and drawn < min(count, MOST_DRAWN):
            had, key, stratum = heappop(strata)
            if (found := next(_candidates(stratum, taught, at), None)) is not None:
                is_ours = _is_saved(found)
                drawn += is_ours
                heappush(strata, (had + is_ours, key, stratum))
    return drawn


def _is_saved(found: GoldSentence) -> bool:
    """False where somebody else drew it at this moment: looked for again, it is seen, and the next one taken."""
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        return False
    return True


def give_next(user: User, at: datetime, after: int = 0) -> GoldSentence | None:
    """Claim the next sentence that a curator may label, and let go of the one before; None where none is left.

    Behind the one of the key `after`, which was skipped; where none is behind it, from the beginning.
    """
    GoldSentence.objects.filter(claimed_by=user).update(claimed_by=None, claimed_at=None)
    waiting = waiting_for(user, at).exclude(pk=after)
    for found in (*waiting.filter(pk__gt=after)[:_TRIED], *waiting.filter(pk__lt=after)[:_TRIED]):
        if claim(found, user, at):
            return found
    return None


def claim(sentence: GoldSentence, user: User, at: datetime) -> bool:
    """Take a sentence, or keep it; False where somebody else looks at it."""
    free = GoldSentence.objects.free_for(user, at).filter(pk=sentence.pk)
    return free.update(claimed_by=user, claimed_at=at) == 1


def label(sentence: GoldSentence, types: Sequence[str], user: User, at: datetime) -> GoldLabel:
    """Put down the types that a curator gives to a sentence, also in place of what the same curator said before.

    Raises NothingToLabel where somebody else looks at it, or enough curators have labeled it.
    """
    with transaction.atomic():
        locked = GoldSentence.objects.select_for_update().get(pk=sentence.pk)
        others = locked.labels.exclude(labeled_by=user).order_by().values("labeled_by").distinct().count()
        is_again = locked.labels.filter(labeled_by=user).exists()
        if not is_again and (others >= locked.wanted or not claim(locked, user, at)):
            raise NothingToLabel(
                "Somebody else labeled this sentence meanwhile, or is at it. Take the next one."
            )
        made = GoldLabel.objects.create(sentence=locked, types=list(types), labeled_by=user, labeled_at=at)
        GoldSentence.objects.filter(pk=locked.pk, claimed_by=user).update(claimed_by=None, claimed_at=None)
    return made


def _strata() -> list[tuple[int, str, Stratum]]:
    """Platforms by band as a heap: those first of which the fewest sentences were drawn; of equals, by a hash."""
    had = Counter(GoldSentence.objects.values_list("clause__document__platform", "band"))
    strata = [
        (had[platform.pk, band], _hash(f"{platform.slug} {band}"), (platform, band))
        for platform in Platform.objects.filter(shown())
        for band in ConfidenceWord.values
    ]
    heapify(strata)
    return strata


def _taught() -> frozenset[str]:
    """The hashes of the sentences of all wordings that a curator ever ruled on."""
    texts = Wording.objects.filter(pk__in=Decision.objects.values("wording")).values_list("text", flat=True)
    return frozenset(hash_ for text in texts.iterator() for hash_ in sentence_hashes(text))


def _candidates(stratum: Stratum, taught: frozenset[str], at: datetime) -> Iterator[GoldSentence]:
    """The next sentences of a platform and band, in the order of the hashes of their clauses' words."""
    platform, band = stratum
    for clause in _clauses(platform, band)[:_LOOKED_AT]:
        assert clause.current
        text = clause.current.wording.text
        spans = [(a, b) for a, b in sentences(text) if _FEWEST_WORDS <= len(text[a:b].split()) <= _MOST_WORDS]
        if not spans:
            continue
        start, end = spans[int(clause.current.wording.sha256[:8], 16) % len(spans)]
        key = fingerprint(text[start:end])
        if key not in taught and not GoldSentence.objects.filter(sha256=key).exists():
            yield GoldSentence(
                clause=clause,
                text=text[start:end],
                sha256=key,
                platform=platform.name[:120],
                band=band,
                wanted=2 if int(key[:8], 16) % _TWICE_IN == 0 else 1,
                drawn_at=at,
            )


def _clauses(platform: Platform, band: str) -> QuerySet[Clause]:
    """The standing clauses of a platform and band from which no sentence was drawn."""
    found = Clause.objects.standing().filter(
        Q(document__language="") | Q(document__language__startswith="en"),
        document__platform=platform,
        current__classification__confidence=band,
        gold_sentences=None,
    )
    return found.select_related("current__wording").order_by("current__wording__sha256", "pk")


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
