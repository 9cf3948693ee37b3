import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """Subscriptions that follow a saved view."""

    dependencies = [
        ("clauses", "0017_webhooks"),
        ("monitor", "0010_link_records"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="subscription",
            name="subscription_once_a_wish",
        ),
        migrations.AddField(
            model_name="subscription",
            name="removed_view",
            field=models.CharField(
                blank=True, help_text="Name of the view it followed until that was removed", max_length=60
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="view",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="subscriptions",
                to="clauses.savedview",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                models.F("recipient"),
                django.db.models.functions.comparison.Coalesce(
                    "platform_id", models.Value(0), output_field=models.BigIntegerField()
                ),
                django.db.models.functions.comparison.Coalesce(
                    "document_id", models.Value(0), output_field=models.BigIntegerField()
                ),
                django.db.models.functions.comparison.Coalesce(
                    "view_id", models.Value(0), output_field=models.BigIntegerField()
                ),
                models.F("document_type"),
                models.F("type"),
                models.F("direction"),
                condition=models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True)),
                name="subscription_once_a_wish",
            ),
        ),
    ]
