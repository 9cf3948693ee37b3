"""Pages that stand before a document: proofs of being human, sign-ins, consent to cookies."""

from __future__ import annotations

import re

from monitor.core.blocks import BLOCK_SEPARATOR
from monitor.core.health.kinship import size
from monitor.core.health.looks import Look
from monitor.core.health.pages import matches, path_of
from monitor.core.health.phrases import ACCEPT, BOT, CONSENT, COOKIES, FORM_WORDS, LOGIN, REFUSE
from monitor.core.health.verdicts import BOT_WALL, CONSENT_WALL, LOGIN_WALL, Verdict, percent, verdict

# Marks of a challenge itself; the services' tags on every healthy page and their widgets in forms are not enough.
_CHALLENGE = re.compile(
    r"_cf_chl_|cf-chl-|cf-turnstile|challenges\.cloudflare\.com|cf-browser-verification|captcha-delivery\.com|px-captcha|"
    r"_incapsula_resource|awswafcookie|awswaf\.com|sucuri_cloudproxy|ddos-guard|/_sec/cp_challenge|sec-if-cpt|kpsdk|"
    r"arkoselabs|funcaptcha|geetest|hcaptcha\.com|h-captcha|g-recaptcha|friendlycaptcha|frc-captcha|validate\.perfdrive|"
    r"shieldsquare|__uzdbm",
    re.IGNORECASE,
)
_INPUT_OPENS = re.compile(r"<input", re.IGNORECASE)
_INPUTS_TRIED = 200
_PASSWORD = re.compile(r"<input[^>]{0,500}type\s*=\s*[\"']?password", re.IGNORECASE)
_LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|signin|sso|oauth2?|authorize|authenticate|u/login|users?/(?:log|sign)-?in|account/login)"
    r"(?:[/.?]|$)|^(?:/[a-z-]{2,5})?/auth(?:/|$)",
    re.IGNORECASE,
)
_CONSENT_PATH = re.compile(
    r"/(?:consent|cookie-?consent|cookie-?wall|collectconsent|gdpr)(?:[/.?]|$)", re.IGNORECASE
)
_BUTTON_OPENS = re.compile(r"<(?:button|a|input)\b", re.IGNORECASE)
_BUTTON = re.compile(r"<(?:button|a|input)\b[^>]{0,1000}>([^<]{0,80})", re.IGNORECASE)
_BUTTONS_TRIED = 400
# Words.
_VERY_SHORT, _NEXT_TO_NOTHING = 60, 15
_CONSENT_LENGTH, _FIRST_CONSENT_LENGTH = 300, 100
_SAID, _COOKIE_SHARE = 0.25, 0.5


def judge_bot_wall(look: Look) -> Verdict | None:
    """Whether the page says that it wants proof of a human."""
    if not look.is_slight:
        return None
    said = look.share_saying(BOT)
    if look.is_titled(BOT):
        return verdict(
            BOT_WALL, ("bot_title", f"title or heading is that of a bot check; {look.words} words in all")
        )
    if said >= _SAID or (said and _is_challenge(look)):
        return verdict(BOT_WALL, ("bot_text", f"{percent(said)} of the text asks for proof of a human"))
    return None


def judge_challenge(look: Look) -> Verdict | None:
    """Whether the page holds a challenge and hardly a word besides. Of a first text, it must hold next to none."""
    most = _VERY_SHORT if look.history else _NEXT_TO_NOTHING
    if look.words > most or not _CHALLENGE.search(look.page.markup):
        return None
    return verdict(BOT_WALL, ("bot_script", f"a challenge script and {look.words} words"))


def judge_login_wall(look: Look) -> Verdict | None:
    """Whether the page is a sign-in: by title, by text with a form, or because a redirect led to one."""
    is_led = _path_matches(look, _LOGIN_PATH)
    if is_led and look.words <= _CONSENT_LENGTH:
        return verdict(
            LOGIN_WALL, ("login_address", f"the redirect leads to a sign-in page; {look.words} words")
        )
    if not look.is_slight:
        return None
    says_so = look.is_titled(LOGIN) or look.share_saying(LOGIN) >= _SAID
    if says_so and (look.words <= _VERY_SHORT or _has_form(look)):
        return verdict(LOGIN_WALL, ("login", f"title or text asks to sign in; {look.words} words in all"))
    if look.history and look.words <= _VERY_SHORT and _asks_for_password(look.page.markup):
        return verdict(LOGIN_WALL, ("login_form", f"a field for a password and {look.words} words"))
    return None


def judge_consent_wall(look: Look) -> Verdict | None:
    """Whether the page asks for consent and shows nothing else."""
    # Of a first text, only a very short one: a page about privacy choices speaks of little else.
    if look.words > (_CONSENT_LENGTH if look.history else _FIRST_CONSENT_LENGTH):
        return None
    if _path_matches(look, _CONSENT_PATH):
        return verdict(
            CONSENT_WALL, ("consent_address", "the redirect leads to a page that asks for consent")
        )
    says_so = look.is_titled(CONSENT) or look.share_saying(CONSENT) > 0
    if not (says_so and COOKIES.search(look.page.text) and _offers_choice(look)):
        return None
    share = _share_about_cookies(look)
    if share < _COOKIE_SHARE:
        return None
    words = f"{percent(share)} of the text is about consent, with a choice; {look.words} words in all"
    return verdict(CONSENT_WALL, ("consent", words))


def _path_matches(look: Look, path: re.Pattern[str]) -> bool:
    if not look.page.final_url:
        return False
    came_to, asked = path_of(look.page.final_url), path_of(look.page.url)
    return bool(path.search(came_to)) and not path.search(asked)


def _is_challenge(look: Look) -> bool:
    return look.words <= _VERY_SHORT or bool(_CHALLENGE.search(look.page.markup))


def _has_form(look: Look) -> bool:
    return len(FORM_WORDS.findall(look.page.text)) >= 2 or _asks_for_password(look.page.markup)


def _asks_for_password(markup: str) -> bool:
    return any(matches(_INPUT_OPENS, _PASSWORD, markup, _INPUTS_TRIED))


def _offers_choice(look: Look) -> bool:
    """Whether the text or the buttons of the page let one accept, and refuse."""
    found = matches(_BUTTON_OPENS, _BUTTON, look.page.markup, _BUTTONS_TRIED)
    labels = "\n".join([look.page.text, *(match.group(1) for match in found)])
    return bool(ACCEPT.search(labels) and REFUSE.search(labels))


def _share_about_cookies(look: Look) -> float:
    """The share of words in lines about consent, or that are a title or a choice."""
    lines = look.page.text.split(BLOCK_SEPARATOR)
    about = [
        line for line in lines if any(words.search(line) for words in (COOKIES, CONSENT, ACCEPT, REFUSE))
    ]
    return sum(map(size, about)) / look.words if look.words else 0.0
