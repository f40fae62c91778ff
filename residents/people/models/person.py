from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.auditing.actors import Channel
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Place, Unit
from residents.people.models.homes import Home, Tenancy
from residents.people.models.kinds import CustomerType, Tag


class Person(LandlordOwned):
    """Somebody who lives in the landlord's homes, or deals with it for somebody who does.

    A name and one way to reach them make a full person. Where the housing system knows them, it
    is the master of name, reference, date of birth, customer type and home.
    """

    class Status(models.TextChoices):
        CURRENT = "CURRENT", "Lives here now"
        LEFT = "LEFT", "Has left"
        DECEASED = "DECEASED", "Has died"
        ERASED = "ERASED", "Was erased"

    class BornPrecision(models.TextChoices):
        DAY = "DAY", "The day"
        YEAR = "YEAR", "The year only"

    reference = models.CharField("reference", max_length=40, blank=True)
    title = models.CharField("title", max_length=30, blank=True)
    name = models.CharField(max_length=120)
    born_on = models.DateField("date of birth", null=True, blank=True)
    born_precision = models.CharField(
        max_length=4, choices=BornPrecision.choices, default=BornPrecision.DAY
    )
    customer_type = models.ForeignKey(
        CustomerType, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    status = models.CharField(
        "whether they live here", max_length=8, choices=Status.choices, default=Status.CURRENT
    )
    status_on = models.DateField("since", null=True, blank=True)
    # A person found to be another stays as an empty stub, so that old addresses still lead on
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    # A copy of their open residency's, for lists of thousands
    home = models.ForeignKey(
        Home, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    preferred_channel = models.CharField(
        max_length=6, choices=Channel.choices, default=Channel.POST
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.TextField(blank=True)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    # A copy of what they need, for lists of thousands. Written by residents.preferences alone.
    large_print = models.BooleanField(default=False)
    feed_source = models.CharField(max_length=60, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Prefix search on a lower-cased column keeps its index under row-level security.
    name_sort = models.GeneratedField(
        expression=Lower("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "name_sort", "id"], name="person_by_name"),
            models.Index(
                fields=["landlord", "status", "customer_type", "name_sort", "id"],
                name="person_by_status_and_type",
            ),
            models.Index(fields=["landlord", "email"], name="person_by_email"),
            models.Index(fields=["landlord", "phone"], name="person_by_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="person_has_a_name",
                violation_error_message="Write the person's name.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "reference"],
                condition=~Q(reference=""),
                name="person_reference_is_taken_once",
                violation_error_message="Another person has this reference.",
            ),
            models.CheckConstraint(
                condition=Q(status="CURRENT") | Q(status_on__isnull=False),
                name="person_left_on_a_day",
                violation_error_message="Write the day since when they no longer live here.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_is_not_merged_into_themselves",
                violation_error_message="Choose two different people.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel=Channel.EMAIL) | ~Q(email=""),
                name="person_by_email_has_an_email",
                violation_error_message="To tell them by e-mail we need their e-mail address.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel__in=[Channel.PHONE, Channel.TEXT]) | ~Q(phone=""),
                name="person_by_phone_has_a_number",
                violation_error_message="To ring or text them we need their telephone number.",
            ),
            models.CheckConstraint(
                condition=~Q(preferred_channel=Channel.POST) | ~Q(address=""),
                name="person_by_post_has_an_address",
                violation_error_message="To write to them we need their address.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Residency(LandlordOwned):
    """That somebody lives, or lived, in a home, and as what. A move ends one and begins another."""

    class Capacity(models.TextChoices):
        TENANT = "TENANT", "Tenant"
        JOINT_TENANT = "JOINT", "Joint tenant"
        LEASEHOLDER = "LEASEHOLDER", "Leaseholder"
        SHARED_OWNER = "SHARED", "Shared owner"
        HOUSEHOLD_MEMBER = "HOUSEHOLD", "Member of the household"
        LODGER = "LODGER", "Lodger"
        OTHER = "OTHER", "Other"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residencies")
    home = models.ForeignKey(Home, on_delete=models.PROTECT, related_name="residencies")
    tenancy = models.ForeignKey(
        Tenancy, on_delete=models.PROTECT, null=True, blank=True, related_name="residencies"
    )
    capacity = models.CharField(
        "as", max_length=11, choices=Capacity.choices, default=Capacity.TENANT
    )
    started_on = models.DateField("since", null=True, blank=True)
    ended_on = models.DateField("until", null=True, blank=True)

    class Meta:
        verbose_name_plural = "residencies"
        indexes = [
            models.Index(
                fields=["landlord", "person", "-started_on", "id"], name="residency_latest"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "home"],
                condition=Q(ended_on__isnull=True),
                name="residency_in_a_home_is_open_once",
                violation_error_message="They live in this home already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on"))
                | Q(ended_on__isnull=True)
                | Q(started_on__isnull=True),
                name="residency_ends_after_it_starts",
                violation_error_message="They move out on or after the day they moved in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.home}"


class PersonTag(LandlordOwned):
    """A tag on a person."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="tags", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="people")
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "tag"],
                name="person_has_a_tag_once",
                violation_error_message="They have this tag already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} on {self.person}"
