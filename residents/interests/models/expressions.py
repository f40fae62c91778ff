from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate

from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.delivery.models import Message
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Level, Subject
from residents.interests.models.wishes import Method, Per
from residents.people.models import Person
from residents.preferences.models import Told


class Expression(LandlordOwned, Acted, Told):
    """“I would like to take part”, from one person on one day, and what became of it.

    It waits for an answer until `due_on`, the landlord's promise in working days. What it names
    becomes the person's interests once it is accepted.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", "Waits for an answer"
        ACCEPTED = "ACCEPTED", "Accepted"
        TURNED_DOWN = "TURNED_DOWN", "Turned down"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="expressions", db_index=False
    )
    words = models.TextField("in their words", max_length=4000, blank=True, default="")
    minutes = models.PositiveIntegerField(null=True, blank=True)
    per = models.CharField(max_length=5, choices=Per.choices, default=Per.MONTH)
    level = models.ForeignKey(
        Level, on_delete=models.PROTECT, null=True, blank=True, related_name="expressions"
    )
    recorded_at = models.DateTimeField()
    due_on = models.DateField("answer promised by")
    owner = models.ForeignKey(
        StaffMember,
        verbose_name="looked after by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="expressions",
    )
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=500, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="expressions"
    )
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "expression of interest"
        verbose_name_plural = "expressions of interest"
        indexes = [
            models.Index(fields=["landlord", "state", "due_on", "id"], name="expression_by_due"),
            models.Index(
                fields=["landlord", "person", "-said_on", "-id"], name="expression_of_person"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="OPEN", answered_at__isnull=True)
                | ~Q(state="OPEN") & Q(answered_at__isnull=False),
                name="expression_is_answered_once_it_is_decided",
                violation_error_message="Whoever would like to take part hears what was decided.",
            ),
            models.CheckConstraint(
                condition=~Q(state="TURNED_DOWN") | ~Q(reason=""),
                name="expression_is_turned_down_with_a_reason",
                violation_error_message="Write why, in words you would say to them.",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 60_000)),
                name="expression_of_time_is_more_than_nothing",
                violation_error_message="Write how much time, at least a minute.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="expression_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="expression_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.said_on:%d.%m.%Y}"

    def is_late(self, today: dt.date) -> bool:
        """Whether the promise is broken on this day."""
        return self.state == Expression.State.OPEN and today > self.due_on


class ExpressionSubject(LandlordOwned):
    """A subject an expression of interest names."""

    expression = models.ForeignKey(
        Expression, on_delete=models.CASCADE, related_name="named_subjects", db_index=False
    )
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="expressions_naming"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "expression", "subject"],
                name="expression_names_a_subject_once",
                violation_error_message="This subject is named already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.subject)


class ExpressionMethod(LandlordOwned):
    """A way of taking part an expression of interest names."""

    expression = models.ForeignKey(
        Expression, on_delete=models.CASCADE, related_name="named_methods", db_index=False
    )
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="expressions_naming")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "expression", "method"],
                name="expression_names_a_method_once",
                violation_error_message="This way of taking part is named already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.method)
