from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from structures.bodies.models import Body
from structures.strategy.models import Strategy


class Plan(LandlordOwned):
    """A plan over a period, in the landlord's own levels and columns.

    `level_names` are the landlord's nouns from the outermost in ("Aims", "Actions", "Task").
    `columns` are its columns in order, each {"key", "heading", "fields"}, so that an export gives
    back the table that was brought in; see `queries.columns`.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        AGREED = "AGREED", "Agreed"
        PUBLISHED = "PUBLISHED", "Published"
        ARCHIVED = "ARCHIVED", "Archived"

    # Those in which its lines are promises: nobody has promised what is in a draft or put away
    PROMISED: Final = (State.AGREED, State.PUBLISHED)

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, default="")
    period_words = models.CharField("period", max_length=60, blank=True, default="")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    strategy = models.ForeignKey(
        Strategy, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name="group whose plan it is",
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_into"
    )
    level_names = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    created_at = models.DateTimeField()
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by_words = models.CharField("agreed by", max_length=200, blank=True, default="")
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Counts changes to the plan itself.")

    class Meta:
        indexes = [models.Index(fields=["landlord", "state", "title"], name="plan_by_state")]
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("title"),
                name="plan_title_is_used_once",
                violation_error_message="There is a plan of this title already. Choose another.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="plan_has_a_title",
                violation_error_message="Write the title of the plan.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="plan_ends_after_it_starts",
                violation_error_message="The plan ends before it starts. Check the two dates.",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT") | Q(agreed_on__isnull=False),
                name="plan_beyond_draft_says_when_it_was_agreed",
                violation_error_message="Say when the plan was agreed.",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(published_at__isnull=False),
                name="published_plan_says_when",
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True) | ~Q(carried_from=F("id")),
                name="plan_is_not_carried_from_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def open_to_change(self) -> bool:
        return self.state != self.State.ARCHIVED

    @property
    def promised(self) -> bool:
        """Whether somebody agreed to what its lines say, so that they can be late."""
        return self.state in self.PROMISED

    def level_name(self, depth: int) -> str:
        """What the landlord calls a line at this depth, outermost 0."""
        names: list[str] = self.level_names
        if not names:
            return "line"
        return names[min(depth, len(names) - 1)]


class PlanLink(LandlordOwned):
    """Another plan this one hangs together with: ours, or one kept elsewhere, in words.

    Where `plan` is a part of `other`, no plan comes round to being a part of itself.
    """

    class Kind(models.TextChoices):
        RELATES = "RELATES", "Hangs together with"
        PART = "PART", "Is a part of"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(
        Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="linked_from"
    )
    words = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.RELATES)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(other__isnull=False) | ~Q(words=""),
                name="plan_link_names_the_other_plan",
                violation_error_message="Choose the other plan, or write what it is called.",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=F("plan")),
                name="plan_is_not_linked_with_itself",
                violation_error_message="A plan cannot be linked with itself.",
            ),
            models.UniqueConstraint(
                fields=["landlord", "plan", "other"],
                condition=Q(other__isnull=False),
                name="plans_are_linked_once",
                violation_error_message="These two plans are linked already.",
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.other)


class PlanVersion(LandlordOwned, Acted):
    """The plan as it stood when it was agreed or published. Nothing changes it."""

    class Occasion(models.TextChoices):
        AGREED = "AGREED", "Agreed"
        PUBLISHED = "PUBLISHED", "Published"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    occasion = models.CharField(max_length=9, choices=Occasion.choices)
    frozen_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True, default="")
    content = models.JSONField()
    checksum = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "plan", "number"], name="plan_version_number_is_its_own"
            ),
            models.CheckConstraint(
                condition=Q(checksum__regex=r"^[0-9a-f]{64}$"),
                name="plan_version_carries_its_checksum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"


class PlanFile(LandlordOwned, Acted):
    """A spreadsheet that was brought in. The same content again changes nothing.

    `table` is what it held, [headings, [[row number, cells]]], so that the next file can be told
    from what was changed on the pages since.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    brought_in_at = models.DateTimeField()
    table = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "plan", "checksum"], name="plan_file_is_brought_in_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
