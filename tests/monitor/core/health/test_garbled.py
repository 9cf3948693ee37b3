import pytest

from tests.monitor.core.health.invented import TERMS, html, outcome, page, past

TEXT = "\n".join(text for _, text in TERMS)
ACCENTED = [
    ("p", f"Die Größe ändert sich täglich über Nacht für müde Gäste, die Öl mögen, Nummer {n}.")
    for n in range(9)
]
DRAWING = [("p", "*" * 40 + "=%#+0" * 20) for _ in range(60)]
SOUP = TEXT.encode().decode("utf-16-le", "replace")


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (html([("p", SOUP)]), "not_text"),
        (html([("p", "a" + "".join(chr(0xE000 + n % 500) for n in range(400)))]), "not_text"),
        (html([("p", "".join(chr(0x378 if n % 20 == 0 else 97 + n % 26) for n in range(800)))]), "not_text"),
        (html([(tag, text.encode().decode("cp1252")) for tag, text in ACCENTED]), "not_text"),
        (html(DRAWING), "not_text"),
        (html([("p", ".a{color:red}.b{margin:0}#c{top:1px}" * 9)]), "shell"),
    ],
    ids=["utf-16", "private use", "not assigned", "twice encoded", "drawing", "style sheet"],
)
def test_a_text_that_nobody_can_read_is_held_back(body, expected, known):
    assert outcome(body, past(TERMS) if known else None) == expected


@pytest.mark.parametrize(
    "parts",
    [
        ACCENTED,
        [*TERMS, *DRAWING],
        [("p", "本規約は、利用者と当社の間の契約です。利用者は、本規約に同意し、サービスを使用します。" * 8)],
        [("p", "本协议适用于所有用户。您使用服务，即表示同意本条款；我们可以修改条款，并提前通知您。" * 8)],
        [
            (
                "p",
                "이 약관은 이용자와 회사 사이의 계약입니다. 이용자는 약관에 동의하고 서비스를 사용합니다. "
                * 8,
            )
        ],
        [("p", "ข้อกำหนดนี้เป็นสัญญาระหว่างคุณกับเรา คุณต้องยอมรับก่อนใช้บริการ " * 8)],
        [("p", "Настоящие условия являются договором между вами и нами. " * 8)],
        [("p", "هذه الشروط اتفاق بينك وبيننا ويجب أن توافق عليها قبل استخدام الخدمة. " * 8)],
        [("p", "NÃO SOMOS RESPONSÁVEIS PELA AÇÃO DE TERCEIROS. À SUA DISPOSIÇÃO ESTÃO AS CONDIÇÕES. " * 8)],
        [
            (
                "p",
                'Send {"id": 7} and we answer {"ok": true}. '
                + "We keep no more than that of your request. " * 12,
            )
        ],
        [("p", "| 12 | 4.50 | 2024-05-01 | 99 % |")] * 30,
    ],
)
def test_a_readable_text_of_any_script_is_healthy(parts):
    assert outcome(html(parts)) is None


def test_a_page_whose_publisher_always_served_it_garbled_is_not_held_back_for_it():
    wrong = [(tag, text.encode().decode("cp1252")) for tag, text in ACCENTED]
    changed = [*wrong, ("p", "Neu ist dieser Satz.")]
    assert outcome(html(changed), past(wrong)) is None


def test_the_reasons_hold_no_text_of_the_page():
    from monitor.core.health import judge

    found = judge(page(html([("h1", "Page not found"), ("p", "Zanzibar hippopotamus")])))
    assert found.reasons
    assert not any("Zanzibar" in reason.words or "Page not" in reason.words for reason in found.reasons)
