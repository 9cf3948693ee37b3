import clauses.models.webhook
import django.db.models.deletion
import monitor.models.watch_list
from django.db import migrations, models


class Migration(migrations.Migration):
    """Addresses of programs that are told of changes."""

    dependencies = [
        ("clauses", "0017_change_rulings"),
    ]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="frequency",
            field=models.CharField(
                choices=[
                    ("instant", "At once"),
                    ("daily", "Daily digest"),
                    ("weekly", "Weekly digest"),
                    ("never", "No mail, webhooks only"),
                ],
                default="instant",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="digest",
            name="frequency",
            field=models.CharField(
                choices=[
                    ("instant", "At once"),
                    ("daily", "Daily digest"),
                    ("weekly", "Weekly digest"),
                    ("never", "No mail, webhooks only"),
                ],
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="frequency",
            field=models.CharField(
                choices=[
                    ("instant", "At once"),
                    ("daily", "Daily digest"),
                    ("weekly", "Weekly digest"),
                    ("never", "No mail, webhooks only"),
                ],
                default="instant",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        max_length=500,
                        validators=[monitor.models.watch_list.validate_web_address],
                        verbose_name="address",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("json", "JSON"), ("slack", "Slack-compatible text")],
                        default="json",
                        max_length=8,
                    ),
                ),
                (
                    "secret",
                    models.CharField(
                        default=clauses.models.webhook.new_secret, editable=False, max_length=64
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("paused_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_because", models.CharField(blank=True, max_length=200)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="clauses.subscription",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("owed", "Owed"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                            ("dropped", "No longer wanted"),
                        ],
                        default="owed",
                        max_length=8,
                    ),
                ),
                ("owed_at", models.DateTimeField(auto_now_add=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("next_try_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "key",
                    models.CharField(
                        default=clauses.models.webhook.new_key, editable=False, max_length=36, unique=True
                    ),
                ),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="answer code"),
                ),
                (
                    "answer",
                    models.CharField(blank=True, help_text="How the answer began, as text", max_length=200),
                ),
                (
                    "change_set",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="clauses.changeset",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="clauses.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "webhook deliveries",
                "ordering": ["-owed_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(fields=("subscription", "url"), name="webhook_address_once"),
        ),
        migrations.AddIndex(
            model_name="webhookdelivery",
            index=models.Index(fields=["state", "next_try_at"], name="clauses_web_state_9c447f_idx"),
        ),
        migrations.AddConstraint(
            model_name="webhookdelivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("change_set__isnull", False)),
                fields=("webhook", "change_set"),
                name="webhook_change_once",
            ),
        ),
    ]
