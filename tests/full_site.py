"""A site on which every page has something to show, and where each page is: by the project's own list of addresses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.urls import URLPattern, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from clauses import (
    admitting,
    amending,
    confirming,
    connecting,
    labeling,
    pinning,
    readdressing,
    referring,
    saving,
    subscribing,
    tokens,
    working,
)
from clauses.curation import decide
from clauses.models import (
    AccountMail,
    AccountMailKind,
    ChangeSet,
    Clause,
    Confirmation,
    Decision,
    Digest,
    Frequency,
    GoldSentence,
    Mention,
    Reference,
    ReferenceKind,
    SavedView,
    TokenScope,
    WebhookFormat,
)
from clauses.models.choices import SeverityLevel
from clauses.models.work import WorkStatus
from clauses.proposing import propose_pending
from clauses.urls import urlpatterns
from clauses.working import Step
from monitor.models import Quarantine, Snapshot, Source, Version
from monitor.roles import ADMINISTRATOR, ANALYST
from tests.builders import hold_back, make_change_set, make_document, make_platform, make_source, make_user
from tests.clauses.test_proposing import make_announcement

# What is included has a list of its own: the API, whose answers are no pages.
_PATTERNS = [pattern for pattern in urlpatterns if isinstance(pattern, URLPattern)]
_ADDRESS = "ada@example.org"
_VISITORS = "Visitors bring {0} flowers to the garden on Sunday {0} in spring."
_KEPT = "We keep thing number {0} of yours in house {0} for you."


def furnish(password: str) -> dict[str, str]:
    """Make rows of every kind beside the samples, and the administrator cleo.

    The path of every address by its name: each leads to rows that are there; some take nothing but POST.
    """
    now = timezone.now()
    user = make_user("cleo", ADMINISTRATOR, password=password)
    harbor = make_platform(slug="harbor", name="Harbor & Quill")
    change_set = make_change_set(harbor, at=now - timedelta(days=20))
    make_platform(slug="quill", name="Quill")
    given = _of_readers(user, change_set)
    given |= _of_curators(user, change_set)
    given |= _of_administrators(user)
    return {str(pattern.name): _path(pattern, given) for pattern in _PATTERNS}


def _of_readers(user: User, change_set: ChangeSet) -> dict[str, Any]:
    """Subscriptions, views, a baseline and work; what their addresses are made of, by the name of the address."""
    now, document = timezone.now(), change_set.document
    subscription = subscribing.subscribe(user, document.platform, SeverityLevel.LOW)
    webhook = connecting.connect(subscription, "https://hooks.example/terms", WebhookFormat.JSON)
    connecting.owe_test(webhook, now)
    view: SavedView = saving.save(user, "High at Harbor", "platform=harbor&severity=high", now)
    baseline = pinning.pin(change_set.old_version, user, "Signed on the first day.", by=user, at=now)
    step = Step(WorkStatus.FOLLOW_UP, user, assigns=True, note="Ask the vendor about five years.")
    working.take(step, {change_set.number: 0}, by=user, at=now)
    wish = subscribing.Wish(platform=document.platform, frequency=Frequency.WEEKLY)
    confirming.ask(_ADDRESS, wish, "", now)
    asked = Confirmation.objects.get()
    known = subscribing.begin(asked.subscription.recipient, subscribing.Wish(type="arbitration"))
    digest = Digest.objects.create(recipient=known.recipient, frequency=Frequency.DAILY, on=now.date())
    admitting.ask(AccountMailKind.SIGN_UP, "new@example.org", "", now)
    invitation = admitting.invite("invited@example.org", ANALYST, user, now)
    newcomer = make_user("newcomer")
    uid = urlsafe_base64_encode(force_bytes(newcomer.pk))
    by_mail = {"token": known.recipient.token, "pk": known.pk}
    reset = default_token_generator.make_token(newcomer)
    return {
        "subscription": {"pk": subscription.pk},
        "webhook": {"pk": webhook.pk},
        "webhook-add": {"pk": subscription.pk},
        "saved-view": {"pk": view.pk},
        "saved-view-atom": {"token": view.token},
        "baseline": {"pk": baseline.pk},
        "subscriptions-by-mail": by_mail,
        "change-by-mail": by_mail,
        "end-by-mail": by_mail,
        "subscribe-confirm": {"token": asked.token},
        "unsubscribe": {"token": subscription.token},
        "unsubscribe-digest": {"token": digest.token},
        "sign-up-confirm": {"token": AccountMail.objects.get(kind=AccountMailKind.SIGN_UP).token},
        "invitation-withdraw": {"pk": invitation.pk},
        "welcome": {"uid": uid, "token": reset},
        "password-reset-confirm": {"uidb64": uid, "token": reset},
        "document": {"platform": document.platform.slug, "slug": document.slug},
        "choose-comparison": {"platform": document.platform.slug, "slug": document.slug},
    }


def _of_curators(user: User, change_set: ChangeSet) -> dict[str, Any]:
    """Cases of every queue of the desk, and the rows that anybody sees; by the name of the address."""
    now, document = timezone.now(), change_set.document
    source = make_source(make_document(document.platform, slug="cookies", name="Cookies"))
    hold_back(source, "<p>Please confirm that you are a person before you go on.</p>", now)
    kept = "".join(f"<p>{_KEPT.format(n)}</p>" for n in range(10))
    others = kept[: kept.index("<p>" + _KEPT.format(4))]
    others += "".join(f"<p>{_VISITORS.format(n)}</p>" for n in range(5))
    odd = make_change_set(document.platform, kept, others, now - timedelta(days=9))
    make_announcement(document.platform, at=change_set.detected_at - timedelta(days=1))
    propose_pending()
    page = referring.Page(
        ReferenceKind.NEWS, "https://news.example/harbor", "Harbor keeps more", "The Courier", now.date()
    )
    referring.attach(page, document.platform, change_set, by=user, at=now)
    clause = Clause.objects.standing().filter(document=document).order_by("-severity")[0]
    decide(clause, ["data_retention"], SeverityLevel.HIGH, "Five years is long.", user)
    versions = Version.objects.filter(document=document).order_by("ordinal")
    old, new = versions.values_list("number", flat=True)
    parts = Source.objects.get(document=document)
    return {
        "clause": {"number": clause.number},
        "change-set": {"number": change_set.number},
        "review-change": {"number": odd.number},
        "review-capture": {"pk": Quarantine.objects.get(source=source).pk},
        "review-alike": {"pk": Decision.objects.latest("pk").pk},
        "review-mention": {"pk": Mention.objects.latest("pk").pk},
        "reference-remove": {"pk": Reference.objects.latest("pk").pk},
        "version": {"number": new},
        "compare": {"old": old, "new": new},
        "snapshot": {"number": Snapshot.objects.filter(source=parts).latest("pk").number},
        "root": {"on": now.date().isoformat()},
        "clause-type": {"slug": "data_retention"},
        "platform": {"slug": document.platform.slug},
    }


def _of_administrators(user: User) -> dict[str, Any]:
    """Rules that wait for an answer, sentences to label, a token, and an address that is to be confirmed."""
    now = timezone.now()
    points = {f"change.figure.retention.{step}": 2 for step in (2, 3, 4)}
    run = amending.save({"points": points}, "We see it otherwise.", user, now, based_on=0)
    labeling.draw(5, now)
    token, _ = tokens.make(user, "Mirror", TokenScope.READ, 30, now)
    readdressing.ask(user, "elsewhere@example.org", now)
    asked = AccountMail.objects.get(kind=AccountMailKind.ADDRESS)
    return {
        "type-rules": {"slug": "data_retention"},
        "point-rules": {"rubric": "changes"},
        "note-rules": {"slug": "data_retention"},
        "agency-rules": {"slug": "eu_dpa"},
        "rules-version": {"number": run.rules.number},
        "rerating": {"pk": run.pk},
        "review-sentence": {"pk": GoldSentence.objects.earliest("pk").pk},
        "token-revoke": {"pk": token.pk},
        "account-address-confirm": {"token": asked.token},
    }


def _path(pattern: Any, given: dict[str, Any]) -> str:
    """The path of an address: of what is given for its name, else for what its route begins with."""
    name, route = str(pattern.name), str(pattern.pattern)
    values: dict[str, Any] = {}
    for start, key in _ROWS:
        if route.startswith(start):
            values |= given[key]
    values |= next((given[key] for key in (name, name.removesuffix("-json")) if key in given), {})
    return reverse(name, kwargs={key: values[key] for key in pattern.pattern.converters})


# What the address of a row begins with.
_ROWS = (
    ("subscriptions/<int", "subscription"),
    ("webhooks/", "webhook"),
    ("views/", "saved-view"),
    ("baselines/", "baseline"),
    ("records/", "clause"),
    ("review/clauses/", "clause"),
    ("changes/", "change-set"),
    ("snapshots/", "snapshot"),
    ("clauses/", "clause-type"),
    ("platforms/<slug:slug>", "platform"),
    ("watch/platforms/", "platform"),
    ("watch/documents/", "document"),
    ("platforms/<slug:platform>", "document"),
    ("platforms/<slug:platform>/<slug:slug>/versions", "version"),
    ("platforms/<slug:platform>/<slug:slug>/compare/<", "compare"),
)


def plain_addresses() -> dict[str, str]:
    """The path of every address that is made of no row, by its name."""
    return {str(found.name): reverse(found.name) for found in _PATTERNS if not found.pattern.converters}
