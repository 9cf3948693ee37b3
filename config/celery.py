"""The Celery application: `celery -A config worker` and `celery -A config beat`."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("proviso")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Log lines of a task carry its ID, and that of the request that asked for it.
app.steps["worker"].add(DjangoStructLogInitStep)
