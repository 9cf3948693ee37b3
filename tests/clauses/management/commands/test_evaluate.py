import json

from tests.clauses.management.running import refusal, run
from tests.clauses.training.invented_corpora import tosdr_rows, write_rows


def test_a_file_is_evaluated_as_one_json_document(tmp_path):
    path = write_rows(tmp_path / "hidden.jsonl", tosdr_rows("new"))
    done = run("evaluate", str(path), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["corpus"], found["evaluated_on"]) == ("tosdr", 60)


def test_a_corpus_that_is_not_there_is_said_in_one_line(tmp_path):
    assert "cannot be read" in refusal("evaluate", "tosdr", "--corpora", str(tmp_path))
