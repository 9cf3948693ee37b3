import clauses.models.recipient
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Invitations, sign-ups and forgotten passwords."""

    dependencies = [
        ("clauses", "0018_alerts_about_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountMail",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("invitation", "Invitation"),
                            ("sign_up", "Sign-up"),
                            ("reset", "Password reset"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                (
                    "token",
                    models.CharField(
                        default=clauses.models.recipient.new_token, editable=False, max_length=40, unique=True
                    ),
                ),
                ("client", models.CharField(blank=True, db_index=True, max_length=64)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("analyst", "Analyst"),
                            ("curator", "Curator"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=13,
                    ),
                ),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-owed_at", "-pk"],
                "indexes": [
                    models.Index(fields=["state", "next_try_at"], name="clauses_acc_state_dc8cae_idx"),
                    models.Index(fields=["address", "owed_at"], name="clauses_acc_address_2d06e1_idx"),
                ],
            },
        ),
    ]
