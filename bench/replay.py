"""Replay real captures of one service through the whole path, twelve hours a step, and print what was recorded.

    var/environment/bin/python bench/replay.py --service Claude.ai --start 2025-08-01 --until 2025-12-06

Needs the captures beside the checkout. Writes into a database of its own below VAR_DIR.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["FETCH_ALLOW_PRIVATE"] = "1"

import django

django.setup()

from django.core.management import call_command
from tqdm import tqdm

from clauses.analysis import analyze_pending
from clauses.models import ChangeSet
from monitor.models import Fetch, Platform, Version
from monitor.watching import fetch_document
from tests.field import replay, watch_list


def main() -> None:
    """Replay and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--service", default="Claude.ai")
    parser.add_argument("--start", default="2025-08-01")
    parser.add_argument("--until", default="2025-12-06")
    parser.add_argument("--hours", type=int, default=12)
    parser.add_argument("--no-analysis", action="store_true")
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0)
    start, until = replay.day(arguments.start), replay.day(arguments.until)
    with replay.running(start) as server:
        platform = watch_list.watch(server, arguments.service)
        started = time.process_time()
        for moment in tqdm(list(replay.steps(start, until, arguments.hours)), unit="step"):
            server.move_to(moment)
            for document in platform.documents.select_related("platform"):
                list(fetch_document(document, moment))
            if not arguments.no_analysis:
                analyze_pending()
        seconds = time.process_time() - started
    # The server is gone: whoever looks at the result with `up` shall not see it as unreachable.
    platform.documents.update(is_paused=True)
    report(platform, seconds)


def report(platform: Platform, seconds: float) -> None:
    """Print documents, versions and change sets as a Markdown table."""
    fetches = Fetch.objects.filter(source__document__platform=platform)
    print(f"{fetches.count()} captures in {seconds:.0f} CPU seconds")
    for document in platform.documents.all():
        print(f"\n## {document.name}\n")
        outcomes = fetches.filter(source__document=document).values_list("outcome", flat=True)
        counted = {outcome: list(outcomes).count(outcome) for outcome in dict.fromkeys(outcomes)}
        print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items())))
        print("\n| version | first seen | cause | words | severity | direction | kind | headline |")
        print("|---|---|---|---|---|---|---|---|")
        for version in Version.objects.filter(document=document).order_by("ordinal"):
            seen = f"{version.first_seen_at:%Y-%m-%d %H:%M}"
            cells = [
                version.public_id,
                seen,
                version.cause,
                str(len(version.text.split())),
                *_rating(version),
            ]
            print(f"| {' | '.join(cells)} |")


def _rating(version: Version) -> list[str]:
    change_set = ChangeSet.objects.filter(new_version=version).first()
    if change_set is None:
        return [""] * 4
    return [change_set.get_severity_display(), change_set.direction, change_set.kind, change_set.headline]


if __name__ == "__main__":
    main()
