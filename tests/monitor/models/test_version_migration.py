"""The migration that packs the texts which an earlier program stored plainly."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monitor.core.normalize import sha256
from monitor.models import PackedText, Version

pytestmark = pytest.mark.django_db(transaction=True)

_AT = datetime(2025, 3, 1, tzinfo=UTC)
_TEXTS = [
    "\n".join(f"Rule {number}: we keep it for {number % 7 + days} days — always." for number in range(200))
    for days in range(6)
]
_ROWS = [["paragraph", 0, 20, 0, []], ["row", 21, 60, 0, ["Kept", "För"]], ["item", 61, 90, 2, [], 3]]


def _migrated(name: str) -> Any:
    """The models as they are after one migration of the monitor."""
    executor = MigrationExecutor(connection)
    executor.migrate([("monitor", name)])
    return MigrationExecutor(connection).loader.project_state([("monitor", name)]).apps


@pytest.fixture
def plain() -> Iterator[Any]:
    """The models before texts were packed, over empty tables."""
    yield _migrated("0005_earlier_history")
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _fill(apps: Any) -> None:
    platforms, documents, versions = (
        apps.get_model("monitor", name).objects for name in ("Platform", "Document", "Version")
    )
    platform = platforms.create(slug="larkspur", name="Larkspur")
    number = 0
    for name in ("terms", "privacy"):
        document = documents.create(platform=platform, slug=name, name=name, number=number + 1)
        for ordinal, text in enumerate([*_TEXTS, _TEXTS[0], ""], start=1):
            number += 1
            versions.create(
                number=number,
                document=document,
                ordinal=ordinal,
                cause="publisher",
                first_seen_at=_AT,
                confirmed_at=_AT,
                text=text,
                text_sha256=sha256(text.encode()),
                fingerprint=sha256(text.encode()),
                outline=_ROWS[:ordinal],
                extractor_version="1",
            )


def _assert_all_stand() -> None:
    """All texts are read, once every later migration has run as well."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    versions = list(Version.objects.order_by("number"))
    assert [version.text for version in versions] == [*_TEXTS, _TEXTS[0], ""] * 2
    assert [version.outline for version in versions] == [_ROWS[: version.ordinal] for version in versions]
    assert all(row.base is None or row.base.base is None for row in PackedText.objects.all())
    assert PackedText.objects.filter(base__isnull=False).exists()


def test_stored_texts_are_packed_and_read_as_before(plain: Any) -> None:
    _fill(plain)
    _migrated("0008_texts_only_packed")
    _assert_all_stand()


def test_packing_that_was_killed_goes_on_where_it_was(plain: Any) -> None:
    _fill(plain)
    apps = _migrated("0007_pack_texts")
    # As after a kill: the later ones are not packed, and the migration is not on record.
    versions = apps.get_model("monitor", "Version").objects
    packed = versions.get(number=2).packed_text_id
    versions.filter(number__gt=2).update(packed_text=None, packed_outline=None)
    apps.get_model("monitor", "PackedText").objects.filter(base__isnull=False).exclude(pk=packed).delete()
    _migrated("0006_room_for_packed_texts")
    _migrated("0008_texts_only_packed")
    _assert_all_stand()


def test_a_text_stored_by_an_older_program_meanwhile_stops_the_migration_and_is_not_lost(plain: Any) -> None:
    _fill(plain)
    apps = _migrated("0007_pack_texts")
    apps.get_model("monitor", "Version").objects.filter(number=5).update(
        packed_text=None, packed_outline=None
    )
    with pytest.raises(Exception, match=r"(?i)null"):
        _migrated("0008_texts_only_packed")
    _migrated("0006_room_for_packed_texts")
    _migrated("0008_texts_only_packed")
    _assert_all_stand()
