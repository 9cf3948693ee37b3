"""How `manage.py verify` counts what it checked."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.builders import KEPT_30_DAYS, day, make_source, publish, versions_of

pytestmark = pytest.mark.django_db


def test_what_was_checked_is_told_in_good_grammar(capsys: pytest.CaptureFixture[str]) -> None:
    source = make_source()
    publish(source, KEPT_30_DAYS, day(0))
    call_command("verify")
    everything = capsys.readouterr().out.removesuffix(".\n").partition("Checked: ")[2]
    call_command("verify", versions_of(source)[0].public_id)
    named = capsys.readouterr().out.removesuffix(".\n").partition("Checked: ")[2]
    told = {part.partition(" ")[2] for part in f"{everything}, {named}".split(", ") if part.startswith("1 ")}
    assert {"database file", "blob of stored bytes", "version", "analysis", "document with clauses"} <= told
    assert not [noun for noun in told if noun.split(" ")[0].endswith("s") and noun != "analysis"]
