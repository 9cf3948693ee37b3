"""Pages that curators attach, and announcements that speak of change sets."""

import django.db.models.deletion
import monitor.models.watch_list
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clauses", "0007_numbers_of_clauses"),
        ("monitor", "0005_earlier_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnouncementReading",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="monitor.document",
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("score", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(help_text="Code, points, value, and the words here and there")),
                ("rules_version", models.CharField(max_length=20)),
                ("proposed_at", models.DateTimeField()),
                (
                    "ruling",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("confirmed", "Confirmed"),
                            ("rejected", "Rejected"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "history",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Of every ruling and withdrawal: what, by whom, when and why",
                    ),
                ),
                (
                    "change_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="clauses.changeset",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mentions",
                        to="monitor.document",
                    ),
                ),
                (
                    "ruled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        help_text="The text of the announcement",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="monitor.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-score", "-change_set__detected_at", "pk"],
                "indexes": [models.Index(fields=["ruling", "-score"], name="clauses_men_ruling_44513a_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "change_set"), name="mention_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("announcement", "Announcement"),
                            ("help_article", "Help article"),
                            ("news", "News"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        max_length=600,
                        validators=[monitor.models.watch_list.validate_web_address],
                        verbose_name="web address",
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("publisher", models.CharField(max_length=120)),
                ("published_on", models.DateField()),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("removal_reason", models.CharField(blank=True, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it came with the samples",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "change_set",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="clauses.changeset",
                    ),
                ),
                (
                    "platform",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="monitor.platform",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-published_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("change_set__isnull", True), ("removed_at__isnull", True)),
                        fields=("platform", "url"),
                        name="reference_once_on_a_platform",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("change_set__isnull", False), ("removed_at__isnull", True)),
                        fields=("change_set", "url"),
                        name="reference_once_on_a_change_set",
                    ),
                ],
            },
        ),
    ]
