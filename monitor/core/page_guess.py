"""What a page probably is, from its address and its title: somebody who adds it corrects this instead of typing it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# Values of monitor.models.DocumentType, the most telling words first: a "privacy policy for developers" is one.
_KINDS = (
    ("cookie_policy", r"cookies?"),
    ("data_processing", r"data[ -]?processing|dpa|auftragsverarbeitung|traitement des donnees"),
    (
        "privacy_policy",
        r"privacy|datenschutz\w*|confidentialite|privacidad|privacidade|riservatezza|privacybeleid",
    ),
    ("acceptable_use", r"acceptable[ -]?use|usage[ -]?polic\w+|prohibited[ -]?use|aup"),
    ("community_guidelines", r"communit\w+|guidelines|content[ -]?polic\w+|rules"),
    ("api_terms", r"api|developers?"),
    ("commercial_terms", r"commercial|business|enterprise|customer[ -]agreement|service[ -]agreement"),
    (
        "terms_of_service",
        r"terms|tos|conditions|agreement|eula|nutzungsbedingungen|agb|terminos|condicoes|condizioni|voorwaarden",
    ),
    ("help_article", r"help|support|faq|articles?|hc"),
    ("announcement", r"blog|news|announc\w+|updates?"),
)
# Of these a site has many: their words stand in the name of a part of it, and are no name of the page.
_MANY = frozenset({"help_article", "announcement", "other"})
_SEPARATORS = re.compile(r"\s+[|–—·•:»\\-]\s+|\s*[|»]\s*")
_MOST_CHARACTERS = 300
# Second-level names under which names are given out.
_PUBLIC_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "ne"})


@dataclass(frozen=True, slots=True)
class PageGuess:
    """What to call a page: the platform, the document, and its type (a value of DocumentType)."""

    platform: str
    document: str
    type: str


def guess_page(url: str, title: str) -> PageGuess:
    """From "Privacy Policy | Acme" at www.acme.example: Acme, Privacy Policy, privacy_policy.

    The title counts before the address. Without a telling word the type is "other", and the document is called by
    the title, else by the last part of the address.
    """
    # Runs of spaces would make the search for separators quadratic.
    line = " ".join(title.split())[:_MOST_CHARACTERS]
    parts = [part.strip() for part in _SEPARATORS.split(line) if part.strip()]
    host = _site_name(url)
    named = next((part for part in parts if _kind(part) not in _MANY), "")
    document = named or _without_site(parts, host) or _last_segment(url)
    address = urlsplit(url)
    path = address.path.replace("/", " ").replace("_", "-")
    kinds = map(_kind, (document, *parts, path, (address.hostname or "").replace(".", " ")))
    return PageGuess(
        _platform(parts, document, host)[:120],
        document[:160],
        next((kind for kind in kinds if kind != "other"), "other"),
    )


def _kind(words: str) -> str:
    flat = _flat(words)
    return next((kind for kind, pattern in _KINDS if re.search(rf"\b(?:{pattern})\b", flat)), "other")


def _flat(words: str) -> str:
    """In small letters without accents."""
    accents = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüç", "aaaaaeeeeiiiiooooouuuuc")
    return words.lower().translate(accents)


def _platform(parts: list[str], document: str, host: str) -> str:
    """The part of the title that is the site's name, as it writes it, else the name of its host."""
    for part in parts:
        if part != document and _squeezed(host) in _squeezed(part) and len(part) <= len(host) + 12:
            return part
    return host[:1].upper() + host[1:]


def _without_site(parts: list[str], host: str) -> str:
    return next((part for part in parts if _squeezed(part) != _squeezed(host)), "")


def _squeezed(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _flat(words))


def _site_name(url: str) -> str:
    """The name under which a site is registered: "acme" of www.acme.co.uk."""
    labels = (urlsplit(url).hostname or "").split(".")
    if labels[-1].isdigit() or len(labels) == 1:
        return labels[0] if len(labels) == 1 else ".".join(labels)
    is_second = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _PUBLIC_SECOND
    return labels[-3] if is_second else labels[-2]


def _last_segment(url: str) -> str:
    segments = [segment for segment in urlsplit(url).path.split("/") if segment]
    words = re.sub(r"\.\w{1,5}$", "", segments[-1]) if segments else ""
    return re.sub(r"[-_]+", " ", words).strip().capitalize() or "Terms"
