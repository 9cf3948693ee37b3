"""Import an archive's captures, and hold the changes we record against those that the archive recorded itself.

    VAR_DIR=/tmp/record var/environment/bin/python bench/record.py --snapshots SNAPSHOTS --versions VERSIONS \\
        --declarations DECLARATIONS [--service NAME]

Prints one row a document, then every change in which the two records differ, to be read by hand. With
--evaluate-only, what was imported before is evaluated. Writes into a database of its own below VAR_DIR.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone

from bench.durable import Recorded, Step, durable_steps, is_recorded, is_shared, steps, words_of
from clauses.queries.import_report import import_report
from monitor.core.extract import ExtractionError, extract_markdown
from monitor.importing.histories import Archive, Selection, read_archive
from monitor.importing.repositories import Blobs, opened
from monitor.models import Cause, Document, Fetch, Version

_ENOUGH = 2_000_000


@dataclass
class Comparison:
    """One document on both records."""

    name: str
    document: Document
    durable: list[Step]
    missed: list[Step] = field(default_factory=list)
    ours: list[Step] = field(default_factory=list)
    unshared: list[Step] = field(default_factory=list)


def main() -> None:
    """Import, compare, print."""
    arguments = _arguments()
    call_command("migrate", verbosity=0)
    if not arguments.evaluate_only:
        _import(arguments)
    selection = Selection(service=arguments.service)
    with opened(arguments.versions) as repository, repository.blobs() as blobs:
        archive = read_archive(repository, frozenset({"md"}), selection, timezone.now())
        compared = list(_compared(archive, blobs))
    _print_table(compared)
    _print_differences(compared)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("snapshots", "versions", "declarations"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--service", default="")
    parser.add_argument("--evaluate-only", action="store_true")
    return parser.parse_args()


def _import(arguments: argparse.Namespace) -> None:
    started = time.process_time()
    options = {"snapshots": arguments.snapshots, "declarations": arguments.declarations}
    wanted = {"service": arguments.service} if arguments.service else {}
    call_command("import_ota", **options, **wanted, stdout=sys.stderr)
    seconds = time.process_time() - started
    captures = Fetch.objects.count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{captures} captures in {seconds:.0f} CPU seconds: {captures / seconds:.1f} a second, {peak:.0f} MB\n"
    )


def _compared(archive: Archive, blobs: Blobs) -> Iterable[Comparison]:
    for (service, terms), records in archive.records.items():
        document = Document.objects.filter(platform__name=service, name=terms).first()
        if document is None or archive.ends_at is None:
            print(f"not imported: {service}, {terms}")
            continue
        theirs = [Recorded(record.at, _words(blobs, record.blob)) for record in records]
        yield _compare(f"{service}, {terms}", document, theirs, archive)


def _words(blobs: Blobs, blob: str) -> dict[str, int]:
    body = blobs.read(blob, _ENOUGH) or b""
    try:
        return words_of(extract_markdown(body.decode("utf-8", "replace")).text)
    except ExtractionError:
        return words_of("")


def _compare(name: str, document: Document, theirs: list[Recorded], archive: Archive) -> Comparison:
    versions = list(Version.objects.filter(document=document).order_by("ordinal"))
    ours = [Recorded(v.first_seen_at, words_of(v.text), v.public_id) for v in versions]
    found = Comparison(name, document, durable_steps(theirs, archive.ends_at))
    found.missed = [step for step in found.durable if not is_recorded(step, ours)]
    publishers = {v.public_id for v in versions if v.cause == Cause.PUBLISHER}
    found.ours = [step for step in steps(ours) if step.new.name in publishers]
    found.unshared = [step for step in found.ours if not is_shared(step, steps(theirs))]
    return found


def _print_table(compared: list[Comparison]) -> None:
    print("| document | captures by outcome | durable changes | of these recorded | our changes | shared |")
    print("|---|---|---|---|---|---|")
    for one in compared:
        outcomes = import_report(one.document, "", "")["captures"]
        counted = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        cells = [one.name, counted, len(one.durable), len(one.durable) - len(one.missed)]
        cells += [len(one.ours), len(one.ours) - len(one.unshared)]
        print(f"| {' | '.join(map(str, cells))} |")
    durable, missed = sum(len(one.durable) for one in compared), sum(len(one.missed) for one in compared)
    ours, unshared = sum(len(one.ours) for one in compared), sum(len(one.unshared) for one in compared)
    print(
        f"\nRecall of durable changes: {durable - missed} of {durable} = {_share(durable - missed, durable)}"
    )
    print(f"Ours that the archive has too: {ours - unshared} of {ours} = {_share(ours - unshared, ours)}")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "none"


def _print_differences(compared: list[Comparison]) -> None:
    for one in compared:
        for title, found in (
            ("durable, not on our record", one.missed),
            ("only on our record", one.unshared),
        ):
            for step in found:
                print(f"\n{one.name}: {title}, {step.new.since:%Y-%m-%d %H:%M} {step.new.name}")
                print(f"  {sum(step.old.words.values())} words, then {sum(step.new.words.values())}")
                print(f"  gone: {_sample(step.old.words - step.new.words)}")
                print(f"  came: {_sample(step.new.words - step.old.words)}")


def _sample(words: dict[str, int]) -> str:
    return ", ".join(list(words)[:25]) or "nothing"


if __name__ == "__main__":
    main()
