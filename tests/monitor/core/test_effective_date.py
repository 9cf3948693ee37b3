from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core import effective_date
from monitor.core.dates.languages import shipped_table
from monitor.core.dates.written import dates_in
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
        "These terms apply from 8 October 2031 for all users.",
        "Diese Bedingungen gelten ab dem 8. Oktober 2031 für alle Nutzer.",
        "Ces conditions entrent en vigueur le 8 octobre 2031 pour tous les utilisateurs.",
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
        "If you joined before May 5, 2031, the Terms effective December 1, 2030 apply.",
        "Archived versions\nEffective May 1, 2031\nEffective June 1, 2030",
        "Archived versions\nEffective May 1, 2031",
        "Effective 1 July 2031 Acme LLC becomes Acme Inc.",
        "Related: Cookie Policy, Updated May 5, 2031",
        "Hosting Addendum (last updated May 1, 2031) and Support Policy (last updated June 1, 2031) count.",
        "EU Consumer Rights Code, updated 1 May 2031",
        "These Terms are effective 1 May 2031. These Terms are effective 2 May 2031.",
        "Wenn Sie vor dem 5. Mai 2031 kamen, gelten die Bedingungen, gültig ab 1. Mai 2030.",
        "Archiv\nGültig ab 1. Mai 2031",
        "Historique des versions\nEn vigueur le 1 mai 2031",
        "Véase: Política de cookies, actualizada el 5 de mayo de 2031",
        "Codice del consumo, aggiornato il 1 maggio 2031",
        "历史版本\n生效日期：2031年5月1日",
        "Архив\nДата вступления в силу: 1 мая 2031 г.",
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


@pytest.mark.parametrize(
    "text",
    [
        "The law effective 1 May 2031 applies to you.",
        "Effective 1 May 2031, the Data Act requires us to share logs.",
        "Le règlement général est entré en vigueur le 25 mai 2018.",
        "Das Gesetz ist seit dem 1. Mai 2031 in Kraft.",
        "Gemäß BDSG (Stand 25. Mai 2018) gilt das Folgende.",
        "La ley 12/2031, en vigor desde el 1 de mayo de 2031, lo exige.",
        "《个人信息保护法》自2021年11月1日起施行。",
        "個人情報保護法は2022年4月1日から施行されました。",
        "개인정보 보호법은 2023년 9월 15일부터 시행되었습니다.",
        "Закон вступает в силу с 1 мая 2031 года.",
        "Ustawa wchodzi w życie z dniem 1 maja 2031 r.",
        "Zákon nabývá účinnosti dne 1. 5. 2031.",
        "Lagen träder i kraft den 1 maj 2031.",
        "Our prices were updated on 1 May 2031 for some plans.",
        "Diese Bedingungen ersetzen die Fassung vom 1. Mai 2031.",
        "Remplace la version en vigueur au 1er mai 2031",
        "Sustituye a la versión anterior, vigente desde el 1 de mayo de 2031",
        "Unsere Preise gelten ab 1. Mai 2031.",
        "Diese Bedingungen gelten ab dem 1. Mai 2031 für neue Nutzer.",
        "The offer is valid from 1 May 2031 to 31 May 2031.",
        "Valid from 1 May 2031 to 31 May 2031 you get a discount.",
        "Effective January 1, 2031, California residents may ask us for a copy.",
        "พ.ศ. มีผลบังคับใช้ 8 ตุลาคม 2574",
        "令和7年8月28日施行",
        "施行日：令和13年10月8日",
        "Gültig ab 31.02.2031",
        "生效日期：2031年13月8日",
        "시행일: 2031년 2월 30일",
        "Effective 03/04/2031",
        "Last updated 03-04-2031",
        "生效日期：03/04/2031",
        "The case was decided on 1 May 2031 and the order took effect on 2 May 2031.",
        "Gültig ab Oktober 2031",
        "En vigueur à compter de sa publication",
        "We revised our fees on 1 May 2031.",
        "Your subscription is in effect from 1 May 2031.",
        "Il regolamento (UE) 2016/679, in vigore dal 24 maggio 2016, si applica.",
        "Effective 1 May 2031 and until further notice, shipping is free.",
        "Last updated by the moderator. On 1 May 2031 we met.",
        "本服务自2031年5月1日起收费。",
        "本協定書は2031年5月1日に署名された。",
    ],
)
def test_the_day_of_a_law_a_price_or_another_calendar_is_none_of_this_text(text):
    assert find_effective_date(text) is None
    assert find_updated_date(text) is None


def test_what_is_only_for_some_readers_is_not_the_day_of_the_text():
    text = "Changes for EU users effective 1 August 2031. These Terms are effective 1 March 2031."
    assert find_effective_date(text) == date(2031, 3, 1)


def test_a_day_at_the_beginning_counts_before_a_log_of_changes_at_the_end():
    log = "\n".join(["Words " * 900, "Updated: May 1, 2031", "Updated: June 1, 2030"])
    assert find_updated_date(f"Updated: October 8, 2031\n{log}") == DAY
    assert find_updated_date(log) is None


PHRASES = [
    phrase
    for words in shipped_table().values()
    for key in ("effective", "updated", "between", "nouns")
    for phrase in words[key]
]
FIGURES = "日 年 月 . : , / - 2031 1999 3 31 12 13 octobre Mai 令和 until"
PIECES = [*PHRASES, *FIGURES.split(), "\n", " "]
PROSE = "We sell kettles to people who drink tea, and mend them as long as there are parts. " * 8


@pytest.mark.parametrize(
    "lines",
    [
        ["Effective: May 1, 2031", "Effective: May 2, 2031"],
        [
            "Effective: May 1, 2031",
            "Acme Ltd., 1 Kettle Street",
            "These terms are effective as of May 2, 2031.",
        ],
        ["2031年5月1日施行", "2031年5月2日施行"],
    ],
)
def test_of_two_days_that_stand_together_neither_is_chosen(lines):
    assert find_effective_date("\n".join(["Terms", *lines, PROSE])) is None


def test_the_day_nearest_to_the_beginning_counts_however_its_label_stands():
    text = f"本規約は2031年10月8日から施行します。\n{PROSE}\n附則\n施行日：2029年4月1日"
    assert find_effective_date(text) == DAY
    assert find_effective_date(f"施行日：2031年10月8日\n{PROSE}\n2029年4月1日施行") == DAY


def test_of_a_history_of_revisions_the_latest_counts_and_only_where_it_stands_together():
    history = "2029年4月1日制定\n2030年1月2日改定\n2031年10月8日改定"
    assert find_updated_date(f"規約\n{history}\n{PROSE}\n2033年1月1日改定") == DAY
    assert find_updated_date(f"規約\n{PROSE * 9}\n{history}") == DAY


def test_a_bare_label_dates_the_document_at_its_beginning_and_end_and_else_its_section():
    section = f"{PROSE * 8}\nKettle Addendum\nEffective: October 8, 2031\n{PROSE * 8}"
    assert find_effective_date(f"Terms\n{section}") is None
    assert find_effective_date(f"Terms\n{section}\nEffective: May 1, 2031") == date(2031, 5, 1)
    naming = section.replace("Effective:", "These terms are effective as of")
    assert find_effective_date(f"Terms\n{naming}") == DAY


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), st.sampled_from(["", "\n"]))
def test_nothing_that_comes_later_changes_the_day_in_the_opening_lines(later, glue):
    opening = "Terms\nLast updated: May 1, 2031\nEffective: October 8, 2031\n"
    text = f"{opening}{PROSE}{glue}{later}"
    assert find_effective_date(text) == DAY
    assert find_updated_date(text) == date(2031, 5, 1)


def test_figures_are_read_in_the_order_of_the_label_and_not_at_all_where_it_has_none():
    assert find_effective_date("En vigueur au 03/04/2031") == date(2031, 4, 3)
    assert find_effective_date("Effective 03/04/2031") is None
    assert find_effective_date("Effective 10/23/2031") == date(2031, 10, 23)
    assert find_effective_date("Effective 04/04/2031") == date(2031, 4, 4)


def test_of_a_list_of_dates_no_more_is_looked_at_than_of_a_long_document():
    text = "Opening hours on 1.1.2031\n" * 40_000 + "Last updated: October 8, 2031"
    assert find_updated_date(text) is None
    looked_at = effective_date._where_dates_stand(text)
    assert len(looked_at) < 70_000
    assert looked_at.endswith("Last updated: October 8, 2031")
    assert (
        find_updated_date("Words " * 9000 + "\n" + "A line\n" * 40_000 + "Last updated: October 8, 2031")
        == DAY
    )


def test_one_date_may_be_both():
    text = "Last updated and effective: October 8, 2031"
    assert find_effective_date(text) == find_updated_date(text) == DAY


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
def test_no_day_is_stated_that_is_not_written(text):
    for day in (find_effective_date(text), find_updated_date(text)):
        if day:
            assert any(written.on(order) == day for written in dates_in(text) for order in ("", "dmy"))
            assert str(day.year) in text
            assert str(day.day) in text


@given(st.text())
def test_any_text_is_searched_without_an_error(text):
    assert find_effective_date(text) is None or "19" in text or "20" in text
    assert find_updated_date(text) is None or "19" in text or "20" in text
