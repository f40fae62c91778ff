"""One settings file, read from the environment. Production is `DEMO_MODE=off` and `DEBUG=off`,
which is what an environment with SECRET_KEY and DATABASE_URL gets unless it says otherwise."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from involvement.env import BASE_DIR, env, secret_key

# With a database of its own the product takes itself to be in production.
EMBEDDED = "DATABASE_URL" not in env.ENVIRON
DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=EMBEDDED)
PRODUCTION = not EMBEDDED and not DEMO_MODE and not DEBUG
SECRET_KEY = secret_key(production=PRODUCTION)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

BASE_DOMAIN = env.str("BASE_DOMAIN", default="localhost")
# Where the product answers, as it is written into e-mails that no page sent.
SITE_ADDRESS = env.str(
    "SITE_ADDRESS", default=f"https://{BASE_DOMAIN}" if PRODUCTION else "http://localhost:8000"
)
ALLOWED_HOSTS = [
    BASE_DOMAIN,
    f".{BASE_DOMAIN}",
    *env.list("ALLOWED_HOSTS", default=["127.0.0.1"] if EMBEDDED else []),
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "involvement",
    "residents",
    "structures",
    "surveys",
    "actionplans",
    "reporting",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_forms_gds",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "involvement.isolation.middleware.LandlordMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "involvement.accounts.middleware.SessionBoundToLandlord",
    # Everything not opened by a door needs a log-in; doors say so themselves.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "involvement.urls"
WSGI_APPLICATION = "involvement.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"faces": "involvement.faces.templatetags.faces"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "involvement.faces.context.faces",
            ],
        },
    },
]

# --- Database, broker, cache ------------------------------------------------------------------
if EMBEDDED:
    from involvement.servers.manager import ensure_servers

    _servers = ensure_servers()
    _database_url, _owner_url = _servers.database_url, _servers.database_owner_url
    _redis_url = env.str("REDIS_URL", default=_servers.redis_url)
    # Celery spells the address of a socket in another way than the cache does.
    _broker_url = env.str("REDIS_URL", default=_servers.broker_url)
else:
    _database_url = env.str("DATABASE_URL")
    _owner_url = env.str("DATABASE_OWNER_URL", default="")
    _redis_url = _broker_url = env.str("REDIS_URL")


def _database(url: str) -> dict[str, Any]:
    config: dict[str, Any] = env.db_url_config(url)
    return {
        **config,
        "ENGINE": "involvement.isolation.backend",
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 0 if DATABASE_POOL else env.int("DATABASE_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        # A named cursor outlives its landlord behind a transaction pool.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            **config.get("OPTIONS", {}),
            "options": "-c statement_timeout=60000 -c lock_timeout=10000",
            **({"pool": {"min_size": 1, "max_size": 8}} if DATABASE_POOL else {}),
        },
    }


DATABASE_POOL = env.bool("DATABASE_POOL", default=False)
DATABASES = {"default": _database(_database_url)}
# Only `migrate` and the tests' set-up sign in as the owner of the tables.
DATABASE_OWNER: dict[str, Any] = env.db_url_config(_owner_url) if _owner_url else {}
SCOPE_MAY_SWITCH_IN_TRANSACTION = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _redis_url,
        "KEY_FUNCTION": "involvement.isolation.cache.landlord_key",
    }
}

CELERY_BROKER_URL = _broker_url
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ROUTES = ("involvement.isolation.tasks.route",)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A job whose worker was killed is handed out again after this many seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60}
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(BASE_DIR / ".local" / "beat-schedule")
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "note-replies": {
        "task": "actionplans.replies.tasks.note_all_replies",
        "schedule": crontab(minute="*/10"),
    },
    "ask-whether-it-happened": {
        "task": "actionplans.replies.tasks.ask_everywhere",
        "schedule": crontab(hour="6", minute="20"),
    },
    "retry-outboxes": {
        "task": "involvement.delivery.tasks.retry_outboxes",
        "schedule": crontab(minute="*/15"),
    },
    "remind-about-plan-lines": {
        "task": "actionplans.plans.tasks.remind_everybody",
        "schedule": crontab(hour=7, minute=10),
    },
    "make-due-reports": {
        "task": "reporting.library.tasks.make_due_reports",
        "schedule": crontab(hour="5", minute="10"),
    },
    "take-up-reports": {
        "task": "reporting.library.tasks.take_up_reports",
        "schedule": 15,
        # A sweep that nobody came to is worth nothing later
        "options": {"expires": 15},
    },
}
# A worker that makes a report renews its lease three times in this time; after it another may
# take the report over. With the sweep above, at most 45 seconds after a kill.
REPORT_LEASE_SECONDS = env.int("REPORT_LEASE_SECONDS", default=30)

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "involvement.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# A code by e-mail comes first, for everybody; password, passkey and directory are offered below it.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "accounts_public:arrive"
LOGOUT_REDIRECT_URL = "faces:landing"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Sign-up is closed; the fields say that a password is one of the ways in.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# An invitation or a code proves an address before anything else can be done with it.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
# By address as well as by network, since an office shares one network address
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,15/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)
ACCOUNT_ADAPTER = "involvement.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "involvement.accounts.forms.sign_in.AskForCodeForm",
    "confirm_login_code": "involvement.accounts.forms.sign_in.GiveCodeForm",
    "login": "involvement.accounts.forms.sign_in.PasswordForm",
    "reauthenticate": "involvement.accounts.forms.sign_in.PasswordAgainForm",
}
SOCIALACCOUNT_ADAPTER = "involvement.accounts.directory.DirectoryAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
# A form may lead to our own pages only (form-action), so a link leads to the directory.
SOCIALACCOUNT_LOGIN_ON_GET = True
MFA_ADAPTER = "involvement.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "involvement.accounts.forms.sign_in.AppCodeForm",
    "reauthenticate": "involvement.accounts.forms.sign_in.AppCodeAgainForm",
    "activate_totp": "involvement.accounts.forms.sign_in.SetUpAppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrftoken"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# --- Words, files, mail -------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / ".local" / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"no-reply@{BASE_DOMAIN}")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail:///{BASE_DIR}/.local/mail")
vars().update(EMAIL_CONFIG)
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- How floors meet ----------------------------------------------------------------------------
# What each name asks for stands in the `ports.py` of the lower capability.
PORTS: dict[str, str] = {}
# Slots of pages, filled by capabilities above them.
PANELS: dict[str, list[str]] = {
    "decisions.decision": [
        "actionplans.outcomes.panels.DECISION",
        "actionplans.replies.panels.DECISION",
    ],
    "outcomes.outcome": ["actionplans.replies.panels.OUTCOME"],
    "desk.home": [
        "involvement.landlords.panels.first_run",
        "actionplans.thread.panels.HOME",
        "actionplans.replies.panels.HOME",
        "reporting.library.panels.DRAFTS",
    ],
    "public.home": ["reporting.library.panels.YOU_SAID"],
    "desk.home_side": ["actionplans.thread.panels.SIDE"],
    "themes.thread": ["actionplans.thread.panels.THEME"],
    "feedback.thread": ["actionplans.thread.panels.FEEDBACK"],
    "plans.line_thread": ["actionplans.thread.panels.LINE"],
    "residents.person": [
        "actionplans.feedback.panels.PERSON",
        "actionplans.replies.panels.PERSON",
    ],
    "structures.body": [
        "actionplans.feedback.panels.BODY",
        "actionplans.decisions.panels.BODY",
    ],
}
# The steps of a new landlord's set-up, in order: dotted paths of tuples of `landlords.first_run.Step`.
FIRST_RUN = ["involvement.landlords.first_run.STEPS", "involvement.accounts.first_run.STEPS"]
# What `seed_world` plants in each landlord, in this order: `seed(landlord, canary, rng) -> dict`.
SEEDERS = ["involvement.delivery.seeding.seed", "reporting.library.seeding.seed"]
# The menus of the faces. `count` is asked once for each page and may answer None.
NAVIGATION: list[dict[str, Any]] = [
    {"face": "desk", "label": "Today", "url_name": "faces:desk_home", "group": "today"},
    {"face": "public", "label": "Home", "url_name": "faces:landing"},
    {"face": "foot", "label": "For staff: sign in", "url_name": "account_request_login_code"},
    {
        "face": "desk",
        "label": "What was said",
        "url_name": "feedback:log",
        "permission": "feedback.read",
        "count": "actionplans.feedback.panels.open_count",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Broken threads",
        "url_name": "thread:broken_list",
        "permission": "feedback.read",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Replies due",
        "url_name": "replies:replies_due",
        "permission": "reply.send",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Decisions",
        "url_name": "decisions:decision_list",
        "permission": "feedback.read",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "Plans",
        "url_name": "plans:plan_list",
        "permission": "plan.read",
        "group": "today",
    },
    {"face": "public", "label": "Our plans", "url_name": "plans_public:plan_list"},
    {
        "face": "desk",
        "label": "Outbox",
        "url_name": "delivery:outbox",
        "permission": "reply.send",
        "group": "today",
    },
    {
        "face": "desk",
        "label": "People",
        "url_name": "people:person_list",
        "permission": "people.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Groups",
        "url_name": "bodies:body_list",
        "permission": "strategy.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Strategy",
        "url_name": "strategy:strategy_list",
        "permission": "strategy.read",
        "group": "people",
    },
    {
        "face": "desk",
        "label": "Reports",
        "url_name": "reports:report_list",
        "permission": "report.read",
        "count": "reporting.library.panels.draft_count",
        "group": "show",
    },
    {"face": "public", "label": "You said, we did", "url_name": "reports_public:you_said"},
    {
        "face": "board",
        "label": "Reports",
        "url_name": "reports_board:library",
        "permission": "library.read",
    },
    {"face": "public", "label": "Tell us something", "url_name": "feedback_public:tell"},
    {"face": "public", "label": "Our strategy", "url_name": "strategy_public:strategy"},
    # These two stay last in the menu of the desk
    {
        "face": "desk",
        "label": "Staff",
        "url_name": "accounts:staff_list",
        "permission": "desk.open",
        "group": "settings",
    },
    {
        "face": "desk",
        "label": "Settings",
        "url_name": "landlords:settings",
        "permission": "settings.change",
        "group": "settings",
    },
]
# URL names the layouts link to: home, desk, search, record, sign_out … (involvement.faces.context).
FACE_ADDRESSES: dict[str, str] = {
    "home": "faces:landing",
    "desk": "faces:desk_home",
    "search": "faces:search",
    "record": "feedback:record",
    "settings": "accounts_public:own",
    "library": "reports_board:library",
    "sign_in": "account_request_login_code",
    "sign_out": "account_logout",
}
# What the desk's first sentence counts: callables taking the request and giving a clause such as
# "three threads are broken", or "" where nothing waits.
TODAY: list[str] = [
    "actionplans.thread.panels.broken_clause",
    "actionplans.thread.panels.replies_clause",
    "actionplans.plans.queries.lines.late_clause",
    "reporting.library.panels.drafts_clause",
]
# What the desk's search box asks, in the order it shows what they find (involvement.faces.search).
FINDERS: list[str] = [
    "residents.people.finder.people",
    "structures.bodies.finder.groups",
    "actionplans.plans.finder.lines",
    "actionplans.feedback.finder.pieces",
    "actionplans.feedback.finder.themes",
]

# --- Demonstration ------------------------------------------------------------------------------
# Fill each landlord of the demonstration, in the order of the floors (involvement.demo).
DEMO_LOADERS = [
    "involvement.demo.landlord.load",
    "residents.demo.people.load",
    "structures.demo.bodies.load",
    "structures.demo.strategy.load",
    "actionplans.demo.plan.load",
    "actionplans.demo.thread.load",
    "reporting.demo.report.load",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "filters": {
        # Of each font, that a library of the system is missing
        "once": {"()": "involvement.rendering.once.SaidOnce", "beginning": "Using fontTools"},
    },
    "loggers": {
        # It says each page it sets, and each font
        "weasyprint": {"level": "WARNING", "filters": ["once"]},
        "fontTools": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
