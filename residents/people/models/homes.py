from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Place, Unit


class Tenure(models.TextChoices):
    """By what right a home is lived in, as the consumer standards tell tenures apart."""

    GENERAL_NEEDS = "GENERAL", "General needs rent"
    SHELTERED = "SHELTERED", "Sheltered or retirement"
    SUPPORTED = "SUPPORTED", "Supported"
    INTERMEDIATE = "INTERMEDIATE", "Intermediate rent"
    SHARED_OWNERSHIP = "SHARED", "Shared ownership"
    LEASEHOLD = "LEASEHOLD", "Leasehold"
    OTHER = "OTHER", "Other"


class Home(LandlordOwned):
    """A home the landlord owns or manages. The housing system is its master where it has one."""

    class Stock(models.TextChoices):
        """Which of the regulator's kinds of stock it counts in."""

        LOW_COST_RENTAL = "LCRA", "Low-cost rental"
        LOW_COST_OWNERSHIP = "LCHO", "Low-cost home ownership"
        LEASEHOLD = "LEASEHOLD", "Leasehold"
        OTHER = "OTHER", "Other"

    reference = models.CharField("reference", max_length=40, blank=True)
    # Text, since a leading nought belongs to it: https://www.gov.uk/government/publications/open-standards-for-government
    uprn = models.CharField("UPRN", max_length=12, blank=True)
    parent_uprn = models.CharField("UPRN of the building", max_length=12, blank=True)
    address = models.TextField("address")
    postcode = models.CharField("postcode", max_length=8, blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="homes"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="homes"
    )
    tenure = models.CharField(
        "tenure", max_length=12, choices=Tenure.choices, default=Tenure.GENERAL_NEEDS
    )
    stock = models.CharField(
        "stock type", max_length=9, choices=Stock.choices, default=Stock.LOW_COST_RENTAL
    )
    ended_on = models.DateField("no longer ours since", null=True, blank=True)
    feed_source = models.CharField(max_length=60, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    address_sort = models.GeneratedField(
        expression=Lower("address"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "address_sort", "id"], name="home_by_address"),
            models.Index(fields=["landlord", "postcode", "id"], name="home_by_postcode"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                condition=~Q(reference=""),
                name="home_reference_is_taken_once",
                violation_error_message="Another home has this reference.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "uprn"],
                condition=~Q(uprn=""),
                name="home_uprn_is_taken_once",
                violation_error_message="Another home has this UPRN.",
            ),
            models.CheckConstraint(
                condition=Q(uprn="") | Q(uprn__regex=r"^[0-9]{1,12}$"),
                name="home_uprn_is_up_to_twelve_digits",
                violation_error_message="A UPRN is up to 12 digits and nothing else.",
            ),
            models.CheckConstraint(
                condition=Q(parent_uprn="") | Q(parent_uprn__regex=r"^[0-9]{1,12}$"),
                name="home_parent_uprn_is_up_to_twelve_digits",
                violation_error_message="A UPRN is up to 12 digits and nothing else.",
            ),
            models.CheckConstraint(
                condition=Q(uprn="") | ~Q(uprn=F("parent_uprn")),
                name="home_is_not_its_own_building",
                violation_error_message="The building's UPRN is another than the home's.",
            ),
            models.CheckConstraint(
                condition=~Q(address=""),
                name="home_has_an_address",
                violation_error_message="Write the home's address.",
            ),
        ]

    def __str__(self) -> str:
        return self.address.split("\n", 1)[0]

    @property
    def postal_address(self) -> str:
        """What stands on an envelope: the address and, where known, the postcode."""
        return "\n".join(filter(None, (self.address, self.postcode)))


class Tenancy(LandlordOwned):
    """An agreement about a home, held by one person or several."""

    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="tenancies")
    reference = models.CharField("reference", max_length=40, blank=True)
    tenure = models.CharField(
        "tenure", max_length=12, choices=Tenure.choices, default=Tenure.GENERAL_NEEDS
    )
    started_on = models.DateField("started on", null=True, blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "tenancies"
        indexes = [
            models.Index(fields=["landlord", "-started_on", "id"], name="tenancy_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                condition=~Q(reference=""),
                name="tenancy_reference_is_taken_once",
                violation_error_message="Another tenancy has this reference.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on"))
                | Q(ended_on__isnull=True)
                | Q(started_on__isnull=True),
                name="tenancy_ends_after_it_starts",
                violation_error_message="A tenancy ends on or after the day it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"Tenancy of {self.home}"
