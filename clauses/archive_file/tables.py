"""What travels in an archive file: its tables, in the order in which they are written, and what stays behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import Q
from django.utils import timezone

from clauses import models as clauses
from clauses.archive_file.columns import Column, WrongValue, column_of
from monitor import models as monitor
from monitor.models.packed import Packed

Model = type[models.Model]

# What the site shows, and what that rests on. Rows that others refer to come first, but for rings: a database checks
# references when the transaction ends.
RECORD: tuple[Model, ...] = (
    monitor.Counter,
    monitor.Platform,
    monitor.Document,
    monitor.Source,
    monitor.FormerAddress,
    monitor.Blob,
    monitor.Snapshot,
    monitor.Fetch,
    monitor.Quarantine,
    monitor.Notice,
    monitor.PackedText,
    monitor.Version,
    monitor.Part,
    monitor.OutsideCopy,
    monitor.Candidate,
    monitor.SigningKey,
    monitor.Root,
    monitor.Link,
    clauses.SiteRules,
    clauses.Rerating,
    clauses.LearnedHead,
    clauses.Wording,
    clauses.Classification,
    clauses.ReadFact,
    clauses.Clause,
    clauses.Occurrence,
    clauses.Label,
    clauses.Analysis,
    clauses.Decision,
    clauses.Commentary,
    clauses.ChangeSet,
    clauses.EarlierRating,
    clauses.Change,
    clauses.ChangedType,
    clauses.ChangeRuling,
    clauses.Reference,
    clauses.Mention,
    clauses.AnnouncementReading,
    clauses.ChangeEvent,
    clauses.GoldSentence,
    clauses.GoldLabel,
    clauses.QueueNotice,
)
# Who reads and works here, what they are told, and their secrets.
PEOPLE: tuple[Model, ...] = (
    monitor.Act,
    clauses.Recipient,
    clauses.SavedView,
    clauses.Subscription,
    clauses.Digest,
    clauses.Alert,
    clauses.Confirmation,
    clauses.AccountMail,
    clauses.MailReturn,
    clauses.ApiToken,
    clauses.Webhook,
    clauses.WebhookDelivery,
    clauses.NoticeMail,
    clauses.MailedNotice,
    clauses.Reader,
    clauses.ReadMark,
    clauses.Baseline,
    clauses.Work,
    clauses.WorkEntry,
)
# What is made anew from the rest, and who is at work at the moment.
LEFT_BEHIND: tuple[Model, ...] = (
    monitor.Host,
    clauses.ListedClause,
    clauses.ListedType,
    clauses.ListedFigure,
    clauses.TypeCount,
    clauses.ListingState,
    clauses.AnalysisClaim,
    clauses.RereadingClaim,
    clauses.ReviewClaim,
    clauses.RereadProposal,
    clauses.ApiAnswer,
)
# Rows read at a time. A capture may be megabytes long.
_CHUNK, _BYTES_CHUNK = 500, 20
_NAMED = ("id", "username", "first_name", "last_name")


@dataclass(frozen=True)
class Table:
    """A table in a file: its columns, its rows in the order of writing, and what columns hold that do not travel.

    With `has_bytes` each row is followed by a member with the bytes of its column `packed`.
    """

    model: Model
    columns: tuple[Column, ...]
    chosen: models.QuerySet[Any]
    given: tuple[tuple[models.Field[Any, Any], Any], ...] = ()

    @cached_property
    def name(self) -> str:
        """What it is called in the file: "monitor.snapshot"."""
        return self.model._meta.label_lower

    @property
    def has_bytes(self) -> bool:
        """Whether its rows are packed bytes."""
        return issubclass(self.model, Packed)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The values of every row, column by column; the packed bytes last, where there are any."""
        names = [column.field.attname for column in self.columns]
        if not self.has_bytes:
            yield from self.chosen.values_list(*names).iterator(chunk_size=_CHUNK)
            return
        # What is packed against another comes after it, so that a reader can unpack as it goes.
        for has_base in (False, True):
            rows = self.chosen.filter(base__isnull=not has_base)
            yield from rows.values_list(*names, "packed").iterator(chunk_size=_BYTES_CHUNK)

    def told(self, rows: int) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"name": self.name, "rows": rows, "columns": [column.told() for column in self.columns]}


def tables(*, with_people: bool) -> list[Table]:
    """The tables of a file, in order."""
    people = [*map(_table, PEOPLE)] if with_people else []
    return [*_accounts(with_people=with_people), *map(_table, RECORD), *people]


def _table(model: Model) -> Table:
    is_packed = issubclass(model, Packed)
    fields: Iterable[Any] = model._meta.concrete_fields
    columns = tuple(column_of(field) for field in fields if not (is_packed and field.name == "packed"))
    return Table(model, columns, model._base_manager.order_by("pk"))


def _accounts(*, with_people: bool) -> list[Table]:
    """All accounts with their roles; else the names alone of those who ruled on what is on record."""
    if with_people:
        return [_table(User), _roles()]
    fields = {field.name: field for field in User._meta.concrete_fields}
    columns = tuple(column_of(fields[name]) for name in _NAMED)
    left_out = {
        "password": UNUSABLE_PASSWORD_PREFIX,
        "email": "",
        "is_active": False,
        "is_staff": False,
        "is_superuser": False,
        "date_joined": timezone.now(),
        "last_login": None,
    }
    given = tuple((fields[name], value) for name, value in left_out.items())
    return [Table(User, columns, User.objects.filter(_has_ruled()).order_by("pk"), given)]


def _has_ruled() -> Q:
    named = Q()
    for model in RECORD:
        for field in model._meta.concrete_fields:
            if field.related_model is User:
                named |= Q(pk__in=model._base_manager.order_by().values(field.attname))
    return named


def _roles() -> Table:
    """Who has which role. Roles are called by their names: their keys differ from site to site."""
    through = User.groups.through
    fields = {field.name: field for field in through._meta.concrete_fields}
    role = _Role("role", "text", False, "", fields["group"])
    return Table(
        through, (column_of(fields["id"]), column_of(fields["user"]), role), through.objects.order_by("pk")
    )


class _Role(Column):
    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(Group.objects.values_list("pk", "name"))

    def written(self, value: Any) -> Any:
        return self._names[value]

    def read(self, value: Any) -> Any:
        for key, name in self._names.items():
            if name == value:
                return key
        raise WrongValue("is no role of this site")
