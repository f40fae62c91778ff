from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from involvement.auditing.actors import Channel
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Place, Unit


class Person(LandlordOwned):
    """A resident: a name, one way to reach them, and the way they prefer."""

    name = models.CharField(max_length=120)
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
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    # Prefix search on a lower-cased column keeps its index under row-level security.
    name_sort = models.GeneratedField(
        expression=Lower("name"),
        output_field=models.CharField(max_length=120, db_collation="C"),
        db_persist=True,
    )

    class Meta:
        indexes = [models.Index(fields=["landlord", "name_sort", "id"], name="person_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="person_has_a_name",
                violation_error_message="Write the person's name.",
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
