"""Settings: one file. Every value that differs between sites is an environment variable named in docs/settings.md.

Without SECRET_KEY in the environment this is the embedded site on one machine: SQLite, in-memory transport, mail
written to a folder, everything below ./var. With it, it is a deployment: DATABASE_URL and REDIS_URL are required.
"""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from config import env
from config.caches import caches
from config.errors import report_errors
from config.logs import log_lines
from config.own_address import own_address
from config.own_secret import own_secret
from config.schedule import ROUTES, schedule

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.text("SECRET_KEY")
IS_EMBEDDED = not SECRET_KEY

if IS_EMBEDDED:
    SECRET_KEY = own_secret(VAR_DIR)

DEBUG = env.flag("DEBUG")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]" if IS_EMBEDDED else "")
SITE_URL = env.text("SITE_URL", own_address(VAR_DIR)).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "clauses",
    "monitor",
    "axes",
    "csp",
    "django_structlog",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    # Default deny: a view is open to everybody only where it says so (login_not_required).
    "clauses.middleware.SiteDoor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
    "clauses.middleware.VisitNoted",
    "clauses.middleware.TaxonomyInForce",
    "clauses.middleware.FiltersUnderstood",
    "clauses.middleware.DamageStated",
    "clauses.middleware.FormerAddresses",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["config.templates.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'proviso.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at the start of a transaction: a read that turns into a write would fail at once
    # with "database is locked", whatever the timeout.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "dashboard"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
# What is tried meanwhile counts for nothing: the hour that was told holds.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "clauses.views.accounts.locked"
AXES_CLIENT_IP_CALLABLE = "clauses.views.client.client_address"
# Whether only people with an account see anything, and who may make one.
PRIVATE_SITE = env.flag("PRIVATE_SITE")
SIGN_UP = env.one_of("SIGN_UP", ("closed", "invited", "open"))

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Absent before the first collectstatic, and never filled on an embedded site: WhiteNoise warns about it.
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = IS_EMBEDDED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Mail. SMTP where a host is named, else each message becomes a file that /status/mail/ shows to the operator.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.whole("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
# One delivery is up to eight answers of the server: together they stay below CLAIM_SECONDS.
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Proviso <proviso@localhost>")
# More changes than that within an hour come to one person in a digest.
MAILS_AN_HOUR = env.whole("MAILS_AN_HOUR", 20)
# Who is mailed the notices for operators, and after how long a wait in a queue is one.
OPERATOR_MAILS = env.words("OPERATOR_MAILS")
QUEUE_MINUTES = env.whole("QUEUE_MINUTES", 120)
# Where a mail provider reports bounces and complaints: off, or the provider by which EMAIL_HOST sends.
MAIL_EVENTS = env.one_of("MAIL_EVENTS", ("", "brevo", "mailgun", "mailjet", "postmark", "sparkpost"))
MAIL_EVENTS_SECRET = env.text("MAIL_EVENTS_SECRET")
ANYMAIL = {
    "WEBHOOK_SECRET": MAIL_EVENTS_SECRET,
    "MAILGUN_WEBHOOK_SIGNING_KEY": env.text("MAILGUN_WEBHOOK_SIGNING_KEY"),
}
# Subscribing by mail address, without an account. Never on a private site.
SUBSCRIBE_BY_MAIL = env.flag("SUBSCRIBE_BY_MAIL", default=True) and not PRIVATE_SITE

# Celery only says "go look": rows are the queue of record, so a lost message costs one sweep and nothing else.
REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "analyze"
CELERY_TASK_ROUTES = ROUTES
SWEEP_SECONDS = env.whole("SWEEP_SECONDS", 30)
# A claim that was not renewed for so long belongs to a process that died. Above any single fetch or mail.
CLAIM_SECONDS = env.whole("CLAIM_SECONDS", 120)
CELERY_BEAT_SCHEDULE = schedule(SWEEP_SECONDS)

CACHES = caches(REDIS_URL)
# How often one may ask the API within a minute: from one network address, and with one token.
API_REQUESTS_A_MINUTE = env.whole("API_REQUESTS_A_MINUTE", 120)
API_TOKEN_REQUESTS_A_MINUTE = env.whole("API_TOKEN_REQUESTS_A_MINUTE", 600)

# Fetching
FETCH_ALLOW_PRIVATE = env.flag("FETCH_ALLOW_PRIVATE")
# Everybody with an account can have an address called: another matter than what administrators have read.
WEBHOOKS_ALLOW_PRIVATE = env.flag("WEBHOOKS_ALLOW_PRIVATE")
FETCH_MAX_BYTES = env.whole("FETCH_MAX_BYTES", 20_000_000)
FETCH_TIMEOUT_SECONDS = env.whole("FETCH_TIMEOUT_SECONDS", 60)
# {SITE_URL} is filled in when it is sent: `up` knows its own address only once it listens.
FETCH_USER_AGENT = env.text("FETCH_USER_AGENT", "Proviso/0.1 (+{SITE_URL}/methodology/)")
FETCH_HOST_DISTANCE_SECONDS = env.whole("FETCH_HOST_DISTANCE_SECONDS", 2, at_least=0)
FETCH_RETRY_MINUTES = env.whole("FETCH_RETRY_MINUTES", 15)
CONFIRM_AFTER_MINUTES = env.whole("CONFIRM_AFTER_MINUTES", 30, at_least=0)
QUARANTINE_REPEATS = env.whole("QUARANTINE_REPEATS", 4)
QUARANTINE_HOURS = env.whole("QUARANTINE_HOURS", 48, at_least=0)

# Retention: days for which captures of a kind keep their bytes after they were last seen; 0: for ever
KEEP_SAME_TEXT_DAYS = env.whole("KEEP_SAME_TEXT_DAYS", 0, at_least=0)
KEEP_TRANSIENT_DAYS = env.whole("KEEP_TRANSIENT_DAYS", 0, at_least=0)
KEEP_PROBLEM_DAYS = env.whole("KEEP_PROBLEM_DAYS", 0, at_least=0)

# Proof
SIGNING_KEY = env.text("SIGNING_KEY")
TIMESTAMP_URL = env.text("TIMESTAMP_URL")
TIMESTAMP_CERTIFICATES = env.text("TIMESTAMP_CERTIFICATES")
WAYBACK_URL = env.text("WAYBACK_URL")

# Pages that need a browser
RENDER_BROWSER_PATH = env.text("RENDER_BROWSER_PATH")
# Chromium's own sandbox does not start as root.
RENDER_SANDBOX = env.flag("RENDER_SANDBOX", default=os.geteuid() != 0)
RENDER_MAX_MB = env.whole("RENDER_MAX_MB", 2500)
RENDER_QUIET_MS = env.whole("RENDER_QUIET_MS", 1000, at_least=0)
RENDER_SETTLE_SECONDS = env.whole("RENDER_SETTLE_SECONDS", 15, at_least=0)

# Security
BEHIND_PROXY = not IS_EMBEDDED and env.flag("BEHIND_PROXY")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "clauses.views.errors.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if not IS_EMBEDDED:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.flag("SECURE_COOKIES", default=True)
    SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 3600, at_least=0)
    SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT")
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# Advice for authors of selectors, which would stand in the log at every reading.
warnings.filterwarnings("ignore", category=FutureWarning, module="soupsieve")

# Health: logs, figures for Prometheus, errors for Sentry
LOGGING = log_lines(env.text("LOG_LEVEL", "WARNING"), env.one_of("LOG_FORMAT", ("line", "json")))
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
# A wrong address is an answer, not a fault.
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
METRICS_TOKEN = env.text("METRICS_TOKEN")
report_errors(env.text("SENTRY_DSN"))
