"""Public numbers: counted in the database, inside the transaction that uses them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import F

from monitor.models.checked import Checked


class Counter(models.Model):
    """The last public number given to one kind of record."""

    letter = models.CharField(max_length=1, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.letter}-{self.last}"

    @classmethod
    def take(cls, letter: str, count: int = 1) -> range:
        """The next `count` numbers of a kind. They are lost with the transaction: no record, no gap.

        The UPDATE locks the row until the transaction ends, so two writers never get the same number.
        """
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("public numbers are taken inside the transaction that uses them")
        if not cls.objects.filter(letter=letter).update(last=F("last") + count):
            cls.objects.get_or_create(letter=letter)
            return cls.take(letter, count)
        last = cls.objects.get(letter=letter).last
        return range(last - count + 1, last + 1)


class Numbered(Checked):
    """A record with a public number that lasts: "V-000123"."""

    LETTER: ClassVar[str]
    DIGITS: ClassVar[int] = 6

    number = models.PositiveBigIntegerField(unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record, under a new number where it has none."""
        if self.number is not None:
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            self.number = Counter.take(self.LETTER)[0]
            super().save(*args, **kwargs)

    @property
    def public_id(self) -> str:
        """The ID a reader cites."""
        return f"{self.LETTER}-{self.number:0{self.DIGITS}d}"
