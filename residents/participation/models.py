from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from involvement.auditing.actors import Channel
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Place, Unit
from residents.people.models import CustomerType, Person, Tenure

EARLIEST = dt.date(1990, 1, 1)
LONGEST_MINUTES = 24 * 60


class Participation(LandlordOwned, Acted):
    """That somebody took part. `by_*` says who wrote it down, and by which channel they took part.

    What they lived in and were at the time is copied here, so that a later move never rewrites it.
    Without a person it is somebody who took part unnamed: counted as an attendance, never as a
    person.
    """

    class Kind(models.TextChoices):
        MEMBER = "MEMBER", "Member of a group"
        MEETING = "MEETING", "Came to a meeting or event"
        SURVEY = "SURVEY", "Answered a survey"
        CONSULTATION = "CONSULT", "Answered a consultation"
        SAID = "SAID", "Told us something"
        INSPECTION = "INSPECT", "Inspected or mystery shopped"
        TRAINING = "TRAINING", "Went on a course"
        RECRUITMENT = "RECRUIT", "Helped to choose staff or contractors"
        VOLUNTEERING = "HELP", "Helped others"
        OTHER = "OTHER", "Something else"

    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        db_index=False,
    )
    kind = models.CharField("what it was", max_length=8, choices=Kind.choices)
    label = models.CharField("which one", max_length=200)
    began_on = models.DateField("on")
    ended_on = models.DateField("until", null=True, blank=True)
    minutes = models.PositiveIntegerField("minutes", null=True, blank=True)
    channel = models.CharField("how they took part", max_length=6, choices=Channel.choices)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    customer_type = models.ForeignKey(
        CustomerType,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    tenure = models.CharField(max_length=12, choices=Tenure.choices, blank=True)
    # Where it came from, once: "feedback 123"
    source = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("why it was a mistake", max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "time somebody took part"
        verbose_name_plural = "times somebody took part"
        indexes = [
            models.Index(
                fields=["landlord", "person", "-began_on", "id"],
                condition=Q(withdrawn_at__isnull=True),
                name="participation_of_a_person",
            ),
            models.Index(
                fields=["landlord", "-began_on", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="participation_latest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "source"],
                condition=~Q(source=""),
                name="participation_has_a_source_once",
                violation_error_message="This was counted already.",
            ),
            models.CheckConstraint(
                condition=~Q(label=""),
                name="participation_says_in_what",
                violation_error_message="Write what they took part in.",
            ),
            models.CheckConstraint(
                condition=Q(began_on__gte=EARLIEST),
                name="participation_is_not_before_1990",
                violation_error_message="Write a day after 1989.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="participation_ends_after_it_begins",
                violation_error_message="It ends on or after the day it begins.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True)
                | Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES)
                | Q(kind="MEMBER"),
                name="participation_lasts_at_most_a_day",
                violation_error_message="Write the minutes, at most 1,440.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
                name="participation_is_withdrawn_with_a_reason",
                violation_error_message="Write why it was a mistake.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def who(self) -> str:
        """Who took part, in words."""
        return self.person.name if self.person else "somebody unnamed"
