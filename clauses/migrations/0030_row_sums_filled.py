from django.db import migrations

from monitor.models.checked import RowSum, sum_missing

_UNSUMMED = {
    "monitor.document": {"next_fetch_at", "claimed_at", "attempts", "round_at", "read_at"},
    "monitor.source": {"etag", "last_modified", "validated", "failures", "failing_since"},
    "monitor.version": {"ordinal"},
    "monitor.root": {"stamp_tried_at"},
    "monitor.outsidecopy": {"due_at", "tries"},
    "clauses.goldsentence": {"claimed_by", "claimed_at"},
}


def fill(apps, schema_editor):
    """Give every row of before the checksum of what it says now."""
    for model in apps.get_models():
        if any(isinstance(field, RowSum) for field in model._meta.concrete_fields):
            model.UNSUMMED = frozenset(_UNSUMMED.get(model._meta.label_lower, ()))
            sum_missing(model)


class Migration(migrations.Migration):
    # Ended in the middle, it goes on with the rows that have none.
    atomic = False
    dependencies = [("clauses", "0029_row_sums"), ("monitor", "0017_row_sums")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
