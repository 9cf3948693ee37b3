"""What is sent to act: decisions, and what goes onto the watch list."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from clauses.api.answers.parts import Severity, told
from clauses.api.patterns import LANGUAGE, SHA256, TEXT, WORDS
from clauses.core.plain_line import plain_line
from monitor.models import DocumentType


def _is_text(value: str) -> str:
    """Refuse what no database keeps: null characters, and half a sign, which only JSON can hold."""
    if "\x00" in value or value != value.encode("utf-8", "replace").decode():
        raise ValueError("this is no text")
    return value


def _is_line(value: str) -> str:
    if plain_line(_is_text(value)) != value or not value.strip():
        raise ValueError("write one line, without control characters and without space around it")
    return value


# A pattern beside the check says the same to programs; behind the check it would be lost in the description.
Text = Annotated[str, Field(pattern=TEXT), AfterValidator(_is_text)]
Why = Annotated[str, Field(pattern=WORDS), AfterValidator(_is_text)]
Line = Annotated[str, AfterValidator(_is_line)]
Language = Annotated[str, Field(pattern=LANGUAGE)]


class Sent(BaseModel):
    """Base of all bodies: a field that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class NewDecision(Sent):
    """A decision on a clause at the words that were read."""

    types: list[str] = told(
        "Slugs of clause types, strongest first; one named again counts once; empty: no type fits",
        max_length=40,
    )
    severity: Severity = told("What it costs the user")
    reason: Why = told("Why; readers of the record see it with your name", min_length=1, max_length=500)
    wording_sha256: str = told(
        "`sha256` of the first of the record's `wordings`: the words that were read. Other words by now are a conflict",
        pattern=SHA256,
    )
    latest: int | None = told(
        "Key of the latest decision that was seen to stand, 0: none. Another by now is a conflict; null: whatever",
        default=None,
        ge=0,
        lt=2**63,
    )


class Reversal(Sent):
    """Why a decision is taken back."""

    reason: Why = told("Why; readers of the record see it with your name", min_length=1, max_length=500)


class NewPlatform(Sent):
    """A platform to be put on the watch list."""

    name: Line = told("Its name; no other platform may have it", min_length=1, max_length=120)


class NewPage(Sent):
    """A page that a document is read from."""

    url: Line = told("Its address, http or https", min_length=1, max_length=1000)
    select: list[Line] = told("CSS selectors of the text; empty: found by itself", default=[], max_length=20)
    remove: list[Line] = told("CSS selectors of what is cut out first", default=[], max_length=20)
    browser: bool = told("Whether its text is there only after its scripts ran", default=False)


class NewDocument(Sent):
    """A document to be put on the watch list."""

    platform: Line = told("Name of a platform, known or new", min_length=1, max_length=120)
    name: Line = told("Its name; no other document of the platform may have it", min_length=1, max_length=160)
    type: DocumentType = told("What kind of terms it is", default=DocumentType.TERMS)
    language: Language = told("As a code: en, de-AT; empty: not stated", default="", max_length=12)
    jurisdiction: Text = told("Where the text says for whom it is: EU", default="", max_length=60)
    audience: Text = told("Consumers, businesses, developers", default="", max_length=80)
    pages: list[NewPage] = told("The pages it is read from, in reading order", min_length=1, max_length=20)
