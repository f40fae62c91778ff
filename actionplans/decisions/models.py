from __future__ import annotations

from django.db import models
from django.db.models import Q

from involvement.accounts.models import StaffMember
from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from structures.bodies.models import Body


class Decision(LandlordOwned, Acted):
    """What was decided about a theme, by a body or an officer, with reasons in plain words."""

    class Result(models.TextChoices):
        AGREED = "AGREED", "Agreed"
        PARTLY = "PARTLY", "Agreed in part"
        NOT_AGREED = "NOT_AGREED", "Not agreed"

    class Reason(models.TextChoices):
        COST = "COST", "It costs too much"
        LAW = "LAW", "The law or a contract does not allow it"
        SAFETY = "SAFETY", "It would not be safe"
        NOT_OURS = "NOT_OURS", "It is not ours to decide"
        OTHERS = "OTHERS", "Other residents want something else"
        EVIDENCE = "EVIDENCE", "There is not enough to go on yet"
        ALREADY = "ALREADY", "It is in place already"
        OTHER = "OTHER", "Another reason"

    theme = models.ForeignKey(
        "actionplans.Theme", on_delete=models.PROTECT, related_name="decisions"
    )
    result = models.CharField(max_length=10, choices=Result.choices)
    what = models.TextField(help_text="What will happen, in words residents read.")
    because = models.TextField(blank=True, help_text="Why, in plain words.")
    reason = models.CharField(max_length=8, choices=Reason.choices, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    officer = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    minority_view = models.TextField(
        blank=True, help_text="What those who disagreed said, as they wrote it."
    )
    look_again_on = models.DateField(null=True, blank=True)
    told_due_on = models.DateField(help_text="By when everybody in the theme is told.")
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    # Raised by one with every change, so that the second of two writers is told of the first.
    version = models.PositiveIntegerField(default=1, editable=False)
    form_token = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "decided_on", "id"], name="decision_by_day"),
            models.Index(fields=["landlord", "told_due_on", "id"], name="decision_to_tell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "theme"],
                condition=Q(replaced_by__isnull=True),
                name="decision_in_force_is_one_for_a_theme",
                violation_error_message="This theme has a decision already. Change that one.",
            ),
            models.CheckConstraint(
                condition=Q(body__isnull=False, officer__isnull=True)
                | Q(body__isnull=True, officer__isnull=False),
                name="decision_is_by_a_body_or_an_officer",
                violation_error_message="Choose either the group or the officer who decided.",
            ),
            models.CheckConstraint(
                condition=Q(result="AGREED") | (~Q(because="") & ~Q(reason="")),
                name="decision_not_fully_agreed_says_why",
                violation_error_message="Say why, in plain words, and choose the kind of reason.",
            ),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="decision_says_what",
                violation_error_message="Write what was decided.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "form_token"],
                condition=Q(form_token__isnull=False),
                name="decision_form_is_saved_once",
                violation_error_message="This decision has been saved already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.what[:80]}"

    @property
    def votes(self) -> str:
        """How the vote went: “Carried 9 to 2”, "" where nobody counted."""
        if self.votes_for is None:
            return ""
        return f"Carried {self.votes_for} to {self.votes_against or 0}"

    @property
    def decided_by(self) -> str:
        """Who decided, in words. Read with `body` and `officer` selected."""
        return str(self.body or self.officer)

    @property
    def decider(self) -> str:
        """The same within a sentence: “the Housing Strategy Panel”. Read likewise."""
        named = self.decided_by
        needs_article = self.body is not None and not named.lower().startswith("the ")
        return f"the {named}" if needs_article else named
