from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.effective_date import find_effective_date, find_updated_date

DAY = date(2031, 10, 8)


@pytest.mark.parametrize(
    "text",
    [
        "Terms\nEffective October 8, 2031",
        "Effective Date: Oct. 8th, 2031.",
        "These terms are effective as of October 8, 2031.",
        "Terms PolicyEffective 8. Oktober 2031Previous Version",
        "Wirksam ab dem 8. Oktober 2031",
        "Date d’entrée en vigueur : 8 octobre 2031",
        "Fecha de entrada en vigor: 8 de octubre de 2031",
        "In vigore dal 8 ottobre 2031",
        "Em vigor a partir de 8 de outubro de 2031",
        "Ingangsdatum: 8 oktober 2031",
        "Last updated: October 1, 2031\nEffective: October 8, 2031",
        "Effective October 8, 2031 Previous version effective March 1, 2030",
        "The previous version, effective March 1, 2030, ends.\nEffective October 8, 2031",
    ],
)
def test_the_day_from_which_a_text_applies_is_found(text):
    assert find_effective_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Last updated: 8 October 2031",
        "This policy was last modified on 2031-10-08.",
        "Updated: 8.10.2031",
        "Last revised 8 Oct 2031",
        "Zuletzt aktualisiert am 08.10.2031",
        "Stand: 8. Oktober 2031",
        "Dernière mise à jour le 8 octobre 2031",
        "Última actualización: 8 de octubre de 2031",
        "Ultimo aggiornamento: 8 ottobre 2031",
        "Última atualização: 8 de outubro de 2031",
        "Laatst bijgewerkt op 8 oktober 2031",
        "Words " * 900 + "\nLast updated October 8, 2031",
        "Last updated: October 8, 2031\nEffective: November 1, 2031",
    ],
)
def test_the_day_of_the_last_revision_is_found_and_is_no_effective_date(text):
    assert find_updated_date(text) == DAY
    assert find_effective_date(text) != DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We were founded on October 8, 2031.",
        "Your right under the act, effective October 8, 2031, is unaffected.",
        "Effective immediately. On October 8, 2031 we met.",
        "Last updated 8/10/2031",
        "Effective October 2031",
        "Effective February 31, 2031",
        "This was ineffective October 8, 2031",
        "Updated this week",
        "Words " * 900
        + "\n"
        + "Notices to you become effective October 8, 2031 if they were sent to the address "
        "that you gave us when you opened your account.",
    ],
)
def test_no_date_is_guessed(text):
    assert find_effective_date(text) is None
    assert find_updated_date(text) is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_from_its_written_forms(day):
    for written in (day.isoformat(), day.strftime("%B %d, %Y"), day.strftime("%d %b %Y")):
        assert find_effective_date(f"Effective {written}") == day


@given(st.text())
def test_any_text_is_searched_without_an_error(text):
    assert find_effective_date(text) is None or "19" in text or "20" in text
