"""`manage.py reanalyze`: what it prints, what it refuses, and that a second run finds nothing to do."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clauses.models import Analysis
from clauses.tasks import reread_one_document
from tests.clauses.edited_documents import FIVE, RATES, Edited

pytestmark = pytest.mark.django_db


def reanalyze(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    call_command("reanalyze", *arguments)
    out = capsys.readouterr().out
    return json.loads(out) if "--json" in arguments else out


def test_it_reads_what_another_version_analyzed_and_then_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    edited = Edited(*FIVE)
    Analysis.objects.update(segmenter_version=0)
    (row,) = reanalyze(capsys, "--json")["documents"]
    assert row == {
        "document": edited.document.public_id,
        "name": str(edited.document),
        "versions": 1,
        "records_kept": 5,
        "records_new": 0,
        "records_superseded": 0,
        "rated_otherwise": 0,
    }
    assert reanalyze(capsys, "--json")["documents"] == []
    assert "by today's versions already" in reanalyze(capsys)


def test_only_the_documents_named_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = Edited(*FIVE), Edited(RATES)
    Analysis.objects.update(segmenter_version=0)
    told = reanalyze(capsys, second.document.public_id)
    assert f"{second.document.public_id} {second.document}: 1 version read anew, 1 record kept" in told
    assert first.document.public_id not in told
    assert Analysis.objects.filter(segmenter_version=0).get().version.document == first.document


@pytest.mark.parametrize("name", ["D-99999", "terms", "D-" + "9" * 40])
def test_a_document_that_does_not_exist_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(CommandError, match=r"^[^\n]+$"):
        call_command("reanalyze", name)


def test_each_sweep_reads_one_document_anew() -> None:
    Edited(*FIVE)
    Edited(RATES)
    Analysis.objects.update(segmenter_version=0)
    reread_one_document()
    assert Analysis.objects.filter(segmenter_version=0).count() == 1
    reread_one_document()
    reread_one_document()
    assert not Analysis.objects.filter(segmenter_version=0).exists()
