from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from involvement.auditing.actors import Channel
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class DataComplaint(LandlordOwned, Acted):
    """A complaint about how somebody's personal data were used.

    Section 164A of the Data Protection Act 2018, put in by the Data (Use and Access) Act 2025: a way
    to complain, acknowledged within 30 days, looked into and answered without undue delay.
    """

    class Outcome(models.TextChoices):
        UPHELD = "UPHELD", "We were wrong"
        PARTLY = "PARTLY", "We were wrong in part"
        NOT_UPHELD = "NOT_UPHELD", "We did what we should"
        WITHDRAWN = "WITHDRAWN", "They took it back"

    number = models.PositiveIntegerField()
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="data_complaints"
    )
    name = models.CharField(max_length=120)
    contact = models.CharField("how to answer them", max_length=300)
    words = models.TextField(max_length=5000)
    received_on = models.DateField()
    received_how = models.CharField(max_length=6, choices=Channel.choices)
    recorded_at = models.DateTimeField()
    acknowledge_by_on = models.DateField()
    acknowledged_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    outcome_words = models.TextField("what we found and did", blank=True, default="")
    told_on = models.DateField(null=True, blank=True)
    told_how = models.CharField(max_length=6, choices=Channel.choices, blank=True, default="")
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "told_on", "received_on", "id"], name="complaint_open")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "number"],
                name="complaint_has_a_number_of_its_own",
                violation_error_message="This number is taken.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="complaint_form_is_saved_once",
                violation_error_message="This complaint has been sent already.",
            ),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(name="") & ~Q(contact=""),
                name="complaint_says_who_and_what",
                violation_error_message="Say who complains, about what, and how to answer them.",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True)
                | Q(acknowledged_on__gte=F("received_on")),
                name="complaint_is_acknowledged_after_it_came",
                violation_error_message="It is acknowledged on the day it came, or later.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_words="", told_on__isnull=True, told_how="")
                | ~Q(outcome="")
                & ~Q(outcome_words="")
                & ~Q(told_how="")
                & Q(told_on__isnull=False, told_on__gte=F("received_on")),
                name="complaint_answered_says_what_when_and_how",
                violation_error_message="Say what was found, and when and how they were told.",
            ),
        ]

    def __str__(self) -> str:
        return f"Data complaint {self.number}"
