"""Rows that are only ever followed by other ones."""

from __future__ import annotations

from typing import Any, ClassVar

from monitor.models.checked import Checked


class AppendOnly(Checked):
    """A row that is saved once and then neither changed nor deleted.

    `NOUN` names it in the words of `IS_FINAL`, which is raised where somebody tries.
    """

    NOUN: ClassVar[str]
    IS_FINAL: ClassVar[type[TypeError]]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new row. Raises `IS_FINAL` for one that is saved already."""
        if self.pk is not None:
            raise self.IS_FINAL(f"{self.NOUN} is followed by another one, never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Raises `IS_FINAL`."""
        raise self.IS_FINAL(f"{self.NOUN} is followed by another one, never deleted")
