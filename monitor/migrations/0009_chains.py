"""Room for chains, roots and keys, and for a checksum of packed bytes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("monitor", "0008_texts_only_packed"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                (
                    "fingerprint",
                    models.CharField(
                        help_text="SHA-256 of the public key",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("public", models.CharField(help_text="Ed25519, 32 bytes, hexadecimal", max_length=64)),
                ("first_used_at", models.DateTimeField()),
                (
                    "retired_at",
                    models.DateTimeField(
                        blank=True, help_text="When another key signed in its place", null=True
                    ),
                ),
            ],
            options={
                "ordering": ["-first_used_at"],
            },
        ),
        migrations.AddField(
            model_name="blob",
            name="checksum",
            field=models.PositiveBigIntegerField(
                default=0, help_text="CRC-32 of the bytes as they are packed"
            ),
        ),
        migrations.AddField(
            model_name="packedtext",
            name="checksum",
            field=models.PositiveBigIntegerField(
                default=0, help_text="CRC-32 of the bytes as they are packed"
            ),
        ),
        migrations.CreateModel(
            name="Root",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True)),
                ("manifest", models.TextField(help_text="Canonical JSON: what is hashed and signed")),
                ("sha256", models.CharField(max_length=64)),
                ("signature", models.CharField(help_text="Ed25519, hexadecimal", max_length=128)),
                ("stamp", models.BinaryField(help_text="RFC 3161 answer of an authority, DER", null=True)),
                ("stamp_sha256", models.CharField(blank=True, max_length=64)),
                ("stamp_tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roots",
                        to="monitor.signingkey",
                    ),
                ),
            ],
            options={
                "ordering": ["-on"],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(help_text="1 for the first one")),
                ("record", models.CharField(help_text="Public ID of a snapshot or version", max_length=24)),
                ("manifest", models.TextField(help_text="Canonical JSON: what was on record")),
                (
                    "previous",
                    models.CharField(blank=True, help_text="Hash of the link before", max_length=64),
                ),
                ("recorded_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="monitor.document",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="monitor.root",
                    ),
                ),
            ],
            options={
                "ordering": ["document", "position"],
                "indexes": [
                    models.Index(fields=["document", "record"], name="monitor_lin_documen_f5e44c_idx")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("document", "position"), name="link_position_once")
                ],
            },
        ),
    ]
