"""All that changed between two versions of a document, rated and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import get_args

from clauses.core.align import align, heading_key
from clauses.core.cached import cached
from clauses.core.change_facts import fact_changes
from clauses.core.change_phrases import Wording, title_of
from clauses.core.change_rubric import ChangeRubric
from clauses.core.change_rubric_file import shipped_change_rubric
from clauses.core.change_severity import Rating, rate_change
from clauses.core.change_summary import affected, highest, summary
from clauses.core.changed_types import inventory
from clauses.core.contracting import replaced_party
from clauses.core.edited import ClauseEdit, Inventory, edit_of, joined_text
from clauses.core.editions import edition_sentence
from clauses.core.editorial import Edit, EditKind, Rewording, defined_renames, edit_kind
from clauses.core.headline import change_summary, headline, is_rewrite, leading_change
from clauses.core.introduced import kept_items
from clauses.core.rulings import Ruling, with_rulings
from clauses.core.told_type import is_sure, of_whom, shown_type, telling_types
from clauses.core.unpaused import unpaused
from clauses.core.unread import is_unreadable, is_without_rating, unread
from clauses.core.values import (
    SEVERITIES,
    ChangeKind,
    Classification,
    ClauseChange,
    Comparison,
    Direction,
    DocumentChangeKind,
    Pair,
    PairKind,
    ReadClause,
    Run,
    Severity,
    severity_rank,
)

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NO_RULINGS: Mapping[int, Sequence[Ruling]] = MappingProxyType({})
_EDITED = ("modified", "split", "merged")
# Another court or law is another rule, not another name.
_NAMED_RULES = frozenset({"jurisdiction_venue", "choice_of_law"})


@dataclass(frozen=True)
class _Versions:
    """Both versions, and what is known of them as a whole."""

    old: Sequence[ReadClause]
    new: Sequence[ReadClause]
    inventories: tuple[Inventory, Inventory]
    kept: Mapping[int, int]
    renames: frozenset[Edit]
    rubric: ChangeRubric


@dataclass(eq=False)
class _Changed:
    """A pair that did not stay as it was, with its redline. Its edit is worked out once, where anything asks for it."""

    pair: Pair
    runs: tuple[Run, ...]
    versions: _Versions

    @property
    def sides(self) -> tuple[list[ReadClause], list[ReadClause]]:
        """The old and the new clauses."""
        old, new = self.versions.old, self.versions.new
        return [old[i] for i in self.pair.old], [new[j] for j in self.pair.new]

    @cached
    def edit(self) -> ClauseEdit:
        """Both wordings and where they differ, and the items of the list that they introduce."""
        edit = edit_of(*self.sides, self.runs, self.versions.inventories, self.versions.rubric)
        if self.pair.kind == "modified":
            at, versions = (self.pair.old[0], self.pair.new[0]), self.versions
            edit.items = tuple(kept_items(versions.old, versions.new, at, versions.kept))
        return edit


@unpaused()
def compare(
    old: Sequence[ReadClause],
    new: Sequence[ReadClause],
    *,
    subject: str,
    rubric: ChangeRubric | None = None,
    type_names: Mapping[str, str] = _NO_NAMES,
    document: str = "",
    rulings: Mapping[int, Sequence[Ruling]] = _NO_RULINGS,
    pairs: tuple[Pair, ...] | None = None,
) -> Comparison:
    """Every change between two versions in document order, rated by the rubric (the shipped one by default).

    `subject` is who acts in the sentences ("Northlight"; "The document" for files), `document` what it is
    called ("Terms of Service", may be empty), `type_names` the readers' names of types by slug. The kinds
    "links" and "whitespace" are never given: only who sees the raw texts can tell. The texts of a split
    or merged clause are joined by a line break in its redline. `rulings` are what curators said of old clauses,
    by index, the latest first: see `with_rulings`. `pairs` are the aligned clauses, where they are known.
    """
    rubric = rubric or shipped_change_rubric()
    wording = Wording(subject, document, type_names, rubric)
    if pairs is None:
        pairs = align([clause.passage for clause in old], [clause.passage for clause in new])
    old, new = with_rulings(old, new, pairs, rulings) if rulings else (old, new)
    changed = [(pair, _reworded(pair, old, new)) for pair in pairs if pair.kind != "unchanged"]
    versions = _Versions(
        old,
        new,
        (inventory(old, rubric), inventory(new, rubric)),
        {pair.new[0]: pair.old[0] for pair in pairs if pair.kind == "unchanged"},
        _renames(changed, old, new),
        rubric,
    )
    judged = [_judged(pair, rewording, versions) for pair, rewording in changed]
    is_foreign = any(is_without_rating(change) for change, _ in judged) and is_unreadable(new or old)
    changes = tuple(
        change._replace(
            summary=change_summary(wording, change, _edit_of(change, edit), _path(change, versions))
        )
        for change, edit in judged
    )
    changes = unread(changes) if is_foreign else changes
    counts = _counts(pairs)
    kind = _kind(changes, [edit for _, edit in judged], versions, pairs)
    severity = SEVERITIES[max((severity_rank(change.severity) for change in changes), default=0)]
    adverse = highest(change.adverse for change in changes)
    favorable = highest(change.favorable for change in changes)
    direction = _direction(changes, adverse, favorable)
    rewritten = sum(edit == "wording" for _, edit in judged)
    lead = None if is_rewrite(rewritten, counts) else leading_change(changes, direction)
    return Comparison(
        kind=kind,
        severity=severity,
        direction=direction,
        adverse=adverse,
        favorable=favorable,
        headline=headline(wording, kind, lead, changes, counts),
        summary=summary(wording, lead, changes, counts, edition_sentence(old, new)),
        affected=affected(changes),
        counts=counts,
        changes=changes,
        pairs=pairs,
    )


def _path(change: ClauseChange, versions: _Versions) -> tuple[str, ...]:
    """The headings that a changed clause stands under."""
    side, places = (versions.new, change.pair.new) if change.pair.new else (versions.old, change.pair.old)
    return side[places[0]].passage.heading_path


def _counts(pairs: Iterable[Pair]) -> dict[str, int]:
    found = Counter(pair.kind for pair in pairs)
    return {kind: found[kind] for kind in get_args(PairKind)}


def _renames(
    changed: Iterable[tuple[Pair, Rewording]], old: Sequence[ReadClause], new: Sequence[ReadClause]
) -> frozenset[Edit]:
    return defined_renames(
        rewording
        for pair, rewording in changed
        if pair.kind in _EDITED
        and _NAMED_RULES.isdisjoint(_slugs(old, pair.old))
        and _NAMED_RULES.isdisjoint(_slugs(new, pair.new))
    )


def _reworded(pair: Pair, old: Sequence[ReadClause], new: Sequence[ReadClause]) -> Rewording:
    rewording = Rewording(_text(old, pair.old), _text(new, pair.new))
    return rewording.compared() if pair.kind in _EDITED else rewording


def _text(clauses: Sequence[ReadClause], indexes: Iterable[int]) -> str:
    return joined_text([clauses[i] for i in indexes])


def _read(clauses: Sequence[ReadClause], indexes: Iterable[int]) -> list[Classification]:
    return [clauses[i].classification for i in indexes]


def _slugs(clauses: Sequence[ReadClause], indexes: Iterable[int]) -> list[str]:
    return [match.slug for i in indexes for match in clauses[i].classification.types]


def _judged(pair: Pair, rewording: Rewording, versions: _Versions) -> tuple[ClauseChange, EditKind]:
    """The change of a pair without its summary, and the kind of edit it is."""
    changed = _Changed(pair, rewording.runs, versions)
    edit = edit_kind(rewording, versions.renames)
    rating = _rating(changed, edit)
    types = tuple(dict.fromkeys((*_slugs(versions.new, pair.new), *_slugs(versions.old, pair.old))))
    change = ClauseChange(
        kind=_change_kind(pair),
        types=types,
        severity=rating.severity,
        direction=rating.direction,
        reasons=rating.reasons,
        pair=pair,
        redline=changed.runs,
        facts=rating.facts,
        summary="",
        adverse=rating.adverse,
        favorable=rating.favorable,
        told_type=_told_type(changed, types),
    )
    return change, edit


def _told_type(changed: _Changed, types: Sequence[str]) -> str:
    """The strongest type; of an edited clause of several the strongest that its changed words show.

    Empty for one that is not sure, where a heading can name the clause.
    """
    found = telling_types(types)
    if not found:
        return ""
    if len(found) > 1 and changed.pair.kind in _EDITED:
        found = [shown_type(found, changed.edit)]
    clauses = changed.sides[1] or changed.sides[0]
    if title_of(clauses[0].passage.heading_path) and not is_sure(found[0], chain(*changed.sides)):
        return ""
    return of_whom(found[0], clauses, changed.versions.rubric.statements)


def _change_kind(pair: Pair) -> ChangeKind:
    if pair.kind == "unchanged":
        raise ValueError("an unchanged clause is no change")
    return pair.kind


def _rating(changed: _Changed, edit: EditKind) -> Rating:
    pair, versions = changed.pair, changed.versions
    if pair.kind in {"moved", "renumbered"}:
        return Rating("none", "neutral", (), ())
    old, new = _read(versions.old, pair.old), _read(versions.new, pair.new)
    facts = fact_changes([f for item in old for f in item.facts], [f for item in new for f in item.facts])
    is_figure = any(
        change.kind in versions.rubric.facts or change.kind in versions.rubric.places.names
        for change in facts
    )
    is_other_party = edit == "editorial" and replaced_party(
        _text(versions.old, pair.old), _text(versions.new, pair.new)
    )
    if edit != "wording" and pair.kind in _EDITED and not is_figure and not is_other_party:
        return Rating("none", "neutral", (), facts)
    return rate_change(changed.edit, facts)


def _kind(
    changes: Sequence[ClauseChange], edits: Sequence[EditKind], versions: _Versions, pairs: Iterable[Pair]
) -> DocumentChangeKind:
    """The first that applies of substantive, editorial, date, renumbered, reordered and none."""
    if any(change.severity != "none" for change in changes):
        return "substantive"
    kinds = {_edit_of(change, edit) for change, edit in zip(changes, edits, strict=True)}
    if _has_new_headings(versions, pairs):
        kinds.add("editorial")
    order: tuple[DocumentChangeKind, ...] = ("editorial", "date", "renumbered", "reordered")
    return next((kind for kind in order if kind in kinds), "none")


def _edit_of(change: ClauseChange, edit: EditKind) -> DocumentChangeKind:
    if change.kind == "moved":
        return "reordered"
    if change.kind == "renumbered" or edit == "renumbered":
        return "renumbered"
    return "date" if edit == "date" and change.kind == "modified" else "editorial"


def _has_new_headings(versions: _Versions, pairs: Iterable[Pair]) -> bool:
    """Whether clauses that stayed stand under a heading of another wording."""
    stayed = (
        (versions.old[pair.old[0]].passage, versions.new[pair.new[0]].passage)
        for pair in pairs
        if pair.kind == "unchanged"
    )
    return any(
        before.heading_path != after.heading_path and heading_key(before) != heading_key(after)
        for before, after in stayed
    )


def _direction(changes: Sequence[ClauseChange], adverse: Severity, favorable: Severity) -> Direction:
    """The one all rated changes have; else that of the side with the higher severity, mixed where both are as high."""
    found = {change.direction for change in changes if change.severity != "none"}
    if len(found) < 2:
        return next(iter(found), "neutral")
    if adverse == favorable:
        return "mixed"
    return "adverse" if severity_rank(adverse) > severity_rank(favorable) else "favorable"
