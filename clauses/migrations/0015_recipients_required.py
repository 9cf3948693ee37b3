import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    """From here on each subscription and alert belongs to a recipient."""

    dependencies = [("clauses", "0014_recipients_filled")]

    operations = [
        migrations.RemoveConstraint(
            model_name="alert",
            name="alert_once",
        ),
        migrations.RemoveConstraint(
            model_name="subscription",
            name="subscription_once",
        ),
        migrations.RemoveField(
            model_name="subscription",
            name="user",
        ),
        migrations.AlterField(
            model_name="alert",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="alerts", to="clauses.recipient"
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="recipient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to="clauses.recipient",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                fields=("recipient", "change_set"), name="alert_once_a_person"
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
                models.F("document_type"),
                models.F("type"),
                models.F("direction"),
                condition=models.Q(("confirmed_at__isnull", False), ("ended_at__isnull", True)),
                name="subscription_once_a_wish",
            ),
        ),
    ]
