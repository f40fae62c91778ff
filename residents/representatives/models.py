from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import models
from django.db.models import F, Q

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person

# What somebody may be allowed to do for another, field by field
SCOPE: Final = (
    ("may_speak", "speak and write for them"),
    ("may_be_told", "be told what we would tell them"),
    ("may_receive", "receive their letters"),
    ("may_decide", "decide for them, join things and leave them"),
    ("may_change", "change their details and consents"),
)


class Authority(LandlordOwned, Acted):
    """That one person may act for another, in what, and until when."""

    class Kind(models.TextChoices):
        ADVOCATE = "ADVOCATE", "Advocate"
        CARER = "CARER", "Carer"
        FAMILY = "FAMILY", "Family member or friend"
        ATTORNEY = "ATTORNEY", "Attorney (lasting power of attorney)"
        DEPUTY = "DEPUTY", "Deputy of the Court of Protection"
        APPOINTEE = "APPOINTEE", "Appointee for benefits"
        COUNCILLOR = "COUNCIL", "Councillor or MP"
        OTHER = "OTHER", "Somebody else"

    class Evidence(models.TextChoices):
        SIGNED = "SIGNED", "A form of authority they signed"
        SPOKEN = "SPOKEN", "They told us so themselves"
        REGISTERED = "REGISTER", "A registered power of attorney"
        ORDER = "ORDER", "An order of the court"
        LETTER = "LETTER", "A letter from the benefits office"
        NONE = "NONE", "Nothing yet"

    person = models.ForeignKey(
        Person,
        verbose_name="for whom",
        on_delete=models.PROTECT,
        related_name="represented_by",
        db_index=False,
    )
    representative = models.ForeignKey(
        Person,
        verbose_name="who acts",
        on_delete=models.PROTECT,
        related_name="acts_for",
        db_index=False,
    )
    kind = models.CharField("as", max_length=9, choices=Kind.choices)
    may_speak = models.BooleanField("speak and write for them", default=True)
    may_be_told = models.BooleanField("be told what we would tell them", default=True)
    may_receive = models.BooleanField("receive their letters", default=False)
    may_decide = models.BooleanField("decide for them, join things and leave them", default=False)
    may_change = models.BooleanField("change their details and consents", default=False)
    evidence = models.CharField("evidence seen", max_length=8, choices=Evidence.choices)
    evidence_seen_on = models.DateField("seen on", null=True, blank=True)
    note = models.CharField("note", max_length=300, blank=True)
    began_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField("why it ended", max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "authorities"
        indexes = [
            models.Index(fields=["landlord", "person", "ended_at"], name="authority_over"),
            models.Index(fields=["landlord", "representative", "ended_at"], name="authority_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("representative")),
                name="authority_is_over_somebody_else",
                violation_error_message="Choose somebody else: nobody needs leave to act for "
                "themselves.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("began_on")),
                name="authority_ends_after_it_begins",
                violation_error_message="It ends on or after the day it begins.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "person", "representative", "kind"],
                condition=Q(ended_at__isnull=True),
                name="authority_stands_once",
                violation_error_message="They act for them in this way already. Change that one.",
            ),
            models.CheckConstraint(
                condition=Q(may_speak=True)
                | Q(may_be_told=True)
                | Q(may_receive=True)
                | Q(may_decide=True)
                | Q(may_change=True),
                name="authority_lets_somebody_do_something",
                violation_error_message="Tick at least one thing they may do.",
            ),
            models.CheckConstraint(
                condition=Q(may_decide=False, may_change=False) | ~Q(evidence="NONE"),
                name="authority_to_decide_has_evidence",
                violation_error_message="To decide for them or change their details, we must have "
                "seen evidence.",
            ),
            models.CheckConstraint(
                condition=Q(evidence="NONE") | Q(evidence_seen_on__isnull=False),
                name="authority_says_when_evidence_was_seen",
                violation_error_message="Write the day the evidence was seen.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="")
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="authority_is_ended_with_a_reason",
                violation_error_message="Write why it ended.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative} for {self.person}"

    def stands(self, on: dt.date) -> bool:
        """Whether it holds on a day. It ends by itself after its last."""
        begun = self.ended_at is None and self.began_on <= on
        return begun and (self.ends_on is None or self.ends_on >= on)

    @property
    def scope(self) -> list[str]:
        """What they may do, in words."""
        return [words for name, words in SCOPE if getattr(self, name)]
