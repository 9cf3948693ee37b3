"""Sentences for the gold set: drawn fairly and without chance, labeled blind, and never taught to what they measure."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from clauses import labeling, learning
from clauses.curation import decide
from clauses.labeling import NothingToLabel, draw, give_next, label
from clauses.models import Classification, Clause, GoldLabel, GoldSentence
from clauses.models.choices import SeverityLevel
from clauses.models.gold import GoldLabelIsFinal
from clauses.queries.gold import gold_rows, progress, unlabeled, waiting_for
from tests.builders import day, make_document, make_platform, make_source, make_user, publish

pytestmark = pytest.mark.django_db
NOW = day(100)
THINGS = (
    "letters",
    "maps",
    "songs",
    "photos",
    "recipes",
    "drawings",
    "invoices",
    "tickets",
    "reviews",
    "poems",
)


def terms(*verbs: str) -> str:
    """A text of so many times ten clauses, of one sentence each."""
    return "".join(
        f"<p>We {verb} the {thing} that you send us every day.</p>" for verb in verbs for thing in THINGS
    )


def make_archive(*sizes: int) -> list[Any]:
    """Platforms with so many times ten clauses each."""
    platforms = []
    verbs = ("keep", "sell", "weigh", "paint", "delete")
    for number, size in enumerate(sizes):
        platform = make_platform(slug=f"river-{number}", name=f"River {number}")
        publish(
            make_source(make_document(platform)),
            terms(*verbs[:size]).replace("send", f"send{number}"),
            day(0),
        )
        platforms.append(platform)
    return platforms


@pytest.fixture
def cora() -> User:
    return make_user("cora", role="curator")


@pytest.fixture
def dora() -> User:
    return make_user("dora", role="curator")


def drawn() -> list[tuple[str, str]]:
    return list(GoldSentence.objects.values_list("text", "band"))


def test_the_same_archive_gives_the_same_sentences_however_often_it_is_asked() -> None:
    make_archive(2, 2)
    assert draw(12, NOW) == 12
    at_once = drawn()
    GoldSentence.objects.all().delete()
    for _ in range(4):
        draw(3, NOW)
    assert sorted(drawn()) == sorted(at_once)


def test_small_platforms_and_rare_bands_have_the_same_say_as_large_ones() -> None:
    make_archive(5, 1)
    for number, found in enumerate(Classification.objects.order_by("pk")):
        Classification.objects.filter(pk=found.pk).update(confidence=("low", "high")[number % 5 == 0])
    assert draw(8, NOW) == 8
    count = Counter((row.platform, row.band) for row in GoldSentence.objects.all())
    assert count == {(f"River {n}", band): 2 for n in (0, 1) for band in ("low", "high")}


def test_what_is_drawn_later_makes_up_for_a_platform_that_had_less() -> None:
    make_archive(3)
    draw(6, NOW)
    late = make_platform(slug="late", name="Late")
    publish(make_source(make_document(late)), terms("lend", "bury"), day(1))
    draw(4, NOW)
    assert GoldSentence.objects.filter(platform="Late").count() == 4


def test_the_same_words_are_drawn_once_and_short_or_foreign_ones_never() -> None:
    platform = make_platform()
    text = "<p>We keep every map that you send us.</p><p>Too short.</p>"
    for _ in range(2):
        publish(make_source(make_document(platform)), text, day(0))
    publish(
        make_source(make_document(platform, language="de")),
        "<p>Wir bewahren alle Karten auf, die Sie uns senden, und geben sie zurück.</p>",
        day(0),
    )
    assert draw(10, NOW) == 1
    assert drawn()[0][0] == "We keep every map that you send us."
    assert draw(10, NOW) == 0


def test_a_sentence_of_a_text_that_was_ruled_on_is_not_drawn(cora: User) -> None:
    make_archive(1)
    for clause in Clause.objects.all()[:7]:
        decide(clause, ["data_retention"], SeverityLevel.LOW, "So it is.", cora)
    taught = set(
        Clause.objects.filter(decision__isnull=False).values_list("current__wording__text", flat=True)
    )
    assert draw(10, NOW) == 3
    assert taught.isdisjoint(text for text, _ in drawn())


def test_nothing_is_learned_from_a_text_that_holds_a_sentence_of_the_gold_set(cora: User) -> None:
    make_archive(4)
    draw(10, NOW)
    held = set(GoldSentence.objects.values_list("text", flat=True))
    for number, clause in enumerate(Clause.objects.select_related("current__wording")):
        decide(clause, ["data_retention"] if number % 2 else [], SeverityLevel.LOW, "So it is.", cora)
    ruled = learning._latest_decisions()
    assert len(ruled) == 30
    assert held.isdisjoint(row.wording.text for row in ruled)
    # Nor where it stands among others.
    text = " ".join(["We charge for the bridge that leads to your house.", next(iter(held))])
    publish(make_source(make_document()), f"<p>{text}</p>", day(2))
    decide(Clause.objects.latest("pk"), ["fees_refunds"], SeverityLevel.LOW, "So it is.", cora)
    assert len(learning._latest_decisions()) == 30
    row = learning.learn()
    assert row.decisions == 30


def test_a_curator_is_given_each_sentence_once_and_nobody_what_another_is_at(cora: User, dora: User) -> None:
    make_archive(1)
    draw(4, NOW)
    GoldSentence.objects.update(wanted=1)
    first, second = give_next(cora, NOW), give_next(dora, NOW)
    assert first
    assert second
    assert first.pk != second.pk
    label(first, ["data_retention"], cora, NOW)
    label(second, [], dora, NOW)
    given = {give_next(cora, NOW).pk, give_next(dora, NOW).pk}
    assert len(given) == 2
    assert given.isdisjoint({first.pk, second.pk})
    # Whoever went away holds nothing for ever.
    assert waiting_for(cora, NOW).count() == 1
    assert waiting_for(cora, NOW + timedelta(minutes=16)).count() == 2


def test_a_skipped_sentence_is_not_the_next_one_again(cora: User) -> None:
    make_archive(1)
    draw(3, NOW)
    seen = []
    after = 0
    for _ in range(3):
        found = give_next(cora, NOW, after)
        seen.append(found.pk)
        after = found.pk
    assert len(set(seen)) == 3
    assert give_next(cora, NOW, after).pk == seen[0]


def test_a_share_is_labeled_by_two_and_nothing_by_more(cora: User, dora: User) -> None:
    make_archive(5)
    draw(50, NOW)
    twice = GoldSentence.objects.filter(wanted=2).count()
    assert 4 <= twice <= 25
    for curator in (cora, dora):
        while found := give_next(curator, NOW):
            label(found, ["data_retention"], curator, NOW)
    assert not unlabeled().exists()
    assert GoldLabel.objects.count() == 50 + twice
    assert progress(cora, NOW).agreement.pairs == twice
    third = make_user(role="curator")
    assert give_next(third, NOW) is None
    with pytest.raises(NothingToLabel):
        label(GoldSentence.objects.first(), [], third, NOW)
    assert GoldLabel.objects.count() == 50 + twice


def test_a_label_is_final_and_a_later_one_of_the_same_curator_counts_instead(cora: User, dora: User) -> None:
    make_archive(1)
    draw(1, NOW)
    GoldSentence.objects.update(wanted=2)
    sentence = GoldSentence.objects.get()
    first = label(sentence, ["arbitration"], cora, NOW)
    with pytest.raises(GoldLabelIsFinal):
        first.save()
    with pytest.raises(GoldLabelIsFinal):
        first.delete()
    label(sentence, ["data_retention", "data_sale"], cora, NOW)
    label(sentence, ["data_retention"], dora, NOW)
    (row,) = gold_rows()
    assert row == {
        "text": sentence.text,
        "labels": ["data_retention"],
        "said": [["data_retention", "data_sale"], ["data_retention"]],
        "agreed": False,
        "service": "River 0",
        "band": sentence.band,
        "sha256": sentence.sha256,
    }
    found = progress(cora, NOW)
    assert (found.drawn, found.done, found.by_you, found.agreement.same) == (1, 1, 1, 0)


def test_a_draw_is_bounded(cora: User) -> None:
    make_archive(1)
    assert draw(10**9, timezone.now()) == 10
    assert labeling.MOST_DRAWN == 200
