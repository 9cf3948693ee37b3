"""The trained model as bytes: plain arrays one after another, read without ever running what they hold."""

from __future__ import annotations

import io
import json
import zlib
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from clauses.core.sureness import Sureness
from clauses.core.type_model import Grams, TypeModel

FORM = 3
_SHIPPED = ("taxonomy", "type_model.bin")
_NUMBERS = ("rule_weight", "temperature")
_NAMES = ("rules", "topics", "presences")
_ARRAYS = ("weights", "scales", "intercepts", "slopes", "offsets")
_ORDER = ("head", "words", "words_rarity", "parts", "parts_rarity", *_ARRAYS)


class ModelError(ValueError):
    """The bytes are no model of the form this program reads."""


@cache
def shipped_bytes() -> bytes:
    """The file that comes with the program; empty where it was taken out."""
    try:
        return resources.files("clauses").joinpath(*_SHIPPED).read_bytes()
    except FileNotFoundError:
        return b""


@cache
def shipped_model() -> TypeModel | None:
    """The model that comes with the program, read once a process; None without its file: rules then stand alone."""
    return load(found) if (found := shipped_bytes()) else None


def dump(model: TypeModel) -> bytes:
    """The same bytes for the same model."""
    head = {"form": FORM} | {key: getattr(model, key) for key in _NUMBERS}
    head |= {key: list(getattr(model, key)) for key in _NAMES}
    head |= {"sureness": [list(model.sureness.weights), dict(model.sureness.offsets)]}
    arrays: dict[str, Any] = {"head": _packed(json.dumps(head, sort_keys=True))}
    arrays |= {key: getattr(model, key) for key in _ARRAYS}
    for name, grams in (("words", model.words), ("parts", model.parts)):
        arrays[name] = _packed("\n".join(sorted(grams.rows, key=grams.rows.__getitem__)))
        arrays[f"{name}_rarity"] = grams.rarity.astype(np.float16)
    file = io.BytesIO()
    for key in _ORDER:
        np.save(file, arrays[key], allow_pickle=False)
    return zlib.compress(file.getvalue(), level=9)


def load(body: bytes) -> TypeModel:
    """The model of these bytes. Raises ModelError for anything else."""
    try:
        file = io.BytesIO(zlib.decompress(body))
        return _model({key: np.load(file, allow_pickle=False) for key in _ORDER})
    except (ValueError, KeyError, TypeError, OSError, zlib.error, EOFError) as error:
        raise ModelError(f"not a model of form {FORM}: {error}") from None


def _model(arrays: Any) -> TypeModel:
    head = json.loads(_unpacked(arrays["head"]))
    if head.pop("form") != FORM:
        raise ModelError("made by another version of the program")
    sureness = Sureness(*head.pop("sureness"))
    words = _grams(arrays, "words", 0)
    return TypeModel(
        words=words,
        parts=_grams(arrays, "parts", len(words.rarity)),
        sureness=sureness,
        **head,
        **{key: arrays[key] for key in _ARRAYS},
    )


def _grams(arrays: Any, name: str, first: int) -> Grams:
    rows = {gram: row for row, gram in enumerate(_unpacked(arrays[name]).split("\n"))}
    return Grams(rows, arrays[f"{name}_rarity"].astype(np.float32), first)


def _packed(text: str) -> Any:
    return np.frombuffer(text.encode(), np.uint8)


def _unpacked(array: Any) -> str:
    return str(array.tobytes(), "utf-8")
