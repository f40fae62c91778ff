from __future__ import annotations

import datetime as dt
import re
import uuid

from django.db import models
from django.db.models import F, Q

from actionplans.decisions.models import Decision
from actionplans.plans.models.plan import Plan
from involvement.auditing.models import Acted
from involvement.calendars.deadlines import Certainty, Deadline, Repeat
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Subject
from structures.strategy.models import Objective, Priority

_BULLETS = "➤❖•·▪◦ \t"
_LEADING_NUMBER = re.compile(r"^\s*(\d+(?:\.\d+)*)[.)]?\s+(?=\S)")


def in_one_line(words: str) -> str:
    """Words of several lines as one: "Staff know more; we communicate better"."""
    said = ""
    for line in (" ".join(part.lstrip(_BULLETS).split()) for part in words.splitlines()):
        joint = " " if not said or said[-1] in ".,:;!?" else "; "
        said = f"{said}{joint}{line}".strip() if line else said
    return said


class SmartReason(LandlordOwned, Acted):
    """Why lines may be agreed without a measure, an owner or a date. One may serve many lines."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="smart_reasons")
    words = models.CharField(max_length=300)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="smart_reason_says_why",
                violation_error_message="Write the reason.",
            )
        ]

    def __str__(self) -> str:
        return self.words


class Line(LandlordOwned):
    """A row of a plan: a heading over others, something to do, or a part of what is above it.

    `position` is its place in the whole plan, read from top to bottom; `top` the outermost heading
    it stands under. All words are kept exactly as they were written. `cells` holds, by column,
    [what we would write, what was written] where the two differ, so that an export gives back the
    landlord's own cell until somebody changes what it says.
    """

    class Kind(models.TextChoices):
        GROUP = "GROUP", "Heading over other lines"
        ACTION = "ACTION", "Something to do"
        PART = "PART", "Part of the line above"

    class Status(models.TextChoices):
        NOT_STARTED = "NOT_STARTED", "Not started"
        ON_TRACK = "ON_TRACK", "Green: on track"
        AT_RISK = "AT_RISK", "Amber: at risk"
        DONE = "DONE", "Done"
        STOPPED = "STOPPED", "Stopped"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines", db_index=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    top = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="below"
    )
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.ACTION)
    own_row = models.BooleanField(default=True, help_text="Has a row of its own in the table.")
    number = models.CharField(max_length=30, blank=True, default="")
    title = models.TextField(blank=True, default="")
    description = models.TextField(blank=True, default="")
    measure = models.TextField("how we will know", blank=True, default="")
    owner_words = models.TextField("owner", blank=True, default="")
    monitor_words = models.TextField("monitored by", blank=True, default="")

    deadline_words = models.TextField("deadline", blank=True, default="")
    starts_on = models.DateField("start", null=True, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    repeats = models.CharField(
        max_length=17, blank=True, default="", choices=[(r.value, r.label) for r in Repeat]
    )
    open_ended = models.BooleanField("no end", default=False)
    certainty = models.CharField(
        max_length=7,
        default=Certainty.CLEAR,
        choices=[(c.value, c.value.title()) for c in Certainty],
    )
    deadline_understood = models.BooleanField(default=True)
    deadline_reading = models.CharField(max_length=300, blank=True, default="")
    deadline_problem = models.CharField(max_length=500, blank=True, default="")
    settled_at = models.DateTimeField("deadline settled by an officer", null=True, blank=True)

    status = models.CharField(max_length=11, choices=Status.choices, default=Status.NOT_STARTED)
    last_news_at = models.DateTimeField(null=True, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_lines"
    )
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_lines"
    )
    priority = models.ForeignKey(
        Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_lines"
    )
    arose_from = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_lines",
        verbose_name="decision it arose from",
    )
    smart_reason = models.ForeignKey(
        SmartReason, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_into"
    )
    extra = models.JSONField(default=dict, blank=True, help_text="Columns we have no field for.")
    cells = models.JSONField(default=dict, blank=True, editable=False)
    # Headings that the landlord's table repeats above this line.
    rows_above = models.JSONField(default=list, blank=True, editable=False)
    source_row = models.PositiveIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    # The form's own key: a line added twice by a double click is kept once.
    form_key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "due_on"],
                name="line_by_due_date",
                condition=Q(due_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "plan", "position"],
                name="line_place_in_plan_is_its_own",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["landlord", "form_key"], name="line_is_added_once"),
            models.CheckConstraint(
                condition=~Q(title="") | Q(kind="PART"),
                name="line_says_what_is_to_be_done",
                violation_error_message="Write what is to be done.",
            ),
            models.CheckConstraint(
                condition=(Q(parent__isnull=True) & Q(depth=0) & Q(top__isnull=True))
                | (Q(parent__isnull=False) & Q(depth__gt=0) & Q(top__isnull=False)),
                name="line_at_depth_has_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="line_is_not_under_itself",
                violation_error_message="A line cannot stand under itself.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(due_on__isnull=True)
                | Q(due_on__gte=F("starts_on")),
                name="line_is_due_after_it_starts",
                violation_error_message="The line is due before it starts. Check the two dates.",
            ),
            models.CheckConstraint(
                condition=Q(deadline_understood=True) | ~Q(deadline_problem=""),
                name="deadline_not_understood_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()[:200]

    @property
    def heading(self) -> str:
        """What the line says, without its printed number and in one line."""
        words = self.title or self.description or "Goes on from the line above"
        if self.number and (match := _LEADING_NUMBER.match(words)) and match[1] == self.number:
            words = words[match.end() :]
        return in_one_line(words)

    @property
    def finished(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.STOPPED}

    @property
    def promises(self) -> bool:
        """Whether it is something to do, or a heading that carries a deadline of its own."""
        dated = bool(self.deadline_words or self.due_on)
        return self.kind != self.Kind.GROUP or dated

    def state_on(self, today: dt.date) -> str:
        """The state as boards know it, by its name among the look's states: late is worked out.

        What is in a draft is not late, for nobody has promised it, nor what is archived.
        """
        if self.past_on(today) and self.plan.promised:
            return "late"
        return self.status.lower()

    def past_on(self, today: dt.date) -> bool:
        """Whether its day has passed and it is neither done nor stopped."""
        return not self.finished and self.due_on is not None and self.due_on < today

    def read(self, deadline: Deadline) -> None:
        """Take over what was read from the words of a deadline."""
        self.deadline_words = deadline.words
        self.starts_on = deadline.start
        self.due_on = deadline.due
        self.repeats = deadline.repeats or ""
        self.open_ended = deadline.open_ended
        self.certainty = deadline.certainty
        self.deadline_understood = deadline.understood or deadline.blank
        self.deadline_reading = "" if deadline.blank else deadline.reading[:300]
        self.deadline_problem = deadline.problem[:500]


class Target(LandlordOwned):
    """One result wanted of a line. A line may have several, each with its own measure and date."""

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.TextField()
    measure = models.TextField(blank=True, default="")
    value_words = models.CharField("number to reach", max_length=60, blank=True, default="")
    due_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="target_says_what_is_wanted",
                violation_error_message="Write what the line should bring about.",
            )
        ]

    def __str__(self) -> str:
        return self.words


class YearMark(LandlordOwned):
    """A mark in a year's column. Held for a heading until an officer places it on a line."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="year_marks")
    holder = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="marks_held")
    line = models.ForeignKey(
        Line, on_delete=models.SET_NULL, null=True, blank=True, related_name="year_marks"
    )
    column = models.CharField(max_length=8)
    year_label = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "plan"],
                name="year_mark_to_be_placed",
                condition=Q(line__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "holder", "column", "position"],
                name="year_mark_place_in_its_cell_is_its_own",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="year_mark_is_not_blank"),
        ]

    def __str__(self) -> str:
        return f"{self.words} in {self.year_label}"


class LineLink(LandlordOwned, Acted):
    """Two lines that hang together. Where they share progress, one note serves both."""

    class Kind(models.TextChoices):
        SHARES = "SHARES", "Shares its progress"
        RELATES = "RELATES", "Hangs together"

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="linked_from")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.SHARES)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "line", "other"],
                name="lines_are_linked_once",
                violation_error_message="These two lines are linked already.",
            ),
            models.CheckConstraint(
                condition=~Q(line=F("other")),
                name="line_is_not_linked_with_itself",
                violation_error_message="A line cannot be linked with itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} and {self.other}"
