"""The soak of the bench, small: a mail server that fails in every way, and a site of one process that is killed."""

from __future__ import annotations

import subprocess
import sys

from tests.services.site import ROOT


def test_of_mails_owed_none_is_lost_and_none_doubled_but_in_the_named_window() -> None:
    command = [sys.executable, "bench/alerts_soak.py", "--owed", "60", "--kills", "4"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "| lost | 0 |" in done.stdout
    assert "| again otherwise | 0 |" in done.stdout
