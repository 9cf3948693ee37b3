"""PDFs of records, change sets and platforms, read back by pypdf: what they say is what the twins say."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from clauses.analysis import analyze_pending
from clauses.curation import decide
from clauses.models import ChangeSet, Clause
from clauses.models.choices import SeverityLevel
from monitor.models import Document, Platform
from tests.builders import capture, day, make_change_set, make_source, make_user, publish

pytestmark = pytest.mark.django_db


def pdf(client: Client, path: str) -> PdfReader:
    """The file at an address."""
    response = client.get(path)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    """All its words, with one space between any two."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def change_set() -> ChangeSet:
    return make_change_set()


def test_a_change_set_says_what_its_twin_says(client: Client, change_set: ChangeSet) -> None:
    twin = client.get(f"/changes/{change_set.public_id}.json").json()
    text = text_of(pdf(client, f"/changes/{change_set.public_id}.pdf"))
    assert twin["headline"] in text
    assert f"severity {twin['severity']}" in text
    assert f"{twin['counts']['unchanged']} unchanged" in text
    for change in twin["changes"]:
        assert change["record"] in text
        for _, run in change["redline"]:
            assert " ".join(run.split()) in text
        for fact in change["facts"]:
            assert f"{fact['old']['value']} {fact['old']['unit']}"[:4] in text
    for version in (twin["from"], twin["to"]):
        assert version["text_sha256"] in text.replace(" ", "")


def test_what_went_and_what_came_are_apart_in_the_words_alone(client: Client, change_set: ChangeSet) -> None:
    clause = Clause.objects.get(document=change_set.document, current__wording__text__contains="feedback")
    for path in (f"/changes/{change_set.public_id}.pdf", f"/records/{clause.public_id}.pdf"):
        text = text_of(pdf(client, path))
        assert "We keep your feedback for [−30 days−][+5 years+] after you send it." in text


def test_a_record_says_what_its_twin_says(client: Client, change_set: ChangeSet) -> None:
    clause = Clause.objects.filter(document=change_set.document, removed_in=None).first()
    decide(clause, ["data_retention"], SeverityLevel.HIGH, "It is long.", make_user())
    twin = client.get(f"/records/{clause.public_id}.json").json()
    text = text_of(pdf(client, f"/records/{clause.public_id}.pdf"))
    assert twin["text"] in text
    assert twin["proof"]["bytes_sha256"] in text
    assert twin["proof"]["version"]["text_sha256"] in text
    assert "Ruled by" in text
    assert "It is long." in text
    for told in twin["type_texts"]:
        assert told["why_it_matters"] in text
    for fact in twin["facts"]:
        assert fact["quote"] in text
    assert "DOES NOT HOLD" not in text


def test_a_platform_says_what_its_twin_says(client: Client, change_set: ChangeSet) -> None:
    slug = change_set.document.platform.slug
    twin = client.get(f"/platforms/{slug}.json").json()
    text = text_of(pdf(client, f"/platforms/{slug}.pdf"))
    for row in twin["documents"]:
        assert row["id"] in text
    for entry in twin["entries"]:
        if entry["kind"] == "change":
            assert entry["headline"] in text
    for row in twin["facts"]:
        assert row["question"] in text
    assert twin["drift"]["said"] in text
    assert "Cite as" in text
    listed = ", ".join(row["id"] for row in twin["documents"])
    assert f"Proviso platform report of {listed}, as of" in text


def test_of_a_year_that_nobody_saw_a_report_says_that(client: Client, change_set: ChangeSet) -> None:
    Document.objects.update(read_at=day(-400))
    text = text_of(pdf(client, f"/platforms/{change_set.document.platform.slug}.pdf"))
    assert "Over twelve months: not known, nothing was read in the last 365 days." in text


def test_every_page_has_its_number_and_the_address_and_all_fonts_are_inside(client: Client) -> None:
    source = make_source()
    for number in range(2):
        paragraphs = "".join(
            f"<p>{part}. We keep part {part} of your data for {30 + number} days after you close it.</p>"
            for part in range(60)
        )
        publish(source, paragraphs, day(10 * number))
    analyze_pending()
    change_set = ChangeSet.objects.get()
    reader = pdf(client, f"/changes/{change_set.public_id}.pdf")
    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"page {number} of {count}" in text
        assert f"/changes/{change_set.public_id}/" in text
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert reader.metadata.title.startswith(change_set.public_id)
    assert str(reader.root_object["/Lang"]) == "en"


def test_hostile_words_are_printed_as_words(client: Client) -> None:
    source = make_source()
    tags = '&lt;/font&gt;&lt;img src="/etc/passwd"/&gt;'
    hostile = f'&lt;font size="99"&gt;We sell your data &amp; keep it for 30 days {tags}'
    publish(source, f"<p>{hostile}</p>", day(0))
    publish(source, f"<p>{hostile.replace('30 days', '5 years')}</p>", day(10))
    analyze_pending()
    change_set = ChangeSet.objects.get()
    clause = Clause.objects.get()
    Platform.objects.filter(pk=change_set.document.platform_id).update(
        name="<b>Acme</b> & Co", homepage="javascript:x"
    )
    for path in (
        f"/changes/{change_set.public_id}.pdf",
        f"/records/{clause.public_id}.pdf",
        f"/platforms/{change_set.document.platform.slug}.pdf",
    ):
        reader = pdf(client, path)
        assert "<b>Acme</b> & Co" in text_of(reader)
        links = [
            note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots") or []
        ]
        assert all(link.startswith("http") for link in links)
    assert '<img src="/etc/passwd"/>' in text_of(pdf(client, f"/records/{clause.public_id}.pdf"))


@pytest.mark.parametrize("words", ["x" * 60_000, "word " * 40_000], ids=["one word", "many words"])
def test_a_clause_longer_than_a_page_goes_on_on_the_next(client: Client, words: str) -> None:
    source = make_source()
    capture(source, f"<p>We keep your data for 30 days. {words}</p>", day(0))
    analyze_pending()
    clause = Clause.objects.first()
    assert len(pdf(client, f"/records/{clause.public_id}.pdf").pages) > 5


def test_what_was_superseded_leads_to_what_took_its_place(client: Client, change_set: ChangeSet) -> None:
    first, second = Clause.objects.filter(document=change_set.document).order_by("number")[:2]
    Clause.objects.filter(pk=first.pk).update(superseded_by=second)
    response = client.get(f"/records/{first.public_id}.pdf")
    assert (response.status_code, response["Location"]) == (301, f"/records/{second.public_id}.pdf")


@pytest.mark.parametrize(
    "path",
    ["/records/P-999999.pdf", "/changes/C-999999.pdf", "/platforms/nobody.pdf", "/records/nonsense.pdf"],
)
def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_day_that_is_none_is_refused_as_the_twin_refuses_it(client: Client, change_set: ChangeSet) -> None:
    slug = change_set.document.platform.slug
    assert client.get(f"/platforms/{slug}.pdf?as_of=nonsense").status_code == 400


def test_a_platform_that_was_never_read_has_a_report_that_says_so(client: Client) -> None:
    platform = make_source().document.platform
    text = text_of(pdf(client, f"/platforms/{platform.slug}.pdf"))
    assert "Not read yet" in text
    assert "None since the first text on record." in text
