"""Pages that show a form and take what it sends."""

from __future__ import annotations

from django.views.decorators.http import require_http_methods

# A browser, or a program that checks links, may ask with HEAD for whatever it may ask for with GET.
form_page = require_http_methods(["GET", "HEAD", "POST"])
