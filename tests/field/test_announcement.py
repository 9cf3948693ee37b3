"""A real announcement, held against the real history of its platform and of another one. Runs where they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import escape

import pytest
from django.core.management import call_command

from clauses.analysis import analyze_pending
from clauses.models import Mention
from clauses.proposing import propose_pending
from monitor.models import Document, DocumentType, Platform, Source
from tests.builders import capture, make_document, make_source
from tests.field.replay import DECLARATIONS, SHARED

SEEDS, VERSIONS = SHARED / "seeds", SHARED / "data" / "ota-versions.bundle"
pytestmark = [
    pytest.mark.field,
    pytest.mark.django_db,
    pytest.mark.skipif(not VERSIONS.exists(), reason="needs the shared texts beside the checkout"),
]


def _announcement(platform: Platform) -> Source:
    text = next(SEEDS.glob("002_*.txt")).read_text()
    document = make_document(
        platform, type=DocumentType.ANNOUNCEMENT, name="Updates to Consumer Terms and Privacy Policy"
    )
    source = make_source(document)
    body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    capture(source, body, datetime(2025, 8, 28, 12, tzinfo=UTC))
    return source


def test_the_announcement_of_28_august_is_proposed_for_the_two_changes_it_announces_and_no_other() -> None:
    for service in ("Claude.ai", "ChatGPT"):
        call_command(
            "import_ota",
            *("--declarations", str(DECLARATIONS), "--versions", str(VERSIONS), "--service", service),
            *("--since", "2025-08-01", "--until", "2025-11-30", "--json"),
        )
        _announcement(Platform.objects.get(name=service))
    analyze_pending()
    assert Document.objects.filter(type=DocumentType.ANNOUNCEMENT).count() == propose_pending() == 2
    found = Mention.objects.order_by("change_set__document__name")
    assert [(row.change_set.document.name, row.change_set.detected_at.date()) for row in found] == [
        ("Privacy Policy", date(2025, 8, 29)),
        ("Terms of Service", date(2025, 8, 29)),
    ]
    for row in found:
        assert row.document.platform.name == "Claude.ai"
        first = row.reasons[0]
        assert (first["code"], first["value"]) == ("effective_day", "28 September 2025")
        assert "until September 28, 2025" in first["here"]
        assert "September 28, 2025" in first["there"]
