from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, TruncDate

from involvement.auditing.models import Acted
from involvement.calendars.words import count
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Level, Subject
from residents.people.models import Person
from residents.preferences.models import Told


class Method(LandlordOwned):
    """A way of taking part the landlord offers: meetings, surveys, visits, at home."""

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "way of taking part"
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="method_is_listed_once",
                violation_error_message="There is a way of taking part of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="method_has_a_name",
                violation_error_message="Write the name of the way of taking part.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Interest(LandlordOwned, Acted, Told):
    """A subject a person would like to have a say in."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="interests", db_index=False
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="interests", db_index=False
    )
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "ended_at"], name="interest_of_person"),
            models.Index(
                fields=["landlord", "subject", "ended_at", "person"], name="interest_by_subject"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "subject"],
                condition=Q(ended_at__isnull=True),
                name="interest_is_kept_once_for_each_person",
                violation_error_message="This interest is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="interest_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)


class MethodWish(LandlordOwned, Acted, Told):
    """A way of taking part that suits a person."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="method_wishes", db_index=False
    )
    method = models.ForeignKey(
        Method, on_delete=models.PROTECT, related_name="wishes", db_index=False
    )
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "ended_at"], name="method_wish_of_person"),
            models.Index(
                fields=["landlord", "method", "ended_at", "person"], name="method_wish_by_method"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "method"],
                condition=Q(ended_at__isnull=True),
                name="method_wish_is_kept_once_for_each_person",
                violation_error_message="This way of taking part is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="method_wish_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.method)


class Per(models.TextChoices):
    """What an amount of time is counted over."""

    MONTH = "MONTH", "a month"
    YEAR = "YEAR", "a year"


class Offer(LandlordOwned, Acted, Told):
    """The time a person can give and how deep they would like to go. One holds at a time."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="offers", db_index=False
    )
    minutes = models.PositiveIntegerField(null=True, blank=True)
    per = models.CharField(max_length=5, choices=Per.choices, default=Per.MONTH)
    level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, blank=True, related_name="offers"
    )
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["landlord", "person", "ended_at"], name="offer_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person"],
                condition=Q(ended_at__isnull=True),
                name="offer_that_holds_is_one",
                violation_error_message="Another offer of time holds already.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 60_000)),
                name="offer_of_time_is_more_than_nothing",
                violation_error_message="Write how much time, at least a minute.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="offer_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return self.time_words or str(self.level or "")

    @property
    def time_words(self) -> str:
        """The time in words: “2 hours a month”, “90 minutes a year”; "" where not said."""
        if self.minutes is None:
            return ""
        hours, over = divmod(self.minutes, 60)
        amount = count(self.minutes, "minute") if over or not hours else count(hours, "hour")
        return f"{amount} {Per(self.per).label}"

    @property
    def minutes_a_year(self) -> int:
        """The time over a year, so that offers can be compared; 0 where not said."""
        return (self.minutes or 0) * (12 if self.per == Per.MONTH else 1)


class ChosenMethod(LandlordOwned, Acted, Told):
    """The way a person chose for one contact. What they usually like stays as it is."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chosen_methods")
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="chosen")
    about = models.CharField("for what", max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(about=""),
                name="chosen_method_says_for_what",
                violation_error_message="Say which contact this way is for.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="chosen_method_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.about}"
