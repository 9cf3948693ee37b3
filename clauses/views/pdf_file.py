"""A printed page as a file. What prints it takes long to load: views load it when somebody asks for one."""

from __future__ import annotations

from django.http import HttpResponse


def pdf_file(name: str, body: bytes) -> HttpResponse:
    """A PDF that a browser may show, and save under this name."""
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
