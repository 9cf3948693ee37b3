"""The root of a day: made once, signed, bound to the one before, and covering what grew."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from clauses.samples import remove_samples
from monitor import signing
from monitor.core.normalize import sha256
from monitor.models import Link, Root, SigningKey
from monitor.roots import make_root
from monitor.tasks import make_daily_root
from tests.builders import capture, day, make_change_set, make_platform, make_source
from tests.monitor.test_chain import findings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> None:
    """A site without a key."""
    settings.VAR_DIR = tmp_path


def test_a_root_names_the_heads_of_all_chains_and_is_signed() -> None:
    documents = [make_change_set().document for _ in range(2)]
    root = make_root(day(0))
    said = json.loads(root.manifest)
    last = [Link.objects.filter(document=one).order_by("position").last() for one in documents]
    assert [(head["document"], head["position"], head["sha256"]) for head in said["heads"]] == [
        (one.public_id, link.position, link.sha256) for one, link in zip(documents, last, strict=True)
    ]
    key = SigningKey.objects.get()
    assert root.sha256 == sha256(root.manifest.encode())
    assert signing.is_signed(bytes.fromhex(key.public), bytes.fromhex(root.signature), root.manifest.encode())
    assert not Link.objects.filter(root=None).exists()
    assert findings() == []


def test_there_is_one_root_a_day() -> None:
    assert make_root(day(0))
    assert make_root(day(0) + timedelta(hours=17)) is None
    assert make_root(day(1))
    assert make_root(day(0.5)) is None
    assert Root.objects.count() == 2


def test_the_next_root_holds_the_hash_of_the_one_before_and_only_what_grew() -> None:
    grown, still = make_source(), make_source()
    for source in (grown, still):
        capture(source, "<p>One.</p>", day(0))
    first = make_root(day(0))
    capture(grown, "<p>Two.</p>", day(1))
    second = json.loads(make_root(day(1)).manifest)
    assert second["previous"] == first.sha256
    assert [head["document"] for head in second["heads"]] == [grown.document.public_id]
    assert [link.root.on.day for link in grown.document.links.order_by("position")] == [1, 1, 2]
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_that_make_it_at_once_one_stands() -> None:
    make_change_set()
    barrier = Barrier(2)
    made: list[Root | None] = []

    def work() -> None:
        barrier.wait()
        made.append(make_root(day(0)))
        connections.close_all()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [root is None for root in made].count(True) == 1
    assert Root.objects.count() == 1
    assert findings() == []


def test_the_task_makes_it_and_done_again_changes_nothing() -> None:
    make_change_set()
    make_daily_root()
    before = list(Root.objects.values())
    make_daily_root()
    assert list(Root.objects.values()) == before != []


def test_a_deployment_without_a_key_says_so_and_goes_on(settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.IS_EMBEDDED = False
    make_daily_root()
    assert not Root.objects.exists()
    assert "SIGNING_KEY is not set" in caplog.text


def test_roots_before_and_after_a_new_key_hold() -> None:
    make_change_set()
    make_root(day(0))
    signing.rotate()
    make_change_set()
    make_root(day(1))
    assert SigningKey.objects.count() == 2
    assert findings() == []


def test_samples_that_a_root_names_can_be_removed() -> None:
    make_change_set(make_platform(is_sample=True))
    make_root(day(0))
    remove_samples()
    assert findings() == []


def test_a_chain_cut_off_and_grown_again_does_not_fit_its_root() -> None:
    document = make_change_set().document
    root = make_root(day(0))
    Link.objects.filter(document=document, position=6).update(sha256="0" * 64)
    assert f"{document.public_id}: its chain does not hold the link that the {root} names" in findings()


@pytest.mark.parametrize("field", ["sha256", "signature", "manifest"])
def test_a_root_that_was_changed_is_named(field: str) -> None:
    make_change_set()
    root = make_root(day(0))
    value = getattr(root, field)
    changed = value[:-3] + ("0" if value[-3] != "0" else "1") + value[-2:]
    Root.objects.filter(pk=root.pk).update(**{field: changed})
    assert any(line.startswith(f"{root}: ") for line in findings())


def test_a_link_that_names_a_later_root_is_named() -> None:
    source = make_source()
    capture(source, "<p>One.</p>", day(0))
    make_root(day(0))
    capture(source, "<p>Two.</p>", day(1))
    later = make_root(day(1))
    Link.objects.filter(position=2).update(root=later)
    assert any("does not cover the links" in line or "which names it" in line for line in findings())


def test_keys_and_roots_are_public(client: Client) -> None:
    make_change_set()
    root = make_root(day(0))
    page = client.get(reverse("signing-keys")).content.decode()
    assert root.sha256 in page
    assert root.key_id in page
    twin = client.get(reverse("signing-keys-json")).json()
    assert twin["keys"][0]["fingerprint"] == root.key_id
    assert twin["roots"][0]["signature"] == root.signature
    body = client.get(reverse("root", args=["2025-03-01"]))
    assert body.content == root.manifest.encode()
    assert client.get(reverse("root", args=["yesterday"])).status_code == 404


def test_before_the_first_root_the_page_says_so(client: Client) -> None:
    assert "Nothing was signed yet" in client.get(reverse("signing-keys")).content.decode()
