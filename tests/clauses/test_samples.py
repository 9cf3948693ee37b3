"""Removing the samples: all of them, nothing else, and no number twice."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from clauses import connecting, faulting, pinning, subscribing, visiting, working
from clauses.analysis import analyze_pending
from clauses.curation import decide
from clauses.models import (
    AccountMail,
    Alert,
    AnalysisClaim,
    ApiAnswer,
    ApiToken,
    ChangeEvent,
    ChangeSet,
    Clause,
    Commentary,
    Confirmation,
    Digest,
    GoldLabel,
    GoldSentence,
    MailedNotice,
    MailReturn,
    Mention,
    NoticeMail,
    QueueNotice,
    Recipient,
    Reference,
    ReferenceKind,
    Rerating,
    RereadingClaim,
    RereadProposal,
    ReviewClaim,
    SiteRules,
    Subscription,
    WebhookDelivery,
    Wording,
    WorkStatus,
)
from clauses.models.choices import SeverityLevel
from clauses.proposing import propose_pending
from clauses.referring import Page, attach
from clauses.rereading import reread_if_stale
from clauses.samples import attach_news, remove_samples
from monitor.models import (
    Act,
    Blob,
    Counter,
    DocumentType,
    Notice,
    NoticeKind,
    Origin,
    OutsideCopy,
    Platform,
    Snapshot,
    Version,
)
from monitor.renaming import rename_document
from monitor.samples.loading import load
from tests.builders import (
    KEPT_5_YEARS,
    KEPT_30_DAYS,
    capture,
    day,
    fail,
    hold_back,
    make_change_set,
    make_document,
    make_platform,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

# Who is mailed, the mails that tell of many platforms, and the rules of a site hang on none.
OF_PEOPLE = {
    Act,
    AccountMail,
    ApiAnswer,
    ApiToken,
    Recipient,
    Digest,
    MailReturn,
    NoticeMail,
    QueueNotice,
    SiteRules,
    Rerating,
}
# What mirrors are told stays, and says that the change sets went.
TOLD = {ChangeEvent}


def rows() -> dict[str, int]:
    """How many rows of each model there are."""
    models = [*apps.get_app_config("monitor").get_models(), *apps.get_app_config("clauses").get_models()]
    return {
        model.__name__: model._default_manager.count() for model in models if model not in OF_PEOPLE | TOLD
    }


def make_sample() -> Platform:
    """A sample with a change, a candidate, a technical version, a decision and a subscription."""
    platform = make_platform(is_sample=True)
    source = make_source(make_document(platform))
    for number, text in enumerate([KEPT_30_DAYS, KEPT_5_YEARS, KEPT_5_YEARS]):
        capture(source, text, day(number), furniture=number, origin=Origin.SAMPLE)
    for number, text in enumerate([KEPT_30_DAYS, KEPT_30_DAYS]):
        capture(source, text, day(20 + number), furniture=number, origin=Origin.SAMPLE)
    source.select = ["main p"]
    source.save()
    capture(source, KEPT_30_DAYS, day(30), furniture="technical", origin=Origin.SAMPLE)
    hold_back(source, "<p>Show that you are a person.</p>", day(39))
    fail(source, day(39.5), origin=Origin.SAMPLE)
    capture(source, "<p>Something new.</p>", day(40), origin=Origin.SAMPLE)
    OutsideCopy.objects.create(version=Version.objects.latest("pk"), url=source.url, due_at=day(40))
    notice = Notice.objects.create(source=source, kind=NoticeKind.SILENT, began_at=day(39), told_at=day(39))
    MailedNotice.objects.create(mail=NoticeMail.objects.create(), notice=notice)
    analyze_pending()
    clause = Clause.objects.filter(document=source.document, removed_in__isnull=True).first()
    assert clause
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "For show.", curator := make_user())
    Commentary.objects.create(
        clause=clause, wording=clause.current.wording, text="Said.", written_by=curator, written_at=day(40)
    )
    ReviewClaim.objects.create(clause=clause, curator=curator, claimed_at=day(40))
    subscription = subscribing.subscribe(make_user(), platform, SeverityLevel.LOW)
    Confirmation.objects.create(subscription=subscription)
    change_set = ChangeSet.objects.filter(document=source.document).first()
    Alert.objects.create(recipient=subscription.recipient, subscription=subscription, change_set=change_set)
    webhook = connecting.connect(subscription, "https://hooks.example/", "json")
    WebhookDelivery.objects.create(webhook=webhook, change_set=change_set)
    _work_on(change_set)
    ChangeSet.objects.filter(document=source.document).update(rubric_version="2020.1")
    reread_if_stale(source.document)
    _refer(platform)
    rename_document(source.document, name="Renamed", slug="renamed", at=day(41))
    # What a version of the site's rules would change in it.
    rules = SiteRules.objects.create(number=1, content={}, reason="x", made_by=curator, made_at=day(41))
    run = Rerating.objects.create(rules=rules, begun_at=day(41))
    RereadProposal.objects.create(rerating=run, document=source.document)
    sentence = GoldSentence.objects.create(
        clause=clause, text="x", sha256="x", platform="x", drawn_at=day(41)
    )
    GoldLabel.objects.create(sentence=sentence, types=[], labeled_by=curator, labeled_at=day(41))
    # Left by a process that was killed at work.
    RereadingClaim.objects.create(document=source.document, claimed_at=day(41))
    AnalysisClaim.objects.create(version=Version.objects.latest("pk"), claimed_at=day(41))
    return platform


def _work_on(change_set: ChangeSet) -> None:
    """What people did with a change: a step, a mark, a baseline."""
    by = make_user()
    working.take(
        working.Step(WorkStatus.FOLLOW_UP, by, True, "Ask."), {change_set.number: 0}, by=by, at=day(40)
    )
    visiting.mark(by, [change_set.number], is_read=True)
    pinning.pin(change_set.old_version, by, "", by=by, at=day(40))
    faulting.rule(change_set, is_real=True, reason="Looked at.", by=by, at=day(40))


def _refer(platform: Platform) -> None:
    """An announcement that is proposed, and a page that is attached."""
    source = make_source(make_document(platform, type=DocumentType.ANNOUNCEMENT))
    capture(source, KEPT_5_YEARS + KEPT_30_DAYS, day(1), origin=Origin.SAMPLE)
    analyze_pending()
    propose_pending()
    page = Page(ReferenceKind.NEWS, "https://news.example/", "Longer", "The Courier", day(2).date())
    attach(page, platform, None, by=None, at=day(2))


def test_the_sample_of_these_tests_has_everything_that_can_hang_on_a_platform() -> None:
    make_sample()
    make_change_set()
    empty = {name for name, count in rows().items() if not count}
    # Hosts, types of a site, what was learned, roots and keys are shared by platforms; readers and views are people's.
    assert empty == {"Host", "LearnedHead", "Reader", "Root", "SavedView", "SigningKey"}


def test_removing_the_samples_leaves_a_real_platform_as_it_was() -> None:
    subscribing.subscribe(make_user(), real := make_platform(), SeverityLevel.LOW)
    make_change_set(real)
    before = rows()
    texts = list(Version.objects.values_list("text_sha256", flat=True))
    make_sample()
    assert rows() != before
    assert remove_samples() == 1
    after = rows()
    before.pop("Counter")
    after.pop("Counter")
    assert after == before
    assert list(Version.objects.values_list("text_sha256", flat=True)) == texts


def test_words_and_bytes_that_a_real_platform_shares_stay() -> None:
    make_sample()
    real = make_platform()
    source = make_source(make_document(real))
    # The very bytes of the sample's second capture, which are packed against its first.
    capture(source, KEPT_5_YEARS, day(50), furniture=1)
    analyze_pending()
    remove_samples()
    snapshot = Snapshot.objects.get()
    assert snapshot.blob.base is not None
    assert Blob.objects.count() == 2
    occurrences = Clause.objects.filter(document=source.document).count()
    assert occurrences == Wording.objects.count() > 0


def test_without_any_real_platform_nothing_but_the_counters_is_left() -> None:
    make_sample()
    remove_samples()
    assert {name for name, count in rows().items() if count} == {"Counter", "ListingState"}


def test_a_public_number_is_never_given_twice() -> None:
    make_sample()
    # That they went is an event, which is counted, too.
    counters = Counter.objects.exclude(letter=ChangeEvent.LETTER)
    last = dict(counters.values_list("letter", "last"))
    remove_samples()
    assert dict(counters.values_list("letter", "last")) == last
    change_set = make_change_set()
    assert change_set.number == last["C"] + 1


def test_an_administrator_is_asked_before_the_samples_go(client: Client) -> None:
    platform = make_sample()
    client.force_login(make_user(role="administrator"))
    path = reverse("samples-remove")
    assert platform.name in client.get(path).content.decode()
    assert Platform.objects.filter(is_sample=True).exists(), "looking removes nothing"
    assert client.post(path).url == reverse("dashboard")
    assert not Platform.objects.exists()
    after = client.get(path).content.decode()
    assert "There are no samples" in after
    assert "for good" not in after
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("role", ["", "curator"])
def test_others_do_not_remove_the_samples(client: Client, role: str) -> None:
    make_sample()
    client.force_login(make_user(role=role))
    assert client.post(reverse("samples-remove")).status_code == 403
    assert Platform.objects.filter(is_sample=True).exists()


def test_the_shipped_samples_show_an_article_and_propose_their_announcement(client: Client) -> None:
    load()
    analyze_pending()
    propose_pending()
    attach_news()
    attach_news()
    change_set = Mention.objects.get().change_set
    assert [row["value"] for row in Mention.objects.get().reasons][:4] == [
        "28 September 2025",
        "5 years",
        "28 August 2025",
        "30 days",
    ]
    page = Reference.objects.get()
    assert page.change_set == change_set
    assert page.title in client.get(reverse("platform", args=["sorrelmind"])).content.decode()
    remove_samples()
    assert not Reference.objects.exists()
