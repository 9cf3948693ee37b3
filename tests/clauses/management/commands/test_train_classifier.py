import json

from tests.clauses.management.running import refusal, run
from tests.clauses.training.invented_corpora import write_corpora


def test_a_model_and_its_report_are_written(tmp_path):
    out = tmp_path / "model.bin"
    done = run("train_classifier", "--corpora", str(write_corpora(tmp_path)), "--out", str(out))
    assert done.returncode == 0, done.stderr
    report = json.loads(out.with_suffix(".json").read_text())
    assert report["model_bytes"] == out.stat().st_size


def test_a_folder_without_corpora_is_said_in_one_line(tmp_path):
    said = refusal("train_classifier", "--corpora", str(tmp_path), "--out", str(tmp_path / "m.bin"))
    assert "tosdr_points.jsonl cannot be read" in said
