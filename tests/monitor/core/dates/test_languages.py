"""Dates as texts state them, in every language of the table. All lines are invented."""

from datetime import date
from importlib import import_module

import pytest

from monitor.core.dates.languages import shipped_table
from monitor.core.effective_date import find_effective_date, find_updated_date

DAY = date(2031, 10, 8)
MONTHS = "january february march april may june july august september october november december"

EFFECTIVE = {
    "en": ["Effective date: 8 October 2031", "These Terms of Service come into effect on October 8, 2031."],
    "de": ["Gültig ab 8. Oktober 2031", "Diese Nutzungsbedingungen treten am 8. Oktober 2031 in Kraft."],
    "fr": [
        "En vigueur à compter du 8 octobre 2031",
        "Les présentes conditions entrent en vigueur le 08/10/2031.",
    ],
    "es": ["Fecha de entrada en vigor: 8 de octubre de 2031", "Vigente desde el 08/10/2031"],
    "it": ["In vigore dal 8 ottobre 2031", "Data di entrata in vigore: 08/10/2031"],
    "pt": ["Em vigor a partir de 8 de outubro de 2031", "Data de vigência: 08/10/2031"],
    "nl": ["Van kracht vanaf 8 oktober 2031", "Deze voorwaarden gaan in op 08-10-2031."],
    "sv": ["Gäller från och med den 8 oktober 2031", "Dessa villkor träder i kraft den 8 oktober 2031."],
    "da": ["Gælder fra den 8. oktober 2031", "Disse vilkår træder i kraft den 8. oktober 2031."],
    "no": ["Gjelder fra 8. oktober 2031", "Disse vilkårene trer i kraft 8. oktober 2031."],
    "fi": ["Voimassa 8.10.2031 alkaen", "Voimaantulopäivä: 8. lokakuuta 2031"],
    "pl": [
        "Obowiązuje od 8 października 2031 r.",
        "Niniejszy regulamin wchodzi w życie z dniem 8.10.2031 r.",
    ],
    "cs": ["Účinnost od 8. října 2031", "Tyto podmínky nabývají účinnosti dne 8. 10. 2031."],
    "sk": ["Účinné od 8. októbra 2031", "Tieto podmienky nadobúdajú účinnosť dňa 8. 10. 2031."],
    "hu": ["Hatályba lépés dátuma: 2031. október 8.", "Hatályos: 2031.10.08."],
    "ro": ["În vigoare din 8 octombrie 2031", "Data intrării în vigoare: 08.10.2031"],
    "tr": ["Yürürlük tarihi: 8 Ekim 2031", "Bu koşullar 8 Ekim 2031 tarihinde yürürlüğe girer."],
    "el": ["Ημερομηνία έναρξης ισχύος: 8 Οκτωβρίου 2031", "Ισχύει από 8 Οκτωβρίου 2031"],
    "ru": [
        "Дата вступления в силу: 8 октября 2031 г.",
        "Настоящие условия вступают в силу с 8 октября 2031 года.",
    ],
    "uk": ["Дата набрання чинності: 8 жовтня 2031 року", "Ці умови набирають чинності з 8 жовтня 2031 р."],
    "zh": ["生效日期：2031年10月8日", "本条款自2031年10月8日起生效。", "本政策於2031年10月8日正式生效"],
    "ja": [
        "発効日：2031年10月8日",
        "本規約は、2031年10月8日から施行します。",
        "施行日　２０３１年１０月８日",
    ],
    "ko": ["시행일: 2031년 10월 8일", "이 약관은 2031년 10월 8일부터 시행됩니다.", "시행일자 2031. 10. 8."],
}
UPDATED = {
    "en": ["Last updated: October 8, 2031", "We last updated this privacy policy on 8 October 2031."],
    "de": ["Zuletzt aktualisiert am 8. Oktober 2031", "Stand: 08.10.2031"],
    "fr": ["Dernière mise à jour : 8 octobre 2031", "Cette politique a été mise à jour le 8 octobre 2031."],
    "es": ["Última actualización: 8 de octubre de 2031", "Actualizado el 8 de octubre de 2031"],
    "it": ["Ultimo aggiornamento: 8 ottobre 2031", "Aggiornata al 08/10/2031"],
    "pt": ["Última atualização: 8 de outubro de 2031", "Atualizado em 08/10/2031"],
    "nl": ["Laatst bijgewerkt op 8 oktober 2031", "Laatste wijziging: 8-10-2031"],
    "sv": ["Senast uppdaterad den 8 oktober 2031", "Senast uppdaterad: 2031-10-08"],
    "da": ["Sidst opdateret den 8. oktober 2031", "Seneste opdatering: 8.10.2031"],
    "no": ["Sist oppdatert 8. oktober 2031", "Sist endret: 08.10.2031"],
    "fi": ["Viimeksi päivitetty 8.10.2031", "Viimeisin päivitys: 8. lokakuuta 2031"],
    "pl": ["Ostatnia aktualizacja: 8 października 2031 r.", "Data ostatniej aktualizacji: 08.10.2031"],
    "cs": ["Poslední aktualizace: 8. října 2031", "Naposledy aktualizováno 8. 10. 2031"],
    "sk": ["Posledná aktualizácia: 8. októbra 2031", "Naposledy upravené 8.10.2031"],
    "hu": ["Utolsó módosítás: 2031. október 8.", "Utolsó frissítés: 2031.10.08."],
    "ro": ["Ultima actualizare: 8 octombrie 2031", "Actualizat la 08.10.2031"],
    "tr": ["Son güncelleme tarihi: 8 Ekim 2031", "Son güncelleme: 08.10.2031"],
    "el": ["Τελευταία ενημέρωση: 8 Οκτωβρίου 2031", "Τελευταία τροποποίηση: 08/10/2031"],
    "ru": ["Последнее обновление: 8 октября 2031 г.", "Дата последнего изменения: 08.10.2031"],
    "uk": ["Останнє оновлення: 8 жовтня 2031 р.", "Востаннє оновлено 08.10.2031"],
    "zh": ["最后更新：2031年10月8日", "最後更新日期: 2031 年 10 月 8 日", "2031年10月8日更新"],
    "ja": ["最終更新日：2031年10月8日", "2029年4月1日制定\n2031年10月8日改定"],
    "ko": ["최종 수정일: 2031년 10월 8일", "개정일 2031.10.08", "마지막 업데이트: 2031년 10월 8일"],
}


def lines(table):
    return [(language, line) for language, found in table.items() for line in found]


def test_every_language_of_the_table_has_lines_here():
    assert set(EFFECTIVE) == set(UPDATED) == set(shipped_table())


@pytest.mark.parametrize(("language", "line"), lines(EFFECTIVE))
def test_the_day_from_which_a_text_applies_is_read_and_is_no_day_of_revision(language, line):
    text = f"Coppermere\n{line}\nWe sell kettles."
    assert find_effective_date(text) == DAY
    assert find_updated_date(text) is None


@pytest.mark.parametrize(("language", "line"), lines(UPDATED))
def test_the_day_of_the_last_revision_is_read_and_is_no_effective_date(language, line):
    text = f"Coppermere\n{line}\nWe sell kettles."
    assert find_updated_date(text) == DAY
    assert find_effective_date(text) is None


@pytest.mark.parametrize("language", shipped_table())
def test_both_are_kept_apart_where_a_text_states_both(language):
    effective = EFFECTIVE[language][0]
    updated = UPDATED[language][0].replace("2031", "2030").replace("２０３１", "2030")
    for text in (f"{updated}\n{effective}", f"{effective}\n{updated}"):
        assert find_effective_date(text) == DAY
        assert find_updated_date(text) == DAY.replace(year=2030)


# The heading of an archive, and a link to it.
ARCHIVES = {
    "en": ("Previous versions", "Download PDF, view previous versions"),
    "de": ("Frühere Fassungen", "Frühere Fassungen ansehen"),
    "fr": ("Versions précédentes", "Voir les versions précédentes"),
    "es": ("Versiones anteriores", "Ver versiones anteriores"),
    "it": ("Versioni precedenti", "Visualizza le versioni precedenti"),
    "pt": ("Versões anteriores", "Ver versões anteriores"),
    "nl": ("Vorige versies", "Bekijk vorige versies"),
    "sv": ("Tidigare versioner", "Visa tidigare versioner"),
    "da": ("Tidligere versioner", "Se tidligere versioner"),
    "no": ("Tidligere versjoner", "Vis tidligere versjoner"),
    "fi": ("Aiemmat versiot", "Katso aiemmat versiot"),
    "pl": ("Poprzednie wersje", "Zobacz poprzednie wersje"),
    "cs": ("Předchozí verze", "Zobrazit předchozí verze"),
    "sk": ("Predchádzajúce verzie", "Zobraziť predchádzajúce verzie"),
    "hu": ("Korábbi változatok", "Korábbi változatok megtekintése"),
    "ro": ("Versiuni anterioare", "Vezi versiunile anterioare"),
    "tr": ("Önceki sürümler", "Önceki sürümleri görüntüle"),
    "el": ("Προηγούμενες εκδόσεις", "Δείτε τις προηγούμενες εκδόσεις"),
    "ru": ("Предыдущие версии", "Посмотреть предыдущие версии"),
    "uk": ("Попередні версії", "Переглянути попередні версії"),
    "zh": ("历史版本", "查看历史版本"),
    "ja": ("過去の規約", "過去の規約を見る"),
    "ko": ("이전 약관", "이전 약관 보기"),
}


@pytest.mark.parametrize("language", shipped_table())
def test_dates_below_the_heading_of_an_archive_are_not_of_this_text_and_below_a_link_to_one_they_are(
    language,
):
    heading, link = ARCHIVES[language]
    line = EFFECTIVE[language][0]
    assert find_effective_date(f"Coppermere\n{heading}\n{line}\nWe sell kettles.") is None
    assert find_effective_date(f"Coppermere\n{link}:\n{line}\nWe sell kettles.") is None
    assert find_effective_date(f"Coppermere\n{link}\n{line}\nWe sell kettles.") == DAY


PROSE = "We sell kettles to people who drink tea, and mend them as long as there are parts. " * 8


@pytest.mark.parametrize("between", [PROSE, f"{PROSE}\n" * 12], ids=["near the beginning", "far below"])
@pytest.mark.parametrize(("language", "line"), lines(EFFECTIVE))
def test_a_day_far_below_says_nothing_against_the_one_in_the_opening_lines(language, line, between):
    for other in EFFECTIVE[language]:
        below = other.replace("2031", "2030").replace("２０３１", "2030")
        text = f"Coppermere\n{line}\n{between}\nCoppermere Kettle Addendum\n{below}\n{PROSE}"
        assert find_effective_date(text) == DAY


@pytest.mark.parametrize(("language", "line"), lines(UPDATED))
def test_a_log_of_changes_far_below_says_nothing_against_the_day_in_the_opening_lines(language, line):
    for other in UPDATED[language]:
        log = [other.replace("2031", year).replace("２０３１", year) for year in ("2033", "2030", "2029")]
        text = "\n".join(["Coppermere", line, PROSE, PROSE, *log])
        assert find_updated_date(text) == DAY


@pytest.mark.parametrize("language", [code for code in shipped_table() if code not in {"zh", "ja", "ko"}])
def test_the_months_are_those_another_project_knows(language):
    known = import_module(f"dateparser.data.date_translation_data.{'nb' if language == 'no' else language}")
    for name, ours in zip(MONTHS.split(), shipped_table()[language]["months"], strict=True):
        theirs = {word.rstrip(".").casefold() for word in known.info[name]}
        assert ours.split()[0].casefold() in theirs


def test_no_month_has_two_numbers():
    numbers: dict[str, set[int]] = {}
    for words in shipped_table().values():
        for number, names in enumerate(words["months"], start=1):
            for name in names.split():
                numbers.setdefault(name, set()).add(number)
    assert {name for name, found in numbers.items() if len(found) > 1} == set()
