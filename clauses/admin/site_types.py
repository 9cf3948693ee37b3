"""The clause types that this site has beside the shipped ones."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from clauses.core.amended_types import PHRASES
from clauses.core.periods import counted
from clauses.forms.phrases import PhraseFields, PhraseLines, phrases_key
from clauses.models import Decision, Label, SiteType
from clauses.queries.phrase_matches import Matches, phrase_matches
from clauses.queries.waiting import rereading
from clauses.site_taxonomy import FIELDS, clause_type, refresh_taxonomy, taxonomy_in_force
from clauses.tasks import reread_soon
from monitor.admin.permissions import NoBulkDelete, SeenByCurators
from monitor.roles import is_curator


class SiteTypeForm(PhraseFields, forms.ModelForm):  # type: ignore[type-arg]
    """A type with its phrases by lines."""

    group = forms.ChoiceField(choices=lambda: [(g.slug, g.name) for g in taxonomy_in_force().groups])
    what_one_can_do = PhraseLines(label="What one can do", help_text="One piece of advice a line.")

    def full_clean(self) -> None:
        """Check, and hold back phrases whose matches nobody has looked at yet: the form is shown again with them."""
        super().full_clean()
        self.matches: Matches | None = None
        if self.is_bound and not self.errors and not self.instance.is_retired and self._finds_otherwise():
            row = vars(self.instance)
            self.matches = phrase_matches(clause_type(row), row)
            self.add_error(None, "Look at what the phrases would find, and save again.")

    @property
    def phrases_key(self) -> str:
        """Tells the phrases that were looked at from others."""
        return phrases_key(vars(self.instance))

    def _finds_otherwise(self) -> bool:
        is_other = not {*PHRASES, "is_retired"}.isdisjoint(self.changed_data)
        return is_other and self.data.get("looked_at") != self.phrases_key

    class Meta:
        model = SiteType
        widgets = dict.fromkeys(
            ("description", "why_it_matters", "what_it_means"), forms.TextInput({"size": 100})
        )
        fields = FIELDS


@admin.register(SiteType)
class SiteTypeAdmin(SeenByCurators, NoBulkDelete):
    """Curators add types and change how they are found. A type that clauses carry is retired, not deleted."""

    form = SiteTypeForm
    change_form_template = "admin/clauses/sitetype/change_form.html"
    list_display = ("name", "slug", "group", "base_points", "clause_count", "is_retired")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SiteType]:
        """Each type with the number of clauses that carry it."""
        same = Label.objects.filter(type=OuterRef("slug")).order_by().values("type")
        carried = Coalesce(Subquery(same.annotate(count=Count("pk")).values("count")), 0)
        types: QuerySet[SiteType] = super().get_queryset(request)
        return types.annotate(carried=carried)

    @admin.display(description="Clauses", ordering="carried")
    def clause_count(self, site_type: Any) -> int:
        """How many clauses carry it."""
        return int(site_type.carried)

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        """Curators."""
        return is_curator(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators."""
        return is_curator(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Curators, as long as no clause is of it and none was ever ruled to be."""
        return is_curator(request.user) and not (obj and _is_used(obj.slug))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """None: a slug of this taxonomy has no hyphens."""
        return {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The slug lasts."""
        return ("slug",) if obj else ()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """The form; with what its phrases would find where that is still to be looked at, which is no error."""
        form = context["adminform"].form
        if matches := getattr(form, "matches", None):
            context.update(matches=matches, phrases_key=form.phrases_key, errors=None)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and say from when on it counts."""
        super().save_model(request, obj, form, change)
        refresh_taxonomy()
        self._read_anew(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, and drop it from the taxonomy in force."""
        super().delete_model(request, obj)
        refresh_taxonomy()
        self._read_anew(request)

    def _read_anew(self, request: HttpRequest) -> None:
        """Have the documents read by the taxonomy that was just changed, and say so."""
        reread_soon()
        if progress := rereading():
            are = "is" if progress.left == 1 else "are"
            messages.info(
                request,
                f"{counted(progress.left, 'document')} {are} being read anew by the changed taxonomy. "
                "The pages of the clause types say how far.",
            )


def _is_used(slug: str) -> bool:
    ruled = Decision.objects.values_list("types", flat=True)
    return Label.objects.filter(type=slug).exists() or any(slug in types for types in ruled.iterator())
