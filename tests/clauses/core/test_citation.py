"""Citations: the same facts as text, as BibTeX and as CSL JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from clauses.core.citation import Cited, bibtex, csl, csl_file, sentence

ACCESSED = date(2031, 5, 2)
CITED = Cited(
    record_id="P-000123",
    version_id="V-000130",
    platform="Tallow & Finch",
    document="Privacy Policy",
    title="Keeping 100% of {data}",
    recorded_on=date(2031, 3, 1),
    captured_at=datetime(2031, 4, 9, 6, 0, 5, tzinfo=UTC),
    sha256="ab" * 32,
    url="https://proviso.example/records/P-000123/",
    source_url="https://tallow.example/privacy",
    language="en",
)


def test_the_sentence_names_record_capture_hash_and_both_days() -> None:
    text = sentence(CITED, ACCESSED)
    for part in (
        "P-000123",
        "wording first recorded 1 March 2031, proof from the capture of 2031-04-09 06:00:05 UTC (version V-000130)",
        "ab" * 32,
        "accessed 2 May 2031",
    ):
        assert part in text


def test_a_record_without_bytes_is_cited_without_capture_and_hash() -> None:
    text = sentence(replace(CITED, captured_at=None, sha256=""), ACCESSED)
    assert "capture" not in text
    assert "SHA-256" not in text
    assert "version V-000130" in text


def test_the_day_of_the_wording_and_the_moment_of_the_proof_are_told_apart_everywhere() -> None:
    for note in (bibtex(CITED, ACCESSED), csl(CITED, ACCESSED)["note"]):
        assert "wording first recorded 2031-03-01" in str(note)
        assert "proof from the capture of 2031-04-09T06:00:05Z (version V-000130)" in str(note)


def test_bibtex_escapes_what_it_would_read_as_a_command() -> None:
    entry = bibtex(CITED, ACCESSED)
    assert r"Keeping 100\% of \{data\}" in entry
    assert r"Tallow \& Finch" in entry
    assert entry.startswith("@misc{proviso-P-000123,\n")


@given(st.text(max_size=80))
def test_no_title_unbalances_the_braces_of_an_entry(title: str) -> None:
    entry = bibtex(replace(CITED, title=title, platform=title, document=title), ACCESSED)
    bare = entry.replace(r"\{", "").replace(r"\}", "")
    assert bare.count("{") == bare.count("}")


def test_csl_json_is_a_list_of_one_web_page_with_both_dates() -> None:
    (item,) = json.loads(csl_file(csl(CITED, ACCESSED)))
    assert item["type"] == "webpage"
    assert item["issued"] == {"date-parts": [[2031, 3, 1]]}
    assert item["accessed"] == {"date-parts": [[2031, 5, 2]]}
    assert item["author"] == [{"literal": "Tallow & Finch"}]
    assert item["language"] == "en"


def test_a_numbered_clause_is_cited_with_its_number_in_every_form() -> None:
    numbered = replace(CITED, number="4.2(b)")
    assert "Privacy Policy, no. 4.2(b), “Keeping" in sentence(numbered, ACCESSED)
    assert "title = {Privacy Policy, no. 4.2(b): Keeping" in bibtex(numbered, ACCESSED)
    assert "Privacy Policy, § 3(2), “Keeping" in sentence(replace(CITED, number="§ 3(2)"), ACCESSED)
    assert str(csl(numbered, ACCESSED)["title"]).startswith("Privacy Policy, no. 4.2(b): Keeping")
