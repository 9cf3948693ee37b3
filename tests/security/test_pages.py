"""What pages of ours do with hostile addresses, error texts and answers, and what their reader does with entities."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from monitor.core.extract import ExtractionError, extract
from monitor.models import Outcome, Source
from monitor.tracking import Arrival, Failure, record, record_failure
from tests.builders import HTML, capture, day, make_document, make_source, make_user, make_version, page

SCRIPT = "<script>alert(1)</script>"
MARKUP = '"><img src=x onerror=alert(1)>'


@pytest.mark.django_db
@pytest.mark.parametrize("is_signed_in", [False, True])
@pytest.mark.parametrize(
    "path",
    [
        f"/{SCRIPT}",
        f"/platforms/{SCRIPT}/",
        f"/platforms/{SCRIPT}.atom",
        f"/clauses/{SCRIPT}.atom",
        f"/records/{SCRIPT}.json",
        f"/changes/C-1{SCRIPT}/",
        f"/snapshots/S-000001{MARKUP}/bytes",
        f"/clauses/?q={SCRIPT}&type={MARKUP}&platform={MARKUP}&severity={SCRIPT}",
        f"/changes/?severity={MARKUP}&page={SCRIPT}",
        f"/compare/?type={SCRIPT}&platform={MARKUP}",
        f"/sign-in/?next=javascript:alert(1){SCRIPT}",
        f"/unsubscribe/{SCRIPT}/",
    ],
)
def test_what_stands_in_an_address_is_no_markup_of_the_answer_cve_2026_27645(client, path, is_signed_in):
    """CVE-2026-27645, CVE-2026-29038: the text of a 404 repeated the address as HTML."""
    if is_signed_in:
        client.force_login(make_user(is_superuser=True, is_staff=True))
    answer = client.get(path)
    body = answer.content.decode()
    assert SCRIPT not in body
    assert "<img src=x" not in body
    assert 'href="javascript:' not in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/static/../config/settings.py",
        "/static/..%2fconfig%2fsettings.py",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static/....//....//etc/passwd",
        "/static//etc/passwd",
        "/static/..\\..\\etc\\passwd",
        "/static/css/../../manage.py",
        "/static/css/%00.css",
        "/platforms/../../etc/passwd",
        "/snapshots/../../etc/passwd/bytes",
    ],
)
def test_no_path_leads_out_of_the_static_files_cve_2026_25527(client, path):
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code in {302, 400, 404}
    assert b"SECRET_KEY" not in body
    assert b"root:" not in body


@pytest.mark.django_db
def test_the_text_of_an_error_is_shown_as_text_cve_2025_52558(client):
    """CVE-2025-52558: what a server said of its fault was put into the page."""
    source = make_source()
    record_failure(source, Failure(Outcome.HTTP_ERROR, SCRIPT + MARKUP), day(0))
    document = source.document
    client.force_login(make_user(is_superuser=True, is_staff=True))
    shown = 0
    for address in (
        reverse("document", args=[document.platform.slug, document.slug]),
        reverse("status"),
        reverse("admin:monitor_fetch_changelist"),
        reverse("admin:monitor_fetch_change", args=[source.fetches.get().pk]),
        reverse("admin:monitor_document_changelist"),
    ):
        body = client.get(address).content.decode()
        shown += "&lt;script&gt;" in body
        assert SCRIPT not in body, address
        assert "<img src=x" not in body, address
    assert shown >= 2


@pytest.mark.django_db
def test_the_words_of_an_error_never_come_from_the_server_cve_2025_52558():
    source = make_source()
    headers = {**HTML, "content-type": f"text/{SCRIPT}", "x": SCRIPT}
    fetch = record(source, page("<p>We keep it.</p>"), headers, day(0), arrival=Arrival(final_url=SCRIPT))
    assert "\n" not in fetch.message
    assert len(fetch.message) <= 300


@pytest.mark.django_db
def test_every_answer_forbids_scripts_frames_and_guessing_of_types(client):
    version = make_version()
    document = version.document
    for address in (
        reverse("dashboard"),
        reverse("document", args=[document.platform.slug, document.slug]),
        reverse("version", args=[document.platform.slug, document.slug, version.number]),
        reverse("version-json", args=[document.platform.slug, document.slug, version.number]),
        reverse("version-text", args=[document.platform.slug, document.slug, version.number]),
        reverse("atom"),
        reverse("status-json"),
        "/nowhere/",
    ):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        assert "default-src 'none'" in policy, address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["X-Frame-Options"] == "DENY", address


@pytest.mark.django_db
def test_no_page_has_a_style_that_comes_from_data_ghsa_4j9m(client):
    """GHSA-4j9m: CSS injected through a color. No page has a style of its own, so there is no place for it."""
    css = 'red;background:url(//evil.example)"'
    source = make_source(make_document(audience=css, jurisdiction=css))
    capture(source, f"<h2 style='color:red'>{css}</h2><p style=\"{css}\">We keep it for 30 days.</p>", day(0))
    document = source.document
    version = document.versions.get()
    for address in (
        reverse("document", args=[document.platform.slug, document.slug]),
        reverse("version", args=[document.platform.slug, document.slug, version.number]),
        reverse("dashboard"),
        reverse("clauses"),
    ):
        body = client.get(address).content.decode()
        assert not re.search(r"<[^>]*\sstyle\s*=", body), address
        assert "<style" not in body, address


XML_PAGE = b"<html><body><p>We keep &x; it.</p></body></html>"
ENTITIES = {
    "a file": b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + XML_PAGE,
    "an address": b'<!DOCTYPE html [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>' + XML_PAGE,
    "a parameter": b'<!DOCTYPE html [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>' + XML_PAGE,
    "a bomb": b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8))
    + b"]><html><body><p>We keep &i; it.</p></body></html>",
    "an inclusion": b'<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><p>We keep it. '
    b'<xi:include href="file:///etc/hostname" parse="text"/></p></body></html>',
}


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("content_type", ["application/xhtml+xml", "text/html"])
def test_entities_of_a_page_read_no_file_and_grow_to_nothing(kind, content_type):
    """XXE: an XHTML page is read by a parser of HTML, which knows no entities but those of HTML."""
    with open("/etc/hostname") as file:  # noqa: PTH123 - what the entity names
        name = file.read().strip()
    text = extract(ENTITIES[kind], content_type).text
    assert "We keep" in text
    assert len(text) < 1000
    assert not name or name not in text


@pytest.mark.parametrize(
    "content_type", ["text/xml", "application/xml", "image/svg+xml", "application/rss+xml"]
)
def test_xml_is_not_read_at_all(content_type):
    with pytest.raises(ExtractionError):
        extract(ENTITIES["a file"], content_type)


@pytest.mark.parametrize(
    "content_type", ["text/html", "text/plain; charset=utf-8", "application/octet-stream"]
)
@pytest.mark.parametrize(
    "body",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        gzip.compress(b"terms " * 900),
        b"PK\x03\x04" + bytes(range(256)) * 20,
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 20,
        bytes(4000),
    ],
    ids=["image", "packed twice", "archive", "photograph", "zeros"],
)
def test_bytes_that_are_no_text_are_none_whatever_they_are_called(body, content_type):
    with pytest.raises(ExtractionError):
        extract(body, content_type)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "selector",
    ["//p", "xpath://p", "unparsed-text('file:///etc/hostname')", "jq:env", "p:has(", "{{ 7 * 7 }}"],
)
def test_a_selector_is_css_and_nothing_else_cve_2026_29039(selector):
    """CVE-2026-29039, CVE-2026-33981: XPath read files, jq read the environment."""
    with pytest.raises(ValidationError):
        Source(document=make_document(), url="https://site.example/", select=[selector]).full_clean()
    with pytest.raises(ExtractionError):
        extract(page("<p>We keep it.</p>"), "text/html", select=[selector])


@pytest.mark.django_db
def test_braces_of_a_page_are_never_run_as_a_template_cve_2024_32651(client: Client):
    """CVE-2024-32651: template text of users ran on the server. Ours prints it."""
    template = "{{ 7|add:7000 }} {% debug %} {{ settings.SECRET_KEY }}"
    terms = "<p>We keep what you send us for thirty days, and then we delete it.</p>" * 30
    version = make_version(make_document(name=template[:60]), f"{terms}<p>We keep it. {template}</p>")
    document = version.document
    body = client.get(reverse("version", args=[document.platform.slug, document.slug, version.number]))
    assert "7007" not in body.content.decode()
    assert "{{ settings.SECRET_KEY }}" in body.content.decode()
