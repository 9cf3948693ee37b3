"""The rows of the analysis, from clauses and changes to alerts owed, what lists read, and what people do."""

from clauses.models.account_mail import AccountMail, AccountMailKind
from clauses.models.alert import Alert, AlertState, Confirmation, Delivery, Digest
from clauses.models.api_token import ApiAnswer, ApiToken, TokenScope
from clauses.models.baseline import Baseline
from clauses.models.change import Change, ChangedType, ChangeSet, EarlierRating
from clauses.models.change_event import ChangeEvent, ChangeEventKind
from clauses.models.change_ruling import ChangeRuling
from clauses.models.clause import Analysis, AnalysisClaim, Clause, Label, Occurrence, RereadingClaim
from clauses.models.commentary import Commentary
from clauses.models.decision import Decision
from clauses.models.gold import GoldLabel, GoldSentence
from clauses.models.learned_head import LearnedHead
from clauses.models.listing import ListedClause, ListedFigure, ListedType, ListingState, TypeCount
from clauses.models.mail_return import MailReturn, ReturnKind
from clauses.models.notice_mail import MailedNotice, NoticeMail, QueueNotice
from clauses.models.reader import Reader, ReadMark
from clauses.models.recipient import Recipient
from clauses.models.reference import (
    AnnouncementReading,
    Mention,
    MentionRuling,
    Reference,
    ReferenceKind,
)
from clauses.models.review import ReviewClaim
from clauses.models.saved_view import SavedView
from clauses.models.site_rules import Rerating, ReratingEnd, RereadProposal, SiteRules
from clauses.models.subscription import Frequency, Subscription
from clauses.models.webhook import Webhook, WebhookDelivery, WebhookFormat
from clauses.models.wording import Classification, ReadFact, Wording
from clauses.models.work import Work, WorkEntry, WorkStatus

__all__ = [
    "AccountMail",
    "AccountMailKind",
    "Alert",
    "AlertState",
    "Analysis",
    "AnalysisClaim",
    "AnnouncementReading",
    "ApiAnswer",
    "ApiToken",
    "Baseline",
    "Change",
    "ChangeEvent",
    "ChangeEventKind",
    "ChangeRuling",
    "ChangeSet",
    "ChangedType",
    "Classification",
    "Clause",
    "Commentary",
    "Confirmation",
    "Decision",
    "Delivery",
    "Digest",
    "EarlierRating",
    "Frequency",
    "GoldLabel",
    "GoldSentence",
    "Label",
    "LearnedHead",
    "ListedClause",
    "ListedFigure",
    "ListedType",
    "ListingState",
    "MailReturn",
    "MailedNotice",
    "Mention",
    "MentionRuling",
    "NoticeMail",
    "Occurrence",
    "QueueNotice",
    "ReadFact",
    "ReadMark",
    "Reader",
    "Recipient",
    "Reference",
    "ReferenceKind",
    "Rerating",
    "ReratingEnd",
    "RereadProposal",
    "RereadingClaim",
    "ReturnKind",
    "ReviewClaim",
    "SavedView",
    "SiteRules",
    "Subscription",
    "TokenScope",
    "TypeCount",
    "Webhook",
    "WebhookDelivery",
    "WebhookFormat",
    "Wording",
    "Work",
    "WorkEntry",
    "WorkStatus",
]
