"""`manage.py relist`: puts right what was changed by hand, and makes everything anew where asked."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from clauses import listing
from clauses.listing import list_document
from clauses.models import ListedClause, TypeCount
from tests.builders import make_change_set
from tests.clauses.listed_truth import listed, truth

pytestmark = pytest.mark.django_db


def _relist(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("relist", *arguments)
    return capsys.readouterr().out.strip()


def test_it_lists_what_is_not_listed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    assert _relist(capsys) == "0 clauses listed anew"
    ListedClause.objects.all().update(made_of="x")
    assert _relist(capsys) == "2 clauses listed anew"
    assert listed() == truth()


def test_it_begins_from_nothing_where_asked(capsys: pytest.CaptureFixture[str]) -> None:
    make_change_set()
    TypeCount.objects.update(clauses=99)
    assert _relist(capsys) == "0 clauses listed anew"
    assert _relist(capsys, "--all") == "2 clauses listed anew"
    assert listed() == truth()


def test_what_is_listed_before_it_is_killed_stays_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    make_change_set()
    last = make_change_set().document
    ListedClause.objects.all().update(made_of="x")

    def killed(document_id: int) -> int:
        if document_id == last.pk:
            raise RuntimeError("killed")
        return list_document(document_id)

    monkeypatch.setattr(listing, "list_document", killed)
    with pytest.raises(RuntimeError):
        call_command("relist")
    assert set(ListedClause.objects.filter(made_of="x").values_list("document", flat=True)) == {last.pk}
