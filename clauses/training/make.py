"""From the folder of corpora to a model and its report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from clauses.core.classify import classify_types
from clauses.core.model_file import dump
from clauses.core.taxonomy import Taxonomy
from clauses.core.values import Passage, TypeMatch
from clauses.training.corpora import CORPORA, Labeled, appsi, claudette, is_english, read_rows, tosdr
from clauses.training.fit import Examples, fit, hold_out
from clauses.training.report import report
from clauses.training.sureness import fit_sureness


def by_rule(texts: Sequence[str], taxonomy: Taxonomy) -> list[tuple[TypeMatch, ...]]:
    """What the rules find in each text."""
    return [classify_types(Passage.alone(text), taxonomy) for text in texts]


def read_examples(folder: Path, taxonomy: Taxonomy) -> Examples:
    """The texts of the corpora that train the types. Raises CorpusError where one is missing or malformed."""
    quotes = [row for row in tosdr(read_rows(folder / CORPORA["tosdr"].file)) if is_english(row.text)]
    return examples_of([*quotes, *read_rest(folder)], taxonomy)


def read_rest(folder: Path) -> list[Labeled]:
    """What is learned from besides ToS;DR. Raises CorpusError where one is missing or malformed."""
    rows = list(appsi(read_rows(folder / CORPORA["appsi"].file)))
    for name in ("unfair_tos", "claudette_2024"):
        rows += claudette(read_rows(folder / CORPORA[name].file))
    return rows


def examples_of(rows: Sequence[Labeled], taxonomy: Taxonomy) -> Examples:
    """Labeled texts with what the rules find in them."""
    return Examples(rows, by_rule([row.text for row in rows], taxonomy), tuple(taxonomy.types))


def make(folder: Path, taxonomy: Taxonomy, tell: Callable[[str], None]) -> tuple[bytes, dict[str, Any]]:
    """The bytes of a model of these corpora, and its report.

    Raises CorpusError as `read_examples` does, and where there are too few texts to learn from.
    """
    examples = read_examples(folder, taxonomy)
    held_out = hold_out(examples, tell)
    tell("fitting the whole")
    model = fit(examples, held_out)
    model = replace(model, sureness=fit_sureness(examples, held_out, model.temperature))
    body = dump(model)
    return body, report(model, body, examples, held_out, folder)
