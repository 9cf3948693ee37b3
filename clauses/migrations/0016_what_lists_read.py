"""What lists read, and the index of words: filled after the migrations, by `clauses.listing`."""

import django.db.models.deletion
from django.db import migrations, models

# FTS5 and tsvector have nothing in common but that they are asked by the same key, the position of a listed clause.
# The words come folded: the plainest tokenizer takes them as they are.
_SQLITE = [
    "CREATE VIRTUAL TABLE clauses_words USING fts5("
    "body, heading, names, marks, tokenize = 'ascii', prefix = '2 3')",
]
_POSTGRESQL = [
    "CREATE TABLE clauses_words (position bigint PRIMARY KEY, words tsvector NOT NULL)",
    # Without the list of pending entries, a search takes as long after an analysis as before it.
    "CREATE INDEX clauses_words_gin ON clauses_words USING gin (words) WITH (fastupdate = off)",
]


def _make_words(apps, schema_editor):
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


def _drop_words(apps, schema_editor):
    schema_editor.execute("DROP TABLE clauses_words")


class Migration(migrations.Migration):
    dependencies = [
        ("clauses", "0015_recipients_required"),
        ("monitor", "0008_texts_only_packed"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedClause",
            fields=[
                (
                    "position",
                    models.BigIntegerField(
                        help_text="Its place in the order of the registry", primary_key=True, serialize=False
                    ),
                ),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None"), (1, "Low"), (2, "Medium"), (3, "High")]
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("medium", "Medium"), ("high", "High")], max_length=6
                    ),
                ),
                ("points", models.SmallIntegerField(help_text="Of the reading")),
                ("since", models.DateTimeField(help_text="First sight of its present wording")),
                ("made_of", models.CharField(help_text="Digest of what it was made of", max_length=16)),
                (
                    "clause",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed",
                        to="clauses.clause",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="monitor.document",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="ListedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.SlugField(db_index=False, max_length=40)),
                ("kind", models.CharField(max_length=24)),
                ("value", models.CharField(max_length=120)),
                ("unit", models.CharField(blank=True, max_length=24)),
                ("amount", models.FloatField(help_text="Days or years; empty: no number", null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="monitor.document"
                    ),
                ),
                (
                    "listed",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="clauses.listedclause",
                    ),
                ),
            ],
            options={
                "ordering": ["type", "kind", "amount", "listed"],
            },
        ),
        migrations.CreateModel(
            name="ListedType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.SlugField(db_index=False, max_length=40)),
                ("rank", models.PositiveSmallIntegerField(help_text="0 for the strongest")),
                ("points", models.SmallIntegerField()),
                ("since", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="monitor.document",
                    ),
                ),
                (
                    "listed",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="types",
                        to="clauses.listedclause",
                    ),
                ),
            ],
            options={
                "ordering": ["type", "listed"],
            },
        ),
        migrations.CreateModel(
            name="TypeCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("type", models.CharField(blank=True, max_length=40)),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None"), (1, "Low"), (2, "Medium"), (3, "High")]
                    ),
                ),
                ("clauses", models.PositiveIntegerField()),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="monitor.document",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="listedclause",
            index=models.Index(fields=["document", "position"], name="listed_of_document"),
        ),
        migrations.AddIndex(
            model_name="listedclause",
            index=models.Index(fields=["-since", "position"], name="listed_newest"),
        ),
        migrations.AddIndex(
            model_name="listedfigure",
            index=models.Index(fields=["type", "kind", "amount"], name="listed_figure"),
        ),
        migrations.AddIndex(
            model_name="listedtype",
            index=models.Index(fields=["type", "listed"], name="listed_type"),
        ),
        migrations.AddIndex(
            model_name="listedtype",
            index=models.Index(fields=["type", "document", "rank", "listed"], name="listed_type_of_document"),
        ),
        migrations.AddIndex(
            model_name="listedtype",
            index=models.Index(fields=["type", "-since", "listed"], name="listed_type_newest"),
        ),
        migrations.AddIndex(
            model_name="listedtype",
            index=models.Index(fields=["type", "rank", "points", "listed"], name="listed_type_points"),
        ),
        migrations.AddIndex(
            model_name="listedtype",
            index=models.Index(fields=["document"], name="listed_type_document"),
        ),
        migrations.AddIndex(
            model_name="typecount",
            index=models.Index(fields=["type", "document", "severity", "clauses"], name="type_count_of_type"),
        ),
        migrations.AddConstraint(
            model_name="typecount",
            constraint=models.UniqueConstraint(
                fields=("document", "type", "severity"), name="type_count_once"
            ),
        ),
        migrations.CreateModel(
            name="ListingState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(max_length=32)),
            ],
        ),
        migrations.RunPython(_make_words, _drop_words),
    ]
