"""The answer of a JSON twin."""

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse


def json_response(twin: Mapping[str, Any]) -> JsonResponse:
    """A twin, readable as it is."""
    return JsonResponse(dict(twin), json_dumps_params={"ensure_ascii": False, "indent": 1})
