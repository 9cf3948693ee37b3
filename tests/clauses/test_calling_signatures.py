"""A receiver tells our calls from others, as the documentation says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clauses import connecting
from clauses.calling import call
from clauses.models import Webhook
from tests.clauses.owed_calls import owed_call
from tests.receiver import Receiver, receiver

_DOCS = Path(__file__).resolve().parents[2] / "docs" / "alerts.md"


@pytest.fixture
def program(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiver() as running:
        yield running


def verifier() -> Any:
    """The example of the documentation."""
    found = re.search(r"```python\n(.+?)```", _DOCS.read_text(), re.DOTALL)
    assert found
    names: dict[str, Any] = {}
    exec(found[1], names)
    return names["is_from_proviso"]


@pytest.mark.django_db
def test_the_example_of_the_documentation_knows_our_calls_from_others(program: Receiver) -> None:
    row = owed_call(program.url)
    call(row.pk)
    (came,) = program.calls
    is_from_proviso, secret = verifier(), row.webhook.secret
    assert is_from_proviso(secret, came.headers, came.body)
    assert not is_from_proviso("whsec_other", came.headers, came.body)
    assert not is_from_proviso(secret, came.headers, came.body + b" ")
    moved = came.headers | {"Proviso-Timestamp": str(int(came.headers["Proviso-Timestamp"]) + 1)}
    assert not is_from_proviso(secret, moved, came.body)
    old = came.headers | {"Proviso-Timestamp": str(int(time.time()) - 301)}
    assert not is_from_proviso(secret, old, came.body)
    assert (came.headers["Proviso-Event"], came.headers["Proviso-Delivery"]) == ("change", row.key)
    assert came.headers["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_a_new_secret_signs_from_the_next_call_on(program: Receiver) -> None:
    row = owed_call(program.url)
    connecting.renew_secret(row.webhook)
    call(row.pk)
    (came,) = program.calls
    known = [
        verifier()(webhook.secret, came.headers, came.body)
        for webhook in (row.webhook, Webhook.objects.get())
    ]
    assert known == [False, True]
