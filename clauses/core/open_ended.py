"""How long something is kept where no number says it: "as long as necessary", "indefinitely", "until you delete it"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clauses.core.fact_kinds import KEEP

_NEEDED = r"(?:necessary|needed|required)"
_OPEN_ENDED = re.compile(
    r"(?:for )?(?:only )?(?:for )?(?:as|so) long as (?:(?:it |that |this )?(?:is |are |remains )?(?:\w+ly )?"
    rf"{_NEEDED}\b|[^.;,|]{{3,90}})"
    r"|\bindefinitely\b|\bfor an indefinite (?:period|time)\b|\bin perpetuity\b"
    r"|\bfor (?:only )?(?:the|such|a|whatever) (?:minimum |limited )?(?:period|time|duration|term"
    r"|length)(?: of time)?"
    rf"(?: (?:that|which)(?: is)?)?(?: \w+ly)? {_NEEDED}\b[^.;,|(]{{0,80}}?(?=$|[.;,|(]| and )"
    rf"|(?:^|[|:] ?|retention period ?:? ?)(?P<bare>the (?:period|time|duration) {_NEEDED}\b[^.;,|(]{{0,60}}?)(?=$"
    rf"|[.;,|(]| and )"
    r"|\bfor the (?:duration|lifetime|life) of [^.;,|]{3,60}?(?=$|[.;,|()]| and for )"
    r"|\buntil (?:you|your|the|they|it|such)\b[^.;,|]{0,80}?\b(?:delet|terminat|clos|withdraw"
    r"|revok|unsubscrib|opt|remov|cancel"
    r"|stop|no longer|process)\w*(?: (?:it|them|your \w+|the \w+|us|out))?"
    r"|\buntil (?:you (?:\w+ ){0,4}request\w*|they (?:\w+ ){0,4}request\w*)\b"
    r"|\buntil (?:the|your|such|that|all|any)\b[^.;,|]{0,80}?\b(?:ends?|expir\w+|lapses?|elapses?|is over|(?:is"
    r"|are|been) \w+ed)\b"
    rf"|\b(?:when|once|after) [^.;,|]{{1,50}}?\bno longer {_NEEDED}\b"
)
_KEPT = re.compile(
    r"\b(?:retain|kept|keep|(?:we|to|and|or|may|will|can|not|only|also|[a-z]+ly|providers|they) store\b|saved\b"
    r"|stor(?:ed|es|ing)\b|retention|hold|held|preserve|process(?:ed|es)? only"
    r"|maintain(?:s|ed)? (?:[\w']+ ){0,4}?(?:data|information|records?|logs?|content|profiles?|accounts?))"
)
_ERASED = re.compile(r"\b(?:delet|eras|destroy|dispos|purg|anonymi)\w*[^.;]{0,80}$")
_BY_NEED = re.compile(r"(?:when|once|after) ")
# Rights, permissions and duties of the user are no statement of how long anything is kept.
_PERMITS = re.compile(
    r"\bretain\w* (?:an amount|(?:all |any |full |the )?(?:right|ownership|title|copyright))"
    r"|\byou (?:may |can |will |shall )?(?:keep|retain|hold|store)\b"
    r"|\b(?:grants?|licen[sc]es? to|licens\w+ to|right to|responsible for|permissions? to|must not|may not"
    r"|shall not)\b[^.:]*$"
)
_ENDLESS = re.compile(r"indefinite|in perpetuity|for an indefinite")
_DENIED = re.compile(r"\b(?:no|not|never|none)\b[^.;,]{0,60}$|n't\b[^.;,]{0,60}$")
_TOPIC = re.compile(rf"\bretention|\b{KEEP}\b|\bhow long")
# So far before its length of time the verb may stand.
_REACH = 250


def open_ended_keeping(low: str, context: str) -> Iterator[tuple[int, int]]:
    """Start and end of each length of time without a number that something is kept, in a folded sentence.

    `context`: the folded headings and header cells, which count where the sentence begins with the length.
    """
    for match in _OPEN_ENDED.finditer(low):
        if _is_about_keeping(low, match, context):
            yield match.span("bare" if match.group("bare") else 0)


def _is_about_keeping(low: str, match: re.Match[str], context: str) -> bool:
    before = low[max(0, match.start() - _REACH) : match.start()]
    if _BY_NEED.match(match.group()):
        return _ERASED.search(before) is not None
    if _ENDLESS.match(match.group()) and _DENIED.search(before):
        return False
    if _KEPT.search(before):
        return _PERMITS.search(before) is None
    return match.start() < 120 and _TOPIC.search(context) is not None and not _PERMITS.search(before)
