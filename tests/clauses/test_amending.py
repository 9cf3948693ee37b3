"""Versions of the site's rules: each save is one, none counts before it is accepted, and none is half-written."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from clauses import amending
from clauses.amending import AmendingError
from clauses.curation import decide
from clauses.models import Clause, Rerating, ReratingEnd, SiteRules
from clauses.models.choices import SeverityLevel
from clauses.models.site_rules import SiteRulesAreFinal
from clauses.queries.site_rules import rules_of_the_site, told_differences, working_rules
from clauses.site_taxonomy import (
    change_rubric_in_force,
    problems_of,
    refresh_rules,
    regulation_in_force,
    taxonomy_in_force,
)
from monitor.models import Act
from tests.builders import day, make_change_set, make_source, make_user, publish
from tests.clauses.amended_site import LENIENT, own_type, put_in_force, read_all, save

pytestmark = pytest.mark.django_db
RENAMED = {"types": {"arbitration": {"name": "Court of one"}}}
DESCRIBED = {"types": {"arbitration": {"description": "Nobody in a robe."}}}


@pytest.fixture
def ada() -> User:
    return make_user("ada", role="administrator")


def labels() -> tuple[str, str, str]:
    rules = refresh_rules()
    return rules.taxonomy.version, rules.change_rubric.version, rules.regulation.version


def test_a_saved_version_counts_only_once_it_is_accepted(ada: User) -> None:
    shipped = labels()
    rerating = save(LENIENT, ada, "Five years are usual here.")
    assert (rerating.rules.number, rerating.rules.reason, rerating.rules.made_by) == (
        1,
        "Five years are usual here.",
        ada,
    )
    assert labels() == shipped
    assert rules_of_the_site() is None
    read_all()
    amending.accept(rerating, ada, timezone.now())
    assert labels() == (f"{shipped[0]}+site1", f"{shipped[1]}+site1", shipped[2])
    assert rules_of_the_site() == rerating.rules
    assert {factor.code: factor.points for factor in taxonomy_in_force().rubric.fact_factors}[
        "kept_over_a_year"
    ] == 0
    assert change_rubric_in_force().facts["retention"].steps[-1] == (6.0, 2)


def test_saving_accepting_and_discarding_are_acts_on_record(ada: User) -> None:
    put_in_force(LENIENT, ada)
    amending.discard(save(RENAMED, ada), ada, timezone.now())
    acts = list(Act.objects.order_by("pk").values_list("name", "subject", "detail"))
    assert acts == [
        ("ada", "rules of this site: version 1", "saved: We see it otherwise."),
        ("ada", "rules of this site: version 1", "accepted: in force"),
        ("ada", "rules of this site: version 2", "saved: We see it otherwise."),
        ("ada", "rules of this site: version 2", "discarded"),
    ]


def test_a_version_is_neither_changed_nor_deleted(ada: User) -> None:
    rules = save(LENIENT, ada).rules
    with pytest.raises(SiteRulesAreFinal):
        rules.save()
    with pytest.raises(SiteRulesAreFinal):
        rules.delete()


def test_a_later_save_takes_the_place_of_one_that_nobody_answered(ada: User) -> None:
    first = save(LENIENT, ada)
    second = save(LENIENT | RENAMED, ada)
    first.refresh_from_db()
    assert (first.end, second.end) == (ReratingEnd.REPLACED, ReratingEnd.OPEN)
    for act in (amending.accept, amending.discard):
        with pytest.raises(AmendingError, match="ended already"):
            act(first, ada, timezone.now())
    assert working_rules() == second.rules


def test_after_a_discarded_version_an_edit_goes_on_from_what_is_in_force(ada: User) -> None:
    kept = put_in_force(LENIENT, ada)
    amending.discard(save(RENAMED, ada), ada, timezone.now())
    assert working_rules() == kept.rules
    assert [row.number for row in SiteRules.objects.order_by("number")] == [1, 2]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"points": {"clause.factor.no_notice": 99}}, "between 0 and 8"),
        ({"types": {"teleport": {"name": "x"}}}, "group is missing"),
        ({"types": {"Tele-port": own_type(plain_phrases=["beam"])}}, "lower-case letters"),
        ({"types": {"teleport": own_type()}}, "needs a phrase that shows it"),
        ({}, "Nothing differs"),
    ],
)
def test_what_is_no_good_is_refused_and_nothing_is_written(content: dict, told: str, ada: User) -> None:
    with pytest.raises(AmendingError) as refused:
        save(content, ada)
    assert told.lower() in str(refused.value).lower()
    assert not SiteRules.objects.exists()
    assert not Rerating.objects.exists()
    assert not Act.objects.exists()


def test_who_saves_over_what_somebody_saved_meanwhile_is_told_and_writes_nothing(ada: User) -> None:
    save(LENIENT, make_user("ben", role="administrator"), "Ben was first.")
    with pytest.raises(AmendingError, match=r"ben saved version 1 meanwhile: Ben was first\."):
        amending.save(RENAMED, "Late.", ada, timezone.now(), based_on=0)
    assert SiteRules.objects.count() == 1


def test_an_acceptance_needs_a_report_that_is_read_to_its_end_and_still_true(ada: User) -> None:
    make_change_set()
    rerating = save(LENIENT, ada)
    with pytest.raises(AmendingError, match="not read to its end"):
        amending.accept(rerating, ada, timezone.now())
    read_all()
    # As after an upgrade of the shipped taxonomy.
    Rerating.objects.filter(pk=rerating.pk).update(over_taxonomy="2020.1")
    with pytest.raises(AmendingError, match="not true any more"):
        amending.accept(rerating, ada, timezone.now())
    again = amending.again(rerating, ada, timezone.now())
    read_all()
    amending.accept(again, ada, timezone.now())
    assert labels()[0].endswith("+site1")


def test_an_earlier_version_taken_up_again_is_a_new_one_that_reads_like_the_earlier(ada: User) -> None:
    first = put_in_force(LENIENT, ada).rules
    label = labels()[0]
    put_in_force(LENIENT | RENAMED, ada)
    assert labels()[0] != label
    latest = working_rules()
    back = amending.save(first.content, "Back.", ada, timezone.now(), based_on=latest.number, restores=first)
    read_all()
    amending.accept(back, ada, timezone.now())
    assert (back.rules.number, back.rules.restores) == (3, first)
    assert labels()[0] == label
    shipped = amending.save({}, "As shipped.", ada, timezone.now(), based_on=3)
    read_all()
    amending.accept(shipped, ada, timezone.now())
    assert "+site" not in "".join(labels())


def test_texts_and_notes_alone_need_no_reading(ada: User) -> None:
    make_change_set()
    before = labels()
    rerating = save(DESCRIBED, ada)
    assert rerating.read_at is not None
    amending.accept(rerating, ada, timezone.now())
    assert labels() == before
    assert taxonomy_in_force().types["arbitration"].description == "Nobody in a robe."
    notes = DESCRIBED | {"notes": {"arbitration": {"none": "None here."}}}
    rerating = save(notes, ada)
    assert rerating.read_at is not None
    amending.accept(rerating, ada, timezone.now())
    assert labels()[:2] == before[:2]
    assert regulation_in_force().types["arbitration"].none == "None here."
    assert labels()[2].endswith("+site2")


def test_what_an_upgrade_of_ours_took_the_ground_from_is_left_out_and_told(ada: User) -> None:
    content = {"points": {**LENIENT["points"], "clause.factor.gone": 1}}
    rules = SiteRules.objects.create(
        number=7, content=content, reason="x", made_by=ada, made_at=timezone.now(), reads_as=7, rates_as=7
    )
    Rerating.objects.create(rules=rules, begun_at=timezone.now(), end=ReratingEnd.ACCEPTED)
    assert labels()[0].endswith("+site7")
    assert problems_of(rules) == ["points: clause.factor.gone is not in the rubric"]
    assert change_rubric_in_force().facts["retention"].steps[-1] == (6.0, 2)


def test_a_group_with_types_of_the_site_cannot_be_taken_out(ada: User) -> None:
    types = {"back": own_type(group="devices", plain_phrases=["router"])}
    put_in_force({"groups": {"devices": "Devices"}, "types": types}, ada)
    assert taxonomy_in_force().types["back"].group == "devices"
    with pytest.raises(AmendingError, match="Type back: group is no group of the taxonomy"):
        save({"types": types}, ada)


@pytest.mark.parametrize("use", ["label", "decision"])
def test_a_type_of_the_site_that_something_was_of_stays_retired(ada: User, use: str) -> None:
    types = {"types": {"back": own_type(plain_phrases=["return the router"])}}
    put_in_force(types, ada)
    text = "<p>Return the router.</p>" if use == "label" else "<p>The router stays ours.</p>"
    publish(make_source(), text, day(0))
    clause = Clause.objects.get()
    if use == "decision":
        for ruled in (["back"], []):
            decide(clause, ruled, SeverityLevel.LOW, "It is.", ada)
            clause.refresh_from_db()
    save({}, ada)
    assert working_rules().content["types"]["back"]["retired"]


def test_a_type_of_the_site_that_nothing_was_of_goes(ada: User) -> None:
    put_in_force({"types": {"back": own_type(plain_phrases=["return the router"])}}, ada)
    put_in_force({}, ada)
    assert "back" not in refresh_rules().taxonomy.types


def test_a_type_used_first_while_a_version_without_it_waits_is_not_lost(ada: User) -> None:
    put_in_force({"types": {"back": own_type(plain_phrases=["return the router"])}}, ada)
    waiting = save({}, ada)
    publish(make_source(), "<p>Return the router.</p>", day(0))
    read_all()
    with pytest.raises(AmendingError, match="of Return of devices since it was saved"):
        amending.accept(waiting, ada, timezone.now())
    again = save({}, ada)
    read_all()
    amending.accept(again, ada, timezone.now())
    assert refresh_rules().taxonomy.types["back"].retired


def test_differences_are_told_in_words(ada: User) -> None:
    save(LENIENT, ada)
    rules = save({"points": {"clause.factor.kept_over_a_year": 1}} | RENAMED, ada).rules
    told = [(row.section, row.entry, row.was, row.now) for row in told_differences(rules)]
    assert ("types", "arbitration", "", "name: Court of one") in told
    assert ("points", "clause.factor.kept_over_a_year", "0", "1") in told
    assert ("points", "change.figure.retention.4", "2", "") in told
    named = [row.what for row in told_differences(rules)]
    assert "Type: Court of one" in named
    assert "Points: What raises, kept for more than a year" in named


def test_a_long_difference_says_that_it_goes_on_and_a_type_of_the_site_was_never_shipped(ada: User) -> None:
    phrases = [f"return the router number {number}" for number in range(30)]
    rules = save({"types": {"back": own_type(plain_phrases=phrases[:10])}}, ada).rules
    (told,) = told_differences(rules)
    assert (told.was, told.silence) == ("", "nothing")
    assert told.now.endswith("; ".join(phrases[:10])), "ten phrases are told whole"
    rules = save({"types": {"back": own_type(plain_phrases=phrases * 2)}}, ada).rules
    (told,) = told_differences(rules)
    assert told.now.endswith("… (the rest is in the JSON)")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_time_one_is_told_and_none_is_half_written(ada: User) -> None:
    ben = make_user("ben", role="administrator")
    refused: list[str] = []
    start = threading.Barrier(2)

    def save_at_once(by: User, content: dict) -> None:
        try:
            start.wait()
            amending.save(content, "At once.", by, timezone.now(), based_on=0)
        except AmendingError as error:
            refused.append(str(error))
        finally:
            connection.close()

    both = [threading.Thread(target=save_at_once, args=pair) for pair in ((ada, LENIENT), (ben, RENAMED))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(refused) == 1
    assert "meanwhile" in refused[0]
    (rules,) = SiteRules.objects.all()
    assert rules.content in (LENIENT, RENAMED)
    assert [row.rules for row in Rerating.objects.all()] == [rules]
    Rerating.objects.all().delete()
