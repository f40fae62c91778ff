from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.auditing.models import Acted
from involvement.isolation.models import LandlordOwned
from involvement.landlords.models import Subject, Unit
from structures.bodies.models import Body


class Strategy(LandlordOwned):
    """One strategy over one period. A later version points back at the one it replaces."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "Draft"
        AGREED = "AGREED", "Agreed"
        REPLACED = "REPLACED", "Replaced"

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    period_words = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="strategies"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "strategies"
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("title"),
                "version",
                name="strategy_version_of_a_title_is_one",
                violation_error_message="There is a strategy of this title and version already.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="strategy_ends_after_it_starts",
                violation_error_message="The strategy ends before it starts. Check the two dates.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Aim(LandlordOwned):
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="aims")
    number = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["landlord", "strategy", "position"], name="aim_in_order")]

    def __str__(self) -> str:
        return f"{self.number} {self.words}".strip()


class Objective(LandlordOwned):
    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="objectives")
    aim = models.ForeignKey(
        Aim, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives"
    )
    number = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500)
    measure = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "strategy", "position"], name="objective_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.words}".strip()


class Standard(LandlordOwned):
    """A promise of service; a local offer where residents of one place or unit agreed it."""

    class Kind(models.TextChoices):
        STANDARD = "STANDARD", "Standard"
        LOCAL_OFFER = "LOCAL_OFFER", "Local offer"

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="standards")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.STANDARD)
    words = models.CharField(max_length=500)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="standards"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="standards"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "strategy", "position"], name="standard_in_order")
        ]

    def __str__(self) -> str:
        return self.words


class Priority(LandlordOwned):
    """What residents said matters most, with the event or survey it came from."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="priorities")
    words = models.CharField(max_length=500)
    source_words = models.CharField(
        max_length=300, help_text="The event or survey it came from, in words."
    )
    source_on = models.DateField(null=True, blank=True)
    votes = models.PositiveIntegerField(null=True, blank=True)
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="priorities"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "priorities"
        indexes = [
            models.Index(fields=["landlord", "strategy", "position"], name="priority_in_order")
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_words=""),
                name="priority_says_where_it_came_from",
                violation_error_message="Write the event or survey this priority came from.",
            )
        ]

    def __str__(self) -> str:
        return self.words


class Driver(LandlordOwned):
    """A law, standard or finding that is a reason for the strategy. Dated; a library shared by all
    the landlord's strategies."""

    class Kind(models.TextChoices):
        LAW = "LAW", "Law or regulation"
        GUIDANCE = "GUIDANCE", "Guidance"
        INSPECTION = "INSPECTION", "Inspection or audit"
        RESIDENTS = "RESIDENTS", "Residents' findings"
        OWN = "OWN", "Our own policy"

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    dated_on = models.DateField()
    checked_on = models.DateField(null=True, blank=True)
    what_it_asks = models.TextField(blank=True)
    link = models.URLField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("title"),
                "dated_on",
                name="driver_of_a_day_is_listed_once",
                violation_error_message="This driver is in the library already.",
            )
        ]

    def __str__(self) -> str:
        return self.title


class StrategyDriver(LandlordOwned):
    """Why a driver counts for one strategy."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="drivers")
    driver = models.ForeignKey(Driver, on_delete=models.PROTECT, related_name="strategies")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "strategy", "driver"],
                name="driver_counts_once_for_a_strategy",
                violation_error_message="This driver is linked to the strategy already.",
            )
        ]

    def __str__(self) -> str:
        return str(self.driver)


class Consultation(LandlordOwned, Acted):
    """Who was asked about the strategy, when, how, and how many answered or came."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="consultations")
    who = models.CharField(max_length=200)
    how = models.CharField(max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    took_part = models.PositiveIntegerField(null=True, blank=True)
    what_changed = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__isnull=True)
                | Q(took_part__isnull=True)
                | Q(took_part__lte=F("asked")),
                name="consultation_had_no_more_than_were_asked",
                violation_error_message="More took part than were asked. Check the two numbers.",
            )
        ]

    def __str__(self) -> str:
        return self.who


class Agreement(LandlordOwned, Acted):
    """Who agreed the strategy, and when."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="agreements")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="strategies_agreed"
    )
    who = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False) | ~Q(who=""),
                name="agreement_says_who_agreed",
                violation_error_message="Choose the group that agreed it, or write who did.",
            )
        ]

    def __str__(self) -> str:
        return self.who or str(self.body)
