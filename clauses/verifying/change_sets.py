"""Whether change sets are between neighbors, dated as these are, and their redlines made of the words on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from clauses.models import Analysis, Change, ChangedType, ChangeSet
from monitor.core.manifest import moment
from monitor.models import Version
from monitor.verifying.finding import Finding
from monitor.verifying.versions import body_of


def check_change_set(change_set: ChangeSet) -> Iterator[Finding]:
    """That a change set stands between two versions of its document, dated by them, and that counts and redlines fit.

    Its number, headline, ratings and reasons are in no chain and follow from nothing here: they have a checksum.
    """
    name = change_set.public_id
    versions = Version.objects.in_bulk([change_set.old_version_id, change_set.new_version_id])
    old, new = versions.get(change_set.old_version_id), versions.get(change_set.new_version_id)
    if old is None or new is None or {old.document_id, new.document_id} != {change_set.document_id}:
        yield Finding(name, "the versions it is between are not both of its document")
    elif change_set.superseded_by_id is None and new.ordinal != old.ordinal + 1:
        yield Finding(name, f"{old.public_id} and {new.public_id} are not neighbors")
    if old and new:
        yield from _check_dates(change_set, old, new)
    changes = list(Change.objects.filter(change_set=change_set).order_by("position"))
    if change_set.superseded_by_id is None:
        yield from _check_counts(change_set, changes)
        yield from _check_types(change_set, changes)
    sides = [(sign, _words(version)) for version, sign in ((old, "-"), (new, "+"))]
    for change in changes:
        yield from _check_redline(name, change, dict(sides))


def _check_dates(change_set: ChangeSet, old: Version, new: Version) -> Iterator[Finding]:
    """That it was seen when its new text was, and takes effect on the day that this text states and the old did not."""
    effective_on = new.effective_on if new.effective_on != old.effective_on else None
    for words, noted, found in (
        ("it was seen at", moment(change_set.detected_at), moment(new.first_seen_at)),
        ("it takes effect on", change_set.effective_on, effective_on),
    ):
        if noted != found:
            name = f"{old.public_id} and {new.public_id}"
            yield Finding(
                change_set.public_id, f"{words} {noted or 'no day'}, and by {name} {found or 'no day'}"
            )


def _words(version: Version | None) -> dict[int, str]:
    """The words of each occurrence in a version."""
    body = body_of(version.packed_text_id) if version else None
    layout = Analysis.objects.filter(version=version).values_list("layout", flat=True).first()
    if body is None or not layout:
        return {}
    text = body.decode()
    return {key: text[start:end] for key, start, end, _ in layout}


def _check_counts(change_set: ChangeSet, changes: Sequence[Change]) -> Iterator[Finding]:
    found = Counter(str(change.kind) for change in changes)
    for kind, count in change_set.counts.items():
        if kind != "unchanged" and count != found[kind]:
            yield Finding(
                change_set.public_id, f"it counts {count} clauses as {kind}, and {found[kind]} are listed"
            )


def _check_types(change_set: ChangeSet, changes: Sequence[Change]) -> Iterator[Finding]:
    """That filters find it by every type that its changes have, and by no other."""
    listed = set(ChangedType.objects.filter(change_set=change_set).values_list("type", flat=True))
    found = {slug for change in changes for slug in change.types}
    for slug in sorted(listed ^ found):
        lacking = "the list of its types lacks it" if slug in found else "no change of it has it"
        yield Finding(change_set.public_id, f"the type {slug}: {lacking}")


def _check_redline(name: str, change: Change, words: Mapping[str, Mapping[int, str]]) -> Iterator[Finding]:
    """That what is kept and struck are the old words, and what is kept and written the new ones, sign by sign."""
    if change.others or not change.redline:
        return
    for key, sign, side in ((change.old_id, "-", "old"), (change.new_id, "+", "new")):
        found = "".join(run[1] for run in change.redline if run[0] in {"=", sign})
        if key and found != words[sign].get(key, found):
            yield Finding(name, f"the redline of its change {change.position + 1} is not of the {side} words")
    if any(run[0] not in {"=", "-", "+"} for run in change.redline):
        yield Finding(name, f"the redline of its change {change.position + 1} has a run of no kind")
