"""What a period is: the words next to it decide, then the nearest cue of its sentence, then its context."""

from __future__ import annotations

import re

from clauses.core.claim_limits import limits_claims
from clauses.core.fact_answers import is_answered_within, is_of_charge

KEEP = (
    # Who retains counsel hires somebody.
    r"(?:retain(?:s|ed|ing)?(?! (?:(?!to|of|from|for|with)[\w-]+ ){0,3}?(?:counsel|attorneys?|lawyers?"
    r"|solicitors?|experts?|auditors?|consultants?|contractors?|advis[eo]rs?|the services of)\b)|keep(?:s|ing)?|kept"
    r"|(?<!app )(?<!play )(?<!the )(?<!your )(?<!our )store|stor(?:es"
    r"|ed|ing)|delet(?:e|es|ed|ing)|eras(?:e|es|ed|ing)"
    r"|remov(?:e|es|ed|ing)|saved|purg(?:e|es|ed|ing)|destroy(?:s|ed)?|holds?|held|maintain(?:s|ed)?|preserve[sd]?"
    r"|anonymi[sz]e[sd]?|archive[sd]?|persists?|de-identify|backed up)"
)
# Not a length of time that binds anyone: "18 months ago", "once every 12 months", "24 hours a day".
_IDLE_AFTER = re.compile(
    r"(?:'s?)?[ -](?:ago\b|time\b|(?:on-?site|video|security|surveillance|monitoring|guard)\b|old\b|of age\b"
    r"|or older\b|a (?:day|week|month|year)\b|per\b|each\b|every\b)"
)
_IDLE_BEFORE = re.compile(
    r"\b(?:per|every|each|past|last|preceding|previous|prior|any|over a|span|(?<!within the )first|ages? of"
    r"|aged|age)(?: the)?(?: between| \d{1,2} (?:to|and))? $"
)
# "within the greater of: (a) 30 days" is "within 30 days".
_LEAD = re.compile(
    r" (?:the )?(?:greater|later|longer|earlier|lesser|shorter|sooner) of:? (?:\(?[a-z]{1,3}\) )?$"
    r"|: \(?[a-z]{1,3}\) $"
)
_DUE = re.compile(
    r"\b(?:within|for|after|before|until|least|most|than|up to|period of|periods of|maximum of"
    r"|minimum of|in|to|of|by"
    r"|approximately|about|a|an|the|our|your|this|additional|further|another|extra|following|is|are|during"
    r"|lasts?|exceeds?"
    r"|exceeding|under"
    r"|allow|have|provide|give|upon|with|on)(?: the| a| an)?[ (]*$|^\W*$|[:|] *$"
)
# "in the 12 months before this day" is history.
_LOOKS_BACK_BEFORE = re.compile(r"\b(?:in|during|over|within) the (?:full )?$")
_LOOKS_BACK_AFTER = re.compile(r" (?:immediately )?(?:prior to|before|preceding|leading up)\b")
_ON_RECEIPT = re.compile(r" (?:of|after|from|following) (?:our |the |your )?(?:receipt|receiving|request)\b")
CAP = re.compile(r"\bliab|\bdamages\b")
CAP_LIMIT = re.compile(
    r"exceed|limited to|greater of|lower of|lesser of|\bcap(?:ped)?\b|maximum|more than|aggregate"
)
_CAP_SPAN = re.compile(r"\b(?:paid|payable|fees|amounts?|charges)\b[^;]*$")
_NOTICE_AFTER = re.compile(
    r"(?:'s?)?[ -](?:(?:advance|prior|written|further|minimum|reasonable|non-renewal|termination|in"
    r"|or more)[ ,]*){0,4}notice\b"
)
_NOTICE_BEFORE = re.compile(
    r"\bnotice(?: period)?(?: in writing)?(?: of| must be| will be| shall be| given| sent| provided|,"
    r"| at least| not less than"
    r"| no less than| a minimum of| thereof| by| email| to you| you)* $"
)
_NOTIFY = re.compile(
    r"\b(?:notif|notice|inform|alert|let you know|tell you|announce|e-?mail|remind|give|publish|post)\w*\b[^;]*$"
)
_AHEAD = re.compile(r"(?:'s?)?(?: \w+)? (?:before|prior to|in advance|ahead of|beforehand)\b")
_AFTER_NOTICE = re.compile(
    r" (?:after|from|of|following)\b[^.;]{0,60}\b(?:post|notif|notice|announc|publish)"
)
_EFFECT = re.compile(r"\beffect|\bbinding\b|\bbound by (?:any |the |such |these )*(?:changes?|updates?)\b")
_BINDING = re.compile(r"\b(?:be|become)(?:come)? (?:binding|effective)\b")
_RENEW = re.compile(r"\brenew|\bauto-renew")
_RENEWS_FOR = re.compile(
    r"\b(?:renews?|renewed|renewable|renewal)\b[^.;]*\b(?:for|of|in)\b(?: [\w-]+){0,4} ?$"
)
_RENEWS_EACH = re.compile(r"\brenew(?:s|ed)?\b[^.;,]{0,60}\b(?:every|each) $")
_RENEW_ACT = re.compile(
    r"\b(?:cancel|non-renewal|not to renew|not renew|remind|terminat|turn off|before (?:\w+ ){0,4}renew)"
)
_CHANGE = re.compile(r"\b(?:increase|price|chang|modif|update)")
# "We may extend this by two further months", "an additional 45 days": more time, and no deadline of its own.
_EXTENDS = re.compile(
    r"\b(?:extend|prolong)\w*\b[^.;]{0,60}\b(?:by|for|up to)(?: an?| up to| another| additional| further)*[ (]*$"
)
_MORE = re.compile(r"\b(?:additional|further|another|extra)[ (]*$")
_ANSWERS = re.compile(r"\b(?:respond|repl(?:y|ies)|answer|response)")
_KEEPS = re.compile(rf"\b{KEEP}\b")
# The time to come to terms: "if the objection is not resolved within 20 days".
_UNSETTLED = re.compile(
    r"\b(?:objections?|disputes?|complaints?|matters?|parties|breach|issues?|disagreements?)\b[^.;]*"
    r"\b(?:settle|settled|resolve|resolved|cure|cured|remedy|remedied|agree|agreed)\b[^.;]{0,90}$"
)
_LASTS = re.compile(r"\bfor(?: an?| up to| a period of| another| additional)?[ (]*$")
_ON_REQUEST = re.compile(
    r" (?:of|after|from) (?:our |the |your )?(?:receipt|receiving)\b[^.;]{0,40}\brequest"
)
_ESCAPE = re.compile(r"arbitrat|opt[ -]?out")
_ACCEPTANCE = re.compile(r"[^.;]{0,60}\b(?:accept|agree|register|sign|creat|purchas|becom|first)")
_CUES = (
    (
        "opt_out_window",
        re.compile(r"\bopt(?:s|ed|ing)?[ -]?out|\breject\w*\b|\bobject(?:s|ion|ing)?\b|\bdeclin\w+"),
    ),
    (
        "refund_period",
        re.compile(
            r"\brefund|\breimburs|\bmoney[- ]back|\bcooling[- ]off|\bwithdraw(?:al)? (?:from|period|right)|"
            r"\bcancell?ation period|\brescind|\brescission|\bsend back|\breturn(?:ing)? (?:the|any|your|it"
            r"|them|goods|products?|items?)\b|"
            r"\bchange your mind|\bright (?:to|of) (?:cancel|withdraw)"
        ),
    ),
    (
        "response_time",
        re.compile(r"\b(?:respond|repl(?:y|ies)|response time|acknowledge (?:receipt|your)|answer your)\b"),
    ),
    (
        "retention",
        re.compile(
            rf"\b{KEEP}\b|\bretention\b|\bdeletion\b|\bstorage period|\blifespan\b|\broll(?:s"
            rf"|ed)? off\b"
            r"|\bcookies?\b[^.;]{0,60}\bexpires?\b"
        ),
    ),
    # What these cues govern is known, and none of the kinds above.
    (
        "period",
        re.compile(
            r"\b(?:pay|paid(?! (?:accounts?|plans?|subscriptions?|services?|versions?|content|features?)\b)"
            r"|payable|cure[ds]?|remedy|terminat\w+|arbitrat\w+|invoice|expires?"
            r"|resolve[ds]?|notif\w+)\b"
        ),
    ),
)
_CONTEXT = (
    (
        "retention",
        re.compile(
            r"\bretention|\bretain|\bhow long|\bkeep\b|\bstorage|\bstore\b|\bdelet|\bdata lifecycle|lifespan"
        ),
    ),
    ("refund_period", re.compile(r"\brefund|\bwithdrawal|\bcooling|\bmoney-back")),
    ("opt_out_window", re.compile(r"\bopt[ -]?out|\breject")),
    ("notice_period", re.compile(r"\bnotice\b|\bnotification")),
    ("response_time", re.compile(r"\bresponse|\brespond(?:ing)?\b")),
)
_POLICY_AFTER = re.compile(r"[ -](?:\w+ ){0,2}(?:retention|policy)\b")
# Not the end of a sentence: the full stop of an address or a number.
_ON = r"(?:[^.;]|\.(?=\w))"
_OPT_OUT = re.compile(
    rf"\bopt(?:s|ed|ing)?[ -]?out\b{_ON}*\b(?:within|than|for)\b{_ON}*$"
    rf"|\b(?:does|do) not consent\b{_ON}*\bwithin\b{_ON}*$"
    rf"|\b(?:declin|reject)\w* (?:this|the|any|our|such|these)\b{_ON}*\b(?:within|than)\b{_ON}*$"
)
_TO_DO = re.compile(
    r" (?:to|in which to|from the date to) (?:retrieve|remedy|cure|export|download|pay)\b"
    r"|[^.;]{0,60}\b(?:notify|inform) us\b"
)
_WITHDRAWAL = re.compile(
    r"[ -](?:\w+ )?(?:cancell?ation|withdrawal|cooling[- ]off|refund|return|money[- ]back) (?:period|window"
    r"|right|guarantee)\b| to (?:cancel|withdraw from|return) (?:the|an?|your|this|it)\b"
)
_TABLE_LENGTH = re.compile(
    r"\b(?:duration|expir|retention|lifetime|lifespan|storage|stored|kept|keep|period|how long)"
)
# "Within 30 days from rejection": what a period begins with is not what it is for.
_BEGINS_WITH = re.compile(
    r" (?:from|after|since|following) (?:the |a |your |our |its )?(?:reject|object|withdraw|refund|return|declin)\w*"
)
_RECORD_LABEL = re.compile(
    r"\b(?:logs?|records?|recordings?|backups?|footage|cookies?|metadata|transcripts?|histor(?:y|ies)|archives?)"
    r"(?: \([^()]*\))?: ?(?:(?:for|up to|at most|a maximum of) )*$"
)
_ENDS_STATEMENT = re.compile(r"\)?\s*(?:[.;,|]|$)")
# "You will destroy all copies": the user's records, not the platform's.
_USER_KEEPS = re.compile(
    r"\b(?:you|users?|customers?|clients?|licensees?|recipients?|developers?|members?|subscribers?)"
    r" (?:must|shall|will|agrees? to|undertakes? to|(?:is|are) required to|needs? to|ha(?:s|ve) to|should)"
    rf"(?: (?:\w+ly|also|then|then|return|either|return or|return and))*(?: or| and)? {KEEP}\b[^.;]*$"
)
_NOUN_AFTER = re.compile(
    r"[ -](?:\w+ ){0,2}(?:period|term|window|trial|limit|subscription|deadline|retention|policy)\b"
)


def period_kind(before: str, after: str, context: str, header: str = "", unit: str = "day") -> str:
    """The kind of the period between two parts of a sentence, "" for one that says nothing.

    All texts are folded (lower case, plain quotes). `context` is headings and list introduction,
    `header` the header cells of a table row.
    """
    before = _LEAD.sub(" ", before)
    if _is_cap(before, after, context, unit):
        return "liability_cap"
    if _RENEWS_EACH.search(before):
        return "renewal_period"
    if _IDLE_AFTER.match(after) or (_IDLE_BEFORE.search(before) and not _POLICY_AFTER.match(after)):
        return ""
    if _LOOKS_BACK_BEFORE.search(before) and _LOOKS_BACK_AFTER.match(after) and not _NOTIFY.search(before):
        return ""
    sentence = before + after
    return (
        _stated_next_to_it(before, after, sentence, context)
        or _by_request(_kept_by_whom(_nearest(before, _BEGINS_WITH.sub(" ", after, 1)), before), after)
        or ("retention" if header and _TABLE_LENGTH.search(header) else "")
        or _by_charge(_of_context(context), f"{sentence} {header}")
        or ("retention" if _RECORD_LABEL.search(before) and _ENDS_STATEMENT.match(after) else "")
        or ("period" if _DUE.search(before) or _NOUN_AFTER.match(after) else "")
    )


def _is_cap(before: str, after: str, context: str, unit: str) -> bool:
    if unit not in {"month", "year"} or not _CAP_SPAN.search(before):
        return False
    sentence = before + after
    return bool(CAP.search(sentence) or CAP.search(context)) and bool(CAP_LIMIT.search(sentence))


def _stated_next_to_it(before: str, after: str, sentence: str, context: str) -> str:
    return (
        _announced(before, after, sentence, context)
        or ("claim_period" if limits_claims(before, after, sentence) else "")
        or _answered(before, after, sentence, context)
    )


def _announced(before: str, after: str, sentence: str, context: str) -> str:
    """A notice before something happens; the last day to stop a renewal."""
    ahead = _AHEAD.match(after) is not None
    accepts = _ACCEPTANCE.match(after) is not None
    notice = not accepts and bool(_NOTICE_AFTER.match(after) or _NOTICE_BEFORE.search(before))
    renews = _RENEW.search(sentence) or _RENEW.search(context)
    if renews and (ahead or notice) and _RENEW_ACT.search(sentence) and not _CHANGE.search(before):
        return "renewal_notice"
    if renews and _RENEWS_FOR.search(before) and not ahead and not notice:
        return "renewal_period"
    notified = ahead and _NOTIFY.search(before)
    takes_effect = (
        not _UNSETTLED.search(before)
        and (_EFFECT.search(before) or _BINDING.search(after))
        and _AFTER_NOTICE.match(after)
    )
    return "notice_period" if notice or notified or takes_effect else ""


def _answered(before: str, after: str, sentence: str, context: str) -> str:
    """The time for an answer, an objection or another act."""
    if _prolongs(before, after, sentence, context):
        return "period"
    if is_answered_within(before, after) and not _LASTS.search(before):
        return "response_time"
    if _UNSETTLED.search(before):
        return "period"
    by_notice = "notice" in before and _ACCEPTANCE.match(after) and _ESCAPE.search(context + sentence)
    if by_notice or _OPT_OUT.search(before):
        return "response_time" if _ON_RECEIPT.match(after) and not by_notice else "opt_out_window"
    if _WITHDRAWAL.match(after):
        return "refund_period"
    return "period" if _TO_DO.match(after) else ""


def _prolongs(before: str, after: str, sentence: str, context: str) -> bool:
    """Whether the period is added to the time for an answer or another act."""
    if _NOTICE_AFTER.match(after) or _KEEPS.search(sentence) or _of_context(context) == "retention":
        return False
    return bool(_EXTENDS.search(before) or (_MORE.search(before) and _ANSWERS.search(sentence)))


def _nearest(before: str, after: str) -> str:
    """The kind of the cue nearest to the period; words before it count double."""
    best, kind = 400, ""
    lasts = _LASTS.search(before) is not None
    # What lasts "for 30 days, unless you opt out" is no time to opt out.
    passed = {"period", "opt_out_window"} if lasts else {"period"}
    for name, cue in _CUES:
        if lasts and name == "response_time":
            continue
        gap = min(
            [len(before) - match.end() for match in cue.finditer(before)]
            + [2 * match.start() + 2 for match in cue.finditer(after) if name not in passed],
            default=best,
        )
        if gap < best:
            best, kind = gap, name
    return kind


def _kept_by_whom(kind: str, before: str) -> str:
    """What the user has to erase or keep is a duty, and says nothing of how long the platform keeps it."""
    return "period" if kind == "retention" and _USER_KEEPS.search(before) else kind


def _by_request(kind: str, after: str) -> str:
    """What counts from a request is an answer to it, where nothing else is known."""
    return "response_time" if kind in {"", "period"} and _ON_REQUEST.match(after) else kind


def _by_charge(kind: str, sentence: str) -> str:
    """Under "Fees and refunds", what says when a fee is due is no time to ask for a refund."""
    return "" if kind == "refund_period" and is_of_charge(sentence) else kind


def _of_context(context: str) -> str:
    return next((kind for kind, cue in _CONTEXT if cue.search(context)), "")
