"""`manage.py export_warc`: captures as a WARC file, which any tool for web archives reads."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from tqdm import tqdm

from clauses.core.periods import counted
from clauses.management.one_line import OneLineCommand, one_line
from clauses.management.whole_file import whole_file
from clauses.verifying.scope import UnknownRecord, record_named
from monitor.models import Document, Snapshot, Version
from monitor.storage import CorruptBytes
from monitor.warc import write_revisits, write_warc


class Command(OneLineCommand):
    """Writes every capture of a document, or those behind a version, or one, with the later sightings of each."""

    help = "Write captures as WARC 1.1 records: all of a document, those behind a version, or one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which captures, and where to."""
        parser.add_argument("record", metavar="RECORD_ID", help="D-…, V-… or S-…")
        parser.add_argument("-o", "--output", required=True, metavar="FILE.warc.gz")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, print."""
        target = Path(options["output"])
        try:
            captures = _captures(record_named(options["record"]))
            told = _write(captures, target)
        except (UnknownRecord, CorruptBytes) as error:
            raise one_line(error) from error
        except OSError as error:
            raise one_line(f"{target} cannot be written: {error.strerror or error}") from error
        told |= {"record": options["record"].upper(), "file": str(target), "bytes": target.stat().st_size}
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=1))
            return
        left = f", {told['removed']} without bytes left out" if told["removed"] else ""
        words = f"{counted(told['captures'], 'capture')} and {counted(told['revisits'], 'later sighting')}"
        self.stdout.write(f"{told['record']}: {words}{left}, {told['bytes']:,} bytes, in {target}")


def _captures(record: Any) -> QuerySet[Snapshot]:
    if isinstance(record, Document):
        found = Snapshot.objects.filter(source__document=record)
    elif isinstance(record, Version):
        found = Snapshot.objects.filter(pk__in=record.parts.values("snapshot"))
    elif isinstance(record, Snapshot):
        found = Snapshot.objects.filter(pk=record.pk)
    else:
        raise UnknownRecord(f"{record.public_id} is no document, version or snapshot: give D-…, V-… or S-…")
    return found.order_by("number")


def _write(captures: QuerySet[Snapshot], target: Path) -> dict[str, Any]:
    """How many captures were written, how many later sightings of the same bytes, how many have no bytes any more."""
    kept = captures.filter(bytes_removed_at=None)
    count = kept.count()
    if not count:
        raise UnknownRecord("no capture with its bytes is on record of it: there is nothing to write")
    revisits = 0
    rows = kept.select_related("source", "blob__base").iterator(chunk_size=50)
    with whole_file(target) as stream:
        for snapshot in tqdm(rows, total=count, unit="capture", disable=None, leave=False):
            write_warc(snapshot, stream)
            revisits += write_revisits(snapshot, stream)
    return {"captures": count, "revisits": revisits, "removed": captures.count() - count}
