"""The address of an embedded site is kept where its other processes find it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.own_address import note_address, own_address


def test_the_address_noted_last_is_the_one_of_the_site(tmp_path: Path) -> None:
    note_address(tmp_path, "http://127.0.0.1:4000")
    note_address(tmp_path, "http://127.0.0.1:4001")
    assert own_address(tmp_path) == "http://127.0.0.1:4001"


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe"])
def test_without_one_that_can_be_read_it_is_the_address_of_the_first_start(
    tmp_path: Path, damage: bytes
) -> None:
    assert own_address(tmp_path) == "http://127.0.0.1:8000"
    (tmp_path / "address").write_bytes(damage)
    assert own_address(tmp_path) == "http://127.0.0.1:8000"
