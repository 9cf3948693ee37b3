"""The site itself: how readings fare, days ahead, references, what ratings rest on, keys, and decisions."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from clauses.api.answers.law import LawNotes
from clauses.api.answers.site import Coming, Decisions, Keys, Methodology, References, Status
from clauses.api.asker import CURATING
from clauses.api.cursors import page_by_id
from clauses.api.operations import Paged, reads
from clauses.queries.coming import coming as days_ahead
from clauses.queries.coming import coming_twin
from clauses.queries.decision_log import decision_log, decision_twin
from clauses.queries.keys import keys as all_keys
from clauses.queries.keys import keys_twin, latest_roots
from clauses.queries.law_pages import law_page, law_page_twin
from clauses.queries.methodology import methodology_twin
from clauses.queries.references import reference_row_twin, standing_references
from clauses.queries.status_twin import status_twin
from clauses.queries.twins import Json

_TAG = "site"


@reads(_TAG, "/status", Status)
def status(request: HttpRequest) -> Json:
    """Read how well the pages are read.

    Outcomes of the readings, texts being confirmed, failing pages and the age of the queues, as of now.
    """
    return status_twin(timezone.now())


@reads(_TAG, "/coming", Coming)
def coming(request: HttpRequest) -> Json:
    """List the days ahead.

    When watched texts come into force, and by when users have to act, the next day first.
    """
    return {"days": coming_twin(days_ahead(timezone.now().date()))}


@reads(_TAG, "/references", References)
def references(request: HttpRequest, asked: Query[Paged]) -> Json:
    """List the references.

    Pages that curators attached to changes and platforms. Announcements that are tied to a change stand with it.
    """
    rows, following = page_by_id("references", standing_references(), asked.cursor, asked.limit)
    return {"items": [reference_row_twin(row) for row in rows], "next": following}


@reads(_TAG, "/methodology", Methodology)
def methodology(request: HttpRequest) -> Json:
    """Read what ratings rest on.

    Every version, clause type, circumstance and threshold.
    """
    return methodology_twin()


@reads(_TAG, "/methodology/law", LawNotes)
def law(request: HttpRequest) -> Json:
    """Read the notes on the law.

    Which laws they speak of, what they say of each clause type, and where to complain. General information.
    """
    return law_page_twin(law_page())


@reads(_TAG, "/keys", Keys)
def keys(request: HttpRequest) -> Json:
    """List the keys of the site.

    And the latest roots they signed, by which a copy can be held against what was published then.
    """
    return keys_twin(all_keys(), latest_roots())


@reads(_TAG, "/decisions", Decisions, auth=CURATING)
def decisions(request: HttpRequest, asked: Query[Paged]) -> Json:
    """List the decisions on clauses.

    Who ruled what about which clause, when and why, oldest first. For curators.
    """
    rows, following = page_by_id("decisions", decision_log(), asked.cursor, asked.limit)
    return {"items": [decision_twin(row) for row in rows], "next": following}
