"""The plain texts and outlines of versions go: all are packed.

Where a version was stored by an older program meanwhile, this refuses, and nothing is lost: stop that program, go back with
`migrate monitor 0006`, and migrate again.
"""

import django.db.models.deletion
from django.db import migrations, models


def _packed(words: str) -> models.ForeignKey:
    return models.ForeignKey(
        editable=False,
        help_text=words,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="monitor.packedtext",
    )


class Migration(migrations.Migration):
    dependencies = [("monitor", "0007_pack_texts")]

    # The texts first: on SQLite the table is then copied without them.
    operations = [
        migrations.RemoveField("version", "text"),
        migrations.RemoveField("version", "outline"),
        migrations.AlterField("version", "packed_text", _packed("Of the text as UTF-8")),
        migrations.AlterField("version", "packed_outline", _packed("Of the blocks")),
    ]
