"""The product's settings, made quick and sealed off for tests. The database stays the real one."""

import tempfile

from involvement.settings import *  # noqa: F403, TID251 -- a settings file that extends another

DEMO_MODE = False
DEMO_ONE_HOME_IN = 200
# Factories make rows of two landlords inside one test's transaction.
SCOPE_MAY_SWITCH_IN_TRANSACTION = True
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "involvement.isolation.cache.landlord_key",
    }
}
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Nothing is collected.
STATIC_ROOT = None
# Removed by tests.harness.folders.
MEDIA_ROOT = tempfile.mkdtemp(prefix="involvement-media-")
