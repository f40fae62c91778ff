from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.delivery.models.messages import Message
from involvement.delivery.models.providers import Provider
from involvement.isolation.models import LandlordOwned


class DeliveryAttempt(LandlordOwned):
    """One try to send a message, written before the provider is spoken to.

    `reference` is ours and goes out with the message; `their_reference` is what the provider calls
    it. The row stays when the provider has forgotten.
    """

    class Outcome(models.TextChoices):
        OPEN = "OPEN", "Under way"
        ACCEPTED = "ACCEPTED", "The provider took it"
        LATER = "LATER", "Asked to try later"
        REFUSED = "REFUSED", "Refused"
        UNSURE = "UNSURE", "Nobody knows"
        NEVER_CAME = "NEVER_CAME", "The provider never had it"

    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, db_index=False, related_name="tries"
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, db_index=False, related_name="tries"
    )
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=32)
    their_reference = models.CharField(max_length=200, blank=True, default="")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.CharField(
        max_length=300, blank=True, default="", help_text="What the provider said."
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "began_at", "provider", "outcome"], name="attempt_by_moment"
            ),
            models.Index(
                fields=["landlord", "their_reference"],
                condition=~Q(their_reference=""),
                name="attempt_by_their_reference",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "message", "number"], name="attempt_has_a_number_of_its_own"
            ),
            models.UniqueConstraint(
                fields=["landlord", "reference"], name="attempt_has_a_reference_of_its_own"
            ),
            models.UniqueConstraint(
                fields=["landlord", "message"],
                condition=Q(outcome="OPEN"),
                name="attempt_under_way_is_the_only_one",
                violation_error_message="This message is being sent already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="OPEN", ended_at__isnull=True)
                | ~Q(outcome="OPEN") & Q(ended_at__isnull=False),
                name="attempt_that_ended_has_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Try {self.number}"
