"""The only writers of this capability."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from involvement.accounts.models import User


@transaction.atomic
def choose_password(*, user: User, password: str, at: dt.datetime) -> User:
    """Give a log-in a password, checked by the form. Belongs to no landlord, so no landlord's
    history tells of it; the person gets an e-mail instead."""
    user.set_password(password)
    user.save(update_fields=["password"])
    return user
