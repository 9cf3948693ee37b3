"""The roles: analyst, curator and administrator, as groups. Since then made after every migration, see apps.py."""

from typing import Any

from django.db import migrations


def create_roles(apps: Any, _: Any) -> None:
    group = apps.get_model("auth", "Group")
    for name in ("analyst", "curator", "administrator"):
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("clauses", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
