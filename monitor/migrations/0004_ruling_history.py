from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitor", "0003_captures_you_can_trust")]

    operations = [
        migrations.AddField(
            model_name="quarantine",
            name="history",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Of every ruling and withdrawal: what, by whom, when and why",
            ),
        ),
    ]
