from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class Match(models.TextChoices):
    """How conditions are joined."""

    ALL = "ALL", "all of these"
    ANY = "ANY", "any of these"


class Segment(LandlordOwned, Acted):
    """People who answer to rules now, whoever they are by the time it is used.

    `rules` is a list of groups, each {"match", "conditions"}; a condition is {"key", "raw",
    "negated"}, with the value as the form sent it. `match` joins the groups. The count and the
    first few people are kept with the moment they were counted, so that a list of segments asks
    nothing of sixty thousand people.
    """

    name = models.CharField("name", max_length=80)
    why = models.CharField("what it is for", max_length=300, blank=True)
    owner = models.ForeignKey(
        StaffMember,
        verbose_name="looked after by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="segments",
    )
    match = models.CharField("joined by", max_length=3, choices=Match.choices, default=Match.ALL)
    rules = models.JSONField("rules", default=list, blank=True)
    kept_count = models.PositiveIntegerField(default=0, editable=False)
    kept_first = models.JSONField(default=list, blank=True, editable=False)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                condition=Q(archived_at__isnull=True),
                name="segment_name_is_used_once",
                violation_error_message="There is a segment of this name already. Choose another.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="segment_has_a_name",
                violation_error_message="Write the name of the segment.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="segment_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HandPick(LandlordOwned, Acted):
    """Somebody put into a segment by hand, or left out of it whatever the rules say."""

    class How(models.TextChoices):
        IN = "IN", "Put in by hand"
        OUT = "OUT", "Left out by hand"

    segment = models.ForeignKey(
        Segment, on_delete=models.CASCADE, related_name="picks", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_picks")
    how = models.CharField(max_length=3, choices=How.choices)
    why = models.CharField("why", max_length=200, blank=True)
    picked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "segment", "person"],
                name="hand_pick_is_made_once_for_each_person",
                violation_error_message="They are put in or left out of this segment already.",
            ),
            models.CheckConstraint(
                condition=Q(how="IN") | ~Q(why=""),
                name="hand_pick_says_why_somebody_is_left_out",
                violation_error_message="Write why they are left out.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_how_display().lower()})"
