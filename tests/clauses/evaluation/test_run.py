from dataclasses import replace

import pytest

from clauses.core.taxonomy import shipped_taxonomy
from clauses.evaluation.run import run
from clauses.training.corpora import CorpusError
from tests.clauses.training.invented_corpora import tosdr_rows, unfair_rows, write_corpora, write_rows

TAXONOMY = shipped_taxonomy()


def quiet(_):
    pass


def test_services_the_model_has_not_seen_are_read_by_the_model_that_ships(tmp_path):
    found = run(str(write_rows(tmp_path / "hidden.jsonl", tosdr_rows("new"))), None, TAXONOMY, quiet)
    assert found["corpus"] == "tosdr"
    assert found["evaluated_on"] == 60
    assert "model that ships" in found["method"]
    assert 0.5 < found["accuracy"]["value"] <= found["top_3"]["value"]
    assert found["accuracy"]["low"] <= found["accuracy"]["value"] <= found["accuracy"]["high"]


def test_services_the_model_was_trained_on_are_read_by_models_that_never_saw_them(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "clauses.evaluation.run._known_services",
        lambda: frozenset(_keys()),
    )
    found = run("tosdr", write_corpora(tmp_path), replace(TAXONOMY, model=lambda: None), quiet)
    assert "other services" in found["method"]
    assert found["services"] > 1


def _keys():
    from clauses.training.report import key_of

    return [key_of(row["service"]) for row in tosdr_rows()]


def test_unfair_terms_are_trained_on_the_train_split_alone(tmp_path):
    found = run(str(write_rows(tmp_path / "u.jsonl", unfair_rows())), None, TAXONOMY, quiet)
    assert (found["trained_on"], found["evaluated_on"]) == (27, 9)
    assert found["verbatim_in_train"] == 0
    assert found["nine_classes"]["macro_f1"]["value"] <= 1
    assert set(found["eight_labels"]) == {"micro_f1", "macro_f1", "by_label"}


def test_a_file_without_a_train_split_takes_that_of_the_folder(tmp_path):
    test = [row for row in unfair_rows() if row["split"] != "train"]
    path = write_rows(tmp_path / "test.jsonl", test)
    assert run(str(path), write_corpora(tmp_path), TAXONOMY, quiet)["trained_on"] == 27
    with pytest.raises(CorpusError, match="no rows to train on"):
        run(str(path), None, TAXONOMY, quiet)


def test_a_train_split_that_is_too_small_is_refused_in_one_line(tmp_path):
    rows = [
        {"text": "Disputes go to Graz.", "labels": ["Arbitration"], "split": name}
        for name in ("train", "test")
    ]
    with pytest.raises(CorpusError, match="too few texts to learn from: 1"):
        run(str(write_rows(tmp_path / "u.jsonl", rows)), None, TAXONOMY, quiet)


def test_practices_of_privacy_policies_are_said_through_types(tmp_path):
    rows = [
        {"text": "We collect your name and your address.", "labels": ["First Party Collection/Use"]},
        {"text": "We keep your data for two years.", "labels": ["Data Retention"]},
        {"text": "Write to the weaver in Graz.", "labels": ["Privacy contact information"]},
    ]
    found = run(str(write_rows(tmp_path / "p.jsonl", rows)), None, TAXONOMY, quiet)
    assert found["corpus"] == "opp115"
    assert found["by_practice"]["retention"] == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("tosdr", "--corpora"), ("no/such/file.jsonl", "neither a file nor one of")],
)
def test_what_is_missing_is_said_in_one_line(name, said):
    with pytest.raises(CorpusError, match=said):
        run(name, None, TAXONOMY, quiet)


def test_a_file_of_an_unknown_kind_is_refused(tmp_path):
    path = write_rows(tmp_path / "x.jsonl", [{"text": "a", "labels": ["weaving"]}])
    with pytest.raises(CorpusError, match="keys and labels"):
        run(str(path), None, TAXONOMY, quiet)
