"""The outcomes of captures in the four groups that readers see, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.models import Outcome


@dataclass(frozen=True, slots=True)
class OutcomeGroup:
    """Outcomes that mean the same to a reader. `slug` lasts: addresses and JSON use it."""

    slug: str
    name: str
    meaning: str
    outcomes: tuple[Outcome, ...]


QUIET = (
    Outcome.WHITESPACE,
    Outcome.LINKS,
    Outcome.SAME_TEXT,
    Outcome.TRANSIENT,
    Outcome.FLIP,
    Outcome.TECHNICAL,
)
HELD_BACK = tuple(Outcome.quarantined())
FAILED = tuple(outcome for outcome in Outcome.problems() if outcome not in HELD_BACK)
READ = tuple(outcome for outcome in Outcome if outcome not in {*QUIET, *HELD_BACK, *FAILED})

GROUPS = (
    OutcomeGroup("read", "Read", "The document's text was read.", READ),
    OutcomeGroup(
        "quiet",
        "Noise, kept quiet",
        "The text was read and what differs is no change of the terms: logged, never alerted.",
        QUIET,
    ),
    OutcomeGroup(
        "held_back",
        "Held back",
        "A text came, and the capture gate does not believe that it is the document: kept, never a version.",
        HELD_BACK,
    ),
    OutcomeGroup("failed", "Failed", "No text came. What was read before stands.", FAILED),
)

_MEANINGS = {
    Outcome.FIRST: "The first text of a document. It is recorded at once.",
    Outcome.UNCHANGED: "Byte for byte what was served at the last good capture, or the server said so.",
    Outcome.WHITESPACE: "The same words; spaces, quotation marks, dashes or other glyphs differ.",
    Outcome.LINKS: "The same words to the letter; where links lead differs.",
    Outcome.SAME_TEXT: "Other bytes, and the same words and links: only markup or scripts differ.",
    Outcome.CANDIDATE: "Another text, seen for the first time. A second capture of the same text confirms it.",
    Outcome.CONFIRMED: "The second capture of a new text. It is now a version, dated at its first sight.",
    Outcome.TRANSIENT: "A new text that gave way to another one before a second capture showed it.",
    Outcome.FLIP: "An earlier text that came back too soon to be believed, as unstable pages show.",
    Outcome.TECHNICAL: "The text differs because our extractor, the selectors or the list of pages changed.",
    Outcome.UNREACHABLE: "Name, network or encryption failed, or the connection broke.",
    Outcome.REFUSED: "The address, or one that a redirect leads to, is not one that we open.",
    Outcome.HTTP_ERROR: "The server answered, and not with the page.",
    Outcome.TOO_LARGE: "More bytes than a page of terms can have.",
    Outcome.TIMED_OUT: "The page was not complete in time.",
    Outcome.NOT_TEXT: "Bytes that are no page and no text that we can read.",
    Outcome.NOTHING_SELECTED: "The page has no part that the selectors name: rebuilt, or an error page.",
    Outcome.EMPTY: "A page without words, or one that scripts would have to fill in.",
    Outcome.UNREADABLE: "A fault of ours. The page is read again as planned.",
    Outcome.DISALLOWED: "The site asks programs not to read this page, and we do not.",
    Outcome.SOFT_ERROR: "An error page that was served as if it were the document.",
    Outcome.BOT_WALL: "A page that asks for proof that a person is reading.",
    Outcome.LOGIN_WALL: "A page that asks to sign in.",
    Outcome.CONSENT_WALL: "A page that asks for consent to cookies in place of the document.",
    Outcome.SHELL: "The frame of the site without the text that belongs into it.",
    Outcome.PARTIAL: "Far less of the text than this page has always had.",
    Outcome.OTHER_LANGUAGE: "The page in another language, or for another region.",
    Outcome.WRONG_DOCUMENT: "A text that is more like another document than like this one.",
}

_GROUP_OF = {outcome: group for group in GROUPS for outcome in group.outcomes}


def group_of(outcome: str) -> OutcomeGroup:
    """The group of an outcome."""
    return _GROUP_OF[Outcome(outcome)]


def meaning_of(outcome: str) -> str:
    """What an outcome means, in a sentence or two."""
    return _MEANINGS[Outcome(outcome)]


def outcomes_asked_for(kind: str) -> tuple[Outcome, ...]:
    """The outcomes that a group's slug or an outcome's value stands for; none for anything else."""
    for group in GROUPS:
        if kind == group.slug:
            return group.outcomes
    return (Outcome(kind),) if kind in Outcome.values else ()
