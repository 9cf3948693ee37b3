"""Learning from decisions: what it takes, what it changes, and when it is not adopted."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from clauses import learning
from clauses.core.segment import segment
from clauses.curation import decide
from clauses.models import Analysis, Clause, LearnedHead, Occurrence, Rerating
from clauses.models.choices import SeverityLevel
from clauses.rereading import reread_next
from clauses.site_taxonomy import refresh_taxonomy, taxonomy_in_force
from clauses.tasks import learn_from_decisions
from tests.builders import day, make_source, make_user, publish
from tests.clauses.amended_site import own_type, put_in_force
from tests.task_queue import work_off

pytestmark = pytest.mark.django_db
THINGS = (
    "beehive", "trumpet", "lantern", "kettle", "anchor", "ladder", "tripod", "saddle", "compass", "barrel",
    "trolley", "hammock", "easel", "wheelbarrow", "canoe", "tent", "drill", "mixer", "projector", "scooter",
    "sander", "harness", "ferret cage", "loom", "kiln",
)  # fmt: skip
GIVEN_BACK = [f"After the last day the borrowed {thing} goes back into its crate." for thing in THINGS]
KEPT_DRY = [f"Keep every {thing} dry and out of the reach of the wind." for thing in THINGS]


@pytest.fixture
def borrowed():
    """A document of invented clauses, and a type of the site that no phrase of it shows."""
    put_type(plain_phrases=["restitution in kind"])
    publish(make_source(), "".join(f"<p>{text}</p>" for text in (*GIVEN_BACK, *KEPT_DRY)), day(0))


def put_type(**values):
    put_in_force({"types": {"return_of_things": own_type(name="Return of things", **values)}})


def rule_on(texts, types):
    curator = make_user(role="curator")
    for clause in Clause.objects.filter(current__wording__text__in=texts).select_related("current"):
        decide(clause, types, SeverityLevel.LOW, "Read by eye.", curator)


def test_a_new_type_is_found_by_the_model_after_some_twenty_decisions(borrowed):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    row = learning.learn()
    assert row.is_adopted
    assert list(row.lessons) == ["return_of_things"]
    assert row.after["f1"] > 0.9 > row.before["f1"]
    publish(make_source(), f"<p>{GIVEN_BACK[24]}</p><p>{KEPT_DRY[24]}</p>", day(1))
    given, kept = Clause.objects.filter(document__current_version__isnull=False).order_by("-number")[:2][::-1]
    assert "return_of_things" in given.labels.values_list("type", flat=True)
    assert "return_of_things" not in kept.labels.values_list("type", flat=True)
    read = next(r for r in given.current.classification.types if r["slug"] == "return_of_things")
    assert read["basis"] == "model"
    assert read["evidence"]


def test_what_was_learned_gives_the_taxonomy_a_version_of_its_own_and_stored_clauses_are_read_anew(borrowed):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    before = taxonomy_in_force().version
    row = learning.learn()
    assert taxonomy_in_force().version == f"{before}.{row.pk}"
    assert reread_next()
    assert Analysis.objects.get().taxonomy_version == taxonomy_in_force().version
    undecided = Clause.objects.get(current__wording__text=GIVEN_BACK[23])
    assert "return_of_things" in undecided.labels.values_list("type", flat=True)


def test_what_the_worker_learns_is_read_by_at_once(borrowed, django_capture_on_commit_callbacks):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    work_off()
    with django_capture_on_commit_callbacks(execute=True):
        learn_from_decisions()
    assert Analysis.objects.get().taxonomy_version != taxonomy_in_force().version
    assert set(work_off()) == {"clauses.tasks.reread_stale_documents"}
    assert Analysis.objects.get().taxonomy_version == taxonomy_in_force().version


def test_what_is_not_adopted_is_not_in_force(borrowed):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    learning.learn()
    LearnedHead.objects.update(is_adopted=False)
    assert refresh_taxonomy().head is None


def test_what_would_be_worse_on_decisions_held_out_is_refused(borrowed):
    # A phrase finds all of them. Curators who rule now this way, now that way on the same sort of words teach nothing.
    put_type(plain_phrases=["goes back into", "out of the reach"])
    reread_next()
    rule_on(GIVEN_BACK[::2], ["return_of_things"])
    rule_on(GIVEN_BACK[1::2], [])
    rule_on(KEPT_DRY[1::2], ["return_of_things"])
    rule_on(KEPT_DRY[::2], [])
    before = taxonomy_in_force().version
    row = learning.learn()
    assert row.after["f1"] < row.before["f1"]
    assert not row.is_adopted
    assert taxonomy_in_force().version == before
    assert taxonomy_in_force().head is None


def test_too_few_decisions_are_refused_in_one_line_with_what_is_missing(borrowed):
    rule_on(GIVEN_BACK[:3], ["return_of_things"])
    with pytest.raises(CommandError, match="3 clauses decided on so far; learning begins at 20"):
        call_command("learn")
    rule_on(KEPT_DRY, [])
    with pytest.raises(CommandError, match="no type has 10 decisions for it"):
        call_command("learn")
    assert not LearnedHead.objects.exists()


def test_the_command_prints_figures_before_and_after(borrowed, capsys):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    call_command("learn", json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["decisions"] == 42
    assert told["adopted"]
    assert set(told["before"]) == set(told["after"]) == {"precision", "recall", "f1"}
    call_command("learn")
    assert "42 decisions, 1 type learned; adopted" in capsys.readouterr().out


def test_a_head_of_another_taxonomy_is_left_aside_until_learned_anew(borrowed):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    learning.learn()
    assert taxonomy_in_force().head
    put_type(plain_phrases=["restitution in kind"], base_points=5)
    assert refresh_taxonomy().head is None
    assert learning.learn_if_worth_it()
    assert taxonomy_in_force().head


@pytest.mark.parametrize("how", ["retired", "gone"])
def test_a_type_that_was_retired_or_is_gone_is_not_learned(borrowed, how):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    if how == "gone":
        Rerating.objects.all().delete()
        refresh_taxonomy()
    else:
        put_type(plain_phrases=["restitution in kind"], retired=True)
    with pytest.raises(learning.TooFewDecisions):
        learning.learn()


def test_a_wording_that_an_upgrade_of_ours_cuts_otherwise_is_still_learned_from(borrowed, monkeypatch):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    monkeypatch.setattr("clauses.reading.segment", lambda text, blocks: segment(text, blocks)[1:])
    Analysis.objects.update(segmenter_version=0)
    assert reread_next()
    assert not Occurrence.objects.filter(wording__text=GIVEN_BACK[0]).exists()
    assert learning.learn().decisions == 42


def test_learning_waits_for_new_decisions(borrowed):
    assert learning.learn_if_worth_it() is None
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:4], [])
    rule_on(KEPT_DRY[4:18], [])
    assert learning.learn_if_worth_it()
    rule_on(KEPT_DRY[18:20], [])
    assert learning.learn_if_worth_it() is None


def test_curators_see_what_was_learned(borrowed):
    rule_on(GIVEN_BACK[:22], ["return_of_things"])
    rule_on(KEPT_DRY[:20], [])
    row = learning.learn()
    client = Client()
    client.force_login(make_user(role="curator"))
    assert "Return of things" in client.get(reverse("admin:clauses_learnedhead_changelist")).content.decode()
    page = client.get(reverse("admin:clauses_learnedhead_change", args=[row.pk]))
    assert "Return of things" in page.content.decode()
