import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.language import LANGUAGES, believed, detect, is_same

# Each says: You may use the service from today, as long as you keep to these terms.
TEXTS = {
    "cs": "Službu smíte od dnešního dne používat, dokud dodržujete tyto podmínky a platíte včas.",
    "da": "Du må bruge tjenesten fra i dag, så længe du overholder disse vilkår og betaler til tiden.",
    "de": "Sie dürfen den Dienst ab heute nutzen, solange Sie sich an diese Bedingungen halten.",
    "en": "You may use the service from today, as long as you keep to these terms and pay in time.",
    "es": "Puede utilizar el servicio desde hoy, siempre que respete estas condiciones y pague a tiempo.",
    "fr": "Vous pouvez utiliser le service dès aujourd’hui, tant que vous respectez ces conditions.",
    "it": "Può usare il servizio da oggi, purché rispetti queste condizioni e paghi puntualmente.",
    "ja": "本規約を守るかぎり、本日からサービスをご利用いただけます。料金は期日までにお支払いください。",
    "ko": "이 약관을 지키는 한 오늘부터 서비스를 이용할 수 있으며 요금은 제때 지불해야 합니다.",
    "nl": "U mag de dienst vanaf vandaag gebruiken, zolang u zich aan deze voorwaarden houdt.",
    "pl": "Od dziś możesz korzystać z usługi, o ile przestrzegasz tych warunków i płacisz na czas.",
    "pt": "Você pode usar o serviço a partir de hoje, desde que cumpra estas condições e pague em dia.",
    "ru": "Вы можете пользоваться сервисом с сегодняшнего дня, если соблюдаете эти условия.",
    "sv": "Du får använda tjänsten från och med i dag, så länge du följer dessa villkor.",
    "uk": "Ви можете користуватися сервісом від сьогодні, якщо дотримуєтеся цих умов.",
    "zh": "只要您遵守这些条款并按时付款，从今天起即可使用本服务，我们会提前通知任何变更。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_one_sentence_is_enough_to_know_its_language(language):
    code, confidence = detect(TEXTS[language])
    assert code == language
    assert confidence > 0.8


@pytest.mark.parametrize("text", ["", " \n", "12345", "… — !", "\x00"])
def test_a_text_without_words_has_no_language(text):
    assert detect(text) == ("", 0.0)


def test_a_long_text_is_looked_at_throughout():
    text = "Menu " * 100 + TEXTS["de"] * 400
    assert detect(text)[0] == "de"


@pytest.mark.parametrize(
    ("stated", "text", "shown"),
    [
        ("de-at", TEXTS["de"] * 9, "de-at"),
        ("de", TEXTS["de"], "de"),
        ("en-us", TEXTS["de"] * 9, "de"),
        ("en-us", TEXTS["de"], "en-us"),
        ("nb-no", TEXTS["da"] * 9, "nb-no"),
        ("zh-hant-tw", TEXTS["zh"] * 20, "zh-hant-tw"),
        ("iw", TEXTS["en"] * 9, "en"),
        ("", TEXTS["fr"], "fr"),
        ("", "Terms", ""),
        ("en", "", "en"),
    ],
)
def test_what_the_page_states_stands_unless_a_long_text_is_surely_in_another_language(stated, text, shown):
    assert believed(stated, text) == shown


def test_two_codes_of_one_language_are_the_same_whatever_the_region():
    assert is_same("pt-BR", "pt")
    assert is_same("nb_NO", "no")
    assert is_same("fil", "tl")
    assert not is_same("pt", "es")


@given(st.text())
def test_any_text_has_a_known_language_or_none(text):
    code, confidence = detect(text)
    assert code in {*LANGUAGES, ""}
    assert 0 <= confidence <= 1
