from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Unit


class Body(LandlordOwned):
    """A panel, association, forum, working group, board: whatever the landlord calls it."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    kind_words = models.CharField(
        max_length=60, blank=True, help_text="What the landlord calls this kind of group."
    )
    purpose = models.TextField(blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="bodies"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="body_name_is_used_once",
                violation_error_message="There is a group of this name already.",
            ),
            models.UniqueConstraint(
                "landlord",
                Lower("short_name"),
                condition=~Q(short_name=""),
                name="body_short_name_means_one_body",
                violation_error_message="Another group has this short name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
