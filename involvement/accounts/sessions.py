"""What a session remembers besides who it is: its landlord, how it was opened, and when.

A session is nobody's at another landlord's address, ends after half an hour without a click, and
after half a day in any case.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.http import HttpRequest

from involvement.landlords.models import Landlord

SESSION_KEY: Final = "landlord_id"
SIGNED_IN_KEY: Final = "signed_in_at"
DIRECTORY_KEY: Final = "opened_by_directory"
ENDED_KEY: Final = "ended_because"

IDLE: Final = dt.timedelta(minutes=30)
IDLE_WORDS: Final = "You were signed out because nothing was pressed for 30 minutes."
LONG_WORDS: Final = "You were signed out because a day’s work ends after 12 hours."


def bind(request: HttpRequest, landlord: Landlord) -> None:
    """From now on the session serves this landlord and no other."""
    request.session[SESSION_KEY] = landlord.pk


def start(request: HttpRequest, *, by_directory: bool, at: dt.datetime) -> None:
    """Note when and how somebody signed in, once the framework has made the session new."""
    request.session[SIGNED_IN_KEY] = at.timestamp()
    request.session[DIRECTORY_KEY] = by_directory


def opened_by_directory(request: HttpRequest) -> bool:
    """Whether a landlord's directory vouched for the person.

    Such a session may serve that landlord alone and may not change how the person signs in: a
    landlord chooses its own directory, and must not become somebody at another landlord by it.
    """
    return bool(request.session.get(DIRECTORY_KEY))


def ended_because(session: SessionBase, *, at: dt.datetime) -> str:
    """Why the session is over, as a sentence; "" while it goes on, which renews the half hour."""
    began = session.get(SIGNED_IN_KEY, 0)
    age = at.timestamp() - began
    if age > settings.SESSION_COOKIE_AGE:
        return LONG_WORDS
    key = _seen_key(session)
    if cache.touch(key, IDLE.total_seconds()):
        return ""
    if age > IDLE.total_seconds():
        return IDLE_WORDS
    cache.set(key, 1, IDLE.total_seconds())
    return ""


def _seen_key(session: SessionBase) -> str:
    # Kept in the shared cache, so that reading a page writes no row; never the session's own key
    digest = hashlib.sha256((session.session_key or "").encode()).hexdigest()
    return f"shared:seen:{digest}"
