"""Chains over what is recorded, and checksums of packed bytes: for all rows there are, document by document.

Each batch is a transaction of its own, and what has its link or checksum is left alone: killed at any moment, it goes on
where it was. The order of recording is that of the numbers; the moment of the link is the one of this migration.
"""

from zlib import crc32

from django.db import migrations, transaction
from django.db.models import Max
from django.utils import timezone

from monitor.core.manifest import canonical, link_of, public_id, snapshot_manifest, version_manifest
from monitor.core.normalize import sha256


_BATCH = 200


def note_checksums(apps, schema_editor):
    """Give every packed row its checksum, after it was read back."""
    alias = schema_editor.connection.alias
    for name in ("Blob", "PackedText"):
        rows = apps.get_model("monitor", name).objects.using(alias)
        keys = list(rows.filter(checksum=0).values_list("pk", flat=True))
        for start in range(0, len(keys), _BATCH):
            with transaction.atomic(alias):
                for key in keys[start : start + _BATCH]:
                    rows.filter(pk=key).update(checksum=crc32(bytes(rows.only("packed").get(pk=key).packed)))


def link_records(apps, schema_editor):
    """Take every snapshot and version into the chain of its document."""
    alias = schema_editor.connection.alias
    documents = apps.get_model("monitor", "Document").objects.using(alias)
    for document in documents.filter(platform__incoming_for__isnull=True).order_by("pk"):
        _link_document(apps, alias, document)


def _link_document(apps, alias, document):
    rows = {
        name: apps.get_model("monitor", name).objects.using(alias)
        for name in ("Snapshot", "Version", "Part", "Link")
    }
    order = [
        (number, 0, key)
        for key, number in rows["Snapshot"].filter(source__document=document).values_list("pk", "number")
    ]
    for key, last in (
        rows["Version"]
        .filter(document=document)
        .annotate(last=Max("parts__snapshot__number"))
        .order_by("number")
        .values_list("pk", "last")
    ):
        order.append((last or 0, 1, key))
    # A version comes after the captures it rests on.
    order.sort(key=lambda entry: entry[:2])
    done = rows["Link"].filter(document=document).count()
    for start in range(done, len(order), _BATCH):
        with transaction.atomic(alias):
            for _, is_version, key in order[start : start + _BATCH]:
                _link(rows, document, is_version, key)


def _link(rows, document, is_version, key):
    if is_version:
        record = rows["Version"].select_related("returns_to").get(pk=key)
        parts = rows["Part"].filter(version=record).select_related("source", "snapshot").order_by("position")
        manifest = version_manifest(record, document, parts)
    else:
        record = rows["Snapshot"].select_related("source").get(pk=key)
        manifest = snapshot_manifest(record, record.source, document)
    head = rows["Link"].filter(document=document).order_by("-position").first()
    position, previous = (head.position + 1, head.sha256) if head else (1, "")
    recorded_at, written = timezone.now(), canonical(manifest)
    link = link_of(public_id("D", document.number), position, previous, recorded_at, written)
    rows["Link"].create(
        document=document,
        position=position,
        record=manifest["id"],
        manifest=written.decode(),
        previous=previous,
        recorded_at=recorded_at,
        sha256=sha256(link),
    )


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("monitor", "0009_chains")]

    operations = [
        migrations.RunPython(note_checksums, migrations.RunPython.noop),
        migrations.RunPython(link_records, migrations.RunPython.noop),
    ]
