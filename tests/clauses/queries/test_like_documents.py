"""Which documents are like each other."""

from __future__ import annotations

import pytest

from clauses.queries.like_documents import LikeDocuments, choices, compared_documents, unlike
from monitor.models import Platform
from tests.builders import make_document, make_platform, make_version

pytestmark = pytest.mark.django_db


def _platform(name: str, *kinds: tuple[str, str]) -> Platform:
    platform = make_platform(name=name)
    for kind, language in kinds:
        make_version(make_document(platform, type=kind, language=language, jurisdiction="EU"))
    return platform


def test_what_only_some_have_is_named() -> None:
    one = _platform("One", ("privacy_policy", "en"), ("terms_of_service", "en"))
    two = _platform("Two", ("privacy_policy", "de"))
    found = unlike(compared_documents([one, two], LikeDocuments()))
    assert [(row.field, row.value, row.having, row.lacking) for row in found] == [
        ("kind", "Terms of service", [one], [two]),
        ("language", "de", [two], [one]),
        ("language", "en", [one], [two]),
    ]


def test_like_documents_are_not_set_apart() -> None:
    pair = [_platform("One", ("privacy_policy", "en")), _platform("Two", ("privacy_policy", "en"))]
    assert unlike(compared_documents(pair, LikeDocuments())) == []


def test_a_filter_leaves_the_others_out() -> None:
    one = _platform("One", ("privacy_policy", "en"), ("terms_of_service", "de"))
    (row,) = compared_documents([one], LikeDocuments(language="de"))
    assert [document.type for document in row.documents] == ["terms_of_service"]


def test_documents_without_a_text_are_no_choice() -> None:
    make_document(make_platform(), language="fr")
    assert choices().languages == []
    _platform("One", ("privacy_policy", "en"))
    assert (choices().languages, choices().document_types) == (["en"], ["privacy_policy"])
