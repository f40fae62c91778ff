"""Who may sign in and how, what keeps their session, and what a browser is told to refuse."""

from __future__ import annotations

from involvement.env import env
from involvement.settings.installation import PRODUCTION

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
