"""Which installation this is: embedded, demonstration or production; its secret and its hosts.

Production is `DEMO_MODE=off` and `DEBUG=off`, which is what an environment with SECRET_KEY and
DATABASE_URL gets unless it says otherwise.
"""

from __future__ import annotations

from involvement.env import BASE_DIR, env, sealing_keys, secret_key
from involvement.servers.places import Places

# With a database of its own the product takes itself to be in production.
EMBEDDED = "DATABASE_URL" not in env.ENVIRON
DEBUG = env.bool("DEBUG", default=False)
DEMO_MODE = env.bool("DEMO_MODE", default=EMBEDDED)
# How many of a landlord's homes stand for one in the demonstration that is not whole
DEMO_ONE_HOME_IN = env.int("DEMO_ONE_HOME_IN", default=10)
PRODUCTION = not EMBEDDED and not DEMO_MODE and not DEBUG
SECRET_KEY = secret_key(production=PRODUCTION)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Opens the passwords and keys of landlords' providers, which lie sealed in the database
SEALING_KEYS = sealing_keys(production=PRODUCTION)

BASE_DOMAIN = env.str("BASE_DOMAIN", default="localhost")


def _site_address() -> str:
    if PRODUCTION:
        return f"https://{BASE_DOMAIN}"
    demo = Places.from_environment().address
    return demo.read_text() if EMBEDDED and demo.is_file() else "http://localhost:8000"


# Where the product answers, as it is written into e-mails that no page sent.
SITE_ADDRESS = env.str("SITE_ADDRESS", default=_site_address())
ALLOWED_HOSTS = [
    BASE_DOMAIN,
    f".{BASE_DOMAIN}",
    *env.list("ALLOWED_HOSTS", default=["127.0.0.1"] if EMBEDDED else []),
]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Where housing systems leave their files: a folder for each landlord, in it one for each source.
FEED_FOLDER = env.str("FEED_FOLDER", default=f"{BASE_DIR}/.local/lists" if EMBEDDED else "")
