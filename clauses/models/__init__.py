"""The rows of the analysis: clauses through their wordings, changes, decisions, references, and alerts owed."""

from clauses.models.alert import Alert, AlertState, Subscription
from clauses.models.change import Change, ChangedType, ChangeSet, EarlierRating
from clauses.models.clause import Analysis, AnalysisClaim, Clause, Label, Occurrence, RereadingClaim
from clauses.models.commentary import Commentary
from clauses.models.decision import Decision
from clauses.models.learned_head import LearnedHead
from clauses.models.reference import (
    AnnouncementReading,
    Mention,
    MentionRuling,
    Reference,
    ReferenceKind,
)
from clauses.models.review import ReviewClaim
from clauses.models.site_type import SiteType
from clauses.models.wording import Classification, ReadFact, Wording

__all__ = [
    "Alert",
    "AlertState",
    "Analysis",
    "AnalysisClaim",
    "AnnouncementReading",
    "Change",
    "ChangeSet",
    "ChangedType",
    "Classification",
    "Clause",
    "Commentary",
    "Decision",
    "EarlierRating",
    "Label",
    "LearnedHead",
    "Mention",
    "MentionRuling",
    "Occurrence",
    "ReadFact",
    "Reference",
    "ReferenceKind",
    "RereadingClaim",
    "ReviewClaim",
    "SiteType",
    "Subscription",
    "Wording",
]
