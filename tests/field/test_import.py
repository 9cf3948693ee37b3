"""A month of a real archive, imported. Runs where the captures are."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command

from monitor.models import Fetch
from tests.field import replay

VERSIONS = replay.SHARED / "data" / "ota-versions.bundle"

pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not VERSIONS.exists(), reason="needs the shared captures beside the checkout"),
]


def _import(*arguments: str) -> list[dict]:
    out = StringIO()
    call_command("import_ota", "--declarations", str(replay.DECLARATIONS), "--json", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_recorded_texts_of_a_service_come_to_its_few_changes() -> None:
    rows = _import("--versions", str(VERSIONS), "--service", "Claude.ai")
    found = {row["terms_type"]: row for row in rows}
    assert len(found) == 8
    privacy = found["Privacy Policy"]
    # The archive recorded 136 texts: most differ in the targets of links.
    assert sum(privacy["captures"].values()) == 136
    assert len(privacy["versions"]) == 8
    terms = [version["first_seen_at"][:10] for version in found["Terms of Service"]["versions"]]
    assert terms == ["2025-08-01", "2025-08-29", "2025-09-27", "2025-10-09", "2025-11-28"]


def test_the_watch_list_of_seven_services_holds_their_sources() -> None:
    rows = _import()
    assert len({row["service"] for row in rows}) == 7
    assert len(rows) == 34
    assert Fetch.objects.count() == 0
