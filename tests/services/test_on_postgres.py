"""The promises that rest on transactions, constraints and claims, on a real PostgreSQL."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.services import servers
from tests.services.site import ROOT

# SQLite serializes writers; here they really run side by side.
SUITES = [
    "tests/monitor/models",
    "tests/monitor/test_chain.py",
    "tests/monitor/test_roots.py",
    "tests/monitor/test_tracking.py",
    "tests/monitor/test_rounds.py",
    "tests/monitor/test_returned_texts.py",
    "tests/monitor/test_kills.py",
    "tests/monitor/test_watching.py",
    "tests/monitor/test_politeness.py",
    "tests/monitor/test_reliability.py",
    "tests/monitor/importing/test_watch_list.py",
    "tests/monitor/test_acts.py",
    "tests/monitor/test_outside.py",
    "tests/monitor/test_retention.py",
    "tests/monitor/test_adding.py",
    "tests/monitor/test_renaming.py",
    "tests/clauses/test_alerting.py",
    "tests/clauses/test_faulting.py",
    "tests/clauses/test_moving.py",
    "tests/clauses/views/test_admission.py",
    "tests/clauses/views/test_health.py",
    "tests/clauses/views/test_odd_changes.py",
    "tests/clauses/views/test_watching.py",
    "tests/clauses/test_amending.py",
    "tests/clauses/test_chronicling.py",
    "tests/clauses/test_analysis.py",
    "tests/clauses/test_labeling.py",
    "tests/clauses/test_rerating.py",
    "tests/clauses/test_rereading.py",
    "tests/clauses/test_delivering.py",
    "tests/clauses/test_delivering_digests.py",
    "tests/clauses/test_calling.py",
    "tests/clauses/test_connecting.py",
    "tests/clauses/test_confirming.py",
    "tests/clauses/test_subscribing.py",
    "tests/clauses/test_subscribing_wishes.py",
    "tests/clauses/test_reviewing.py",
    "tests/clauses/test_commenting.py",
    "tests/clauses/test_samples.py",
    "tests/clauses/test_apps.py",
    "tests/clauses/management/commands/test_relist.py",
    "tests/clauses/test_curation.py",
    "tests/clauses/test_joining.py",
    "tests/clauses/archive_file",
    "tests/clauses/evidence",
    "tests/clauses/management/commands/test_verify.py",
    "tests/clauses/test_listing.py",
    "tests/clauses/test_listing_locks.py",
    "tests/clauses/test_word_index.py",
    "tests/clauses/queries/test_adoption.py",
    "tests/clauses/queries/test_platform_comparison.py",
    "tests/clauses/queries/test_quick_facts.py",
    "tests/clauses/queries/test_registry.py",
    "tests/clauses/queries/test_search.py",
    "tests/clauses/queries/test_type_page.py",
    "tests/clauses/views/test_registry.py",
    "tests/clauses/test_proposing.py",
    "tests/clauses/test_referring.py",
    "tests/clauses/test_visiting.py",
    "tests/clauses/test_working.py",
    "tests/clauses/test_pinning.py",
    "tests/clauses/test_saving.py",
    "tests/clauses/queries/test_baselines.py",
    "tests/clauses/queries/test_coming.py",
    "tests/clauses/queries/test_unread.py",
    "tests/clauses/queries/test_saved_views.py",
    "tests/clauses/views/test_acts.py",
    "tests/clauses/views/test_admission.py",
    "tests/clauses/views/test_work.py",
    "tests/clauses/views/test_records.py",
    "tests/clauses/views/test_told_rows.py",
]


# Fifteen minutes on one processor: it has more time than other tests, and is begun first.
@pytest.mark.timeout(1800)
def test_recording_claiming_and_alerting_hold_on_postgresql() -> None:
    with servers.postgres() as database:
        environment = {**os.environ, "DATABASE_URL": database}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db", *SUITES]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
