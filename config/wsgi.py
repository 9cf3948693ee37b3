"""The WSGI entry point: `gunicorn config.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# All views, now and not at the first request. What start-up made lives as long as the process: set aside, it is not
# walked by each full collection of garbage, which held a page up for a tenth of a second.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
