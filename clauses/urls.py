"""Addresses of the reader's pages. They last: natural keys and public IDs only."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path, register_converter

from clauses import converters, feeds
from clauses.views import (
    accounts,
    acts,
    admission,
    baselines,
    by_mail,
    change_citations,
    coming,
    comparison,
    decisions,
    documents,
    evidence,
    health,
    keys,
    odd_changes,
    records,
    references,
    registry,
    review_clauses,
    saved_views,
    snapshots,
    subscriptions,
    versions,
    watch_files,
    watch_names,
    watching,
    webhooks,
    work,
)
from clauses.views.changes import changes, changes_json
from clauses.views.clause_types import clause_type, clause_type_json
from clauses.views.commentary import record_comment
from clauses.views.dashboard import dashboard
from clauses.views.law import law, law_json
from clauses.views.mail_folder import mail_folder
from clauses.views.marking import mark_changes
from clauses.views.methodology import methodology, methodology_json
from clauses.views.platforms import platform, platform_json, platforms, platforms_json
from clauses.views.quarantine import review_capture, review_captures
from clauses.views.review import review
from clauses.views.samples import samples_remove
from clauses.views.status import status, status_json

register_converter(converters.ClauseId, "clause_id")
register_converter(converters.ChangeSetId, "change_set_id")
register_converter(converters.VersionId, "version_id")
register_converter(converters.SnapshotId, "snapshot_id")
register_converter(converters.Token, "token")

_DOCUMENT = "platforms/<slug:platform>/<slug:slug>/"
_BOTH = "<version_id:old>...<version_id:new>"

urlpatterns: list[URLPattern] = [
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("welcome/<token:uid>/<token:token>/", accounts.welcome, name="welcome"),
    path("sign-up/", admission.sign_up, name="sign-up"),
    path("sign-up/<token:token>/", admission.sign_up_confirm, name="sign-up-confirm"),
    path("password/", accounts.forgotten_password, name="password-reset"),
    path(
        "password/<token:uidb64>/<token:token>/",
        accounts.ChooseOtherPassword.as_view(),
        name="password-reset-confirm",
    ),
    path("accounts/", admission.accounts, name="accounts"),
    path(
        "accounts/invitations/<int:pk>/withdraw/", admission.withdraw_invitation, name="invitation-withdraw"
    ),
    path("acts/", acts.acts, name="acts"),
    path("acts.json", acts.acts_json, name="acts-json"),
    path("acts.csv", acts.acts_csv, name="acts-csv"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.ChangePassword.as_view(), name="change-password"),
    path("subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/<int:pk>/", subscriptions.change_subscription, name="subscription-change"),
    path("subscriptions/<int:pk>/end/", subscriptions.end_subscription, name="subscription-end"),
    path("subscriptions/<int:pk>/webhooks/add/", webhooks.add_webhook, name="webhook-add"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:pk>/remove/", webhooks.remove_webhook, name="webhook-remove"),
    path("subscriptions.json", subscriptions.subscriptions_json, name="subscriptions-json"),
    path("subscriptions/of/<token:token>/", by_mail.subscriptions_by_mail, name="subscriptions-by-mail"),
    path("subscriptions/of/<token:token>/<int:pk>/", by_mail.change_by_mail, name="change-by-mail"),
    path("subscriptions/of/<token:token>/<int:pk>/end/", by_mail.end_by_mail, name="end-by-mail"),
    path("subscribe/", by_mail.subscribe, name="subscribe"),
    path("subscribe/confirm/<token:token>/", by_mail.subscribe_confirm, name="subscribe-confirm"),
    path("unsubscribe/<token:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path("unsubscribe/digest/<token:token>/", subscriptions.unsubscribe_digest, name="unsubscribe-digest"),
    path("watch/", watching.watch_page, name="watch-page"),
    path("watch/import/", watch_files.watch_import, name="watch-import"),
    path("watch/platforms/<slug:slug>/", watch_names.watched_platform, name="watched-platform"),
    path("watch/platforms/<slug:slug>/merge/", watch_names.merge_platform, name="merge-platform"),
    path(
        "watch/documents/<slug:platform>/<slug:slug>/", watch_names.watched_document, name="watched-document"
    ),
    path("watch.csv", watch_files.watch_export, name="watch-export"),
    path("status/mail/", mail_folder, name="mail-folder"),
    path("samples/remove/", samples_remove, name="samples-remove"),
    path("review/", review, name="review"),
    path("review/clauses/", review_clauses.review_clauses, name="review-clauses"),
    path("review/clauses/<clause_id:number>/", review_clauses.review_clause, name="review-clause"),
    path("review/decisions/<int:pk>/alike/", review_clauses.review_alike, name="review-alike"),
    path("review/undo/", review_clauses.review_undo, name="review-undo"),
    path("review/skipped/", review_clauses.review_skipped, name="review-skipped"),
    path("review/captures/", review_captures, name="review-captures"),
    path("review/captures/<int:pk>/", review_capture, name="review-capture"),
    path("review/changes/", odd_changes.review_changes, name="review-changes"),
    path("review/changes/<change_set_id:number>/", odd_changes.review_change, name="review-change"),
    path("review/decisions/", decisions.review_decisions, name="review-decisions"),
    path("review/decisions.csv", decisions.decisions_csv, name="decisions-csv"),
    path("review/decisions.jsonl", decisions.decisions_jsonl, name="decisions-jsonl"),
    path("review/references/", references.review_references, name="review-references"),
    path("review/references/<int:pk>/remove/", references.remove_reference, name="reference-remove"),
    path("review/mentions/<int:pk>/", references.review_mention, name="review-mention"),
    path(
        "platforms/<slug:slug>/references/add/",
        references.attach_to_platform,
        name="platform-reference",
    ),
    path(
        "changes/<change_set_id:number>/references/add/",
        references.attach_to_change_set,
        name="reference-to-change-set",
    ),
    path("work/", work.work, name="work"),
    path("work.json", work.work_json, name="work-json"),
    path("work.csv", work.work_csv, name="work-csv"),
    path("work/set/", work.set_work, name="work-set"),
    path("changes/<change_set_id:number>/work/", work.change_set_work, name="change-set-work"),
    path("changes/mark/", mark_changes, name="mark-changes"),
    path("views/", saved_views.saved_views, name="saved-views"),
    path("views/<int:pk>/", saved_views.change_saved_view, name="saved-view-change"),
    path("views/<int:pk>/alerts/", saved_views.view_alerts, name="saved-view-alerts"),
    path("views/<int:pk>/feed/", saved_views.renew_view_feed, name="saved-view-feed"),
    path("views/<int:pk>/remove/", saved_views.remove_saved_view, name="saved-view-remove"),
    path("views/<token:token>.atom", feeds.ViewChanges(), name="saved-view-atom"),
    path("baselines/", baselines.baselines, name="baselines"),
    path("baselines.json", baselines.baselines_json, name="baselines-json"),
    path("baselines/<int:pk>/end/", baselines.end_baseline, name="baseline-end"),
    path(f"{_DOCUMENT}baseline/", baselines.document_baseline, name="document-baseline"),
    path("coming/", coming.coming, name="coming"),
    path("coming.json", coming.coming_json, name="coming-json"),
    path("coming.ics", coming.coming_ics, name="coming-ics"),
    path("platforms/<slug:platform>/<slug:slug>.json", documents.document_json, name="document-json"),
    path("platforms/<slug:platform>/<slug:slug>.atom", feeds.DocumentChanges(), name="document-atom"),
    path("platforms/<slug:platform>/<slug:slug>/", documents.document, name="document"),
    path(f"{_DOCUMENT}on/", versions.document_on, name="document-on"),
    path(f"{_DOCUMENT}on.json", versions.document_on_json, name="document-on-json"),
    path(f"{_DOCUMENT}versions/<version_id:number>/", versions.version, name="version"),
    path(f"{_DOCUMENT}versions/<version_id:number>.txt", versions.version_text, name="version-text"),
    path(f"{_DOCUMENT}versions/<version_id:number>.json", versions.version_json, name="version-json"),
    path(
        f"{_DOCUMENT}versions/<version_id:number>/evidence.zip",
        evidence.version_evidence,
        name="version-evidence",
    ),
    path(f"{_DOCUMENT}compare/", documents.choose_comparison, name="choose-comparison"),
    path(f"{_DOCUMENT}compare/{_BOTH}/", comparison.compare, name="compare"),
    path(f"{_DOCUMENT}compare/{_BOTH}.json", comparison.compare_json, name="compare-json"),
    path("changes/<change_set_id:number>/", comparison.change_set, name="change-set"),
    path("changes/<change_set_id:number>.json", comparison.change_set_json, name="change-set-json"),
    path("changes/<change_set_id:number>.bib", change_citations.change_set_bibtex, name="change-set-bibtex"),
    path("changes/<change_set_id:number>.csl.json", change_citations.change_set_csl, name="change-set-csl"),
    path("records/<clause_id:number>/", records.record, name="record"),
    path("records/<clause_id:number>/comment/", record_comment, name="record-comment"),
    path("records/<clause_id:number>/evidence.zip", evidence.record_evidence, name="record-evidence"),
    path("records/<clause_id:number>/verify/", evidence.record_verify, name="record-verify"),
    path("records/<clause_id:number>/verify.json", evidence.record_verify_json, name="record-verify-json"),
    path("records/<clause_id:number>.json", records.record_json, name="record-json"),
    path("records/<clause_id:number>.bib", records.record_bibtex, name="record-bibtex"),
    path("records/<clause_id:number>.csl.json", records.record_csl, name="record-csl"),
    path("clauses/", registry.clauses, name="clauses"),
    path("clauses.json", registry.clauses_json, name="clauses-json"),
    path("clauses/<slug:slug>.atom", feeds.TypeChanges(), name="clause-type-atom"),
    path("clauses/<slug:slug>.json", clause_type_json, name="clause-type-json"),
    path("clauses/<slug:slug>/", clause_type, name="clause-type"),
    path("compare/", registry.compare_type, name="compare-type"),
    path("compare.json", registry.compare_type_json, name="compare-type-json"),
    path("snapshots/<snapshot_id:number>/", snapshots.snapshot, name="snapshot"),
    path("snapshots/<snapshot_id:number>/evidence.zip", evidence.snapshot_evidence, name="snapshot-evidence"),
    path("snapshots/<snapshot_id:number>/bytes", snapshots.snapshot_bytes, name="snapshot-bytes"),
    path("", dashboard, name="dashboard"),
    path("platforms/", platforms, name="platforms"),
    path("platforms.json", platforms_json, name="platforms-json"),
    path("platforms/<slug:slug>/", platform, name="platform"),
    path("platforms/<slug:slug>.json", platform_json, name="platform-json"),
    path("platforms/<slug:slug>.atom", feeds.PlatformChanges(), name="platform-atom"),
    path("changes/", changes, name="changes"),
    path("changes.json", changes_json, name="changes-json"),
    path("changes.atom", feeds.AllChanges(), name="atom"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("status/", status, name="status"),
    path("status.json", status_json, name="status-json"),
    path("methodology/", methodology, name="methodology"),
    path("methodology.json", methodology_json, name="methodology-json"),
    path("keys/", keys.signing_keys, name="signing-keys"),
    path("keys.json", keys.signing_keys_json, name="signing-keys-json"),
    path("roots/<str:on>.json", keys.root, name="root"),
    path("methodology/law/", law, name="law"),
    path("methodology/law.json", law_json, name="law-json"),
]
