import io
import pickle
import time
import zlib

import numpy as np
import pytest

from clauses.core.model_file import ModelError, dump, load, shipped_bytes, shipped_model


def test_the_shipped_model_is_small_and_soon_read():
    assert 0 < len(shipped_bytes()) <= 5_000_000
    began = time.process_time()
    load(shipped_bytes())
    assert time.process_time() - began < 0.5


def test_a_model_keeps_its_bytes():
    assert dump(load(shipped_bytes())) == shipped_bytes()


def test_the_model_is_read_once_a_process():
    assert shipped_model() is shipped_model()


def _with_objects():
    file = io.BytesIO()
    np.save(file, np.array([{"form": 2}], dtype=object))
    return zlib.compress(file.getvalue())


NO_MODELS = {
    "nothing": b"",
    "a text": b"no model",
    "a pickle": pickle.dumps({"form": 2}),
    "arrays of objects": _with_objects(),
    "a packed text": zlib.compress(b"no model"),
    "the beginning of one": shipped_bytes()[:5000],
    "the first array of one": zlib.compress(zlib.decompress(shipped_bytes())[:200]),
}


@pytest.mark.parametrize("body", NO_MODELS.values(), ids=NO_MODELS)
def test_what_is_no_model_is_refused_and_never_run(body):
    with pytest.raises(ModelError):
        load(body)
