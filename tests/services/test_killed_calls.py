"""A caller that is killed while a receiver thinks: the call is made again, by its name, and is on record once."""

from __future__ import annotations

from pathlib import Path

from tests.receiver import Reply, receiver
from tests.services.servers import wait_until
from tests.services.site import Site

_PREPARE = """
from clauses import connecting, subscribing
from clauses.models.choices import SeverityLevel
from tests.builders import make_change_set, make_platform, make_user
platform = make_platform()
connecting.connect(subscribing.subscribe(make_user(), platform, SeverityLevel.LOW), "{url}", "json")
make_change_set(platform)
"""
_CALL = """
from datetime import timedelta
from django.utils import timezone
from clauses.calling import call_all
call_all(timezone.now() + timedelta(minutes=1))
"""
_ROWS = "SELECT state, attempts, status FROM clauses_webhookdelivery"


def test_a_killed_caller_loses_nothing_and_its_call_keeps_its_name(tmp_path: Path) -> None:
    site = Site(tmp_path, CLAIM_SECONDS="30")
    site.manage("migrate", "-v0")
    with receiver() as program:
        site.shell(_PREPARE.format(url=program.url))
        program.replies = [Reply(hangs=True)]
        with site.process("manage.py", "shell", "-v0", "-c", _CALL) as caller:
            wait_until(lambda: program.calls, 60, "the call")
            caller.kill()
        assert site.query(_ROWS) == [("owed", 0, None)]
        site.shell(_CALL)
        assert len(program.calls) == 1, "the claim of the one who was killed holds for a while"
        site.environment["CLAIM_SECONDS"] = "1"
        site.shell(_CALL)
        site.shell(_CALL)
        assert site.query(_ROWS) == [("sent", 1, 200)]
        assert len(program.calls) == 2
        assert len({came.headers["Proviso-Delivery"] for came in program.calls}) == 1
        assert len({came.body for came in program.calls}) == 1
