import json

from django.conf import settings

from clauses.evaluation.kinds import GOLD_SETS
from tests.clauses.management.running import refusal, run
from tests.clauses.training.invented_corpora import tosdr_rows, write_rows


def test_a_file_is_evaluated_as_one_json_document(tmp_path):
    path = write_rows(tmp_path / "hidden.jsonl", tosdr_rows("new"))
    done = run("evaluate", str(path), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["corpus"], found["evaluated_on"]) == ("tosdr", 60)


def test_a_name_that_is_none_is_answered_with_those_that_are(tmp_path):
    for name in ("facts", "nothing"):
        refused = refusal("evaluate", name, "--corpora", str(tmp_path))
        assert (
            f"{name} is neither a file nor one of tosdr, appsi, unfair_tos, claudette_2024, opp115" in refused
        )
        assert "bench/facts.py (facts)" in refused
        assert "bench/type_gold.py (ai_training, feedback_rights)" in refused


def test_the_programs_that_it_names_are_there_with_their_sentences():
    for program, sets in GOLD_SETS.items():
        assert (settings.BASE_DIR / program).is_file()
        for name in sets.split(", "):
            assert (settings.BASE_DIR / "bench" / "gold" / f"{name}.jsonl").is_file()


def test_a_corpus_that_is_not_there_is_said_in_one_line(tmp_path):
    assert "cannot be read" in refusal("evaluate", "tosdr", "--corpora", str(tmp_path))
