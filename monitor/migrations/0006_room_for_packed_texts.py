"""Where texts and outlines of versions are kept packed. The next migration fills it, the one after empties the old."""

import django.db.models.deletion
from django.db import migrations, models


def _packed(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        editable=False,
        help_text=words,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="monitor.packedtext",
    )


class Migration(migrations.Migration):
    dependencies = [("monitor", "0005_earlier_history")]

    operations = [
        migrations.CreateModel(
            name="PackedText",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes before compression")),
                ("packed", models.BinaryField()),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitor.packedtext",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddField("version", "packed_text", _packed("Of the text as UTF-8")),
        migrations.AddField("version", "packed_outline", _packed("Of the blocks")),
    ]
