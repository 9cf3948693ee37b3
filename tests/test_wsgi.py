"""The served application as a process has it after its start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ASKED = "import gc, sys, config.wsgi; print(gc.get_freeze_count(), 'clauses.views.registry' in sys.modules)"


def test_what_start_up_made_is_set_aside_from_the_collection_of_garbage(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ASKED],
        cwd=ROOT,
        env={**os.environ, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    count, has_views = done.stdout.split()
    assert int(count) > 50_000
    assert has_views == "True"
