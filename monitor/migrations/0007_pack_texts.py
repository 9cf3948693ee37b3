"""Pack the texts and outlines that are stored, document by document, oldest version first.

Each batch is a transaction of its own, and what is packed is not packed again: killed at any moment, it goes on where
it was. What it packs is read back before it counts.
"""

from django.db import migrations, transaction

from monitor.core.normalize import sha256
from monitor.core.outline import read_outline, write_outline
from monitor.core.packing import pack, unpack

_BATCH = 50
_MOST_OF_BASE = 0.25


def pack_texts(apps, schema_editor):
    """Give every version that has none its packed text and outline."""
    alias = schema_editor.connection.alias
    versions = apps.get_model("monitor", "Version").objects.using(alias)
    texts = apps.get_model("monitor", "PackedText").objects.using(alias)
    waiting = versions.filter(packed_outline__isnull=True).order_by("document", "ordinal")
    keys = list(waiting.values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        with transaction.atomic(alias):
            for key in keys[start : start + _BATCH]:
                _pack_version(versions, texts, key)


def _pack_version(versions, texts, key):
    version = versions.only("document", "ordinal", "text", "outline").get(pk=key)
    before = versions.filter(document=version.document_id, ordinal=version.ordinal - 1)
    text_before, outline_before = before.values_list("packed_text", "packed_outline").first() or (None, None)
    outline = write_outline(version.outline)
    if read_outline(outline) != version.outline:
        raise ValueError(f"the outline of the version with key {key} cannot be packed")
    versions.filter(pk=key).update(
        packed_text=_stored(texts, version.text.encode(), text_before),
        packed_outline=_stored(texts, outline, outline_before),
    )


def _stored(texts, body, like):
    key = sha256(body)
    if texts.filter(pk=key).exists():
        return key
    root = _root(texts, like)
    base = unpack(bytes(root.packed), None, size=root.size, key=root.pk) if root else None
    packed = pack(body, base)
    if root and len(packed) > _MOST_OF_BASE * len(root.packed):
        root, base, packed = None, None, pack(body)
    unpack(packed, base, size=len(body), key=key)
    texts.create(pk=key, size=len(body), base=root, packed=packed)
    return key


def _root(texts, like):
    found = texts.select_related("base").filter(pk=like).first() if like else None
    return found and (found.base or found)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("monitor", "0006_room_for_packed_texts")]

    # Backwards nothing is to be done: until the next migration the plain texts are still there.
    operations = [migrations.RunPython(pack_texts, migrations.RunPython.noop)]
