from django.db import migrations

_CHUNK = 1000


def put_down(apps, schema_editor):
    """Put down that each change set was recorded, in the order of their numbers, at the first sight of its text."""
    change_sets = apps.get_model("clauses", "ChangeSet").objects.order_by("number")
    events = apps.get_model("clauses", "ChangeEvent").objects
    counters = apps.get_model("monitor", "Counter").objects
    made, last = [], 0
    for number, at in change_sets.values_list("number", "detected_at").iterator(chunk_size=_CHUNK):
        last += 1
        made.append(events.model(number=last, change_set=number, kind="recorded", at=at))
        if len(made) == _CHUNK:
            events.bulk_create(made)
            made = []
    events.bulk_create(made)
    if last:
        counters.update_or_create(letter="E", defaults={"last": last})


class Migration(migrations.Migration):
    """The events of the change sets that there are."""

    dependencies = [("clauses", "0024_change_events"), ("monitor", "0013_former_addresses")]

    operations = [migrations.RunPython(put_down, migrations.RunPython.noop)]
