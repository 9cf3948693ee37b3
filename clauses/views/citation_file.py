"""A citation as a file for reference managers."""

from django.http import HttpResponse

from clauses.core.citation import csl_file


def bibtex_file(public_id: str, entry: str) -> HttpResponse:
    """A BibTeX entry, named after what it cites."""
    return _file(entry, "application/x-bibtex; charset=utf-8", f"{public_id}.bib")


def csl_json_file(public_id: str, item: dict[str, object]) -> HttpResponse:
    """A list with one item of CSL JSON, as reference managers read it."""
    return _file(csl_file(item), "application/vnd.citationstyles.csl+json", f"{public_id}.csl.json")


def _file(content: str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
