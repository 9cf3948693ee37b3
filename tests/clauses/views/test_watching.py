"""Looking at a page and watching it; the watch list as a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from monitor.models import Act, Document, Platform
from tests.builders import KEPT_30_DAYS, day, make_document, make_source, make_user, publish
from tests.web_site import WebSite, web_site

pytestmark = pytest.mark.django_db
TERMS = (
    "<h1>Terms of Use</h1><h2>Disputes</h2><p>Any dispute is decided by binding arbitration, and you waive your "
    "right to a jury trial.</p><h2>Retention</h2><p>We keep what you send us for 30 days.</p>"
)
PAGE = reverse("watch-page")
IMPORT = reverse("watch-import")


@pytest.fixture
def site() -> Iterator[WebSite]:
    with web_site() as running, override_settings(FETCH_ALLOW_PRIVATE=True):
        yield running


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user("ada", role="administrator"))
    return client


def _look(desk: Client, url: str, **more: str):
    return desk.post(PAGE, {"url": url, "look": "1", **more})


def test_a_look_shows_clauses_with_types_and_saves_nothing(desk: Client, site: WebSite) -> None:
    answer = _look(desk, site.publish("/legal/terms", TERMS))
    text = answer.content.decode()
    assert "binding arbitration" in text
    assert "Arbitration" in text
    assert Document.objects.count() == 0
    assert answer.context["form"].initial["name"] == "Terms"
    assert answer.context["form"].initial["type"] == "terms_of_service"


def test_what_was_looked_at_is_watched_and_due(desk: Client, site: WebSite) -> None:
    url = site.publish("/legal/terms", TERMS)
    form = _look(desk, url).context["form"]
    given = {**form.initial, "platform": "Acme", "select": "main", "watch": "1"}
    del given["look"]
    answer = desk.post(PAGE, given)
    document = Document.objects.get()
    assert answer.url == reverse("document", args=["acme", document.slug])
    assert document.next_fetch_at is not None
    assert Act.objects.get().subject == f"document: {document}"
    assert [(one.url, one.select) for one in document.sources.all()] == [(url, ["main"])]


def test_a_part_that_is_chosen_is_read_at_once(desk: Client, site: WebSite) -> None:
    words = "We tell a long story about our house and its many rooms. " * 12
    url = site.publish(
        "/terms", f"<div id='terms'><p>{words}</p></div><div id='story'><p>{words * 2}</p></div>"
    )
    choices = _look(desk, url).context["shown"].choices
    assert [choice.selector for choice in choices][-1] == "#terms"
    answer = desk.post(PAGE, {"url": url, "part": "#terms"})
    assert answer.context["shown"].words == len(words.split())
    assert answer.context["form"].initial["select"] == ["#terms"]
    assert 'aria-pressed="true"' in answer.content.decode()


def test_an_address_without_a_scheme_is_one_of_https(desk: Client) -> None:
    answer = _look(desk, "nowhere.invalid/terms")
    assert "Not readable" in str(answer.context["form"].errors["url"])
    assert 'value="https://nowhere.invalid/terms"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "more", "field"),
    [
        ("/gone", {}, "url"),
        ("/terms", {"select": "#missing"}, "select"),
        ("/terms", {"select": "main >"}, "select"),
        ("/terms", {"render": "telepathy"}, "render"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(desk: Client, site: WebSite, path, more, field) -> None:
    site.publish("/terms", TERMS)
    answer = _look(desk, site.url + path, **more)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]


def test_a_private_address_is_refused_with_what_to_do(desk: Client) -> None:
    with web_site() as inside:
        answer = _look(desk, inside.publish("/secret", "<p>Inside.</p>"))
    assert "FETCH_ALLOW_PRIVATE" in str(answer.context["form"].errors["url"])
    assert inside.requests == []


def test_what_a_page_says_is_never_markup_of_ours(desk: Client, site: WebSite) -> None:
    site.pages["/x"] = (
        200,
        b"<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt; terms</title></head><body><main>"
        b"<h1>&lt;b onclick=x&gt;Terms&lt;/b&gt;</h1><p>"
        + b"We say &lt;img src=x onerror=y&gt;. " * 40
        + b"</p></main></body></html>",
    )
    text = _look(desk, f"{site.url}/x").content.decode()
    assert "<script>alert" not in text
    assert "<b onclick" not in text
    assert "<img src=x" not in text


def test_documents_that_are_watched_already_are_named(desk: Client, site: WebSite) -> None:
    url = site.publish("/terms", TERMS)
    same = make_document(name="Same address")
    make_source(same, url=url.upper().replace("/TERMS", "/terms"))
    like = make_document(name="Like words")
    publish(make_source(like), KEPT_30_DAYS, day(1))
    copied = site.publish("/copy", KEPT_30_DAYS)
    similar = {
        one.document: (one.is_same_address, one.percent) for one in _look(desk, url).context["read"].similar
    }
    assert similar == {same: (True, 0)}
    (other,) = _look(desk, copied).context["read"].similar
    assert (other.document, other.is_same_address, other.percent) == (like, False, 100)


def test_a_second_document_of_the_same_name_is_refused_and_the_form_stays_filled(desk: Client) -> None:
    document = make_document(name="Terms")
    given = {
        "url": "https://a.example/",
        "platform": document.platform.name,
        "name": "Terms",
        "type": "other",
        "watch": "1",
    }
    answer = desk.post(PAGE, given)
    assert "another name" in answer.content.decode()
    assert answer.context["form"].data["url"] == "https://a.example/"
    assert Document.objects.count() == 1


def test_looking_takes_a_post_so_that_no_link_makes_the_site_fetch(desk: Client, site: WebSite) -> None:
    url = site.publish("/terms", TERMS)
    answer = desk.get(PAGE, {"url": url})
    assert url in answer.content.decode()
    assert site.requests == []


def test_a_pasted_list_is_shown_before_it_is_added(desk: Client) -> None:
    text = "platform,document,url\nAcme,Terms,https://acme.example/t\nAcme,Bad,nowhere\n"
    shown = desk.post(IMPORT, {"text": text})
    assert [one.is_added for one in shown.context["planned"]] == [True, False]
    assert Platform.objects.count() == 0
    assert "Add 1 document<" in shown.content.decode()
    desk.post(IMPORT, {"name": shown.context["name"], "text": shown.context["text"], "add": "1"})
    assert [str(document) for document in Document.objects.all()] == ["Acme, Terms"]
    assert Act.objects.get().detail == "Acme, Terms"


def test_a_file_is_read_like_a_pasted_list(desk: Client) -> None:
    file = SimpleUploadedFile("list.csv", "\ufeffurl\nhttps://acme.example/privacy\n".encode())
    (planned,) = desk.post(IMPORT, {"file": file}).context["planned"]
    assert (planned.entry.platform, planned.entry.type) == ("Acme", "privacy_policy")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00u", "not UTF-8"),
        (b"name\nA", "names no column url"),
        (b"url\n" + b"x" * 500_001, "larger than 500 kB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(desk: Client, body: bytes, words: str) -> None:
    answer = desk.post(IMPORT, {"file": SimpleUploadedFile("x.csv", body)})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "planned" not in answer.context


def test_nothing_given_asks_for_something(desk: Client) -> None:
    assert "Choose a file, or paste a list." in desk.post(IMPORT, {}).content.decode()


def test_the_watch_list_leaves_as_a_file_that_an_import_takes_back(desk: Client) -> None:
    document = make_document(name="Terms", jurisdiction="EU", audience="Consumers")
    make_source(
        document, url="https://a.example/1", select=["main", {"startAfter": "h1", "endBefore": "footer"}]
    )
    make_source(document, url="https://a.example/2", position=1, select=[], render="browser")
    file = desk.get(reverse("watch-export")).getvalue()
    name = document.platform.name
    document.sources.all().delete()
    Document.objects.all().delete()
    Platform.objects.all().delete()
    desk.post(IMPORT, {"file": SimpleUploadedFile("list.csv", file), "add": "1"})
    again = Document.objects.get()
    assert (again.platform.name, again.name, again.jurisdiction, again.audience) == (
        name,
        "Terms",
        "EU",
        "Consumers",
    )
    assert [(one.url, one.select, one.render) for one in again.sources.all()] == [
        ("https://a.example/1", ["main", {"startAfter": "h1", "endBefore": "footer"}], "http"),
        ("https://a.example/2", [], "browser"),
    ]


@pytest.mark.parametrize("role", ["analyst", "curator"])
@pytest.mark.parametrize("name", ["watch-page", "watch-import", "watch-export"])
def test_only_administrators_change_the_watch_list(client: Client, role: str, name: str) -> None:
    client.force_login(make_user("kim", role=role))
    assert client.get(reverse(name)).status_code == 403
