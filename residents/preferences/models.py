from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, TruncDate

from involvement.auditing.actors import Channel
from involvement.auditing.models import Acted
from involvement.calendars.words import WEEKDAYS, say_list
from involvement.faces.words import clock
from involvement.isolation.models import LandlordOwned
from involvement.landlords.languages import LANGUAGES
from involvement.rendering.formats import Format
from residents.people.models import Person

# Days of the week as one number: Monday is 1, Tuesday 2, Wednesday 4 …
EVERY_DAY = 127
WORKING_DAYS = 31
# The ways a person can be reached; "from a file" is none
REACHABLE = [choice for choice in Channel.choices if choice[0] != Channel.IMPORT]


class Source(models.TextChoices):
    """Where something was said."""

    PHONE = "PHONE", "by telephone"
    LEAFLET = "LEAFLET", "on a leaflet"
    CARD = "CARD", "on a paper card"
    LETTER = "LETTER", "in a letter"
    EMAIL = "EMAIL", "by e-mail"
    TEXT = "TEXT", "by text"
    WEB = "WEB", "online"
    VISIT = "VISIT", "on a home visit"
    EVENT = "EVENT", "at an event"
    FACE = "FACE", "face to face"
    IMPORT = "IMPORT", "in another system"


class Teller(models.TextChoices):
    """Who said it."""

    THEMSELVES = "THEMSELVES", "they themselves"
    FAMILY = "FAMILY", "family or a friend"
    CARER = "CARER", "a carer"
    ADVOCATE = "ADVOCATE", "an advocate"
    STAFF = "STAFF", "a colleague who noticed"


@dataclass(frozen=True)
class Heard:
    """Where something was said, by whom and on which day."""

    source: str
    said_on: dt.date
    told_by: str = Teller.THEMSELVES

    def columns(self) -> dict[str, Any]:
        """Values for the columns of `Told`."""
        return {"source": self.source, "told_by": self.told_by, "said_on": self.said_on}


class Told(models.Model):
    """Who said something about a person, where and on which day."""

    source = models.CharField("how we know", max_length=7, choices=Source.choices)
    told_by = models.CharField(
        "who said so", max_length=10, choices=Teller.choices, default=Teller.THEMSELVES
    )
    said_on = models.DateField("said on")

    class Meta:
        abstract = True

    @property
    def told_words(self) -> str:
        """How we know, in words: “by telephone”, “on a home visit, from a carer”."""
        words = str(Source(self.source).label)
        if self.told_by == Teller.THEMSELVES:
            return words
        return f"{words}, from {Teller(self.told_by).label}"


class Way(LandlordOwned, Acted, Told):
    """A channel a person may be reached by, its place in their order, and when."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="ways", db_index=False
    )
    channel = models.CharField(max_length=6, choices=REACHABLE)
    position = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=EVERY_DAY)
    from_time = models.TimeField("from", null=True, blank=True)
    until_time = models.TimeField("until", null=True, blank=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "ended_at", "position"], name="way_in_order")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "channel"],
                condition=Q(ended_at__isnull=True),
                name="way_is_kept_once_for_each_person",
                violation_error_message="This way to reach them is in the list already.",
            ),
            models.CheckConstraint(
                condition=Q(days__range=(1, EVERY_DAY)),
                name="way_is_open_on_a_day",
                violation_error_message="Choose at least one day of the week.",
            ),
            models.CheckConstraint(
                condition=Q(from_time__isnull=True)
                | Q(until_time__isnull=True)
                | Q(from_time__lt=F("until_time")),
                name="way_begins_before_it_ends",
                violation_error_message="The time it begins comes before the time it ends.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="way_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.when}".strip()

    @property
    def when(self) -> str:
        """The times that suit, in words: “Monday to Friday, from 6 pm”; "" for always."""
        hours = [
            f"from {clock(self.from_time)}" if self.from_time else "",
            f"until {clock(self.until_time)}" if self.until_time else "",
        ]
        return ", ".join(filter(None, [self.day_words, " ".join(filter(None, hours))]))

    @property
    def day_words(self) -> str:
        """The days in words; "" for every day."""
        if self.days == EVERY_DAY:
            return ""
        if self.days == WORKING_DAYS:
            return "Monday to Friday"
        return say_list([WEEKDAYS[day] for day in self.weekdays])

    @property
    def weekdays(self) -> list[int]:
        """The days by their place in the week, Monday first and 0."""
        return [day for day in range(7) if self.days >> day & 1]

    def suits(self, moment: dt.datetime) -> bool:
        """Whether a local moment lies in the times they gave."""
        time = moment.time()
        return (
            moment.weekday() in self.weekdays
            and (self.from_time is None or time >= self.from_time)
            and (self.until_time is None or time < self.until_time)
        )


class Need(LandlordOwned, Acted, Told):
    """Something a person asked for so that they can read, hear, come and take part."""

    class Kind(models.TextChoices):
        LANGUAGE = "LANGUAGE", "another language"
        LARGE_PRINT = Format.LARGE_PRINT.value, Format.LARGE_PRINT.label
        BRAILLE = Format.BRAILLE.value, Format.BRAILLE.label
        AUDIO = Format.AUDIO.value, Format.AUDIO.label
        EASY_READ = Format.EASY_READ.value, Format.EASY_READ.label
        CD = Format.CD.value, Format.CD.label
        TRANSPORT = "TRANSPORT", "transport"
        CHILD_CARE = "CHILD_CARE", "child care"
        CARER = "CARER", "somebody to look after whom they care for"
        INTERPRETER = "INTERPRETER", "an interpreter"
        BSL = "BSL", "a British Sign Language interpreter"
        LOOP = "LOOP", "a hearing loop"
        STEP_FREE = "STEP_FREE", "a way in without steps"
        COMPUTER = "COMPUTER", "a computer or help with one"
        OTHER = "OTHER", "something else"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="needs", db_index=False
    )
    kind = models.CharField(max_length=11, choices=Kind.choices)
    language = models.CharField(max_length=40, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["landlord", "person", "ended_at", "kind"], name="need_of_person"),
            models.Index(fields=["landlord", "kind", "ended_at", "person"], name="need_by_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "person", "kind"],
                condition=Q(ended_at__isnull=True),
                name="need_is_kept_once_for_each_person",
                violation_error_message="This is among what they need already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["LANGUAGE", "INTERPRETER"]) & ~Q(language="")
                | ~Q(kind__in=["LANGUAGE", "INTERPRETER"]) & Q(language=""),
                name="need_of_a_language_names_it",
                violation_error_message="Say which language.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="OTHER") | ~Q(words=""),
                name="need_of_another_kind_is_said_in_words",
                violation_error_message="Write what else they need.",
            ),
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="need_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == Need.Kind.LANGUAGE:
            return language_name(self.language)
        if self.kind == Need.Kind.INTERPRETER:
            return f"an interpreter for {language_name(self.language)}"
        if self.kind == Need.Kind.OTHER:
            return self.words
        return str(self.get_kind_display())


FORMATS = tuple(Need.Kind(each.value) for each in Format)
SUPPORT = tuple(kind for kind in Need.Kind if kind not in FORMATS and kind != Need.Kind.LANGUAGE)


def language_name(tag: str) -> str:
    """A language by its name; what is no tag of ours is a name already."""
    return LANGUAGES.get(tag, tag)


class Purpose(LandlordOwned):
    """Something the landlord asks leave for."""

    name = models.CharField(max_length=80)
    by_channel = models.BooleanField(
        "is asked for each way to reach somebody",
        default=True,
        help_text="Off where the way does not matter, as with photographs.",
    )
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "landlord",
                Lower("name"),
                name="purpose_is_listed_once",
                violation_error_message="There is a purpose of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="purpose_has_a_name",
                violation_error_message="Write what you ask leave for.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wording(LandlordOwned, Acted):
    """The exact words a purpose is asked with. A change is a new number; old ones are kept."""

    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="wordings", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    words = models.TextField(max_length=2000)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["landlord", "purpose", "number"],
                name="wording_number_is_used_once",
                violation_error_message="There is a wording of this number already.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="wording_has_words",
                violation_error_message="Write the words people are asked with.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, wording {self.number}"


class Consent(LandlordOwned, Acted, Told):
    """One explicit act about one purpose and channel. Never changed; the latest of them holds.

    The table is insert-only for the web role, and no row of it names anybody but by key: it stays
    as proof when its person is erased.
    """

    class Act(models.TextChoices):
        GIVEN = "GIVEN", "said yes"
        REFUSED = "REFUSED", "said no"
        WITHDRAWN = "WITHDRAWN", "took it back"

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="consents", db_index=False
    )
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="consents")
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(
        max_length=6, choices=REACHABLE, blank=True, default="", help_text="Empty: whichever way."
    )
    act = models.CharField(max_length=9, choices=Act.choices)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["landlord", "person", "-recorded_at", "-id"], name="consent_of_person"
            ),
            models.Index(
                fields=["landlord", "purpose", "channel", "person", "-recorded_at", "-id"],
                name="consent_by_purpose",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(said_on__lte=TruncDate("recorded_at")),
                name="consent_was_said_before_it_was_recorded",
                violation_error_message="The day it was said cannot be later than today.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.purpose}"
