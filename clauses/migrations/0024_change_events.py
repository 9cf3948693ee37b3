from django.db import migrations, models


class Migration(migrations.Migration):
    """What happens to change sets, for mirrors."""

    dependencies = [("clauses", "0023_another_address")]

    operations = [
        migrations.CreateModel(
            name="ChangeEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(editable=False, unique=True)),
                ("change_set", models.PositiveBigIntegerField(help_text="Public number of the change set")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("recorded", "Put on record"),
                            ("rated", "Rated otherwise"),
                            ("ruled", "Ruled on"),
                            ("removed", "Removed with its sample platform"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["number"],
            },
        ),
    ]
