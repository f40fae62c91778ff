"""Reads the environment and stops the start, with a sentence that says what to do, where it must."""

from __future__ import annotations

import secrets
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

WEAK = ("changeme", "secret", "password", "django-insecure", "example")


def secret_key(*, production: bool) -> str:
    """The signing key: from SECRET_KEY, or, outside production, one kept in `.local/`.

    Raises ImproperlyConfigured where production has none, or a weak one.
    """
    key: str = env.str("SECRET_KEY", default="")
    if not key and not production:
        return _kept_key(BASE_DIR / ".local" / "secret-key")
    if not key:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(64))'` and set it."
        )
    if production and (len(key) < 50 or len(set(key)) < 10 or key.lower().startswith(WEAK)):
        raise ImproperlyConfigured(
            "SECRET_KEY is weak: it needs at least 50 random characters. Make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(64))'`."
        )
    return key


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()
