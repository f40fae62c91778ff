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
    """The signing key. Raises ImproperlyConfigured."""
    return _secret(env.str("SECRET_KEY", default=""), "SECRET_KEY", production=production)


def sealing_keys(*, production: bool) -> list[str]:
    """The keys that seal passwords kept in the database: the first seals, each opens.

    Raises ImproperlyConfigured.
    """
    key = _secret(env.str("SEALING_KEY", default=""), "SEALING_KEY", production=production)
    return [key, *env.list("SEALING_KEY_FALLBACKS", default=[])]


def _secret(key: str, name: str, *, production: bool) -> str:
    """A secret from the environment, or, outside production, one kept in `.local/`.

    Raises ImproperlyConfigured where production has none, or a weak one.
    """
    if not key and not production:
        return _kept_key(BASE_DIR / ".local" / name.lower().replace("_", "-"))
    if not key:
        raise ImproperlyConfigured(
            f"{name} is not set. Make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(64))'` and set it."
        )
    if production and (len(key) < 50 or len(set(key)) < 10 or key.lower().startswith(WEAK)):
        raise ImproperlyConfigured(
            f"{name} is weak: it needs at least 50 random characters. Make one with "
            "`python -c 'import secrets; print(secrets.token_urlsafe(64))'`."
        )
    return key


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()
