from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from involvement.accounts.permissions import Permission
from residents.people.models import Person
from residents.timeline.ports import Moment, Teller

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Story:
    """The newest moments of a person; whether there are older ones, and who failed to tell."""

    moments: Sequence[Moment]
    has_more: bool
    missing: Sequence[str]


def story_of(person: Person, may: Callable[[Permission], bool], limit: int) -> Story:
    """The newest `limit` moments the reader may read. A teller that fails is named as missing."""
    told: list[Sequence[Moment]] = []
    missing: list[str] = []
    for path in settings.TIMELINES:
        teller: Teller = import_string(path)
        if not may(teller.permission):
            continue
        try:
            with transaction.atomic():
                told.append(teller(person, limit + 1))
        except Exception:  # one teller that fails must not take the others with it
            log.exception("The teller of %s failed.", teller.name)
            missing.append(teller.name)
    newest = sorted(chain.from_iterable(told), key=lambda moment: moment.at, reverse=True)
    return Story(newest[:limit], len(newest) > limit, missing)
