"""A layout names each clause's number. What was analyzed without them is marked to be read anew."""

from django.db import migrations, models


def _widen(apps, schema_editor):
    _relay(apps, lambda row: [*row[:3], ""], segmenter_version=0)


def _narrow(apps, schema_editor):
    _relay(apps, lambda row: row[:3])


def _relay(apps, row_of, **values):
    analyses = apps.get_model("clauses", "Analysis").objects
    for pk, layout in analyses.values_list("pk", "layout").iterator(50):
        analyses.filter(pk=pk).update(layout=[row_of(row) for row in layout], **values)


class Migration(migrations.Migration):
    dependencies = [("clauses", "0006_learned_heads")]

    operations = [
        migrations.AlterField(
            model_name="analysis",
            name="layout",
            field=models.JSONField(
                help_text="Occurrence key, start, end and number (“4.2(b)”) of every clause, in reading order"
            ),
        ),
        migrations.RunPython(_widen, _narrow, elidable=True),
    ]
