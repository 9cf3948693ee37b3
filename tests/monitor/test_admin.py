"""The watch list on the desk: who may, what a new document starts, fetch now, preview, what stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monitor.models import Document, Fetch, Host, Outcome, Platform, Snapshot, Source, Version
from monitor.renaming import rename_document, rename_platform
from monitor.watching import claim, due
from tests.builders import day, make_document, make_platform, make_source, make_user, make_version
from tests.monitor.desk_forms import document_form, existing_form
from tests.web_site import WebSite, web_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_user("root", role="administrator"))
    return client


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(make_user("curator", role="curator"))
    return client


@pytest.fixture
def pages() -> Iterator[WebSite]:
    with web_site() as running, override_settings(FETCH_ALLOW_PRIVATE=True, CONFIRM_AFTER_MINUTES=30):
        yield running


def added(administrator: Client, url: str = "https://hollowreed.example/privacy", **values: object):
    path = reverse("admin:monitor_document_add")
    return administrator.post(path, document_form(make_platform(), url, **values), follow=True)


def test_a_new_document_keeps_its_selectors_and_is_due_at_once(administrator: Client) -> None:
    added(administrator)
    document = Document.objects.get()
    source = document.sources.get()
    assert (source.select, source.remove) == (["main", "article .text"], [".related"])
    assert document in due(timezone.now())
    assert document.public_id == "D-00001"


def test_a_new_platform_leads_on_to_its_first_document(administrator: Client) -> None:
    form = {"name": "Hollowreed", "slug": "hollowreed"}
    response = administrator.post(reverse("admin:monitor_platform_add"), form, follow=True)
    platform = Platform.objects.get()
    body = response.content.decode()
    assert f'<option value="{platform.pk}" selected>Hollowreed</option>' in body
    assert "Add its first document" in body
    page = administrator.get(reverse("admin:monitor_platform_change", args=[platform.pk])).content.decode()
    assert f"{reverse('admin:monitor_document_add')}?platform={platform.pk}" in page


def test_a_new_paused_document_is_not_read(administrator: Client) -> None:
    added(administrator, is_paused="on")
    assert not due(timezone.now()).exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("sources-0-select", "main >> p", "is not a CSS selector"),
        ("sources-0-url", "javascript:alert(1)", "Enter a web address"),
        ("sources-0-url", "file:///etc/passwd", "Enter a web address"),
        ("sources-0-url", "http://user:pw@hollowreed.example/", "Leave out the user name"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused(
    administrator: Client, field: str, value: str, words: str
) -> None:
    response = added(administrator, **{field: value})
    assert words in response.content.decode()
    assert not Source.objects.exists()


def test_selectors_are_edited_one_a_line(administrator: Client) -> None:
    source = make_source(select=["main", "#terms"])
    path = reverse("admin:monitor_document_change", args=[source.document_id])
    assert "main\n#terms</textarea>" in administrator.get(path).content.decode()
    administrator.post(
        path, existing_form(source, **{"sources-0-select": "#terms\nmain", "sources-0-remove": ""})
    )
    source.refresh_from_db()
    assert source.select == ["#terms", "main"]


def test_fetch_now_reads_and_tells_what_came(administrator: Client, pages: WebSite) -> None:
    source = make_source(url=pages.publish("/terms", "<p>We keep it for 30 days.</p>"))
    path = reverse("admin:monitor_document_fetch", args=[source.document_id])
    body = administrator.post(path, follow=True).content.decode()
    assert "First text" in body
    assert "1 new version analyzed." in body
    assert Version.objects.get().text == "We keep it for 30 days."
    source.document.refresh_from_db()
    assert source.document.claimed_at is None


def test_fetch_now_tells_a_capture_problem_in_one_line(administrator: Client, pages: WebSite) -> None:
    source = make_source(url=pages.url + "/gone")
    path = reverse("admin:monitor_document_fetch", args=[source.document_id])
    assert "the server answered 404" in administrator.post(path, follow=True).content.decode()
    assert Fetch.objects.get().outcome == Outcome.HTTP_ERROR


def test_fetch_now_says_that_the_rest_is_read_later_where_the_host_is_busy(
    administrator: Client, pages: WebSite
) -> None:
    now = timezone.now()
    Host.objects.create(name=pages.url.removeprefix("http://"), robots_at=now, robots_tried_at=now)
    one = make_source(url=pages.publish("/one", "<p>One.</p>"))
    make_source(one.document, url=pages.publish("/two", "<p>Two.</p>"), position=1)
    path = reverse("admin:monitor_document_fetch", args=[one.document_id])
    with override_settings(FETCH_HOST_DISTANCE_SECONDS=60):
        response = administrator.post(path, follow=True)
    assert f"the other pages of {one.document} are read later" in response.content.decode()
    assert Document.objects.get().claimed_at is None
    assert Fetch.objects.count() == 1


def test_fetch_now_leaves_a_document_alone_that_is_being_read(administrator: Client) -> None:
    source = make_source()
    claim(source.document_id, timezone.now())
    path = reverse("admin:monitor_document_fetch", args=[source.document_id])
    assert "is being read right now" in administrator.post(path, follow=True).content.decode()
    assert not Fetch.objects.exists()
    source.document.refresh_from_db()
    assert source.document.claimed_at is not None


def test_a_sample_is_never_fetched(administrator: Client) -> None:
    source = make_source(make_document(make_platform(is_sample=True)))
    path = reverse("admin:monitor_document_fetch", args=[source.document_id])
    assert "invented sample" in administrator.post(path, follow=True).content.decode()
    assert not Fetch.objects.exists()


def preview(client: Client, url: str, **values: object) -> str:
    form = document_form(
        make_platform(), url, **{"sources-0-preview": "1", "sources-0-select": "main", **values}
    )
    return client.post(reverse("admin:monitor_document_preview"), form).content.decode()


def test_a_preview_shows_blocks_and_words_and_saves_nothing(administrator: Client, pages: WebSite) -> None:
    body = preview(administrator, pages.publish("/terms", "<h2>Rules</h2><p>Be kind to others.</p>"))
    assert "5 words in 2 blocks" in body
    assert "heading 2" in body
    assert "Be kind to others." in body
    assert not any(model.objects.exists() for model in (Document, Source, Fetch, Snapshot, Version))


def test_a_preview_of_the_second_source_reads_the_second_source(
    administrator: Client, pages: WebSite
) -> None:
    first, second = pages.publish("/1", "<p>First page.</p>"), pages.publish("/2", "<p>Second page.</p>")
    form = document_form(make_platform(), first) | {
        "sources-1-url": second,
        "sources-1-select": "main",
        "sources-1-preview": "1",
    }
    body = administrator.post(reverse("admin:monitor_document_preview"), form).content.decode()
    assert "Second page." in body
    assert "First page." not in body


def test_a_preview_says_in_a_line_why_it_failed(administrator: Client, pages: WebSite) -> None:
    url = pages.publish("/terms", "<p>Text.</p>")
    assert "No element of the page matches" in preview(administrator, url, **{"sources-0-select": ".missing"})
    assert "The server answered 404." in preview(administrator, pages.url + "/gone")
    assert "is not a CSS selector" in preview(administrator, url, **{"sources-0-select": "::"})


@override_settings(FETCH_ALLOW_PRIVATE=False)
def test_a_refused_private_address_names_the_setting_that_allows_it(administrator: Client) -> None:
    source = make_source(url="http://127.0.0.1:9/terms")
    assert "FETCH_ALLOW_PRIVATE=1" in preview(administrator, source.url)
    path = reverse("admin:monitor_document_fetch", args=[source.document_id])
    assert "FETCH_ALLOW_PRIVATE=1" in administrator.post(path, follow=True).content.decode()
    assert "FETCH_ALLOW_PRIVATE" not in preview(administrator, "http://169.254.169.254/")


def test_a_preview_shows_markup_of_a_page_as_text(administrator: Client, pages: WebSite) -> None:
    body = preview(administrator, pages.publish("/terms", "<p>&lt;script&gt;x()&lt;/script&gt;</p>"))
    assert "<script>x()" not in body
    assert "&lt;script&gt;x()" in body


def test_documents_are_paused_and_resumed_together(administrator: Client) -> None:
    documents = [make_document() for _ in range(2)]
    form = {"action": "pause", "_selected_action": [document.pk for document in documents]}
    administrator.post(reverse("admin:monitor_document_changelist"), form)
    assert set(Document.objects.values_list("is_paused", flat=True)) == {True}
    administrator.post(reverse("admin:monitor_document_changelist"), form | {"action": "resume"})
    assert set(Document.objects.values_list("is_paused", flat=True)) == {False}


def test_a_curator_sees_the_watch_list_and_changes_nothing(curator: Client) -> None:
    source = make_source()
    document = source.document
    change = reverse("admin:monitor_document_change", args=[document.pk])
    assert curator.get(change).status_code == 200
    for path in (
        change,
        reverse("admin:monitor_document_add"),
        reverse("admin:monitor_document_fetch", args=[document.pk]),
        reverse("admin:monitor_document_preview"),
        reverse("admin:monitor_document_delete", args=[document.pk]),
        reverse("admin:monitor_platform_add"),
    ):
        assert curator.post(path, existing_form(source)).status_code == 403, path
    form = {"action": "pause", "_selected_action": [document.pk]}
    curator.post(reverse("admin:monitor_document_changelist"), form)
    document.refresh_from_db()
    assert not document.is_paused


def test_an_analyst_has_no_way_to_the_desk(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


EVIDENCE = ["monitor_fetch", "monitor_snapshot", "monitor_version", "clauses_changeset", "clauses_decision"]


@pytest.mark.parametrize("name", EVIDENCE)
def test_nobody_adds_changes_or_deletes_evidence(administrator: Client, name: str) -> None:
    model = next(
        model for model in site._registry if f"{model._meta.app_label}_{model._meta.model_name}" == name
    )
    root = make_user(is_superuser=True)
    request = administrator.get(reverse(f"admin:{name}_changelist")).wsgi_request
    request.user = root
    desk = site._registry[model]
    assert desk.has_view_permission(request)
    assert not desk.has_add_permission(request)
    assert not desk.has_change_permission(request)
    assert not desk.has_delete_permission(request)
    assert administrator.post(reverse(f"admin:{name}_add")).status_code == 403


@pytest.mark.parametrize("name", ["fetch", "snapshot", "version", "document", "platform"])
def test_a_list_asks_no_more_of_the_database_for_more_rows(administrator: Client, name: str) -> None:
    counts = []
    for number in range(2):
        for _ in range(3):
            make_version(at=day(number))
        with CaptureQueriesContext(connection) as queries:
            body = administrator.get(reverse(f"admin:monitor_{name}_changelist")).content.decode()
        assert "0 results" not in body
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["fetch", "snapshot", "version"])
def test_a_row_of_evidence_is_shown(curator: Client, name: str) -> None:
    make_version()
    row = {"fetch": Fetch, "snapshot": Snapshot, "version": Version}[name].objects.get()
    assert curator.get(reverse(f"admin:monitor_{name}_change", args=[row.pk])).status_code == 200


def test_the_desk_gives_no_address_away_that_leads_to_something_else(administrator: Client) -> None:
    platform = make_platform(name="Old", slug="old")
    document = make_document(platform, slug="terms")
    rename_document(document, name="Rules", slug="rules", at=day(1))
    rename_platform(platform, name="New", slug="new", at=day(2))
    answer = administrator.post(reverse("admin:monitor_platform_add"), {"name": "Other", "slug": "old"})
    assert "has or had this address" in answer.content.decode()
    form = document_form(platform, "https://a.example/terms", name="Terms", slug="terms")
    answer = administrator.post(reverse("admin:monitor_document_add"), form)
    assert "has or had this address" in answer.content.decode()
    assert (Platform.objects.count(), Document.objects.count()) == (1, 1)
