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
    waiting = rerating.objects.filter(end="").select_related("rules").first()
    last = {"last": number + 1 if waiting else number}
    apps.get_model("monitor", "Counter").objects.update_or_create(letter="R", defaults=last)
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
    rerating.objects.create(rules=made, begun_at=now, read_at=now, end="accepted", ended_by=by, ended_at=now)
    if waiting:
        _put_aside(site_rules, made, waiting, types)


def _put_aside(site_rules, made, waiting, types):
    """What waits was read without them: with them it stands as a further version, to be taken up again."""
    content = waiting.rules.content
    site_rules.objects.create(
        number=made.number + 1,
        content={**content, "types": {**content.get("types", {}), **types}},
        reason=waiting.rules.reason,
        made_by=waiting.rules.made_by,
        made_at=made.made_at,
        reads_as=made.number + 1,
        rates_as=waiting.rules.rates_as,
        noted_as=waiting.rules.noted_as,
    )
    waiting.end, waiting.ended_by, waiting.ended_at = "replaced", made.made_by, made.made_at
    waiting.save()


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
