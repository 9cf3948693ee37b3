"""The clause types, the patterns that show them, and the rubric their severity is rated by.

The shipped files stand in `clauses/taxonomy/`: `taxonomy.toml` (version, groups, shared words, boilerplate),
`rubric.toml` (thresholds and factors), `abroad.toml` (words of other languages) and one file of types per group.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast

from clauses.core.model_file import shipped_bytes, shipped_model
from clauses.core.patterns import optional_regex, regex, regexes
from clauses.core.rubric import FactFactor, Factor, Rubric, read_rubric
from clauses.core.site_head import SiteHead
from clauses.core.tables import Table, TaxonomyError, read_table
from clauses.core.type_model import TypeModel
from clauses.core.vocabularies import Vocabulary, read_vocabularies

__all__ = [
    "ClauseType",
    "FactFactor",
    "Factor",
    "Group",
    "Pattern",
    "Rubric",
    "Taxonomy",
    "TaxonomyError",
    "load_taxonomy",
    "read_type",
    "shipped_taxonomy",
]

Strength = Literal["explicit", "weak"]
Where = Literal["text", "heading"]
# The version of a site's own types comes behind this one; a stored version has room for 20 characters.
_VERSION_LENGTH = 5
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_TYPE_KEYS = (
    "slug",
    "name",
    "description",
    "why_it_matters",
    "what_it_means",
    "what_one_can_do",
    "base_points",
    "keywords",
    "general",
    "model_unless",
    "patterns",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A shelf of clause types, as readers see it."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that show a type, read in folded text (`folding.folded`).

    "explicit" words show it by themselves; "weak" ones need company or give low confidence. With
    `where="heading"` they are looked for in heading, list intro and header cells only: there an explicit one
    can type a clause alone, a weak one only supports what the clause itself says. `unless` names words of the
    same sentence that void it.
    """

    regex: re.Pattern[str]
    strength: Strength
    unless: re.Pattern[str] | None = None
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class ClauseType:
    """One entry of the taxonomy.

    `base_points` are its severity before any factor. `keywords` are a fast sieve: a sentence that holds none
    of them is not searched; without keywords every sentence is. A `general` type stands behind one
    that is more particular ("we keep the data we collect" is of retention first). A `retired` one is kept for
    what was ruled, and given to nothing new. Words of `model_unless` void what the model alone sees: "you may not
    resell the service" is no sale of data.
    """

    slug: str
    name: str
    group: str
    description: str
    why_it_matters: str
    what_it_means: str
    what_one_can_do: tuple[str, ...]
    base_points: int
    patterns: tuple[Pattern, ...] = ()
    keywords: tuple[str, ...] = ()
    general: bool = False
    retired: bool = False
    model_unless: re.Pattern[str] | None = None


def _no_model() -> None:
    """Rules stand alone."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All types by slug in reading order, with the rubric they are rated by.

    `model` gives the trained model that reads beside the rules, or None where rules stand alone; `head` is what was
    learned from the decisions of a site; `abroad` are words that show types in other languages.
    """

    version: str
    groups: tuple[Group, ...]
    types: Mapping[str, ClauseType]
    boilerplate: tuple[re.Pattern[str], ...]
    pointers: tuple[re.Pattern[str], ...]
    rubric: Rubric
    words: Mapping[str, str]
    abroad: Mapping[str, Vocabulary]
    model: Callable[[], TypeModel | None] = _no_model
    head: SiteHead | None = None


@cache
def shipped_taxonomy() -> Taxonomy:
    """The taxonomy that comes with the program, with its trained model.

    Another model gives it another version, under which classifications are stored.
    """
    folder = resources.files("clauses") / "taxonomy"
    rules = load_taxonomy({f.name: f.read_bytes() for f in folder.iterdir() if f.name.endswith(".toml")})
    if not (model := shipped_bytes()):
        return rules
    digest = hashlib.sha256(model).hexdigest()[:_VERSION_LENGTH]
    return replace(rules, version=f"{rules.version}-{digest}", model=shipped_model)


def load_taxonomy(files: Mapping[str, bytes]) -> Taxonomy:
    """A taxonomy from its TOML files by name; files that `taxonomy.toml` does not ask for are ignored.

    Raises TaxonomyError naming file and key where something is missing, misspelt or not a regular expression.
    """
    index = read_table(files, "taxonomy.toml")
    index.only("version", "groups", "words", "boilerplate", "pointers")
    words = index.mapping("words")
    groups = tuple(_group(table) for table in index.tables("groups"))
    types: dict[str, ClauseType] = {}
    for group in groups:
        source = read_table(files, f"{group.slug}.toml")
        source.only("type")
        for table in source.tables("type"):
            found = read_type(table, group.slug, words)
            if found.slug in types:
                raise table.error("slug", f"{found.slug} is used twice")
            types[found.slug] = found
    return Taxonomy(
        version=index.text("version"),
        groups=groups,
        types=MappingProxyType(types),
        boilerplate=regexes(index, "boilerplate", words),
        pointers=regexes(index, "pointers", words),
        rubric=read_rubric(read_table(files, "rubric.toml"), words, frozenset(types)),
        words=MappingProxyType(words),
        abroad=read_vocabularies(read_table(files, "abroad.toml"), words, types),
    )


def read_type(table: Table, group: str, words: Mapping[str, str]) -> ClauseType:
    """A clause type from its table, as in the shipped files; `words` are those of the taxonomy it will join.

    Raises TaxonomyError naming the key that is missing or wrong.
    """
    table.only(*_TYPE_KEYS)
    slug = table.text("slug")
    if not _SLUG.fullmatch(slug):
        raise table.error("slug", "must be lower-case letters, digits and underscores")
    return ClauseType(
        slug=slug,
        name=table.text("name"),
        group=group,
        description=table.text("description"),
        why_it_matters=table.text("why_it_matters"),
        what_it_means=table.text("what_it_means"),
        what_one_can_do=table.texts("what_one_can_do"),
        base_points=table.whole("base_points"),
        patterns=tuple(_pattern(row, words) for row in table.tables("patterns", required=False)),
        keywords=table.texts("keywords", required=False),
        general=table.flag("general"),
        model_unless=optional_regex(table, "model_unless", words),
    )


def _group(table: Table) -> Group:
    table.only("slug", "name")
    return Group(table.text("slug"), table.text("name"))


def _pattern(table: Table, words: Mapping[str, str]) -> Pattern:
    table.only("pattern", "strength", "unless", "where")
    return Pattern(
        regex=regex(table, "pattern", table.text("pattern"), words),
        strength=cast(Strength, _choice(table, "strength", ("explicit", "weak"), None)),
        unless=optional_regex(table, "unless", words),
        where=cast(Where, _choice(table, "where", ("text", "heading"), "text")),
    )


def _choice(table: Table, key: str, allowed: tuple[str, ...], default: str | None) -> str:
    value = table.text(key, default)
    if value not in allowed:
        raise table.error(key, f"must be one of {', '.join(allowed)}")
    return value
