"""What signed-in people filter by beside the words of a change: the team's work on it, and what they have read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import QueryDict

from clauses.forms.changes import ChangeFilterForm, PlatformsField, ReadableForm, platforms
from clauses.models import ChangeSet, Work, WorkStatus
from clauses.queries.work import NOBODY, OPEN, TeamFilter, people, worked_on

_ME = "me"
_KEEP = "keep"
_LONGEST_NOTE = 4000


def assignees() -> list[tuple[str, str]]:
    """Who can be given work, by key."""
    return [(str(pk), name) for pk, name in people().values_list("pk", "username")]


def _whose() -> list[tuple[str, str]]:
    """Whose work a list can be narrowed to."""
    return [("", "Anyone"), (_ME, "Me"), (NOBODY, "Nobody"), *assignees()]


def _assignee_key(form: ReadableForm, user: Any) -> str:
    """Whose work such a form asks for, as TeamFilter has it."""
    assignee = form.value("assignee") or ""
    return str(user.pk) if assignee == _ME else assignee


class TeamFilterForm(ChangeFilterForm):
    """Which changes to list, also by their status, by whose they are, and by what one has read."""

    status = forms.ChoiceField(required=False, choices=[("", "All"), *WorkStatus.choices])
    assignee = forms.ChoiceField(
        label="Assigned to",
        required=False,
        choices=_whose,
    )
    read = forms.ChoiceField(
        label="Read by me", required=False, choices=[("", "All"), ("unread", "Unread only")]
    )

    def team_asked(self, user: Any) -> TeamFilter:
        """The part of the filter that only signed-in people have."""
        return TeamFilter(
            status=self.value("status") or "",
            assignee=_assignee_key(self, user),
            is_unread=bool(self.value("read")),
        )


def filter_form(query: QueryDict, user: Any) -> ChangeFilterForm:
    """The filter of the lists of changes, with the team's fields for who is signed in."""
    return TeamFilterForm(query) if user.is_authenticated else ChangeFilterForm(query)


def team_filter(form: ChangeFilterForm, user: Any) -> TeamFilter:
    """What such a form asks for of the team's work: nothing, for who is not signed in."""
    return form.team_asked(user) if isinstance(form, TeamFilterForm) else TeamFilter()


class WorkListForm(ReadableForm):
    """Which work to list. Without a word it is what is open, whosever it is."""

    status = forms.ChoiceField(required=False, choices=[("", "Open"), *WorkStatus.choices, ("any", "Any")])
    assignee = forms.ChoiceField(
        label="Assigned to",
        required=False,
        choices=_whose,
    )
    platform = PlatformsField(choices=platforms)

    def found(self, user: User) -> QuerySet[ChangeSet]:
        """The change sets that it asks for."""
        status = self.value("status") or OPEN
        return worked_on(
            status="" if status == "any" else status,
            assignee=_assignee_key(self, user),
            platforms=self.value("platform") or (),
        )


class WorkForm(forms.Form):
    """A step of the work on one change set, from where that stands. `seen` is the revision that was looked at."""

    status = forms.TypedChoiceField(choices=WorkStatus.choices, coerce=WorkStatus)
    assignee = forms.ChoiceField(label="Assigned to", required=False)
    note = forms.CharField(
        label="Internal note",
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the team alone. Kept with your name; it cannot be changed later.",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, work: Work, sent: Any = None) -> None:
        initial = {"status": work.status, "assignee": work.assignee_id or "", "seen": work.revision}
        super().__init__(sent, auto_id="work_%s", initial=initial, label_suffix="")
        self._present = work.assignee
        self.fields["assignee"].choices = self._choices()  # type: ignore[attr-defined]

    def _choices(self) -> list[tuple[str, str]]:
        """Who can be given work, and whoever has it: a note must not take it from somebody who was deactivated."""
        found = [("", "Nobody"), *assignees()]
        if self._present and not self._present.is_active:
            found.append((str(self._present.pk), f"{self._present.get_username()} (deactivated)"))
        return found

    def clean_note(self) -> str:
        """The note without blanks around it."""
        return str(self.cleaned_data["note"]).strip()

    @property
    def assigned(self) -> User | None:
        """Whom the form names."""
        chosen = self.cleaned_data["assignee"] or "0"
        if self._present and chosen == str(self._present.pk):
            return self._present
        return people().filter(pk=chosen).first()


class ChosenForm(forms.Form):
    """Rows chosen in a list. `row` holds their numbers with the revision of the work that was shown: "123.4"."""

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self._rows = sent.getlist("row")
        self._shown = sent.get("shown", "").split(",")
        self._newest = sent.get("newest", "")

    def chosen(self) -> dict[int, int]:
        """Revision by number of the rows that were ticked; what is not understood is left out."""
        return _revisions(self._rows)

    def shown(self) -> dict[int, int]:
        """The same for all rows of the page."""
        return _revisions(self._shown)

    def newest(self) -> int:
        """The highest number there was when the page was made; 0 where the page did not say."""
        return next(iter(_revisions([self._newest])), 0)


class BulkWorkForm(ChosenForm):
    """One status, one assignee or both for the chosen rows."""

    status = forms.ChoiceField(required=False, choices=[("", "as it is"), *WorkStatus.choices])
    assignee = forms.ChoiceField(required=False)

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.fields["assignee"].choices = bulk_assignees()  # type: ignore[attr-defined]

    @property
    def wanted_status(self) -> WorkStatus | None:
        """The status asked for; None leaves it."""
        return WorkStatus(self.cleaned_data["status"]) if self.cleaned_data["status"] else None

    @property
    def assigns(self) -> bool:
        """Whether an assignee is asked for, be it nobody."""
        return self.cleaned_data["assignee"] not in {"", _KEEP}

    @property
    def assigned(self) -> User | None:
        """Whom the form names."""
        assignee = self.cleaned_data["assignee"]
        return people().filter(pk=assignee).first() if assignee.isdigit() else None


def bulk_assignees() -> list[tuple[str, str]]:
    """What the list offers for the assignee of the chosen rows."""
    return [(_KEEP, "as it is"), (NOBODY, "Nobody"), *assignees()]


def _revisions(words: list[str]) -> dict[int, int]:
    found: dict[int, int] = {}
    for word in words[:500]:
        number, _, revision = word.partition(".")
        # Longer digits would not fit into a column; isdecimal alone takes other scripts' digits, which int() reads.
        if number.isdecimal() and len(number) <= 12 and (revision or "0").isdecimal() and len(revision) <= 9:
            found[int(number)] = int(revision or 0)
    return found
