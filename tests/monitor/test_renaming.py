"""Renaming and moving what is watched: no address that was given out is lost."""

from __future__ import annotations

import pytest

from monitor.adding import NewDocument, add_document
from monitor.addresses import present_address, present_platform
from monitor.core.declaration import Page
from monitor.importing.watch_list import ensure_document
from monitor.models import Document, FormerAddress, Platform
from monitor.renaming import CannotRename, move_documents, rename_document, rename_platform
from tests.builders import day, make_document, make_platform

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme() -> Platform:
    return make_platform(name="Acme", slug="acme")


@pytest.fixture
def terms(acme: Platform) -> Document:
    return make_document(acme, name="Terms", slug="terms")


def _rename(row: Platform | Document, slug: str) -> None:
    rename = rename_platform if isinstance(row, Platform) else rename_document
    rename(row, name=slug.title(), slug=slug, at=day(1))


def test_former_addresses_lead_on_through_renames_in_any_order(acme: Platform, terms: Document) -> None:
    _rename(acme, "bell")
    terms.refresh_from_db()
    _rename(terms, "rules")
    terms.refresh_from_db()
    _rename(terms.platform, "carillon")
    for former in (("acme", "terms"), ("bell", "terms"), ("bell", "rules")):
        assert present_address(*former) == ("carillon", "rules")
    assert present_platform("acme") == present_platform("bell") == acme


def test_a_thing_that_is_renamed_back_stands_where_it_stood(acme: Platform, terms: Document) -> None:
    _rename(acme, "bell")
    _rename(acme, "acme")
    assert present_platform("acme") is None
    assert present_platform("bell") == acme
    _rename(terms, "rules")
    _rename(terms, "terms")
    assert present_address("acme", "rules") == ("acme", "terms")
    assert not FormerAddress.objects.filter(platform_slug="acme", document_slug="terms").exists()


@pytest.mark.parametrize("slug", ["other", "former", "no slug", "", "x" * 51])
def test_an_address_that_is_taken_or_none_is_refused_and_nothing_changes(acme: Platform, slug: str) -> None:
    other = make_platform(slug="former")
    _rename(other, "other")
    with pytest.raises(CannotRename):
        _rename(acme, slug)
    acme.refresh_from_db()
    assert (acme.name, acme.slug) == ("Acme", "acme")
    assert not FormerAddress.objects.filter(platform=acme).exists()


def test_a_document_never_takes_an_address_that_another_had(acme: Platform, terms: Document) -> None:
    _rename(terms, "rules")
    with pytest.raises(CannotRename):
        _rename(make_document(acme, slug="other"), "terms")
    added = add_document(NewDocument("Acme", "Terms", (Page("https://acme.example/t"),)), day(2))
    assert added.slug == "terms-2"


def test_a_new_platform_never_takes_an_address_that_another_had(acme: Platform) -> None:
    _rename(acme, "bell")
    added = add_document(NewDocument("Acme", "Terms", (Page("https://acme.example/t"),)), day(2))
    assert added.platform.slug == "acme-2"


def test_moved_documents_are_found_at_all_their_former_addresses(acme: Platform, terms: Document) -> None:
    into = make_platform(slug="into")
    theirs = make_document(into, slug="terms")
    _rename(acme, "bell")
    move_documents(Platform.objects.get(slug="bell"), into, day(2))
    assert present_address("bell", "terms") == ("into", "terms-2")
    assert present_address("acme", "terms") == ("into", "terms-2")
    assert present_platform("acme") == present_platform("bell") == into
    theirs.refresh_from_db()
    assert theirs.slug == "terms"


def test_samples_and_platforms_with_history_coming_in_are_not_moved(acme: Platform, terms: Document) -> None:
    with pytest.raises(CannotRename, match="Samples"):
        move_documents(acme, make_platform(is_sample=True), day(1))
    into = make_platform()
    make_platform(incoming_for=into)
    with pytest.raises(CannotRename, match="history"):
        move_documents(acme, into, day(1))
    terms.refresh_from_db()
    assert terms.platform == acme


def test_an_import_finds_what_was_renamed(acme: Platform, terms: Document) -> None:
    _rename(acme, "bell")
    _rename(Document.objects.get(pk=terms.pk), "rules")
    assert ensure_document("Acme", "Acme", "Terms") == terms
    assert ensure_document("Acme", "Acme", "Privacy Policy").platform == acme


def test_who_stood_at_an_address_first_keeps_it_whoever_is_renamed_later(
    acme: Platform, terms: Document
) -> None:
    into = make_platform(slug="into")
    theirs = make_document(into, slug="terms")
    move_documents(acme, into, day(1))
    _rename(theirs, "new")
    assert present_address("acme", "terms") == ("into", "terms-2")
    assert present_address("into", "terms") == ("into", "new")


def test_an_address_under_a_former_name_of_the_platform_is_not_free(acme: Platform, terms: Document) -> None:
    _rename(terms, "rules")
    _rename(acme, "bell")
    with pytest.raises(CannotRename):
        _rename(make_document(acme, slug="other"), "terms")


def test_a_name_that_another_has_is_refused_and_one_that_two_share_may_stay(
    acme: Platform, terms: Document
) -> None:
    privacy = make_document(acme, name="Privacy", slug="privacy")
    bell = make_platform(name="Bell", slug="bell")
    with pytest.raises(CannotRename, match="Acme has another document called terms"):
        rename_document(privacy, name="terms", slug="privacy", at=day(1))
    with pytest.raises(CannotRename, match="another platform called ACME"):
        rename_platform(bell, name="ACME", slug="bell", at=day(1))
    Document.objects.filter(pk=privacy.pk).update(name="Terms")
    rename_document(terms, name="TERMS", slug="rules", at=day(1))
    assert present_address("acme", "terms") == ("acme", "rules")
