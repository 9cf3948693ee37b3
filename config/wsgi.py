"""The WSGI entry point: `gunicorn config.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.taxonomy import shipped_taxonomy
from monitor.core.language import detect

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# All views, rubrics and models, now and not at the first request that needs them. What start-up made lives as long as
# the process: set aside, it is not walked by each full collection of garbage, which held a page up for a tenth of a
# second.
get_resolver().url_patterns  # noqa: B018
shipped_taxonomy()
shipped_change_rubric()
detect("In which language is this written?")
gc.collect()
gc.freeze()
# A page makes thousands of objects at once: by Python's own steps of 700 they are walked dozens of times meanwhile.
gc.set_threshold(10_000, 10, 10)
