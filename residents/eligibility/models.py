from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from residents.people.models import Person


class OutsideCheck(LandlordOwned):
    """A question about a person that another system or colleague answers with yes or no."""

    question = models.CharField(
        "question",
        max_length=160,
        help_text="So that “yes” lets them join: “Are they free of arrears?”",
    )
    ask_whom = models.CharField("whom to ask", max_length=120, blank=True)
    valid_days = models.PositiveSmallIntegerField("days an answer holds", default=90)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("question"),
                name="outside_check_asks_each_question_once",
                violation_error_message="There is a check with this question already.",
            ),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="outside_check_has_a_question",
                violation_error_message="Write the question.",
            ),
            models.CheckConstraint(
                condition=Q(valid_days__range=(1, 3660)),
                name="outside_check_holds_a_day_to_ten_years",
                violation_error_message="An answer holds from 1 day to 3,660 days.",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class RuleSet(LandlordOwned, Acted):
    """Who may join something. Every condition must hold, and every outside check be a yes.

    `conditions` are as in a segment: {"key", "raw", "negated"}.
    """

    name = models.CharField("name", max_length=120, help_text="“Repairs panel”, “Youth forum”")
    why = models.CharField("why these rules", max_length=500, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)
    form_token = models.UUIDField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = "set of rules"
        verbose_name_plural = "sets of rules"
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                condition=Q(archived_at__isnull=True),
                name="rule_set_name_is_used_once",
                violation_error_message="There is a set of rules of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="rule_set_has_a_name",
                violation_error_message="Write the name of the set of rules.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="rule_set_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleSetCheck(LandlordOwned):
    """That a set of rules asks for an outside check."""

    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.CASCADE, related_name="checks", db_index=False
    )
    check_asked = models.ForeignKey(
        OutsideCheck, on_delete=models.PROTECT, related_name="rule_sets"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "rule_set", "check_asked"],
                name="rule_set_asks_for_a_check_once",
                violation_error_message="This check is asked for already.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.check_asked)


class Attestation(LandlordOwned, Acted):
    """Somebody's yes or no to an outside check. What lies behind it stays where it is known."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="attestations", db_index=False
    )
    check_asked = models.ForeignKey(
        OutsideCheck, on_delete=models.PROTECT, related_name="attestations"
    )
    answer = models.BooleanField("answer")
    attested_by = models.CharField("who said so", max_length=120)
    attested_on = models.DateField("on")
    expires_on = models.DateField("holds until")
    recorded_at = models.DateTimeField()
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "person", "check_asked", "-attested_on", "-id"],
                name="attestation_latest",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(attested_by=""),
                name="attestation_says_who_said_so",
                violation_error_message="Write who said so.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("attested_on")),
                name="attestation_holds_from_the_day_it_is_given",
                violation_error_message="It holds until the day it was given or later.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="attestation_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_asked}: {'yes' if self.answer else 'no'}"


class Check(LandlordOwned, Acted):
    """A verdict that was given, with its reasons as they were read out."""

    class Verdict(models.TextChoices):
        YES = "YES", "May join"
        NO = "NO", "May not join"
        UNKNOWN = "UNKNOWN", "Not known yet"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="eligibility_checks", db_index=False
    )
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="verdicts", db_index=False
    )
    verdict = models.CharField(max_length=7, choices=Verdict.choices)
    reasons = models.JSONField(default=list, blank=True)
    judged_on = models.DateField("on")
    checked_at = models.DateTimeField()
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "-checked_at", "-id"], name="check_latest"),
            models.Index(
                fields=["landlord", "rule_set", "-checked_at", "-id"], name="check_of_rule_set"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="check_form_is_saved_once",
                violation_error_message="This has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set}: {self.get_verdict_display().lower()}"
