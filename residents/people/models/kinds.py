from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.isolation.models import LandlordOwned


class CustomerType(LandlordOwned):
    """What somebody is to the landlord, in the landlord's own words: one of its own list.

    `kind` is what the product understands of it, so that rules and figures hold whatever the
    landlord calls it.
    """

    class Kind(models.TextChoices):
        TENANT = "TENANT", "Tenant"
        SHELTERED = "SHELTERED", "Tenant in sheltered or supported housing"
        LEASEHOLDER = "LEASEHOLDER", "Leaseholder who lives in the home"
        LEASEHOLDER_AWAY = "LEASE_AWAY", "Leaseholder who lives elsewhere"
        SHARED_OWNER = "SHARED_OWNER", "Shared owner"
        INTERMEDIATE = "INTERMEDIATE", "Intermediate renter"
        SERVICE_USER = "SERVICE_USER", "Service user who is no resident"
        HOUSEHOLD = "HOUSEHOLD", "Member of a household"
        ADVOCATE = "ADVOCATE", "Advocate"
        PRIVATE_RENTER = "PRIVATE", "Private renter"
        OWNER_OCCUPIER = "OWNER", "Owner-occupier"
        OTHER = "OTHER", "Other"

    name = models.CharField(max_length=80)
    kind = models.CharField("what it is", max_length=12, choices=Kind.choices, default=Kind.TENANT)
    lives_here = models.BooleanField("lives in one of your homes", default=True)
    position = models.PositiveSmallIntegerField("place in the order", default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="customer_type_name_is_taken_once",
                violation_error_message="You have a customer type of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="customer_type_has_a_name",
                violation_error_message="Write the name of the customer type.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(LandlordOwned):
    """A word an officer puts on people by hand."""

    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="tag_name_is_taken_once",
                violation_error_message="You have a tag of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="tag_has_a_name",
                violation_error_message="Write the tag.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
