"""That a round is under way, and since when: one that takes longer than a task is gone on with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0003_captures_you_can_trust")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="round_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When a round began that is not complete", null=True
            ),
        ),
    ]
