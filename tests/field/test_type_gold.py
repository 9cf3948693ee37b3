"""The hand-read sets for two clause types: what stands in them, and that their text can be cut again."""

import json

import pytest

from bench import type_gold
from clauses.core.taxonomy import shipped_taxonomy
from tests.field import replay


@pytest.mark.parametrize("slug", type_gold.SLUGS)
def test_a_set_holds_200_sentences_and_none_of_their_text(slug):
    entries = type_gold.entries(slug)
    assert len({entry["sentence_sha256"] for entry in entries}) == 200
    assert all("text" not in entry for entry in entries)
    assert all(bool(entry["stance"]) == entry["on_target"] for entry in entries)


def test_a_set_is_skipped_without_captures(tmp_path):
    assert type_gold.rebuild("ai_training", tmp_path / "none.bundle") is None


def test_lines_of_a_file_are_measured(tmp_path):
    file = tmp_path / "lines.jsonl"
    rows = [
        {"text": "We use your posts to train our models.", "label": "ai_training"},
        {"text": "Our staff are trained in first aid.", "label": False},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    score = type_gold.evaluate(type_gold.lines(file, "ai_training"), "ai_training", shipped_taxonomy())
    assert (score.sentences, score.precision, score.recall) == (2, 1.0, 1.0)


@pytest.mark.skipif(not replay.is_available(), reason="no captures beside the checkout")
@pytest.mark.parametrize("slug", type_gold.SLUGS)
def test_every_sentence_is_cut_again_from_its_capture(slug):
    read = type_gold.rebuild(slug, replay.repository())
    assert read is not None
    assert len(read) == 200
