from __future__ import annotations

import pytest

from monitor.core.archive import Kind, Place, kind_of, place_of, trailers


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("Larkspur/Terms of Service.html", Place("Larkspur", "Terms of Service", "", "html")),
        (
            "Lark & Sons/Privacy Policy #legal-privacy.pdf",
            Place("Lark & Sons", "Privacy Policy", "legal-privacy", "pdf"),
        ),
        ("Größe.example/Trackers Policy.md", Place("Größe.example", "Trackers Policy", "", "md")),
        ("Larkspur/Terms v1.2.md", Place("Larkspur", "Terms v1.2", "", "md")),
    ],
)
def test_a_path_names_service_document_and_page(path: str, place: Place) -> None:
    assert place_of(path) == place


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "LICENSE",
        "a/b/c.html",
        "../x.html",
        "./x.md",
        "Lark/x.txt",
        "Lark/x\n.md",
        "Lark/ #y.html",
        "Lark/",
    ],
)
def test_other_paths_name_no_document(path: str) -> None:
    assert place_of(path) is None


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("First record of Larkspur Terms of Service", Kind.FIRST),
        ("Start tracking Larkspur Terms of Service", Kind.FIRST),
        ("Record new changes of Larkspur Terms of Service", Kind.CHANGE),
        ("Update Larkspur Terms of Service", Kind.CHANGE),
        ("Apply technical or declaration upgrade on Larkspur Terms of Service", Kind.TECHNICAL),
        ("Refilter Larkspur Terms of Service", Kind.TECHNICAL),
        ("Update README.md", None),
        ("Remove mojibake of Larkspur Terms of Service", None),
        ("", None),
    ],
)
def test_the_subject_tells_what_a_commit_records(subject: str, kind: Kind | None) -> None:
    assert kind_of(f"{subject}\n\nmore", "Larkspur") == kind


def test_trailers_are_read_by_name() -> None:
    message = "Record\n\nX-engine-version: 7.0.0\nX-fetcher: fullDom\nX-source-document-location: https://a.example/b\n"
    assert trailers(message) == {
        "x-engine-version": "7.0.0",
        "x-fetcher": "fullDom",
        "x-source-document-location": "https://a.example/b",
    }
