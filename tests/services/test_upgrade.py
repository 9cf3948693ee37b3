"""A site of before, brought up to date: what people had subscribed to goes on, and the types that they had added."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.services.site import Site

_BEFORE = "0009_what_a_change_set_comes_to"
_ROWS = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
executor = MigrationExecutor(connection)
before = ("clauses", "0009_what_a_change_set_comes_to")
last = executor.loader.graph.leaf_nodes("monitor")
state = executor.loader.project_state([before, *last])
def create(app, model, **values):
    return state.apps.get_model(app, model).objects.create(**values)
now = timezone.now()
anna = create("auth", "User", username="anna", email="anna@example.org")
ben = create("auth", "User", username="ben")
tarn, fell = (create("monitor", "Platform", slug=name, name=name) for name in ("tarn", "fell"))
document = create("monitor", "Document", platform=tarn, slug="terms", name="Terms", number=1, claimed_at=now)
packed = create("monitor", "PackedText", sha256="x", packed=b"", size=0)
old, new = (create("monitor", "Version", number=n, document=document, ordinal=n, first_seen_at=now, confirmed_at=now,
                   packed_text=packed, packed_outline=packed) for n in (1, 2))
change_set = create("clauses", "ChangeSet", number=1, document=document, old_version=old, new_version=new, severity=3,
                    counts={}, detected_at=now)
def subscribe(user, platform, level, token, **values):
    return create("clauses", "Subscription", user=user, platform=platform, min_severity=level, token=token, **values)
ended = subscribe(anna, tarn, 1, "old", ended_at=now)
running = subscribe(anna, tarn, 2, "one")
subscribe(anna, fell, 1, "two")
other = subscribe(ben, tarn, 1, "three")
texts = {name: f"{name}." for name in ("description", "why_it_matters", "what_it_means")}
create("clauses", "SiteType", slug="pens", name="Pens", group="other", plain_phrases=["our pen*"], **texts)
create("clauses", "SiteType", slug="kiln", name="Kiln", group="other", weak_phrases=["kiln"], is_retired=True, **texts)
create("clauses", "Alert", subscription=running, change_set=change_set, state="owed")
create("clauses", "Alert", subscription=ended, change_set=change_set, state="sent", sent_at=now)
create("clauses", "Alert", subscription=other, change_set=change_set, state="owed")
"""
_AFTER = """
import json
from clauses.amending import save
from clauses.models import Alert, Rerating, SiteRules, Subscription
from clauses.site_taxonomy import problems_of, refresh_rules
from django.utils import timezone
types = refresh_rules().taxonomy.types
print(json.dumps({
    "running": [[s.recipient.address, s.platform.slug, s.min_severity, s.frequency, s.token, s.is_running]
                for s in Subscription.objects.filter(ended_at=None).order_by("pk")],
    "ended": Subscription.objects.exclude(ended_at=None).count(),
    "types": [[slug, types[slug].name, types[slug].base_points, len(types[slug].patterns), types[slug].retired]
              for slug in ("kiln", "pens")],
    "label": refresh_rules().taxonomy.version[-6:],
    "problems": problems_of(SiteRules.objects.get()),
    "next": save({}, "None.", Rerating.objects.get().ended_by, timezone.now(), based_on=1).rules.number,
    "alerts": sorted([a.recipient.user.username, a.state, a.frequency] for a in Alert.objects.all()),
}))
"""


def _upgraded(folder: Path, before: str, rows: str, told: str) -> Any:
    """What a site tells of itself, after rows were made under an earlier migration and the rest was applied."""
    site = Site(folder)
    site.manage("migrate", "-v0", "monitor")
    site.manage("migrate", "-v0", "clauses", before)
    site.shell(rows)
    site.manage("migrate", "-v0")
    # Rows of before have the checksums that rows of today would have.
    said = site.manage("verify", check=False).stdout
    assert "it has no checksum" not in said
    assert "not what was written" not in said
    return json.loads(site.shell(told).splitlines()[-1])


def test_subscriptions_and_alerts_of_before_go_on_as_they_were(tmp_path: Path) -> None:
    assert _upgraded(tmp_path, _BEFORE, _ROWS, _AFTER) == {
        "running": [
            ["anna@example.org", "tarn", 2, "instant", "one", True],
            ["anna@example.org", "fell", 1, "instant", "two", True],
            ["", "tarn", 1, "instant", "three", True],
        ],
        "ended": 1,
        "types": [["kiln", "Kiln", 2, 0, True], ["pens", "Pens", 2, 1, False]],
        "label": "+site1",
        "problems": [],
        "next": 2,
        # What one person was owed by two subscriptions is told once: the one that went out stays.
        "alerts": [["anna", "sent", "instant"], ["ben", "owed", "instant"]],
    }


_RULES_BEFORE = "0026_api_tokens"
_RULES = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
executor = MigrationExecutor(connection)
state = executor.loader.project_state([("clauses", "0026_api_tokens"), *executor.loader.graph.leaf_nodes("monitor")])
def create(app, model, **values):
    return state.apps.get_model(app, model).objects.create(**values)
now = timezone.now()
ada = create("auth", "User", username="ada", is_superuser=True)
texts = {name: f"{name}." for name in ("description", "why_it_matters", "what_it_means")}
create("clauses", "SiteType", slug="pens", name="Pens", group="other", plain_phrases=["our pen*"], **texts)
points = {"clause.factor.no_notice": 4}
for number, content in ((1, {"points": points}), (2, {"points": points, "groups": {"devices": "Devices"}})):
    rules = create("clauses", "SiteRules", number=number, content=content, reason=f"Number {number}.", made_by=ada,
                   made_at=now, reads_as=1)
    end = {"end": "accepted", "ended_by": ada, "ended_at": now} if number == 1 else {}
    create("clauses", "Rerating", rules=rules, begun_at=now, **end)
create("monitor", "Counter", letter="R", last=2)
"""
_RULES_AFTER = """
import json
from clauses.models import Rerating, SiteRules
from clauses.site_taxonomy import problems_of, refresh_rules
rules = refresh_rules()
print(json.dumps({
    "in force": [rules.taxonomy.version[-6:], "pens" in rules.taxonomy.types],
    "versions": [[row.number, row.reason[:9], sorted(row.content), "pens" in row.content.get("types", {})]
                 for row in SiteRules.objects.order_by("number")],
    "ends": list(Rerating.objects.order_by("pk").values_list("end", flat=True)),
    "problems": [problem for row in SiteRules.objects.all() for problem in problems_of(row)],
}))
"""


def test_types_join_the_rules_in_force_and_those_that_wait(tmp_path: Path) -> None:
    assert _upgraded(tmp_path, _RULES_BEFORE, _RULES, _RULES_AFTER) == {
        "in force": ["+site3", True],
        "versions": [
            [1, "Number 1.", ["points"], False],
            [2, "Number 2.", ["groups", "points"], False],
            [3, "The types", ["points", "types"], True],
            [4, "Number 2.", ["groups", "points", "types"], True],
        ],
        "ends": ["accepted", "replaced", "accepted"],
        "problems": [],
    }
