from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class Erasure(LandlordOwned, Acted):
    """That somebody is to be forgotten: proposed by one, done or refused by an administrator.

    Once done it is the receipt: what was forgotten in counts, and no word about whom. The key leads
    to a row that is called "A resident" by then.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", "Waiting for an administrator"
        DONE = "DONE", "Erased"
        REFUSED = "REFUSED", "Refused"

    class Reason(models.TextChoices):
        ASKED = "ASKED", "They asked to be forgotten"
        OBJECTED = "OBJECTED", "They object to our keeping it"
        OVER = "OVER", "We have kept it as long as the schedule says"
        MISTAKE = "MISTAKE", "It should never have been here"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="erasures", db_index=False
    )
    reason = models.CharField(max_length=8, choices=Reason.choices)
    asked_on = models.DateField()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=120, blank=True, default="")
    refused_because = models.CharField(max_length=300, blank=True, default="")
    counts = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "state", "-proposed_at", "id"], name="erasure_latest"),
            models.Index(fields=["landlord", "person", "id"], name="erasure_by_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person"],
                condition=Q(state__in=["WAITING", "DONE"]),
                name="erasure_is_proposed_once",
                violation_error_message="This is proposed already, or done.",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", settled_at__isnull=True)
                | ~Q(state="WAITING") & Q(settled_at__isnull=False),
                name="erasure_settled_has_a_moment",
                violation_error_message="Say when this was settled.",
            ),
            models.CheckConstraint(
                condition=~Q(state="REFUSED") | ~Q(refused_because=""),
                name="erasure_refused_says_why",
                violation_error_message="Say why it is refused.",
            ),
        ]

    def __str__(self) -> str:
        return f"Erasure {self.pk}"
