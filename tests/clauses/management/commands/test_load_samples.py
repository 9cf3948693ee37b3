"""`manage.py load_samples`: once, whole, on an empty site, and nobody is told."""

import pytest
from django.core.management import CommandError, call_command

from clauses.models import Alert, Analysis, ChangeSet
from monitor.models import Document, Platform, Version
from monitor.samples.loading import is_wanted, load
from tests.builders import make_platform

pytestmark = pytest.mark.django_db


def test_the_command_loads_and_analyzes_owes_nobody_and_is_refused_a_second_time(capsys):
    call_command("load_samples")
    assert capsys.readouterr().out == ""
    versions = Version.objects.count()
    assert Analysis.objects.count() == versions
    assert ChangeSet.objects.count() == versions - Document.objects.count()
    assert not any(change_set.is_alerting for change_set in ChangeSet.objects.all())
    assert not Alert.objects.exists()
    with pytest.raises(CommandError, match="already"):
        call_command("load_samples")
    assert Version.objects.count() == versions


def test_samples_never_join_platforms_that_somebody_entered():
    assert is_wanted()
    make_platform()
    assert not is_wanted()
    with pytest.raises(CommandError):
        call_command("load_samples")
    assert not Platform.objects.filter(is_sample=True).exists()


def test_a_load_that_breaks_off_leaves_an_empty_site(monkeypatch):
    recorded = []

    def record_some(*args):
        recorded.append(args)
        if len(recorded) > 3:
            raise RuntimeError

    monkeypatch.setattr("monitor.samples.loading._record", record_some)
    with pytest.raises(RuntimeError):
        load()
    assert is_wanted()
