"""`export_warc`, its file read back by warcio."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from warcio.archiveiterator import ArchiveIterator

from monitor.models import Source
from monitor.retention import remove_aged
from tests.builders import capture, day, make_source, versions_of

pytestmark = pytest.mark.django_db


def watched() -> Source:
    """A source with a first text, seen four times as the same bytes, and a second one."""
    source = make_source()
    for number in range(4):
        capture(source, "<p>We keep it.</p>", day(number))
    capture(source, "<p>We sell it.</p>", day(4), furniture="first sight")
    capture(source, "<p>We sell it.</p>", day(5), furniture="second sight")
    return source


def exported(record: str, target) -> dict:
    """What the command says."""
    out = StringIO()
    call_command("export_warc", record, output=str(target), json=True, stdout=out)
    return json.loads(out.getvalue())


def test_one_capture_and_one_later_sighting_are_told_as_one(tmp_path) -> None:
    source, out = make_source(), StringIO()
    for number in range(2):
        capture(source, "<p>We keep it.</p>", day(number))
    call_command("export_warc", source.document.public_id, output=str(tmp_path / "one.warc.gz"), stdout=out)
    assert f"{source.document.public_id}: 1 capture and 1 later sighting, " in out.getvalue()


def records(target):
    with target.open("rb") as stream:
        return [
            (one.rec_type, one.rec_headers, one.content_stream().read())
            for one in ArchiveIterator(stream, check_digests="raise")
        ]


def test_a_document_leaves_with_every_capture_and_every_later_sighting(tmp_path) -> None:
    source, target = watched(), tmp_path / "all.warc.gz"
    told = exported(source.document.public_id, target)
    assert (told["captures"], told["revisits"], told["removed"]) == (3, 3, 0)
    assert told["bytes"] == target.stat().st_size
    found = records(target)
    assert Counter(kind for kind, _, _ in found) == {"warcinfo": 3, "resource": 3, "revisit": 3}
    bodies = [body for kind, _, body in found if kind == "resource"]
    assert bodies == [one.blob.body() for one in source.snapshots.order_by("number")]


def test_a_revisit_refers_to_the_record_whose_bytes_it_saw_again(tmp_path) -> None:
    source, target = watched(), tmp_path / "all.warc.gz"
    exported(source.document.public_id, target)
    found = records(target)
    first = next(headers for kind, headers, _ in found if kind == "resource")
    revisits = [headers for kind, headers, _ in found if kind == "revisit"]
    assert [one.get_header("WARC-Date")[:10] for one in revisits] == [
        "2025-03-02",
        "2025-03-03",
        "2025-03-04",
    ]
    for one in revisits:
        assert one.get_header("WARC-Refers-To") == first.get_header("WARC-Record-ID")
        assert one.get_header("WARC-Refers-To-Date") == first.get_header("WARC-Date")
        assert one.get_header("WARC-Payload-Digest") == first.get_header("WARC-Payload-Digest")
        assert one.get_header("WARC-Profile").endswith("/revisit/identical-payload-digest")


def test_a_version_leaves_with_the_captures_behind_it(tmp_path) -> None:
    source, target = watched(), tmp_path / "one.warc.gz"
    version = versions_of(source)[-1]
    told = exported(version.public_id.lower(), target)
    assert (told["record"], told["captures"]) == (version.public_id, 1)


def test_captures_whose_bytes_were_removed_are_left_out_and_counted(tmp_path, settings) -> None:
    settings.KEEP_SAME_TEXT_DAYS = 30
    source, target = watched(), tmp_path / "all.warc.gz"
    capture(source, "<p>We sell it.</p>", day(6), furniture="third sight")
    capture(source, "<p>We sell it.</p>", day(7), furniture="fourth sight")
    (gone,) = remove_aged(day(200))
    assert exported(source.document.public_id, target)["removed"] == 1
    with pytest.raises(CommandError, match="no capture with its bytes"):
        exported(gone.public_id, tmp_path / "none.warc.gz")


@pytest.mark.parametrize("record", ["P-000001", "D-99999", "nonsense"])
def test_what_is_no_such_record_is_one_line_and_no_file(tmp_path, record: str) -> None:
    target = tmp_path / "none.warc.gz"
    with pytest.raises(CommandError) as error:
        exported(record, target)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_line(tmp_path) -> None:
    source = watched()
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        exported(source.document.public_id, tmp_path / "missing" / "all.warc.gz")
