"""The pages on which curators label sentences: blind, by keys, and to be taken along as evaluation data."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from clauses.labeling import draw
from clauses.models import Classification, Clause, GoldLabel, GoldSentence
from clauses.site_taxonomy import taxonomy_in_force
from tests.builders import make_user
from tests.clauses.test_labeling import NOW, make_archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora() -> User:
    return make_user("cora", role="curator")


@pytest.fixture
def client(cora: User) -> Client:
    client = Client()
    client.force_login(cora)
    return client


@pytest.fixture
def sentence() -> GoldSentence:
    make_archive(1)
    draw(5, NOW)
    first = GoldSentence.objects.first()
    assert first
    return first


def test_the_page_of_a_sentence_says_nothing_that_could_lead_the_curator(
    client: Client, sentence: GoldSentence
) -> None:
    page = client.get(reverse("review-sentence", args=[sentence.pk])).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    assert sentence.text in main
    for hint in (sentence.platform, sentence.clause.public_id, "score", "confidence", "everity"):
        assert hint not in main
    assert " checked" not in main
    # Every type is offered, in the order of the taxonomy.
    offered = re.findall(r'name="types" value="(\w+)"', main)
    assert sorted(offered) == sorted({*taxonomy_in_force().types} - {"other"})
    assert "<mark>" not in main


def test_the_page_is_the_same_whatever_the_machine_says(client: Client, sentence: GoldSentence) -> None:
    def shown() -> str:
        page = client.get(reverse("review-sentence", args=[sentence.pk])).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    before = shown()
    match = {"slug": "data_sale", "score": 0.99, "basis": "rule", "evidence": []}
    Classification.objects.update(types=[match], confidence="high", severity=3)
    Clause.objects.update(severity=3, confidence="high", doubt=0)
    GoldSentence.objects.update(band="high", wanted=2)
    assert shown() == before


def test_each_type_has_a_key_that_is_its_own_within_its_group(client: Client, sentence: GoldSentence) -> None:
    page = client.get(reverse("review-sentence", args=[sentence.pk])).content.decode()
    main = page.split("<main")[1].split("</main>")[0]
    groups = re.findall(r"<details.*?</details>", main, re.DOTALL)
    outside = re.findall(r'data-key="(\w)"', re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL))
    keys = [re.findall(r'<summary[^>]*data-key="(\w)"', group) for group in groups]
    assert [key for row in keys for key in row] == list("123456789")
    for group in groups:
        own = re.findall(r'<input[^>]*data-key="(\w)"', group)
        assert len(set(own)) == len(own) == group.count("<input")
        assert not {*own} & {*outside, "r"}


def test_types_or_none_are_saved_and_the_next_sentence_follows(
    client: Client, cora: User, sentence: GoldSentence
) -> None:
    answer = client.post(reverse("review-sentences"))
    path = reverse("review-sentence", args=[sentence.pk])
    assert answer.url == path
    answer = client.post(path, {"types": ["data_retention", "data_sale"], "action": "label"})
    row = GoldLabel.objects.get()
    assert (row.sentence, row.types, row.labeled_by) == (sentence, ["data_retention", "data_sale"], cora)
    assert answer.url != path
    client.post(answer.url, {"no_type": "on", "action": "label"})
    assert GoldLabel.objects.last().types == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Tick a type"),
        ({"types": ["data_sale"], "no_type": "on"}, "Untick"),
        ({"types": ["other"]}, "not one of the available choices"),
        ({"types": ["teleport"]}, "not one of the available choices"),
    ],
)
def test_what_says_nothing_or_two_things_is_refused_and_what_was_ticked_stands(
    client: Client, sentence: GoldSentence, sent: dict, told: str
) -> None:
    answer = client.post(reverse("review-sentence", args=[sentence.pk]), sent)
    assert told in answer.content.decode()
    assert not GoldLabel.objects.exists()
    if "data_sale" in sent.get("types", []):
        assert re.search(r'value="data_sale"[^>]* checked', answer.content.decode())


def test_a_curator_goes_back_to_the_sentence_before_and_says_something_else(
    client: Client, sentence: GoldSentence
) -> None:
    path = reverse("review-sentence", args=[sentence.pk])
    following = client.post(path, {"no_type": "on"}).url
    page = client.get(following).content.decode()
    assert f'href="{path}"' in page
    assert "you labeled this one before" in client.get(path).content.decode()
    client.post(path, {"types": ["data_sale"]})
    assert [row.types for row in GoldLabel.objects.filter(sentence=sentence)] == [[], ["data_sale"]]


def test_who_labels_what_somebody_labeled_meanwhile_is_told(client: Client, sentence: GoldSentence) -> None:
    GoldSentence.objects.update(wanted=1)
    other = make_user("dora", role="curator")
    GoldLabel.objects.create(sentence=sentence, types=[], labeled_by=other, labeled_at=NOW)
    path = reverse("review-sentence", args=[sentence.pk])
    answer = client.post(path, {"types": ["data_sale"]}, follow=True)
    assert "Somebody else labeled this sentence meanwhile" in answer.content.decode()
    assert GoldLabel.objects.count() == 1


def test_more_are_drawn_from_the_page_within_bounds(client: Client) -> None:
    make_archive(1)
    path = reverse("review-sentences")
    for wrong in ("0", "201", "x", ""):
        assert client.post(path, {"count": wrong}).status_code == 200
    assert not GoldSentence.objects.exists()
    assert "3 sentences drawn" in client.post(path, {"count": "3"}, follow=True).content.decode()
    assert GoldSentence.objects.count() == 3
    client.post(path, {"count": "50"})
    assert "No sentence is left" in client.post(path, {"count": "50"}, follow=True).content.decode()


def test_the_set_leaves_in_a_form_that_the_evaluation_and_the_bench_read(
    client: Client, sentence: GoldSentence, tmp_path: Path
) -> None:
    from bench.type_gold import lines

    client.post(reverse("review-sentence", args=[sentence.pk]), {"types": ["data_retention"]})
    answer = client.get(reverse("sentences-jsonl"))
    assert answer["Content-Disposition"].endswith('"gold.jsonl"')
    file = tmp_path / "gold.jsonl"
    file.write_bytes(answer.getvalue())
    (row,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert (row["text"], row["labels"], row["agreed"]) == (sentence.text, ["data_retention"], True)
    assert [(one.text, one.on_target) for one in lines(file, "data_retention")] == [(sentence.text, True)]
    assert [one.on_target for one in lines(file, "data_sale")] == [False]
    for corpus in (str(file), "site"):
        out = StringIO()
        call_command("evaluate", corpus, "--json", stdout=out)
        found = json.loads(out.getvalue())
        assert (found["evaluated_on"], found["disagreed"], found["left_out"]) == (1, 0, 0)
        assert found["taxonomy"] == taxonomy_in_force().version
        assert set(found["same_types_by_band"]) == {sentence.band}


def test_a_site_without_labels_is_evaluated_on_nothing_and_says_so() -> None:
    out = StringIO()
    call_command("evaluate", "site", "--json", stdout=out)
    assert json.loads(out.getvalue())["evaluated_on"] == 0


def test_a_broken_gold_set_is_named_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text('{"text": "x", "labels": [], "said": "x", "agreed": true}\n')
    with pytest.raises(CommandError, match="sentence 1 has not the keys"):
        call_command("evaluate", str(file))
