from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from involvement.auditing.models import Acted
from involvement.documents.models import StoredFile
from involvement.isolation.models import LandlordOwned
from residents.feeds.models.sources import Mode, Source


class Intake(LandlordOwned, Acted):
    """One file of a source. The counts are of its preview, and once done of what was done."""

    class State(models.TextChoices):
        PREVIEW = "PREVIEW", "Waits for you"
        WORKING = "WORKING", "Being brought in"
        DONE = "DONE", "Brought in"
        ASIDE = "ASIDE", "Set aside"
        FAILED = "FAILED", "Not brought in"

    class How(models.TextChoices):
        PAGE = "PAGE", "On this page"
        COMMAND = "COMMAND", "By command"
        FOLDER = "FOLDER", "From the folder"
        TOKEN = "TOKEN", "Sent with a token"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="intakes")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    how = models.CharField("how it came", max_length=7, choices=How.choices)
    mode = models.CharField("what it holds", max_length=5, choices=Mode.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PREVIEW)
    # Only while it waits: what is done with needs no second copy of everybody
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    choices = models.JSONField(default=dict, blank=True)
    leavers_allowed = models.BooleanField(default=False)
    arrived_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)
    headings = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    leavers = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "-arrived_at", "-id"], name="intakes_latest"),
            models.Index(fields=["landlord", "source", "sha256"], name="intake_by_content"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["PREVIEW", "WORKING"], settled_at__isnull=True)
                | (~Q(state__in=["PREVIEW", "WORKING"]) & Q(settled_at__isnull=False)),
                name="intake_is_settled_when_no_longer_a_preview",
                violation_error_message="Say when this file was brought in or set aside.",
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(why=""),
                name="intake_that_failed_says_why",
                violation_error_message="Say why this file was not brought in.",
            ),
            models.CheckConstraint(
                condition=Q(rows_read=F("created") + F("changed") + F("unchanged") + F("refused")),
                name="intake_counts_every_row_once",
                violation_error_message="Every row is new, changed, unchanged or refused.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StagedRow(LandlordOwned):
    """A row that can be read, compared with the register. Goes as soon as its file is settled.

    Nothing in a column says nothing: what the register has stays. The `*_changes` are what it would
    change, as an audit line has them; `postal` is where letters go, where that follows the home.
    """

    class Act(models.TextChoices):
        NEW = "NEW", "New"
        CHANGED = "CHANGED", "Changed"
        SAME = "SAME", "Unchanged"

    intake = models.ForeignKey(
        Intake, on_delete=models.CASCADE, related_name="staged", db_index=False
    )
    number = models.PositiveIntegerField("row")
    act = models.CharField(max_length=7, choices=Act.choices)
    # Numbers given ahead, so that what is new can be pointed at before it is there
    person_key = models.BigIntegerField()
    home_key = models.BigIntegerField(null=True, blank=True)
    home_is_new = models.BooleanField(default=False)
    tenancy_key = models.BigIntegerField(null=True, blank=True)
    tenancy_is_new = models.BooleanField(default=False)
    moves = models.BooleanField(default=False)
    leaves = models.BooleanField(default=False)
    returns = models.BooleanField(default=False)
    reference = models.CharField(max_length=40)
    title = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 -- null: says nothing
    name = models.CharField(max_length=120)
    born_on = models.DateField(null=True, blank=True)
    customer_type_key = models.BigIntegerField(null=True, blank=True)
    capacity = models.CharField(max_length=11)
    email = models.CharField(max_length=254, null=True, blank=True)  # noqa: DJ001 -- likewise
    phone = models.CharField(max_length=30, null=True, blank=True)  # noqa: DJ001 -- likewise
    home_mark = models.TextField(blank=True)
    home_reference = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 -- likewise
    uprn = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 -- likewise
    parent_uprn = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 -- likewise
    address = models.TextField(null=True, blank=True)  # noqa: DJ001 -- likewise
    postcode = models.CharField(max_length=8, null=True, blank=True)  # noqa: DJ001 -- likewise
    tenure = models.CharField(max_length=12, null=True, blank=True)  # noqa: DJ001 -- likewise
    stock = models.CharField(max_length=9, null=True, blank=True)  # noqa: DJ001 -- likewise
    tenancy_reference = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 -- likewise
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    postal = models.TextField(null=True, blank=True)  # noqa: DJ001 -- likewise
    trouble = models.TextField(blank=True)
    person_changes = models.JSONField(default=list, blank=True)
    home_changes = models.JSONField(default=list, blank=True)
    tenancy_changes = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "intake", "reference"],
                name="staged_row_is_of_somebody_else",
                violation_error_message="One file tells of each person once.",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"


class RefusedRow(LandlordOwned):
    """A row that cannot be taken over, as it came, and why. Kept as the landlord's schedule says."""

    intake = models.ForeignKey(
        Intake, on_delete=models.CASCADE, related_name="refused_rows", db_index=False
    )
    number = models.PositiveIntegerField("row")
    # Whoever it is about does not leave because their row cannot be read
    reference = models.CharField(max_length=40, blank=True)
    cells = models.JSONField(default=list, blank=True)
    why = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "intake", "number"], name="refused_row_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(why=""),
                name="refused_row_says_why",
                violation_error_message="Say why the row is refused.",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
