from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, TruncDate

from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned


class GroupToReach(LandlordOwned, Acted):
    """People the landlord hears from too little: who they are, why, and the plan to reach them."""

    name = models.CharField(max_length=120)
    why = models.TextField("why we hear too little from them", max_length=2000)
    plan = models.TextField("how we will reach them", max_length=4000, blank=True, default="")
    owner = models.ForeignKey(
        StaffMember,
        verbose_name="looked after by",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="groups_to_reach",
    )
    review_on = models.DateField("looked at again on", null=True, blank=True)
    added_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "group to reach"
        verbose_name_plural = "groups to reach"
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="group_to_reach_is_listed_once",
                violation_error_message="This group is in the list already.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(why=""),
                name="group_to_reach_says_who_and_why",
                violation_error_message="Write who they are and why you hear too little from them.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupPartner(LandlordOwned, Acted):
    """An organisation that helps to reach a group, and whom to ask there."""

    group = models.ForeignKey(GroupToReach, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField("organisation", max_length=120)
    contact_name = models.CharField("whom to ask", max_length=120, blank=True, default="")
    phone = models.CharField("telephone number", max_length=30, blank=True, default="")
    email = models.EmailField("e-mail address", blank=True, default="")
    notes = models.CharField(max_length=500, blank=True, default="")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                "group",
                Lower("name"),
                condition=Q(ended_at__isnull=True),
                name="partner_is_listed_once_for_a_group",
                violation_error_message="This partner is in the list already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="partner_has_a_name",
                violation_error_message="Write the name of the organisation.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupNote(LandlordOwned, Acted):
    """What was done to reach a group, on one day."""

    group = models.ForeignKey(
        GroupToReach, on_delete=models.PROTECT, related_name="notes", db_index=False
    )
    done_on = models.DateField("on")
    words = models.TextField("what was done", max_length=2000)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "group", "-done_on", "-id"], name="group_note_latest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="group_note_has_words",
                violation_error_message="Write what was done.",
            ),
            models.CheckConstraint(
                condition=Q(done_on__lte=TruncDate("noted_at")),
                name="group_note_is_of_a_day_gone_by",
                violation_error_message="The day cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return self.words if len(self.words) <= 80 else self.words[:79].rstrip() + "…"
