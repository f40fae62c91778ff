"""Whoever has said nothing of what interests them is asked once they sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.urls import reverse

from residents.interests.models import Interest, MethodWish
from residents.people.models import Person
from residents.signin.ports import Need, NeedTeller


def tell(person: Person, today: dt.date) -> Sequence[Need]:
    """The form that was never filled in."""
    now = {"person": person, "ended_at__isnull": True}
    if Interest.objects.filter(**now).exists() or MethodWish.objects.filter(**now).exists():
        return []
    return [
        Need(
            title="What would you like to have a say in?",
            words="Tick what interests you, and we ask you about that and not about everything.",
            act="Choose what interests me",
            url=reverse("interests_my:wishes"),
        )
    ]


NEEDS = NeedTeller("what interests them", "may_decide", tell)
