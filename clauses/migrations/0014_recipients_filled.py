from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    """Give everybody who ever subscribed a row as recipient, and their subscriptions and alerts to it."""
    Recipient = apps.get_model("clauses", "Recipient")
    Subscription = apps.get_model("clauses", "Subscription")
    Alert = apps.get_model("clauses", "Alert")
    for user_id in Subscription.objects.order_by("user").values_list("user", flat=True).distinct():
        recipient = Recipient.objects.create(user_id=user_id)
        Subscription.objects.filter(user=user_id).update(recipient=recipient)
        alerts = Alert.objects.filter(subscription__user=user_id)
        seen = set()
        # Somebody may have been owed one change set by two subscriptions, one of them ended: what was sent stays.
        for alert in list(alerts.order_by(F("sent_at").asc(nulls_last=True), "pk")):
            if alert.change_set_id in seen:
                alert.delete()
            seen.add(alert.change_set_id)
        alerts.update(recipient=recipient)
    for subscription in Subscription.objects.filter(confirmed_at=None).iterator():
        subscription.confirmed_at = subscription.created_at
        subscription.save(update_fields=["confirmed_at"])


class Migration(migrations.Migration):
    """Running subscriptions go on as they were: at once, for the same platform and severity."""

    dependencies = [("clauses", "0013_recipients")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
