"""Whether a claim is lost unless someone brings it within a period."""

from __future__ import annotations

import re

_CLAIM = (
    r"(?:claims?|causes? of action|(?:legal )?actions?|lawsuits?|suits?|proceedings?|complaints?|disputes?)"
)
_BRING = (
    r"(?:bring|brought|fil(?:e|ed|ing)|start(?:ed)?|commenc(?:e|ed)|institut(?:e|ed)|rais(?:e|ed)|assert(?:ed)?"
    r"|beg[iu]n|ma[dk]e|lodged?|present(?:ed)?|initiat(?:e|ed)|report(?:ed)?|sued?)"
)
# What has to happen first is no limit: "you may file a claim if we have not settled it within 60 days".
_NO_STEP = r"(?:(?!\b(?:if|when|after|until|unless|opt|refund|resolv|settl|answer|respon|negotiat|counter)\w*)[^.;])*"
_CLAIM_BEFORE = re.compile(
    rf"\b(?:{_CLAIM}\b{_NO_STEP}\b{_BRING}|{_BRING}\b{_NO_STEP}\b{_CLAIM}|sue)\b{_NO_STEP}"
    r"\b(?:within|in|than|for)(?: the| a| an| a period of)?[ (]*$"
    rf"|\b(?:limitation period|period of limitations?|statute of limitations)\b{_NO_STEP}$"
)
_CLAIM_AFTER = re.compile(
    rf" (?:to|in which to|within which to) {_BRING}\b[^.;]{{0,40}}\b{_CLAIM}\b| to sue\b"
    rf"|[^.;]{{0,40}}\b(?:claim|action|cause of action) (?:arose|arises|accru\w+)\b"
    rf"|[^.;]{{0,90}}\b(?:(?:time-)?barred|waived)\b"
)
_OTHER_CLAIM = re.compile(
    r"\b(?:dmca|copyright|chargebacks?|insur\w+|warrant(?:y|ies)|refunds?|small claims)\b"
)


def limits_claims(before: str, after: str, sentence: str) -> bool:
    """Whether a claim has to be brought in the period between two parts of a folded sentence."""
    if _OTHER_CLAIM.search(sentence):
        return False
    return bool(_CLAIM_BEFORE.search(before)) or (
        bool(re.search(rf"\b{_CLAIM}\b", sentence)) and bool(_CLAIM_AFTER.match(after))
    )
