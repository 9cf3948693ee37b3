"""From the name of a corpus to figures, so that nothing is evaluated on what it was trained on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from clauses.core.taxonomy import Taxonomy
from clauses.evaluation import gold, practices, topics, unfairness
from clauses.evaluation.kinds import Evaluated, read_corpus
from clauses.training.corpora import CORPORA, CorpusError, Row, read_rows
from clauses.training.make import examples_of, read_rest
from clauses.training.report import key_of

Tell = Callable[[str], None]
# What a row of a gold set has besides text and labels.
_GOLD_KEYS = {"said": list, "agreed": bool, "service": str, "band": str}


def run_gold(rows: Sequence[Row], taxonomy: Taxonomy) -> dict[str, Any]:
    """The figures of a gold set, on services that the shipped model has not seen.

    What a site learns, it learns from other texts: see `clauses.labeling`.
    """
    known = _known_services()
    unseen = [row for row in rows if key_of(str(row["service"])) not in known]
    told = {"method": "types shown in sentences that stand alone", "left_out": len(rows) - len(unseen)}
    return told | gold.evaluate(unseen, taxonomy)


def run(name: str, folder: Path | None, taxonomy: Taxonomy, tell: Tell) -> dict[str, Any]:
    """The figures of a corpus. Raises CorpusError with one line where it or what it needs is missing."""
    found = read_corpus(name, folder)
    figures = {
        "gold": _gold,
        "tosdr": _topics,
        "appsi": _practices,
        "opp115": _practices,
        "unfair_tos": _unfairness,
        "claudette_2024": _unfairness,
    }[found.kind](found, folder, taxonomy, tell)
    return {"corpus": found.kind, "file": found.path.name, "taxonomy": taxonomy.version} | figures


def _gold(found: Evaluated, folder: Path | None, taxonomy: Taxonomy, tell: Tell) -> dict[str, Any]:
    del folder, tell
    for number, row in enumerate(found.rows, 1):
        if not all(isinstance(row.get(key), kind) for key, kind in _GOLD_KEYS.items()):
            raise CorpusError(f"{found.path}: sentence {number} has not the keys {', '.join(_GOLD_KEYS)}")
    return run_gold(found.rows, taxonomy)


def _topics(found: Evaluated, folder: Path | None, taxonomy: Taxonomy, tell: Tell) -> dict[str, Any]:
    known = _known_services()
    unseen = [row for row in found.rows if key_of(str(row.get("service", row["text"]))) not in known]
    if len(unseen) * 10 >= len(found.rows):
        told = {
            "method": "the model that ships, on services it has not seen",
            "left_out": len(found.rows) - len(unseen),
        }
        return told | topics.evaluate(unseen, topics.ranked(unseen, taxonomy))
    beside = folder or found.path.parent
    examples = examples_of(read_rest(beside), taxonomy)
    rankings = topics.ranked_by_others(found.rows, taxonomy, examples, tell)
    told = {"method": "models trained on the other services, in five folds"}
    return told | topics.evaluate(found.rows, rankings)


def _practices(found: Evaluated, folder: Path | None, taxonomy: Taxonomy, tell: Tell) -> dict[str, Any]:
    del folder, tell
    if found.kind == "appsi":
        told = {
            "method": "the model that ships; it was trained on this corpus, so this only shows that it runs"
        }
    else:
        told = {"method": "the model that ships, through its types; never trained on this corpus"}
    return told | practices.evaluate(found.rows, taxonomy)


def _unfairness(found: Evaluated, folder: Path | None, taxonomy: Taxonomy, tell: Tell) -> dict[str, Any]:
    del tell
    test = [row for row in found.rows if row.get("split") != "train"]
    train = [row for row in found.rows if row.get("split") == "train"]
    if not train and folder is not None:
        train = [row for row in read_rows(folder / CORPORA["unfair_tos"].file) if row.get("split") == "train"]
    left_out = 0
    if found.kind == "claudette_2024":
        kept = _of_other_companies(test, train)
        test, left_out = kept, len(test) - len(kept)
    if not test:
        raise CorpusError(f"{found.path}: no row to evaluate on besides the train split")
    told = {"method": "a head trained on the train split of CLAUDETTE 2017 alone", "left_out": left_out}
    return told | unfairness.evaluate(train, test, taxonomy)


def _of_other_companies(test: Sequence[Row], train: Sequence[Row]) -> list[Row]:
    known = {_company(row) for row in train}
    return [row for row in test if _company(row) not in known]


def _company(row: Row) -> str:
    name = str(row.get("source", "")).rsplit("/", 1)[-1].casefold()
    return name.split("_")[0].split(".")[0]


def _known_services() -> frozenset[str]:
    """The services that the shipped model was trained on, by their keys in its report."""
    try:
        report = (resources.files("clauses") / "taxonomy" / "type_model.json").read_text()
    except FileNotFoundError:
        return frozenset()
    return frozenset(json.loads(report)["services"])
