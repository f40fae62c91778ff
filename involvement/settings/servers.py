"""Where the database, the cache and the broker are: our own embedded ones, or those of the environment."""

from __future__ import annotations

from typing import Any

from involvement.env import env
from involvement.settings.installation import EMBEDDED

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
