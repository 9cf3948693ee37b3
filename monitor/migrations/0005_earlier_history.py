"""Earlier history comes in under a hidden twin of its platform, and its sources say that they are never fetched."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0004_rounds_under_way")]

    operations = [
        migrations.AddField(
            model_name="platform",
            name="incoming_for",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incoming",
                to="monitor.platform",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="render",
            field=models.CharField(
                choices=[
                    ("http", "As the server sends it"),
                    ("browser", "By a browser that runs its scripts"),
                    ("text", "Imported text, never fetched"),
                    ("archive", "Earlier history from an archive, never fetched"),
                ],
                default="http",
                max_length=8,
            ),
        ),
    ]
