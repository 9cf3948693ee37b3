from dataclasses import replace

import pytest

from clauses.core.blend import read_types
from clauses.core.model_file import load
from clauses.core.taxonomy import shipped_taxonomy
from clauses.core.values import Passage
from clauses.training.corpora import CorpusError
from clauses.training.make import make
from tests.clauses.training.invented_corpora import tosdr_rows, write_corpora, write_rows

RULES = replace(shipped_taxonomy(), model=lambda: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = write_corpora(tmp_path_factory.mktemp("corpora"))
    return folder, *make(folder, RULES, lambda _: None)


def test_the_same_corpora_give_the_same_bytes(made):
    folder, body, _ = made
    assert make(folder, RULES, lambda _: None)[0] == body


def test_the_model_finds_a_type_in_words_no_rule_knows(made):
    model = load(made[1])
    taxonomy = replace(RULES, types={**RULES.types}, model=lambda: model)
    text = "An arbitrator settles every dispute about the Loom service in Graz."
    _, candidates = read_types(Passage(0, 0, len(text), text), taxonomy)
    assert candidates[0].slug == "arbitration"


def test_the_report_names_corpora_licenses_hashes_and_figures(made):
    _, body, told = made
    assert told["model_bytes"] == len(body)
    assert [corpus["license"] for corpus in told["corpora"]] == ["CC BY-SA 3.0", *["CC BY 4.0"] * 3]
    assert all(len(corpus["sha256"]) == 64 and corpus["rows"] for corpus in told["corpora"])
    assert told["held_out"]["texts"] == 84
    assert 0 <= told["held_out"]["accuracy"] <= told["held_out"]["top_3"] <= 1


def test_a_missing_corpus_is_named_in_one_line(tmp_path):
    with pytest.raises(CorpusError, match=r"tosdr_points\.jsonl cannot be read"):
        make(tmp_path, RULES, lambda _: None)


def test_a_line_without_labels_is_named(tmp_path):
    folder = write_corpora(tmp_path)
    (folder / "appsi139_topic.jsonl").write_text('{"text": "x"}\n')
    with pytest.raises(CorpusError, match="line 1: no list of"):
        make(folder, RULES, lambda _: None)


def test_corpora_that_are_too_small_are_refused_in_one_line(tmp_path):
    folder = write_corpora(tmp_path)
    write_rows(folder / "tosdr_points.jsonl", tosdr_rows()[:3])
    with pytest.raises(CorpusError, match="fewer than 3 types have the 5 texts"):
        make(folder, RULES, lambda _: None)
