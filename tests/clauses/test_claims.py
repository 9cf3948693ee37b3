"""Who is at work on a version or a document: one at a time, and nobody for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from clauses import claims
from clauses.models import AnalysisClaim, RereadingClaim
from tests.builders import day
from tests.clauses.edited_documents import RATES, Edited

pytestmark = pytest.mark.django_db

NOW = day(0)
LATER = NOW + timedelta(seconds=settings.CLAIM_SECONDS + 1)


@pytest.fixture(params=[AnalysisClaim, RereadingClaim])
def held(request: pytest.FixtureRequest) -> tuple[claims.Claims, int]:
    """Something that was just claimed: the kind of claim, and the key of what is claimed."""
    edited = Edited(RATES)
    key = edited.document.pk if request.param is RereadingClaim else edited.document.versions.get().pk
    assert claims.take(request.param, key, NOW)
    return request.param, key


def test_what_somebody_is_at_work_on_is_left_alone(held: tuple[claims.Claims, int]) -> None:
    assert not claims.take(*held, NOW + timedelta(seconds=1))
    claims.let_go(*held, NOW)
    assert claims.take(*held, NOW + timedelta(seconds=1))


def test_what_a_process_left_behind_is_taken_over_once(held: tuple[claims.Claims, int]) -> None:
    assert claims.take(*held, LATER)
    assert not claims.take(*held, LATER)


def test_who_comes_back_late_does_not_end_the_claim_of_who_took_over(held: tuple[claims.Claims, int]) -> None:
    claims.take(*held, LATER)
    claims.let_go(*held, NOW)
    assert not claims.take(*held, LATER)
