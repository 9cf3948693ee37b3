from django.contrib.admin.models import LogEntry
from django.db import migrations

_KINDS = {1: "added", 2: "changed", 3: "deleted"}


def copy_the_log(apps, _):
    """Put on record what the desk has logged until now, with what it changed as words."""
    act = apps.get_model("monitor", "Act")
    rows = apps.get_model("admin", "LogEntry").objects.select_related("user", "content_type").order_by("pk")
    for row in rows.iterator():
        kind = row.content_type.model if row.content_type else "row"
        act.objects.create(
            at=row.action_time,
            by=row.user,
            name=row.user.username,
            kind=_KINDS[row.action_flag],
            subject=f"{kind}: {row.object_repr}"[:300],
            detail=LogEntry(change_message=row.change_message).get_change_message(),
        )


class Migration(migrations.Migration):
    """What was done at the desk before acts were put on record."""

    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("monitor", "0011_acts"),
    ]

    operations = [migrations.RunPython(copy_the_log, migrations.RunPython.noop)]
