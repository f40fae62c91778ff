"""What needs whoever is signed in, gathered from the capabilities that know."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from residents.signin.ports import Need, NeedTeller
from residents.signin.queries import Visit

log = logging.getLogger(__name__)

MOST_SHOWN: Final = 3


def needs_of(visit: Visit, today: dt.date) -> list[Need]:
    """At most three things, what has a day first, then in the order of the settings. A teller that
    fails is left out."""
    found: list[Need] = []
    for path in settings.MY_NEEDS:
        teller: NeedTeller = import_string(path)
        if not visit.may(teller.may):
            continue
        try:
            with transaction.atomic():
                found += teller.tell(visit.person, today)
        except Exception:  # one teller that fails must not take the first page with it
            log.exception("The teller of %s failed.", teller.name)
    found.sort(key=lambda need: need.on or dt.date.max)
    return found[:MOST_SHOWN]
