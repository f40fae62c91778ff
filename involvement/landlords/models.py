from __future__ import annotations

from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from involvement.isolation.models import LandlordOwned

# One label of a host name, in small letters.
SLUG: Final = r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?"
# Names beside the product's own host that mean something to browsers, mail or whoever runs it.
RESERVED_SLUGS: Final = ("admin", "api", "ftp", "health", "mail", "media", "smtp", "static", "www")


class Landlord(models.Model):
    class Kind(models.TextChoices):
        COUNCIL = "COUNCIL", "Council"
        ALMO = "ALMO", "Arm's-length management organisation (ALMO)"
        ASSOCIATION = "ASSOCIATION", "Housing association"
        TRUST = "TRUST", "Housing trust"
        GROUP = "GROUP", "Group of landlords"

    class LevelScheme(models.TextChoices):
        LADDER = "LADDER", "Ladder: rungs from being told to deciding"
        WHEEL = "WHEEL", "Wheel: ways side by side, none above another"
        SPECTRUM = "SPECTRUM", "Spectrum: from light touch to intensive"
        NONE = "NONE", "No levels"

    slug = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    brand_colour = models.CharField(
        max_length=7,
        default="#0F5E5A",
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", "Write the colour as #RRGGBB.")],
    )
    logo_png = models.BinaryField(null=True, blank=True, editable=False)
    languages = models.JSONField(
        default=list, blank=True, help_text="Language tags, first is usual"
    )
    year_start_month = models.PositiveSmallIntegerField(default=4)
    level_scheme = models.CharField(
        max_length=10, choices=LevelScheme.choices, default=LevelScheme.NONE
    )
    contact_name = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_hours = models.CharField(max_length=120, blank=True)
    contact_address = models.TextField(blank=True)
    feedback_email = models.EmailField(
        blank=True, help_text="E-mail sent here becomes a row of what was said."
    )
    decision_days = models.PositiveSmallIntegerField(
        default=60, help_text="Days within which a decision is promised."
    )
    reply_days = models.PositiveSmallIntegerField(
        default=10, help_text="Working days after a decision within which people are told."
    )
    interest_days = models.PositiveSmallIntegerField(
        default=5,
        help_text="Working days within which whoever would like to take part is answered.",
    )
    visit_weeks = models.PositiveSmallIntegerField(
        default=6,
        help_text="Weeks after a tenancy begins within which the new resident is visited.",
    )
    uninvolved_months = models.PositiveSmallIntegerField(
        default=12,
        help_text="Months without taking part after which somebody counts as uninvolved.",
    )
    second_factor_required = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("slug"),
                name="landlord_slug_is_taken_once",
                violation_error_message="Another landlord has this short address. Choose another.",
            ),
            models.CheckConstraint(
                condition=Q(slug__regex=f"^{SLUG}$"),
                name="landlord_slug_is_part_of_a_host_name",
                violation_error_message="A short address has small letters, digits and hyphens only.",
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="landlord_slug_is_not_a_reserved_name",
                violation_error_message="This short address is kept for the product. Choose another.",
            ),
            models.CheckConstraint(
                condition=Q(year_start_month__range=(1, 12)),
                name="landlord_year_starts_in_a_month",
                violation_error_message="The financial year starts in a month from 1 to 12.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="landlord_is_not_its_own_parent",
                violation_error_message="A landlord cannot be its own group.",
            ),
            models.CheckConstraint(
                condition=Q(brand_colour__regex=r"^#[0-9A-Fa-f]{6}$"),
                name="landlord_brand_is_a_colour",
                violation_error_message="Write the colour as #RRGGBB.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        return self.kind == self.Kind.GROUP


class Domain(models.Model):
    """A landlord's own address, beside `<slug>.<base domain>`."""

    landlord_key = models.ForeignKey(Landlord, on_delete=models.CASCADE, related_name="domains")
    host = models.CharField(max_length=253)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "host",
                name="domain_leads_to_one_landlord",
                violation_error_message="This address leads to a landlord already.",
            ),
            models.CheckConstraint(
                condition=Q(host=Lower("host")) & ~Q(host=""), name="domain_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.host


class Unit(LandlordOwned):
    """A business, area or team of homes inside a landlord, with its own contact point."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    contact_name = models.CharField(max_length=80, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    contact_email = models.EmailField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="unit_name_is_used_once",
                violation_error_message="There is a unit of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Place(LandlordOwned):
    """An area, estate, scheme or block, in a tree."""

    class Kind(models.TextChoices):
        AREA = "AREA", "Area"
        ESTATE = "ESTATE", "Estate"
        SCHEME = "SCHEME", "Scheme"
        BLOCK = "BLOCK", "Block"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.AREA)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="places"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                "parent",
                name="place_name_is_used_once_under_its_parent",
                nulls_distinct=False,
                violation_error_message="There is a place of this name here already.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="place_is_not_inside_itself",
                violation_error_message="A place cannot lie inside itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Subject(LandlordOwned):
    """A service or topic. The one classification, used wherever something is about something."""

    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                "parent",
                name="subject_name_is_used_once_under_its_parent",
                nulls_distinct=False,
                violation_error_message="There is a subject of this name here already.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="subject_is_not_inside_itself",
                violation_error_message="A subject cannot lie inside itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Level(LandlordOwned):
    """A rung, spoke or step of the landlord's scheme of involvement."""

    name = models.CharField(max_length=80)
    meaning = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="level_name_is_used_once",
                violation_error_message="There is a level of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Word(LandlordOwned):
    """The landlord's own noun for one of ours."""

    class Meaning(models.TextChoices):
        RESIDENT = "RESIDENT", "resident"
        LANDLORD = "LANDLORD", "landlord"
        OFFICER = "OFFICER", "involvement officer"
        PLAN = "PLAN", "action plan"
        BODY = "BODY", "group"
        FEEDBACK = "FEEDBACK", "what was said"
        UNIT = "UNIT", "unit"
        PLACE = "PLACE", "area"
        STRATEGY = "STRATEGY", "strategy"

    meaning = models.CharField(max_length=12, choices=Meaning.choices)
    singular = models.CharField(max_length=60)
    plural = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "meaning"],
                name="word_is_chosen_once",
                violation_error_message="This word has been chosen already.",
            ),
            models.CheckConstraint(
                condition=~Q(singular="") & ~Q(plural=""),
                name="word_has_singular_and_plural",
                violation_error_message="Write both the singular and the plural.",
            ),
        ]

    def __str__(self) -> str:
        return self.singular


class GlossaryTerm(LandlordOwned):
    """A term or set of initials the landlord uses, and what it means."""

    term = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("term"),
                name="glossary_term_is_explained_once",
                violation_error_message="This term is in the glossary already.",
            )
        ]

    def __str__(self) -> str:
        return self.term
