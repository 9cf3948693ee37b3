"""Citations of change sets: the same facts as text, as BibTeX and as CSL JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from clauses.core.change_citation import CitedChange, CitedText, bibtex, csl, sentence

ACCESSED = date(2031, 5, 2)
CITED = CitedChange(
    change_set_id="C-000456",
    platform="Tallow & Finch",
    document="Privacy Policy",
    headline="Tallow keeps 100% of it",
    old=CitedText("V-000123", date(2030, 11, 20), "ab" * 32),
    new=CitedText("V-000130", date(2031, 3, 1), "cd" * 32),
    url="https://proviso.example/changes/C-000456/",
    language="en",
)


def test_the_sentence_names_both_texts_with_day_and_hash() -> None:
    assert sentence(CITED, ACCESSED) == (
        "Proviso change set C-000456, Tallow & Finch, Privacy Policy, headed “Tallow keeps 100% of it”, "
        f"text of 20 November 2030 (version V-000123, SHA-256 {'ab' * 32}) "
        f"against text of 1 March 2031 (version V-000130, SHA-256 {'cd' * 32}), "
        "https://proviso.example/changes/C-000456/, accessed 2 May 2031."
    )


def test_bibtex_has_the_same_facts_and_escapes_them() -> None:
    entry = bibtex(CITED, ACCESSED)
    assert entry.startswith("@misc{proviso-C-000456,\n")
    assert r"Tallow \& Finch" in entry
    assert r"keeps 100\% of it" in entry
    assert "Proviso change set C-000456" in entry
    for part in ("V-000123", "2030-11-20", "ab" * 32, "V-000130", "2031-03-01", "cd" * 32):
        assert part in entry


def test_csl_is_issued_on_the_day_the_new_text_was_seen() -> None:
    item = csl(CITED, ACCESSED)
    assert (item["id"], item["version"]) == ("C-000456", "V-000123...V-000130")
    assert item["issued"] == {"date-parts": [[2031, 3, 1]]}
    assert item["accessed"] == {"date-parts": [[2031, 5, 2]]}
    assert "language" not in csl(replace(CITED, language=""), ACCESSED)


def test_a_change_set_without_a_headline_is_cited_by_its_document() -> None:
    bare = replace(CITED, headline="")
    assert "“" not in sentence(bare, ACCESSED)
    assert csl(bare, ACCESSED)["title"] == "Tallow & Finch, Privacy Policy"


def test_our_sentence_about_a_platform_is_not_cited_as_its_own() -> None:
    assert "author = {{Proviso}}" in bibtex(CITED, ACCESSED)
    assert r"title = {Tallow \& Finch, Privacy Policy: Tallow keeps 100\% of it}" in bibtex(CITED, ACCESSED)
    assert csl(CITED, ACCESSED)["author"] == [{"literal": "Proviso"}]
