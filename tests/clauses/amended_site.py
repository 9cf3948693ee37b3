"""A site that says otherwise than what is shipped."""

from __future__ import annotations

import html
import re
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from clauses import amending
from clauses.models import Rerating
from clauses.queries.site_rules import open_rerating, working_rules
from clauses.rerating import rerate_next
from tests.builders import make_user
from tests.services.servers import wait_until

# Five years cost nothing more than the 30 days before, as a clause and as a change.
LENIENT = {
    "points": {
        "clause.factor.kept_over_a_year": 0,
        **{f"change.figure.retention.{step}": 2 for step in (2, 3, 4)},
    }
}


def own_type(**values: Any) -> dict[str, Any]:
    """What a content says of a type of the site."""
    texts = {"description": "What it is.", "why_it_matters": "It costs.", "what_it_means": "You pay."}
    return {"name": "Return of devices", "group": "contract", **texts, "base_points": 3, **values}


def save(content: dict[str, Any], by: User, reason: str = "We see it otherwise.") -> Rerating:
    """The content as the next version, on top of the latest."""
    latest = working_rules()
    return amending.save(content, reason, by, timezone.now(), based_on=latest.number if latest else 0)


def read_all() -> None:
    """Read every document for the open re-rating that nobody else is at."""
    while rerate_next():
        pass


def read_to_its_end() -> None:
    """Read every document for the open re-rating, and wait for those that a running site is at."""

    def is_read() -> bool:
        read_all()
        rerating = open_rerating()
        return rerating is None or rerating.read_at is not None

    wait_until(is_read, 240, "the end of the re-rating")


def put_in_force(content: dict[str, Any], by: User | None = None) -> Rerating:
    """Save, read and accept."""
    by = by or make_user(role="curator")
    rerating = save(content, by)
    read_to_its_end()
    amending.accept(rerating, by, timezone.now())
    return rerating


def text_of(answer: Any) -> str:
    """The words of a page, and what stands in its fields."""
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def fields_of(client: Client, path: str) -> dict[str, str | list[str]]:
    """What a browser would send back of a form as it stands."""
    shown = client.get(path).context
    sent: dict[str, str | list[str]] = {"based_on": str(shown["based_on"])}
    for field in shown["form"]:
        value = field.value()
        if value is None or value is False:
            continue
        if isinstance(value, list | tuple) and "Lines" in type(field.field).__name__:
            value = "\n".join(value)
        sent[field.name] = [str(one) for one in value] if isinstance(value, list | tuple) else str(value)
    return sent


def post(client: Client, path: str, **values: Any) -> Any:
    return client.post(path, {**fields_of(client, path), "reason": "We see it otherwise.", **values})
