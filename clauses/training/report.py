"""What a model was made from, under which licenses, and how right it was on services held out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from clauses.core.classify import ACCEPTED
from clauses.core.type_model import TypeModel
from clauses.training.corpora import CORPORA, FOLDS
from clauses.training.fit import Examples, HeldOut, largest_share

# The corpora of the type heads. What a share-alike license covers, covers the weights.
TRAINED_ON = ("tosdr", "appsi", "unfair_tos", "claudette_2024")
LICENSE = "CC BY-SA 3.0"


def report(
    model: TypeModel, body: bytes, examples: Examples, held_out: HeldOut, folder: Path
) -> dict[str, Any]:
    """The training report as plain values; the same for the same corpora and program."""
    return {
        "model_sha256": hashlib.sha256(body).hexdigest(),
        "model_bytes": len(body),
        "license": LICENSE,
        "corpora": [_corpus(folder, name) for name in TRAINED_ON],
        "topics": list(model.topics),
        "presences": list(model.presences),
        "ngrams": {"words": len(model.words.rarity), "parts": len(model.parts.rarity)},
        "temperature": model.temperature,
        "held_out": _figures(model, examples, held_out),
        # So that an evaluation can leave out what was trained on.
        "services": sorted({key_of(row.group) for row in examples.rows if row.topic is not None}),
        "made_with": {name: version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }


def key_of(group: str) -> str:
    """A short key of a service, by which it is known without being named."""
    return hashlib.sha256(group.encode()).hexdigest()[:10]


def _corpus(folder: Path, name: str) -> dict[str, Any]:
    corpus = CORPORA[name]
    body = (folder / corpus.file).read_bytes()
    return {
        "file": corpus.file,
        "title": corpus.title,
        "license": corpus.license,
        "sha256": hashlib.sha256(body).hexdigest(),
        "rows": sum(1 for line in body.split(b"\n") if line.strip()),
    }


def _figures(model: TypeModel, examples: Examples, held_out: HeldOut) -> Mapping[str, Any]:
    """Topics of the texts that name one, by models that saw none of the same service: the model alone.

    What a site accepts rests on more than shares: `manage.py evaluate` measures it.
    """
    named = np.array([row.topic is not None for row in examples.rows])
    margins = held_out.margins[named][:, : len(held_out.topics)]
    gold = np.array([row.topic for row in examples.rows if row.topic is not None])
    ranked = np.array(held_out.topics)[np.argsort(-margins, axis=1, kind="stable")]
    right = ranked[:, 0] == gold
    accepted = largest_share(margins, model.temperature) >= ACCEPTED
    return {
        "folds_by_service": FOLDS,
        "texts": len(gold),
        "accuracy": round(float(right.mean()), 4),
        "top_3": round(float((ranked[:, :3] == gold[:, None]).any(axis=1).mean()), 4),
        "accepted_by_share": round(float(accepted.mean()), 4),
        "accepted_by_share_right": round(float(right[accepted].mean()), 4) if accepted.any() else None,
    }
