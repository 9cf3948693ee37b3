import pytest

from tests.monitor.core.health.invented import PLANS, PRIVACY, TERMS, html, outcome, past

SCRIPT = "<script src=/app.js></script>"
WIDGET = "<script src=https://challenges.cloudflare.com/turnstile/v0/api.js></script>"
FORM = "<form><input name=mail><input type=password name=word><button>Go</button></form>"
BUTTONS = "<div><button>Accept all</button><button>Reject all</button></div>"


def small(title, *lines):
    return [("h1", title), *(("p", line) for line in lines)]


ERRORS = [
    ("Page not found", "Sorry, the page you are looking for isn't available."),
    ("404", "Nothing here. Go back to the start."),
    ("404 - Not Found | Kiteboard", "The requested URL was not found on this server."),
    ("Error 503", "Try again later."),
    ("Kiteboard", "Something went wrong. We have been told and are working on it."),
    ("Kiteboard", "Application error: a client-side exception has occurred."),
    ("403 Forbidden", "You don't have permission to see this."),
    ("Access denied", "Your address is on a list."),
    ("Service unavailable", "We'll be back soon."),
    ("Under maintenance", "We are polishing the pencils. Please come back in an hour."),
    ("Oops! We can't find that page", "It may have flown away."),
    ("Seite nicht gefunden", "Die angeforderte Seite existiert nicht mehr."),
    ("Fehler 500", "Es ist ein Fehler aufgetreten."),
    ("Page introuvable", "Désolé, la page demandée n'existe pas."),
    ("Une erreur est survenue", "Veuillez réessayer plus tard."),
    ("Página no encontrada", "Lo sentimos, esta página no existe."),
    ("Pagina non trovata", "La pagina che cerchi non esiste."),
    ("Página não encontrada", "Desculpe, algo deu errado."),
    ("Pagina niet gevonden", "Deze pagina bestaat niet of niet meer."),
    ("Nie znaleziono strony", "Przepraszamy, strona nie istnieje."),
    ("ページが見つかりません", "お探しのページは存在しません。"),
    ("页面不存在", "抱歉，您访问的页面不存在。"),
    ("Không tìm thấy trang", "Rất tiếc, đã xảy ra lỗi."),
]
BOT_WALLS = [
    ("Just a moment...", "Verify you are human by completing the action below."),
    ("Kiteboard", "Checking your browser before you enter kiteboard.example. This takes five seconds."),
    ("Kiteboard", "Enable JavaScript and cookies to continue"),
    ("Attention Required!", "Please complete the security check to reach the page."),
    ("Pardon our interruption", "Something about your browser made us think you are a bot."),
    ("Access to this page has been denied", "Press & hold to confirm you are a human and not a bot."),
    ("Nur einen Moment …", "Bestätigen Sie, dass Sie ein Mensch sind."),
    ("Un instant…", "Vérifiez que vous êtes humain."),
    ("Un momento…", "Verifique que usted es un ser humano."),
    ("Een ogenblik geduld…", "Bevestig dat u een mens bent."),
    ("しばらくお待ちください", "人間であることを確認します。"),
    ("请稍候", "请完成安全验证"),
]
LOGINS = [
    ("Sign in", "Please sign in to continue. Email Password Forgot password?"),
    ("Log in to Kiteboard", "Email address Password Remember me"),
    ("Anmelden", "E-Mail Passwort Passwort vergessen?"),
    ("Connexion", "Adresse e-mail Mot de passe"),
    ("Iniciar sesión", "Correo Contraseña"),
    ("Accedi", "E-mail Password"),
    ("Inloggen", "E-mail Wachtwoord"),
    ("Zaloguj się", "E-mail Hasło"),
    ("ログイン", "メールアドレス パスワード"),
    ("登录", "邮箱 密码"),
]
CONSENTS = [
    ("Before you continue", "We use cookies and data to deliver our services. Accept all Reject all"),
    ("We value your privacy", "We and our partners store cookies. Choose Accept all or Manage options."),
    ("Bevor Sie fortfahren", "Wir verwenden Cookies. Alle akzeptieren Alle ablehnen"),
    ("Avant de continuer", "Nous utilisons des cookies. Tout accepter Tout refuser"),
    ("Antes de continuar", "Usamos cookies. Aceptar todo Rechazar todo"),
    ("Prima di continuare", "Utilizziamo i cookie. Accetta tutto Rifiuta tutto"),
    ("Voordat je verdergaat", "We gebruiken cookies. Alles accepteren Alles afwijzen"),
]
SHELLS = [
    (("p", "Loading…"),),
    (("p", "You need to enable JavaScript to run this app."),),
    (("p", "Please wait while the page is made ready."),),
    (("p", "Wird geladen …"),),
    (("p", "Chargement…"),),
    (("p", "読み込み中"),),
]


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [(*row, "soft_error") for row in ERRORS]
    + [(*row, "bot_wall") for row in BOT_WALLS]
    + [(*row, "login_wall") for row in LOGINS]
    + [(*row, "consent_wall") for row in CONSENTS],
)
def test_a_page_that_stands_in_for_the_document_is_held_back(title, line, expected, known):
    history = past(TERMS) if known else None
    assert outcome(html(small(title, line)), history) == expected


@pytest.mark.parametrize(("title", "line"), [ERRORS[0], BOT_WALLS[0], LOGINS[0], CONSENTS[0]])
def test_it_is_recognized_where_the_selectors_find_nothing(title, line):
    assert outcome(html(small(title, line)), select=("article",)) is not None


@pytest.mark.parametrize("parts", SHELLS)
def test_what_waits_for_its_text_is_a_shell(parts):
    assert outcome(html(parts, title="Kiteboard"), past(TERMS)) == "shell"


@pytest.mark.parametrize(
    "markup",
    [
        "<!doctype html><html><head><script src=a.js></script></head><body><div id=app></div></body></html>",
        f"<html><body><div class='page skeleton'></div>{SCRIPT}</body></html>",
        f"<html><body><noscript>You need JavaScript.</noscript><div id=root></div>{SCRIPT}</body></html>",
    ],
)
def test_a_frame_that_scripts_should_have_filled_is_a_shell(markup):
    assert outcome(markup, past(TERMS)) == "shell"
    assert outcome(markup) == "shell"


def test_a_page_without_scripts_and_words_is_no_shell_but_empty():
    assert outcome("<!doctype html><html><head></head><body><div id=app></div></body></html>") is None


def test_next_to_nothing_left_of_a_long_text_is_a_shell():
    assert outcome(html([("p", "Kiteboard terms of use")]), past(TERMS)) == "shell"


def test_a_challenge_and_a_few_words_are_a_bot_wall():
    assert outcome(html([("p", "kiteboard.example")], after=WIDGET)) == "bot_wall"


def test_a_password_field_where_the_terms_were_is_a_login_wall():
    assert outcome(html(small("Kiteboard", "Hello again!"), after=FORM), past(TERMS)) == "login_wall"


@pytest.mark.parametrize(
    ("final_url", "parts", "expected"),
    [
        ("https://kiteboard.example/", PLANS, "soft_error"),
        ("https://kiteboard.example/en/", PLANS, "soft_error"),
        ("https://kiteboard.example/errors/gone", small("Kiteboard", "The kite has flown."), "soft_error"),
        ("https://kiteboard.example/login?next=/legal/terms", small("Kiteboard", "Hello!"), "login_wall"),
        ("https://accounts.kiteboard.example/signin/v2", small("Kiteboard", "Hello!"), "login_wall"),
        ("https://kiteboard.example/consent?to=terms", small("Kiteboard", "Choose."), "consent_wall"),
    ],
)
def test_a_redirect_elsewhere_is_told_by_its_address(final_url, parts, expected):
    assert outcome(html(parts), past(TERMS), final_url=final_url) == expected
    assert outcome(html(parts), final_url=final_url) == expected


@pytest.mark.parametrize("final_url", ["https://kiteboard.example/", "https://kiteboard.example/login"])
def test_an_odd_address_with_the_terms_is_healthy(final_url):
    changed = html([*TERMS, ("p", "Since April, drawings may hold sound.")])
    assert outcome(changed, past(TERMS), final_url=final_url) is None
    assert outcome(changed, final_url=final_url) is None


@pytest.mark.parametrize("known", [False, True], ids=["first", "later"])
@pytest.mark.parametrize(
    "markup",
    [
        html(TERMS),
        html(TERMS, before=f"<header>{FORM}</header>"),
        html(TERMS, after=f"<div><p>We use cookies.</p>{BUTTONS}</div>"),
        html(TERMS, head="<script src=https://www.google.com/recaptcha/api.js></script>", after=WIDGET),
        html(TERMS, title="404"),
        html([*TERMS, ("h2", "Page not found"), ("p", "Access denied pages cost you nothing either.")]),
        html([*TERMS, ("h2", "Sign in"), ("p", "You sign in with your mail address.")]),
        html([*TERMS, ("h2", "Cookies"), ("p", "We use cookies. You can accept all or reject all of them.")]),
        html([("p", "Loading…"), *TERMS]),
        html([("p", "Something went wrong while loading your picture."), *TERMS]),
    ],
)
def test_a_policy_with_such_words_or_forms_beside_its_text_is_healthy(markup, known):
    assert outcome(markup, past(PRIVACY if known is None else TERMS) if known else None) is None


@pytest.mark.parametrize(
    "parts",
    [
        small("Cookies at Kiteboard", "We set one cookie that keeps you signed in. You can reject it."),
        small("Imprint", "Kiteboard Drawing Ltd, Lane of Lanterns 4, 8010 Graz. Court of Graz, number 77 z."),
        small("Refunds", "Not satisfied? Write to us within thirty days and we return what you paid."),
        small(
            "Accounts of the dead", "Who inherits an account may ask us to sign it over. Send us the papers."
        ),
        small(
            "Your privacy choices",
            *["You can manage each cookie and accept or refuse it in the settings."] * 12,
        ),
        small(
            "Acceder a tus datos", "Escribe a nuestro e-mail y di quién eres. No pedimos tu contraseña nunca."
        ),
        [("p", "Keep it for 30 days.")],
        [("p", "One.")],
    ],
)
def test_a_short_document_is_healthy(parts):
    assert outcome(html(parts)) is None
    assert outcome(html([*parts, ("p", "And two.")]), past(parts)) is None


def test_a_document_about_errors_keeps_its_name():
    parts = small(
        "Page not found: what we promise", "A page not found is mended within a day. You may claim a refund."
    )
    assert outcome(html([*parts[:1], ("p", "We mend such pages within two days.")]), past(parts)) is None
