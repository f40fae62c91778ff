from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.interests.models.wishes import Method
from residents.people.models import Person, Tenancy


class TenancyVisit(LandlordOwned, Acted):
    """The first visit in a new home: pack sent, due, made, what was talked about."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="tenancy_visits", db_index=False
    )
    # Where it was put on the list by itself: once for each tenancy
    tenancy = models.ForeignKey(
        Tenancy, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    tenancy_began_on = models.DateField("tenancy began on")
    due_on = models.DateField("visit due on")
    pack_sent_on = models.DateField("pack sent on", null=True, blank=True)
    made_on = models.DateField("visit made on", null=True, blank=True)
    officer = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="tenancy_visits"
    )
    discussed = models.TextField("what was talked about", max_length=2000, blank=True, default="")
    set_aside_on = models.DateField("set aside on", null=True, blank=True)
    set_aside_why = models.CharField("why not", max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "visit to a new tenant"
        verbose_name_plural = "visits to new tenants"
        indexes = [
            models.Index(
                fields=["landlord", "due_on", "id"],
                condition=Q(made_on__isnull=True, set_aside_on__isnull=True),
                name="visit_still_to_make",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "tenancy_began_on"],
                name="visit_is_due_once_for_each_tenancy",
                violation_error_message="A visit for this tenancy is in the list already.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "tenancy"],
                condition=Q(tenancy__isnull=False),
                name="visit_is_pulled_once_from_each_tenancy",
                violation_error_message="A visit for this tenancy is in the list already.",
            ),
            models.CheckConstraint(
                condition=Q(made_on__isnull=True) | Q(officer__isnull=False),
                name="visit_made_names_its_officer",
                violation_error_message="Say who made the visit.",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_on__isnull=True, set_aside_why="")
                | Q(set_aside_on__isnull=False, made_on__isnull=True) & ~Q(set_aside_why=""),
                name="visit_is_set_aside_with_a_reason",
                violation_error_message="Write why no visit is made.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, tenancy of {self.tenancy_began_on:%d.%m.%Y}"

    def is_late(self, today: dt.date) -> bool:
        """Whether it is still to be made after the day it was due."""
        return self.made_on is None and self.set_aside_on is None and today > self.due_on


class VisitMethod(LandlordOwned):
    """A way of taking part that was talked about on a visit."""

    visit = models.ForeignKey(
        TenancyVisit, on_delete=models.CASCADE, related_name="methods_discussed", db_index=False
    )
    method = models.ForeignKey(Method, on_delete=models.PROTECT, related_name="visits")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "visit", "method"],
                name="visit_names_a_method_once",
                violation_error_message="This way of taking part is named already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.method)
