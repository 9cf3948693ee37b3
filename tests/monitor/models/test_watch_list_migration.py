"""The migration that takes the last reading of a document into its checksum."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from monitor.models import Document
from monitor.models.checked import sum_of, summed_fields
from tests.builders import day, make_document

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def documents() -> Iterator[list[Document]]:
    """Documents with the checksums of before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Document, "UNSUMMED", Document.UNSUMMED | {"read_at"})
        summed_fields.cache_clear()
        made = [make_document(read_at=day(number)) for number in range(3)]
    summed_fields.cache_clear()
    yield made
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_what_was_damaged_before_an_update_is_still_found_after_it(documents: list[Document]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE monitor_document SET name = 'Torms' WHERE id = %s", [documents[0].pk])
        cursor.execute("UPDATE monitor_document SET row_sum = NULL WHERE id = %s", [documents[1].pk])
    MigrationExecutor(connection).migrate([("clauses", "0032_base_managers")])
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    rows = Document.objects.order_by("pk")
    assert [row.row_sum == sum_of(row) for row in rows] == [False, True, True]
