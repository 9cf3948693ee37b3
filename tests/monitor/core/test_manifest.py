"""The recipe of the chain: bytes that everybody writes alike."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone

from monitor.core.manifest import canonical, link_of, moment, public_id, root_of

_AT = datetime(2025, 8, 29, 6, 0, 0, 120, tzinfo=UTC)


def test_canonical_json_has_sorted_keys_no_spaces_and_no_needless_escapes() -> None:
    assert canonical({"ü": [1, None, True], "a": {"c": "“x”\n", "b": ""}}) == (
        '{"a":{"b":"","c":"“x”\\n"},"ü":[1,null,true]}'.encode()
    )


def test_half_a_sign_is_an_escape_that_json_reads_back() -> None:
    assert canonical({"x": "a\udcffb"}) == b'{"x":"a\\udcffb"}'
    assert json.loads(canonical({"x": "a\udcffb"})) == {"x": "a\udcffb"}


def test_the_order_in_which_keys_were_given_makes_no_difference() -> None:
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_a_moment_is_in_utc_with_microseconds() -> None:
    east = timezone(timedelta(hours=2))
    assert moment(_AT) == moment(_AT.astimezone(east)) == "2025-08-29T06:00:00.000120Z"


def test_ids_are_those_that_readers_cite() -> None:
    assert [public_id("D", 12), public_id("S", 12), public_id("V", 1234567)] == [
        "D-00012",
        "S-000012",
        "V-1234567",
    ]


def test_a_link_binds_the_manifest_the_place_and_the_link_before() -> None:
    manifest = b'{"id":"S-000001"}'
    digest = hashlib.sha256(manifest).hexdigest()
    assert link_of("D-00001", 2, "ab", _AT, manifest).decode() == (
        '{"document":"D-00001","format":"proviso-link-1","manifest_sha256":"' + digest + '",'
        '"position":2,"previous":"ab","recorded_at":"2025-08-29T06:00:00.000120Z"}'
    )


def test_a_root_names_heads_key_and_the_root_before() -> None:
    head = {"document": "D-00001", "position": 2, "sha256": "cd", "is_sample": False}
    assert root_of(date(2025, 8, 29), _AT, "ef", "01", [head]).decode() == (
        '{"format":"proviso-root-1","heads":[{"document":"D-00001","is_sample":false,"position":2,"sha256":"cd"}],'
        '"key":"01","made_at":"2025-08-29T06:00:00.000120Z","on":"2025-08-29","previous":"ef"}'
    )
