"""Invented sentences of terms in other languages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.core.abroad import read_abroad
from clauses.core.blend import read_types
from clauses.core.classify import has_say
from clauses.core.read import read_clause
from clauses.core.tables import Table
from clauses.core.taxonomy import TaxonomyError, read_type, shipped_taxonomy
from clauses.core.values import Passage
from clauses.core.vocabularies import read_vocabularies

TAXONOMY = shipped_taxonomy()
SENTENCES = [
    ("choice_of_law", "Auf diesen Vertrag ist ausschließlich österreichisches Recht anwendbar."),
    ("jurisdiction_venue", "Gerichtsstand für alle Streitigkeiten ist Linz, soweit gesetzlich zulässig."),
    ("unilateral_change", "Wir behalten uns vor, diese Nutzungsbedingungen jederzeit zu ändern."),
    ("data_retention", "Wir bewahren Ihre Daten auf."),
    ("data_sale", "Wir verkaufen Ihre personenbezogenen Daten nicht."),
    ("liability_limitation", "Die Haftung für leichte Fahrlässigkeit wird ausgeschlossen."),
    ("choice_of_law", "Les présentes sont régies par le droit français, quel que soit votre pays."),
    ("tracking_cookies", "Notre site dépose des traceurs et des balises sur votre terminal."),
    ("data_sale", "Vos données ne sont jamais vendues ni louées."),
    ("children_age", "Ce jeu est réservé aux personnes âgées de 16 ans, les mineurs en sont exclus."),
    ("account_termination", "Podemos suspender o cancelar su cuenta si no paga."),
    ("jurisdiction_venue", "Las partes se someten a los juzgados y tribunales de Sevilla."),
    ("indemnification", "L'utente si impegna a manlevare la società da ogni pretesa."),
    ("user_data_rights", "Você tem direito de acesso, de retificação e de portabilidade."),
    ("liability_limitation", "Wij zijn niet aansprakelijk voor indirecte schade."),
    ("data_retention", "Dane przechowujemy przez okres trzech lat."),
    ("unilateral_change", "Vyhrazujeme si právo měnit tyto podmínky."),
    ("acceptable_use", "Запрещается рассылать оскорбительные сообщения."),
]  # fmt: skip
WORDS = sorted({word for _, text in SENTENCES for word in text.split()})


@pytest.mark.parametrize(("slug", "text"), SENTENCES)
def test_words_of_law_give_a_type_of_low_confidence_and_no_rating(slug, text):
    read = read_clause(Passage.alone(text), TAXONOMY)
    assert read.slugs[0] == slug
    assert (read.severity, read.confidence, read.reasons) == ("none", "low", ())
    assert all(text[words.start : words.end] == words.text for words in read.types[0].evidence)
    assert read.types[0].evidence


def test_what_only_the_heading_says_is_weaker_still_and_has_no_words_to_show():
    text = "Dies gilt auch für unsere Beschäftigten und Beauftragten."
    under = replace(Passage.alone(text), heading_path=("8. Haftung",))
    (match,) = read_types(under, TAXONOMY)[0]
    assert (match.slug, match.evidence) == ("liability_limitation", ())
    assert match.score < read_abroad(Passage.alone("Wir haften nicht."), TAXONOMY)[0].score


def test_a_heading_supports_what_the_words_say():
    text = "Bei Kündigung wird das Guthaben von uns einbehalten."
    alone = read_abroad(Passage.alone(text), TAXONOMY)
    under = read_abroad(replace(Passage.alone(text), heading_path=("Kündigung",)), TAXONOMY)
    assert [match.slug for match in alone] == [match.slug for match in under] == ["account_termination"]
    assert under[0].score > alone[0].score


def test_the_language_with_most_of_the_words_counts():
    """Cookies are called so everywhere: what stands beside them tells which vocabulary to read with."""
    text = "Les cookies et traceurs sont conservés treize mois ; compétence exclusive des tribunaux de Lyon."
    found = {match.slug for match in read_abroad(Passage.alone(text), TAXONOMY)}
    assert {"tracking_cookies", "data_retention", "jurisdiction_venue"} <= found


def test_english_words_inside_another_language_are_not_sure():
    text = "Eine Class Action, also eine Sammelklage, ist für Verbraucher ausgeschlossen."
    read = read_clause(Passage.alone(text), TAXONOMY)
    assert read.slugs[0] == "class_action_waiver"
    assert read.confidence == "medium"


def test_phrases_of_a_site_keep_their_weight_in_any_language():
    row = {
        "slug": "pledge",
        "name": "Pledge",
        "description": "A pledge.",
        "why_it_matters": "It binds.",
        "what_it_means": "It binds.",
        "what_one_can_do": ["Keep it."],
        "base_points": 1,
        "patterns": [{"pattern": r"\bpfandgut\b", "strength": "explicit"}],
    }
    kind = read_type(Table("site", row), "data", TAXONOMY.words)
    site = replace(TAXONOMY, types={**TAXONOMY.types, kind.slug: kind})
    read = read_clause(Passage.alone("Das Pfandgut haftet für alle Forderungen gegen Sie."), site)
    assert (read.slugs[0], read.confidence) == ("pledge", "high")


def test_english_is_never_read_by_another_vocabulary():
    text = "We sell the data of minors and use cookies; the tribunal in Lyon has jurisdiction."
    assert read_abroad(Passage.alone(text), TAXONOMY)
    without = replace(TAXONOMY, abroad={})
    assert read_types(Passage.alone(text), TAXONOMY) == read_types(Passage.alone(text), without)


def test_without_a_model_nothing_tells_another_language_apart():
    rules = replace(TAXONOMY, model=lambda: None)
    assert read_types(Passage.alone("Wir haften nicht."), rules)[0] == ()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join))
def test_any_words_give_slices_of_the_text_and_have_no_say(text):
    found = read_abroad(Passage.alone(text), TAXONOMY)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert not any(has_say(match) for match in found)
    for match in found:
        assert match.slug in TAXONOMY.types
        assert all(text[words.start : words.end] == words.text for words in match.evidence)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"de": {"common": "der", "arbitrage": ["a"]}}, "abroad.toml: de: arbitrage is not a known key"),
        ({"german": {"common": "der"}}, "german must be two letters"),
        ({"de": ["a"]}, "abroad.toml: de must be a table"),
        ({"de": {"arbitration": ["schieds"]}}, "common must be a text"),
        ({"de": {"common": "der", "arbitration": ["("]}}, "arbitration is not a regular expression"),
        ({"de": {"common": "der", "arbitration": ["Haftung"]}}, "lower case"),
    ],
)
def test_a_bad_vocabulary_is_refused_with_language_and_type(row, message):
    with pytest.raises(TaxonomyError, match=message):
        read_vocabularies(Table("abroad.toml", row), {}, {"arbitration"})
