"""Which corpus a name or a file stands for. A file is recognized by the keys and labels of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clauses.evaluation.unfairness import LABELS
from clauses.training.corpora import APPSI_PRACTICES, CORPORA, CorpusError, Row, read_rows

KINDS = tuple(CORPORA)
# Measured beside the program: their text is cut from captures that a site does not have.
GOLD_SETS = {"bench/facts.py": "facts", "bench/type_gold.py": "ai_training, feedback_rights"}


@dataclass(frozen=True)
class Evaluated:
    """Rows to evaluate on, what kind of corpus they are, and the file they come from."""

    kind: str
    path: Path
    rows: Sequence[Row]


def read_corpus(name: str, folder: Path | None) -> Evaluated:
    """The corpus of a name, from the folder, or of a path. Raises CorpusError with one line where there is none."""
    if name in CORPORA:
        if folder is None:
            raise CorpusError(f"{name} is read from a folder of corpora: name it with --corpora DIR")
        path = folder / CORPORA[name].file
        return Evaluated(name, path, read_rows(path))
    path = Path(name)
    if not path.exists():
        raise CorpusError(
            f"{name} is neither a file nor one of {', '.join(KINDS)}; the sentences read by hand are measured by "
            f"{' and '.join(f'{program} ({sets})' for program, sets in GOLD_SETS.items())}"
        )
    rows = read_rows(path)
    return Evaluated(kind_of(rows, path), path, rows)


def kind_of(rows: Sequence[Row], path: Path) -> str:
    """The kind of corpus these rows are of."""
    if rows and all("said" in row and "agreed" in row for row in rows):
        return "gold"
    labels = {str(label) for row in rows for label in row["labels"]}
    if rows and all("type" in row for row in rows):
        return "tosdr"
    if labels and labels <= {*APPSI_PRACTICES, "topic1", "topic7", "topic9"}:
        return "appsi"
    if "First Party Collection/Use" in labels:
        return "opp115"
    if labels & set(LABELS):
        return "claudette_2024" if any("levels" in row for row in rows) else "unfair_tos"
    raise CorpusError(f"{path}: its keys and labels are of none of {', '.join(KINDS)}, and of no gold set")
