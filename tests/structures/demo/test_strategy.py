"""What the demonstration tells of a strategy happened before somebody wrote it down."""

from __future__ import annotations

import pytest
from django.utils import timezone

from involvement.auditing.models import AuditEntry
from involvement.auditing.queries import history_of
from involvement.isolation import landlord_scope
from involvement.landlords.models import Subject
from structures.demo import strategy as demo
from structures.strategy.models import Agreement, Consultation, Priority, Strategy
from tests.factories.accounts import make_member
from tests.factories.landlords import make_landlord

pytestmark = pytest.mark.django_db


def test_each_part_is_added_on_or_after_its_day_and_the_strategy_is_agreed_after_them_all() -> None:
    nwleics = make_landlord("nwleics")
    make_member(nwleics, "Frances Hale (demo)", "OFFICER")
    with landlord_scope(nwleics):
        for name in ("Repairs", "Older people", "Having a say"):
            Subject.objects.create(name=name)
        assert demo.load(nwleics, full=False)
        told = [
            *Priority.objects.values_list("words", "source_on"),
            *Consultation.objects.values_list("who", "held_on"),
            *Agreement.objects.values_list("who", "agreed_on"),
        ]
        history = list(history_of(Strategy.objects.get()))
        for words, day in told:
            (entry,) = [each for each in history if words in each.sentence]
            assert timezone.localdate(entry.at) >= day
        agreed = AuditEntry.objects.get(verb="strategy.agreed")
        assert len(told) == 5
        assert agreed.at == max(each.at for each in history)
