"""What a site says of groups and clause types: other texts, points and further phrases, and types of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from clauses.core.amended_points import MOST_POINTS
from clauses.core.phrases import any_phrase, phrase_pattern, phrase_stem, too_common
from clauses.core.tables import Table, TaxonomyError
from clauses.core.taxonomy import ClauseType, Group, Pattern, Strength, Taxonomy, Where

# What shows a type: the key of its phrases, how strong these are, and where they are looked for.
SHOWN_BY: tuple[tuple[str, Strength, Where], ...] = (
    ("plain_phrases", "explicit", "text"),
    ("weak_phrases", "weak", "text"),
    ("heading_phrases", "explicit", "heading"),
)
PHRASES = (*(key for key, _, _ in SHOWN_BY), "void_phrases")
TEXTS = ("name", "description", "why_it_matters", "what_it_means")
TYPE_KEYS = ("group", *TEXTS, "what_one_can_do", "base_points", *PHRASES, "retired")
# What of these a reading goes by: the name stands in headlines, the rest is shown beside what was read.
READ_KEYS = ("name", "base_points", *PHRASES, "retired")
TYPE_SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_PHRASES = 60
LONGEST_NAME = 60
LONGEST_TEXT = 300
_MOST_GROUPS = 40
_USUAL_POINTS = 2
SLUG_RULE = "the short name must be up to 40 lower-case letters, digits and underscores, a letter first"
_GROUP_SLUG = re.compile(r"[a-z][a-z0-9_]{0,19}")

Tell = Callable[[str], None]


def phrase_patterns(row: Mapping[str, Any]) -> Iterator[Pattern]:
    """The patterns of a row of phrases, by the keys of `SHOWN_BY` and "void_phrases". Raises TaxonomyError."""
    void = any_phrase(row.get("void_phrases", ()))
    for key, strength, where in SHOWN_BY:
        for phrase in row.get(key, ()):
            yield Pattern(phrase_pattern(phrase), strength, void, where)


def amended_taxonomy(taxonomy: Taxonomy, content: Mapping[str, Any], tell: Tell) -> Taxonomy:
    """The taxonomy with the groups and types of a content; what cannot be put over it is told and left out."""
    groups = {group.slug: group for group in taxonomy.groups}
    for slug, name in content.get("groups", {}).items():
        if problem := _group_problem(slug, name):
            tell(f"group {slug}: {problem}")
        else:
            groups[slug] = Group(slug, name)
    if len(groups) > _MOST_GROUPS:
        tell(f"groups: at most {_MOST_GROUPS}")
    types = dict(taxonomy.types)
    # A database may give the rows in any order: types of the site stand by their slugs, after the shipped ones.
    for slug, row in sorted(content.get("types", {}).items()):
        try:
            types[slug] = _amended_type(types.get(slug), groups, slug, row, tell)
        except TaxonomyError as error:
            tell(str(error))
    return replace(taxonomy, groups=tuple(groups.values()), types=MappingProxyType(types))


def _group_problem(slug: str, name: Any) -> str:
    if not _GROUP_SLUG.fullmatch(slug):
        return "the slug must be up to 20 lower-case letters, digits and underscores"
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        return f"needs a name of at most {LONGEST_NAME} characters"
    return ""


def unnamed_type(slug: str) -> ClauseType:
    """What a type of the site is put over: it says nothing, and weighs what most types do."""
    return ClauseType(slug, *("",) * 5, what_one_can_do=(), base_points=_USUAL_POINTS)


def _amended_type(
    shipped: ClauseType | None, groups: Mapping[str, Group], slug: str, row: Any, tell: Tell
) -> ClauseType:
    if not isinstance(row, Mapping):
        raise TaxonomyError(f"type {slug}: must be a table")
    table = Table(f"type {slug}", row)
    table.only(*TYPE_KEYS)
    if shipped is None:
        _check_own(slug, table)
    kind = replace(shipped or unnamed_type(slug), **_texts(table))
    kind = replace(kind, group=row.get("group", kind.group), base_points=_base_points(table, kind))
    if kind.group not in groups:
        # An upgrade of ours may take a group away: a type without one stands on the last shelf until somebody moves it.
        tell(str(table.error("group", "is no group of the taxonomy")))
        kind = replace(kind, group=shipped.group if shipped else [*groups][-1])
    return _retired(_with_phrases(kind, table), table)


def _check_own(slug: str, table: Table) -> None:
    """A type of the site needs a slug that lasts, all of its texts, and something that shows it."""
    if not TYPE_SLUG.fullmatch(slug):
        raise TaxonomyError(f"type {slug}: {SLUG_RULE}")
    if missing := next((key for key in ("group", *TEXTS) if key not in table.row), None):
        raise table.error(missing, "is missing")
    if not any(table.row.get(key) for key, _, _ in SHOWN_BY) and not table.flag("retired"):
        raise TaxonomyError(f"type {slug}: needs a phrase that shows it, or no clause will ever be of it")


def _retired(kind: ClauseType, table: Table) -> ClauseType:
    """Kept for what was ruled and shown by nothing any more, where the row says so."""
    return replace(kind, patterns=(), retired=True) if table.flag("retired") else kind


def _texts(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {key: table.text(key) for key in TEXTS if key in table.row}
    for key, text in found.items():
        most = LONGEST_NAME if key == "name" else LONGEST_TEXT
        if len(text) > most:
            raise table.error(key, f"must be at most {most} characters")
    if "what_one_can_do" in table.row:
        found["what_one_can_do"] = table.texts("what_one_can_do", required=False)
    return found


def _base_points(table: Table, kind: ClauseType) -> int:
    if "base_points" not in table.row:
        return kind.base_points
    points = table.whole("base_points")
    if not 0 <= points <= MOST_POINTS:
        raise table.error("base_points", f"must be between 0 and {MOST_POINTS}")
    return points


def _with_phrases(kind: ClauseType, table: Table) -> ClauseType:
    """The type with further phrases. Those that void it void what the shipped patterns and the model find as well."""
    rows = {key: table.texts(key, required=False) for key in PHRASES}
    for key, phrases in rows.items():
        if len(phrases) > MOST_PHRASES:
            raise table.error(key, f"must be at most {MOST_PHRASES} phrases")
        common = map(too_common, phrases) if key != "void_phrases" else ()
        if why := next(filter(None, common), ""):
            raise table.error(key, f"cannot be used: {why}")
    try:
        added, void = tuple(phrase_patterns(rows)), any_phrase(rows["void_phrases"])
    except TaxonomyError as error:
        raise TaxonomyError(f"{table.path}: {error}") from None
    shipped = (replace(pattern, unless=_either(pattern.unless, void)) for pattern in kind.patterns)
    return replace(
        kind,
        patterns=(*shipped, *added),
        keywords=_sieve(kind.keywords, [phrase for key, _, _ in SHOWN_BY for phrase in rows[key]]),
        model_unless=_either(kind.model_unless, void),
    )


def _either(one: re.Pattern[str] | None, other: re.Pattern[str] | None) -> re.Pattern[str] | None:
    if one is None or other is None:
        return one or other
    return re.compile(f"(?:{one.pattern})|(?:{other.pattern})")


def _sieve(keywords: tuple[str, ...], phrases: Iterable[str]) -> tuple[str, ...]:
    """The keywords of a type that has some, and for each phrase a part of words that a match must hold."""
    return (*keywords, *map(phrase_stem, phrases)) if keywords else ()
