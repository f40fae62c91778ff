from __future__ import annotations

from django.db import models
from django.db.models import Q

from actionplans.plans.models.line import Line
from involvement.accounts.models import StaffMember, Team
from involvement.isolation.models import LandlordOwned
from structures.bodies.models import Body


class Kind(models.TextChoices):
    PERSON = "PERSON", "Member of staff"
    ROLE = "ROLE", "Role"
    TEAM = "TEAM", "Team"
    BODY = "BODY", "Group"
    EVERYONE = "EVERYONE", "Everybody"
    UNKNOWN = "UNKNOWN", "Not matched yet"


def _matched(name: str) -> list[models.BaseConstraint]:
    """At most one key, and the key that fits the kind."""
    none = {"staff__isnull": True, "team__isnull": True, "body__isnull": True}
    return [
        models.CheckConstraint(
            condition=Q(kind__in=["PERSON", "ROLE"], team__isnull=True, body__isnull=True)
            | Q(kind="TEAM", staff__isnull=True, body__isnull=True)
            | Q(kind="BODY", staff__isnull=True, team__isnull=True)
            | Q(kind__in=["EVERYONE", "UNKNOWN"], **none),
            name=f"{name}_is_one_of_its_kind",
            violation_error_message="Choose one: a member of staff, a team or a group.",
        ),
        models.CheckConstraint(
            condition=~Q(words=""),
            name=f"{name}_has_words",
            violation_error_message="Write who it is.",
        ),
        models.UniqueConstraint(
            fields=["landlord", "line", "position"], name=f"{name}_place_on_its_line_is_its_own"
        ),
    ]


class LineOwner(LandlordOwned):
    """Who does it: the plan's own words, and whom they were matched with."""

    Kind = Kind

    class Part(models.TextChoices):
        OWNS = "OWNS", "Owner"
        OVERSEES = "OVERSEES", "Overseen by"

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="owners")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=200)
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.OWNS)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.UNKNOWN)
    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_owned"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_owned"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_owned"
    )

    class Meta:
        constraints = _matched("line_owner")

    def __str__(self) -> str:
        return self.words


class LineMonitor(LandlordOwned):
    """Who watches that it is done: the plan's own words, and whom they were matched with."""

    Kind = Kind

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="monitors")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.UNKNOWN)
    staff = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_monitored"
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_monitored"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="lines_monitored"
    )

    class Meta:
        constraints = _matched("line_monitor")

    def __str__(self) -> str:
        return self.words
