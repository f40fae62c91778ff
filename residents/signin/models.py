from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person
from residents.representatives.models import Authority

# So long somebody stays signed in on a computer of their own, and on one that others use
STAYS_FOR: Final = dt.timedelta(days=90)
SHARED_FOR: Final = dt.timedelta(hours=1)
MOST_TRIES: Final = 5
# A second press on a link's button within this time signs in as the first did
PRESSED_TWICE: Final = dt.timedelta(seconds=30)


class Way(models.TextChoices):
    """By what somebody signed in."""

    EMAIL = "EMAIL", "by e-mail"
    TEXT = "TEXT", "by text"
    LETTER = "LETTER", "with a letter"
    DEMO = "DEMO", "as in the demonstration"


class SignInCode(LandlordOwned, Acted):
    """A code that signs in once, and with an e-mail a link that does the same.

    One that went to an address signs in whoever the register reaches there then; `person` is the
    first of them. One in a letter is its person's alone.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="sign_in_codes", db_index=False
    )
    way = models.CharField(max_length=6, choices=Way.choices)
    address = models.CharField(max_length=254, blank=True, default="")
    code_hash = models.CharField(max_length=64)
    link_hash = models.CharField(max_length=64, blank=True, default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "address", "-made_at", "-id"], name="code_by_address"),
            models.Index(fields=["landlord", "code_hash"], name="code_by_its_hash"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "link_hash"],
                condition=~Q(link_hash=""),
                name="sign_in_link_opens_one_code",
                violation_error_message="Make another link.",
            ),
            models.CheckConstraint(
                condition=Q(way="LETTER", address="") | (~Q(way="LETTER") & ~Q(address="")),
                name="sign_in_code_goes_to_an_address_or_in_a_letter",
                violation_error_message="A code goes to an address, or else in a letter.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")),
                name="sign_in_code_expires_after_it_is_made",
                violation_error_message="A code must work for some time.",
            ),
            models.CheckConstraint(
                condition=Q(tries__lte=MOST_TRIES),
                name="sign_in_code_is_tried_five_times_at_most",
                violation_error_message="This code was tried too often.",
            ),
        ]

    def __str__(self) -> str:
        return f"Code {self.get_way_display()}"


class ResidentSession(LandlordOwned):
    """That somebody is signed in on one device. The cookie holds the token, the row its hash.

    With `acts_under` they see and do things for whoever that authority is over.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="sign_ins", db_index=False
    )
    acts_under = models.ForeignKey(
        Authority, on_delete=models.SET_NULL, null=True, blank=True, related_name="sign_ins"
    )
    token_hash = models.CharField(max_length=64)
    way = models.CharField(max_length=6, choices=Way.choices)
    is_shared = models.BooleanField("on a computer that others use", default=False)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "-began_at", "-id"], name="sign_in_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "token_hash"],
                name="resident_session_has_its_own_token",
                violation_error_message="Sign in once more.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("began_at"), ends_at__lte=F("began_at") + STAYS_FOR),
                name="resident_session_ends_within_ninety_days",
                violation_error_message="Nobody stays signed in for longer than 90 days.",
            ),
            models.CheckConstraint(
                condition=Q(is_shared=False) | Q(ends_at__lte=F("began_at") + SHARED_FOR),
                name="resident_session_on_a_shared_computer_is_short",
                violation_error_message="On a shared computer nobody stays for longer than an hour.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_way_display()}"


class CallBack(LandlordOwned, Acted):
    """Somebody asked to be rung. Who they say they are is not looked up: an officer rings."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    words = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True, blank=True)
    rung_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "asked_at", "id"],
                condition=Q(rung_at__isnull=True),
                name="call_back_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(phone=""),
                name="call_back_says_whom_to_ring",
                violation_error_message="Write a name and a telephone number.",
            ),
            models.CheckConstraint(
                condition=Q(rung_at__isnull=True, rung_by="")
                | (Q(rung_at__isnull=False) & ~Q(rung_by="")),
                name="call_back_done_says_by_whom",
                violation_error_message="Say who rang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} asks to be rung"
