"""What is kept no longer than it serves."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from involvement.auditing.actors import Actor
from residents.signin.models import CallBack, ResidentSession, SignInCode

CODES_KEPT: Final = dt.timedelta(days=2)
SESSIONS_KEPT: Final = dt.timedelta(days=400)
CALLS_KEPT: Final = dt.timedelta(days=90)


@transaction.atomic
def tidy(*, by: Actor, at: dt.datetime) -> int:
    """Delete codes two days after they ran out, sessions that ended more than a year ago, and calls
    90 days after they were made. Returns how many rows went."""
    old = (
        SignInCode.objects.filter(expires_at__lt=at - CODES_KEPT),
        ResidentSession.objects.filter(ends_at__lt=at - SESSIONS_KEPT),
        CallBack.objects.filter(rung_at__lt=at - CALLS_KEPT),
    )
    return sum(rows.delete()[0] for rows in old)
