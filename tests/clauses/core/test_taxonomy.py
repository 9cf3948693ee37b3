import re
import time
from importlib import resources

import pytest

from clauses.core.taxonomy import TaxonomyError, load_taxonomy, shipped_taxonomy

TAXONOMY = shipped_taxonomy()
FOLDER = resources.files("clauses") / "taxonomy"
FILES = {f.name: f.read_bytes() for f in FOLDER.iterdir() if f.name.endswith(".toml")}
ALL_PATTERNS = {
    *(p.regex.pattern for kind in TAXONOMY.types.values() for p in kind.patterns),
    *(p.unless.pattern for kind in TAXONOMY.types.values() for p in kind.patterns if p.unless),
    *(regex.pattern for factor in TAXONOMY.rubric.factors for regex in factor.patterns),
    *(factor.unless.pattern for factor in TAXONOMY.rubric.factors if factor.unless),
    *(regex.pattern for regex in TAXONOMY.boilerplate),
    *(regex.pattern for regex in TAXONOMY.pointers),
    *(
        regex.pattern
        for words in TAXONOMY.abroad.values()
        for found in words.types.values()
        for regex in found
    ),
}


def own_words(source):
    """A text of the words a pattern looks for, over and over: what makes a careless pattern run away."""
    words = re.findall(r"[a-z]{2,}", re.sub(r"\\.", " ", source)) or ["a"]
    text = " ".join(words)
    return (text + " ") * (50_000 // (len(text) + 1) + 1)


def with_pattern(table):
    return broken("other.toml", b"base_points", b"patterns = [{" + table + b"}]\nbase_points")


def test_it_has_the_researched_types_in_their_groups():
    assert len(TAXONOMY.types) == 36
    assert list(TAXONOMY.types)[-1] == "other"
    assert {kind.group for kind in TAXONOMY.types.values()} == {group.slug for group in TAXONOMY.groups}


@pytest.mark.parametrize("slug", list(TAXONOMY.types))
def test_a_type_can_be_explained_and_found(slug):
    kind = TAXONOMY.types[slug]
    assert 1 <= len(kind.what_one_can_do) <= 3
    assert 20 <= len(kind.description) <= 300
    if slug != "other":
        assert any(p.strength == "explicit" and p.where == "text" for p in kind.patterns)
        assert any(p.where == "heading" for p in kind.patterns)
        assert all(keyword == keyword.lower() for keyword in kind.keywords)


@pytest.mark.parametrize("slug", [slug for slug in TAXONOMY.types if slug != "other"])
def test_no_severity_follows_from_the_type_alone(slug):
    applying = [f for f in TAXONOMY.rubric.factors if not f.applies_to or slug in f.applies_to]
    base = TAXONOMY.types[slug].base_points
    reachable = {
        TAXONOMY.rubric.severity(base),
        TAXONOMY.rubric.severity(base + sum(f.points for f in applying if f.points > 0)),
        TAXONOMY.rubric.severity(base + sum(f.points for f in applying if f.points < 0)),
    }
    assert len(reachable) > 1


def test_no_pattern_runs_away_on_fifty_kilobytes():
    slow = {}
    for source in ALL_PATTERNS:
        regex = re.compile(source)
        for text in ("a" * 50_000, " " * 50_000, own_words(source)):
            began = time.process_time()
            for _ in regex.finditer(text):
                pass
            spent = time.process_time() - began
            if spent > 2:
                slow[source] = spent
    assert not slow


def broken(name, before, after):
    return FILES | {name: FILES[name].replace(before, after, 1)}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "taxonomy.toml: is missing"),
        (FILES | {"ai.toml": b"[[type"}, "ai.toml: is not readable"),
        (FILES | {"ai.toml": b"\xff"}, "ai.toml: is not readable"),
        (broken("ai.toml", b'name = "AI training"', b'nam = "AI"'), r"\[1\]: nam is not a known key"),
        (broken("ai.toml", b'name = "AI training"', b'name = " "'), r"type\[1\]: name must be a text"),
        (broken("ai.toml", b"base_points = 4", b'base_points = "4"'), r"\[1\]: base_points must be a"),
        (broken("ai.toml", b'"ai_training"', b'"AI"'), r"ai.toml: type\[1\]: slug must be lower-case"),
        (broken("ai.toml", b'"ai_training"', b'"arbitration"'), r"slug arbitration is used twice"),
        (with_pattern(b"strength='weak', pattern='('"),
         r"other.toml: type\[1\]: patterns\[1\]: pattern is not a regular expression"),
        (with_pattern(b"strength='weak', pattern='A'"), "lower case"),
        (with_pattern(b"strength='weak', pattern='<nope>'"), "<nope>"),
        (with_pattern(b"strength='loud', pattern='a'"),
         "strength must be one of explicit, weak"),
        (broken("rubric.toml", b"medium = 3", b"medium = 9"), "rubric.toml: high must be above medium"),
        (broken("rubric.toml", b'["arbitration"]', b'["arbitrage"]'), "no type of the taxonomy: arbitrage"),
        (broken("rubric.toml", b'code = "perpetual"', b'code = "no_notice"'), "code no_notice is used twice"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_file_and_key(files, message):
    with pytest.raises(TaxonomyError, match=message):
        load_taxonomy(files)


def test_files_nobody_asks_for_are_ignored():
    assert load_taxonomy(FILES | {"change_rubric.toml": b"not toml ["}).types.keys() == TAXONOMY.types.keys()
