"""Types of a site become entries of its rules: the accepted version goes on with them as the next one, in force."""

from django.conf import settings
from django.db import migrations
from django.db.models import Max
from django.utils import timezone

_TEXTS = ("name", "group", "description", "why_it_matters", "what_it_means", "base_points")
_LISTS = ("what_one_can_do", "plain_phrases", "weak_phrases", "heading_phrases", "void_phrases")


def move(apps, _schema_editor):
    types = {row.slug: _entry(row) for row in apps.get_model("clauses", "SiteType").objects.all()}
    if not types:
        return
    site_rules, rerating = apps.get_model("clauses", "SiteRules"), apps.get_model("clauses", "Rerating")
    accepted = rerating.objects.filter(end="accepted").order_by("-pk").select_related("rules").first()
    before = accepted.rules if accepted else None
    content = dict(before.content) if before else {}
    number = (site_rules.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    apps.get_model("monitor", "Counter").objects.update_or_create(letter="R", defaults={"last": number})
    now, by = timezone.now(), _somebody(apps)
    made = site_rules.objects.create(
        number=number,
        content={**content, "types": {**content.get("types", {}), **types}},
        reason="The types of this site, as they stood before they were kept among its rules.",
        made_by=by,
        made_at=now,
        reads_as=number,
        rates_as=before.rates_as if before else 0,
        noted_as=before.noted_as if before else 0,
    )
    # What waits was read without them: it ends, and can be saved again.
    rerating.objects.filter(end="").update(end="replaced", ended_by=by, ended_at=now)
    rerating.objects.create(rules=made, begun_at=now, read_at=now, end="accepted", ended_by=by, ended_at=now)


def _entry(row):
    said = {key: getattr(row, key) for key in _TEXTS}
    said |= {key: list(getattr(row, key)) for key in _LISTS if getattr(row, key)}
    return said | ({"retired": True} if row.is_retired else {})


def _somebody(apps):
    """A version names who made it; who made these types was not kept."""
    users = apps.get_model(*settings.AUTH_USER_MODEL.split(".")).objects
    found = users.filter(is_superuser=True).first() or users.filter(groups__name="administrator").first()
    return found or users.first() or users.create(username="former-types", is_active=False)


class Migration(migrations.Migration):
    dependencies = [
        ("clauses", "0026_api_tokens"),
        ("monitor", "0016_retired_documents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="SiteType"),
    ]
