"""A small site with rows in nearly every table, its archive, and a database made empty again."""

from __future__ import annotations

import io
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from clauses import connecting, pinning, saving, subscribing, visiting, working
from clauses.archive_file.dumping import dump
from clauses.archive_file.loading import Loaded, Progress, load
from clauses.archive_file.tables import tables
from clauses.curation import decide
from clauses.models import (
    AccountMail,
    AccountMailKind,
    Alert,
    ChangeSet,
    Clause,
    Commentary,
    LearnedHead,
    Reader,
    WebhookDelivery,
    WorkStatus,
)
from clauses.models.choices import SeverityLevel
from clauses.site_taxonomy import refresh_taxonomy
from clauses.word_index import drop_unlisted_words
from monitor.acts import note
from monitor.models import ActKind
from monitor.roots import make_root
from tests.builders import day, fail, make_change_set, make_user
from tests.clauses.amended_site import own_type, put_in_force

SECRETS = ("curator@example.org", "pbkdf2", "whsec_")


def make_site() -> ChangeSet:
    """Two documents with a change each, a root, a type of the site, a decision, and people who follow and work."""
    curator = make_user("curator", "curator", password="a long password", first_name="Ada")
    put_in_force({"types": {"letters": own_type(name="Letters", plain_phrases=["carries letters"])}}, curator)
    change_set = make_change_set()
    fail(change_set.document.sources.get(), day(5))
    make_change_set(at=day(3))
    make_root(day(9))
    LearnedHead.objects.create(taxonomy_version="2000.1", decisions=3, lessons={}, before={}, after={})
    clause = Clause.objects.filter(document=change_set.document).order_by("number").first()
    decide(clause, ["arbitration"], SeverityLevel.HIGH, "It says “so”.\nTwice.", curator)
    Commentary.objects.create(
        clause=clause, wording=clause.current.wording, text="Said.", written_by=curator, written_at=day(6)
    )
    _follow(change_set, make_user("reader"))
    _work(change_set, curator)
    return change_set


def _follow(change_set: ChangeSet, reader: User) -> None:
    subscription = subscribing.subscribe(reader, change_set.document.platform, SeverityLevel.LOW)
    Alert.objects.create(recipient=subscription.recipient, subscription=subscription, change_set=change_set)
    webhook = connecting.connect(subscription, "https://hooks.example/", "json")
    WebhookDelivery.objects.create(webhook=webhook, change_set=change_set)
    saving.save(reader, "Mine", "severity=high", day(7))
    Reader.objects.create(user=reader, last_at=day(7))
    visiting.mark(reader, [change_set.number], is_read=True)
    AccountMail.objects.create(kind=AccountMailKind.INVITATION, address="new@example.org")


def _work(change_set: ChangeSet, by: User) -> None:
    step = working.Step(WorkStatus.FOLLOW_UP, by, True, "Ask.")
    working.take(step, {change_set.number: 0}, by=by, at=day(8))
    pinning.pin(change_set.old_version, by, "", by=by, at=day(8))
    note(by, ActKind.CHANGED, "Something")


def archived(*, with_people: bool = True) -> bytes:
    """The archive of what is on record."""
    stream = io.BytesIO()
    dump(stream, with_people=with_people, begun=lambda total: None, step=lambda: None)
    return stream.getvalue()


def loaded(archive: bytes, *, keep_damaged: bool = False) -> Loaded:
    """What loading an archive comes to."""
    quiet = Progress(lambda name, total: None, lambda: None)
    return load(io.BytesIO(archive), quiet, keep_damaged=keep_damaged)


def empty() -> None:
    """Remove every row of the site, as if it had just been migrated. Inside a test that is rolled back."""
    with connection.cursor() as cursor:
        for model in [*_models(), User.groups.through, User]:
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    drop_unlisted_words()
    refresh_taxonomy()


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """All that travels, by table, with every column as JSON has it."""
    return {
        table.name: [
            tuple(column.written(value) for column, value in zip(table.columns, row, strict=False))
            for row in table.rows()
        ]
        for table in tables(with_people=True)
    }


def counts() -> dict[str, int]:
    """How many rows every table of the site has, those that are made anew included."""
    found = {model._meta.label_lower: model._base_manager.count() for model in [*_models(), User]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clauses_words")
        found["words"] = cursor.fetchone()[0]
    return found


def _models() -> list[Any]:
    return [*apps.get_app_config("clauses").get_models(), *apps.get_app_config("monitor").get_models()]
