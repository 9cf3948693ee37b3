"""What curators do by programs: decide on clauses, and take decisions back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from ninja import Status

from clauses.api.answers.acts import NewDecision, Reversal
from clauses.api.answers.site import Decision
from clauses.api.asker import DECIDING
from clauses.api.once import IdempotencyKey, asker, once
from clauses.api.operations import Key, RecordId, acts, number_of
from clauses.api.problems import Refused
from clauses.curation import DecisionError, decide, revert
from clauses.forms.decisions import DecisionForm
from clauses.forms.understood import understood
from clauses.models import Clause
from clauses.models.choices import SeverityLevel
from clauses.queries.decision_log import decision_log, decision_twin
from clauses.queries.records import records
from clauses.queries.twins import Json

_TAG = "acts"


@acts(_TAG, "/records/{record_id}/decisions", Decision, auth=DECIDING, status=201)
def decide_on_record(
    request: HttpRequest, record_id: RecordId, said: NewDecision, key: IdempotencyKey = None
) -> Status[Any]:
    """Decide on a clause.

    Its types and severity from now on, at the words that were read; no types: it is of none. Status 409 where these
    words changed, somebody decided meanwhile, or the clause does not stand any more.
    """
    clause = get_object_or_404(records(), number=number_of(record_id))
    return once(request, key, 201, lambda: _decided(clause, said, _curator(request)))


@acts(_TAG, "/decisions/{decision}/revert", Decision, auth=DECIDING, status=201)
def revert_decision(
    request: HttpRequest, decision: Key, said: Reversal, key: IdempotencyKey = None
) -> Status[Any]:
    """Take a decision back.

    By a row of its own: what was in force before is in force again. Status 409 where it was taken back already, or
    takes another one back itself.
    """
    found = get_object_or_404(decision_log(), pk=decision)

    def taken_back() -> Json:
        try:
            made = revert(found, said.reason, _curator(request))
        except DecisionError as error:
            raise _conflict(error) from None
        return decision_twin(decision_log().get(pk=made.pk))

    return once(request, key, 201, taken_back)


def _conflict(error: DecisionError) -> Refused:
    return Refused(409, f"{capfirst(str(error))}.")


def _curator(request: HttpRequest) -> User:
    user = asker(request).user
    assert user
    return user


def _decided(clause: Clause, said: NewDecision, user: User) -> Json:
    current = clause.current
    if clause.superseded_by_id or clause.removed_in_id or current is None:
        raise Refused(409, f"{clause.public_id} does not stand in its document any more.")
    if current.wording.sha256 != said.wording_sha256:
        raise Refused(409, f"{clause.public_id} has other words by now. Read them first.")
    severity = SeverityLevel[said.severity.upper()]
    form = understood(
        DecisionForm(
            clause,
            {
                "types": said.types,
                "no_type": not said.types,
                "severity": severity.value,
                "reason": said.reason,
                "wording": current.wording_id,
            },
        )
    )
    chosen = form.cleaned_data
    try:
        made = decide(clause, chosen["types"], severity, chosen["reason"], user, said.latest)
    except DecisionError as error:
        raise _conflict(error) from None
    return decision_twin(decision_log().get(pk=made.pk))
